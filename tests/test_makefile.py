"""The Makefile on machines where it cannot work."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("version", ["3.10", "3.9"])
def test_a_python_that_is_too_old_is_told_in_a_sentence(tmp_path: Path, version: str) -> None:
    for name in ("Makefile", "requirements-uv.lock"):
        shutil.copy(ROOT / name, tmp_path)
    older = f"import sys; sys.version_info = ({version.replace('.', ', ')}, 0); exec(sys.argv[1])"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{older}" "$2"\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode
    assert done.stderr.startswith(f"You have Python {version}; Smolny needs 3.11 or newer.\n")
    assert not (tmp_path / ".venv").exists()
