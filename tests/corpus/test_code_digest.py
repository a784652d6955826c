"""The digest of code: another one after each change that matters, and the same wherever the code is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.code_digest import digest_of, modules

CHANGES: dict[str, Callable[[Path], object]] = {
    "a letter": lambda folder: (folder / "a.py").write_text("one = 2", encoding="utf-8"),
    "a letter below": lambda folder: (folder / "below" / "a.py").write_text("three = 4", encoding="utf-8"),
    "a module more": lambda folder: (folder / "below" / "c.py").touch(),
    "a module less": lambda folder: (folder / "b.py").unlink(),
    "another name": lambda folder: (folder / "b.py").rename(folder / "c.py"),
    "another folder": lambda folder: (folder / "below").rename(folder / "beside"),
    "a line of the next": lambda folder: [
        (folder / name).write_text(words, encoding="utf-8")
        for name, words in (("a.py", "one = 1two"), ("b.py", " = 2"))
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "code"
    (made / "below").mkdir(parents=True)
    for name, words in (("a.py", "one = 1"), ("b.py", "two = 2"), ("below/a.py", "three = 3")):
        (made / name).write_text(words, encoding="utf-8")
    return made


def _digest(folder: Path) -> str:
    return digest_of((folder, file) for file in modules(folder))


def test_modules_are_those_that_pathlib_finds() -> None:
    code = Path(__file__).parents[2] / "corpus"
    assert sorted(modules(code)) == sorted(str(file) for file in code.rglob("*.py"))


@pytest.mark.parametrize("change", CHANGES)
def test_another_digest_after_any_change(folder: Path, change: str) -> None:
    before = _digest(folder)
    CHANGES[change](folder)
    assert _digest(folder) != before


def test_the_same_digest_elsewhere_and_with_other_files(folder: Path, tmp_path: Path) -> None:
    before = _digest(folder)
    shutil.copytree(folder, tmp_path / "elsewhere")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.py").touch()
    (folder / "a.pyc").touch()
    assert _digest(folder) == _digest(tmp_path / "elsewhere") == before
