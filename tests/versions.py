"""`make test-versions`: the tests under each Python of VERSIONS that this machine has; arguments go to pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
FOLDER = Path(".venv/versions")
UV = ".venv/bin/uv"


def interpreter(version: str) -> str | None:
    """A Python of a version, on the PATH or of pyenv, whose commands on the PATH work for chosen versions only."""
    of_pyenv = Path.home().glob(f".pyenv/versions/{version}.*/bin/python")
    for found in filter(None, (shutil.which(f"python{version}"), *map(str, sorted(of_pyenv, reverse=True)))):
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        if said.stdout.startswith(f"Python {version}."):
            return found
    return None


def passes(version: str, python: str, arguments: list[str]) -> bool:
    """Whether the tests pass under a Python, in an environment of its own with what is locked."""
    folder = FOLDER / version
    own = folder / "bin" / "python"
    lock = ["--require-hashes", "requirements-dev.lock"]
    subprocess.run([UV, "venv", "--quiet", "--allow-existing", "--python", python, folder], check=True)
    subprocess.run([UV, "pip", "sync", "--quiet", "--no-build", "--python", own, *lock], check=True)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    tests: list[str | Path] = [own, "-m", "pytest", "-q", "-n", "4", "--dist", "worksteal", *arguments]
    return subprocess.run(tests, env=environment, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    results = {}
    for version in VERSIONS:
        python = interpreter(version)
        print(f"Python {version}: {python or 'not on this machine'}", flush=True)  # noqa: T201 - a program that speaks.
        if python:
            results[version] = passes(version, python, arguments)
    said = [f"Python {version}: {'passed' if good else 'FAILED'}" for version, good in results.items()]
    print(*said, sep="\n")  # noqa: T201 - a program that speaks.
    return not results or not all(results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
