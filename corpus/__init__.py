"""The texts, what is known about them, and how it is looked up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpus.corpus import Corpus as Corpus

SHIPPED: Final = Path(__file__).parent / "shipped"
"""The folder of the corpus that comes with the package: `texts/` and `notes/`."""

WRONG_PYTHON: Final = (
    "This Python lacks Smolny's packages: run `make install`, and type .venv/bin/python instead of python."
)
"""What a program says that was started without the packages it imports."""

__all__ = ["SHIPPED", "WRONG_PYTHON", "Corpus"]


def __getattr__(name: str) -> object:
    """`corpus.Corpus` brings the database in, which who reads only references has no use for: it waits until asked."""
    if name == "Corpus":
        from corpus.corpus import Corpus

        return Corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
