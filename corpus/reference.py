"""References to passages, as `speech 4`, `speech 4.2` or `speech 4.2-3`."""

from __future__ import annotations

import re

from msgspec import Struct

_FORM = re.compile(
    r"(?P<text>[a-z][a-z0-9-]*)[\s,:]*+(?:¶|par(?:agraph|\.)?|p\.)?\s*+"
    r"(?P<paragraph>\d{1,6})(?:\s*[.:,]\s*(?P<first>\d{1,6})(?:\s*[-–—]\s*(?P<last>\d{1,6}))?)?",
    re.IGNORECASE,
)


class Reference(Struct, frozen=True, order=True):
    """A paragraph (`first` is None), a sentence (`first` alone) or a range of sentences (`first` to `last`, included).

    Sentences and paragraphs count from 1. A reference says nothing of whether the text has so many:
    `Corpus.passages` does.
    """

    text: str
    paragraph: int
    first: int | None = None
    last: int | None = None

    @classmethod
    def read(cls, typed: str) -> Reference | None:
        """The reference that the whole of `typed` is, or None where it is none. Case and spacing do not matter."""
        match = _FORM.fullmatch(typed.strip())
        if match is None:
            return None
        first, last = (int(match[name]) if match[name] else None for name in ("first", "last"))
        return cls(match["text"].lower(), int(match["paragraph"]), first, None if last == first else last)

    def __str__(self) -> str:
        return f"{self.text} {self.place}"

    @property
    def place(self) -> str:
        """The reference without its text: `4`, `4.2` or `4.2-3`."""
        if self.first is None:
            return str(self.paragraph)
        return f"{self.paragraph}.{self.first}" + (f"-{self.last}" if self.last else "")

    def overlaps(self, other: Reference) -> bool:
        """Whether two passages share a sentence."""
        if self.context != other.context:
            return False
        if self.first is None or other.first is None:
            return True
        return self.first <= (other.last or other.first) and other.first <= (self.last or self.first)

    @property
    def context(self) -> Reference:
        """The paragraph it stands in."""
        return Reference(self.text, self.paragraph)
