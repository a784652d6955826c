"""Project Gutenberg's frame: the licence around a book, what its head says of the book, and its marks of emphasis."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.source.readers.document import Draft, Metadata

_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*$", re.M | re.I)
_END = re.compile(
    r"^(?:End of (?:the |this )?Project Gutenberg.*\n+)?\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*$",
    re.M | re.I,
)
_FIELD = re.compile(r"^(Title|Author|Language|Translator): +(\S.*(?:\n +\S.*)*)$", re.M)
_CREDITS = re.compile(
    r"\A\s*((?:Produced|E-?text prepared|Transcribed|This e?book was produced)\b[^\n]*(?:\n[^\n]+)*)", re.I
)
_EMPHASIS = re.compile(r"(?<![^\W_])_(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])_(?![^\W_])")


class Framed(NamedTuple):
    """A book without its frame: `frame` is what stood around it."""

    words: str
    frame: tuple[str, ...]
    metadata: Metadata


def unframe(source: str) -> Framed | None:
    """The book inside the frame; None where the two lines that mark the frame are not both there, once and in order."""
    starts, ends = list(_START.finditer(source)), list(_END.finditer(source))
    if len(starts) != 1 or len(ends) != 1 or starts[0].end() > ends[0].start():
        return None
    words, head = source[starts[0].end() : ends[0].start()], source[: starts[0].end()]
    frame = [head, source[ends[0].start() :]]
    if credits_ := _CREDITS.match(words):
        frame.append(credits_[1])
        words = words[credits_.end() :]
    known = {match[1]: " ".join(match[2].split()) for match in _FIELD.finditer(head)}
    metadata = Metadata(known.get("Title", ""), known.get("Author", ""), language=known.get("Language", ""))
    return Framed(words, tuple(frame), metadata)


def without_emphasis(words: str, draft: Draft) -> str:
    """The words without the underscores by which Project Gutenberg writes italics."""

    def drop(match: re.Match[str]) -> str:
        draft.omit("_", "An underscore that stands for italics.")
        draft.omit("_", "An underscore that stands for italics.")
        return match[1]

    return _EMPHASIS.sub(drop, words)
