"""Project Gutenberg's frame: the licence around a book, what its head says of the book, and its marks of emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from corpus.source.readers.document import LICENCE, Block, Document, Draft, Metadata, with_metadata

_BOOK = r"PROJECT GUTENBERG E(?:BOOK|-?TEXT)\b"
_REST = r"(?:[^\n]*\*{3}[ ]*$|(?:[^\n]+\n){1,3}?[^\n]*\*{3}[ ]*$|[^\n]*$)"
"""The rest of a mark: a long title runs over several lines, the last of which ends with three stars."""
_START = re.compile(rf"^\*\*\* ?START OF (?:(?:THE|THIS) )?{_BOOK}{_REST}", re.M | re.I)
_END = re.compile(
    rf"^(?:End of (?:the |this )?Project Gutenberg.*\n+)?\*\*\* ?END OF (?:(?:THE|THIS) )?{_BOOK}{_REST}", re.M | re.I
)
_SMALL_PRINT = re.compile(r"^\*END\*? ?THE SMALL PRINT!.*$", re.M | re.I)
"""Where the licence before a book ended until 2003."""
_AUSTRALIAN = re.compile(r"^.{0,10}A Project Gutenberg (?:of )?Australia e(?:Book|-?text)\b", re.M | re.I)
_AUSTRALIAN_START = re.compile(
    r"^.*\bcontact Project Gutenberg (?:of )?Australia\b.*(?:\n.*(?:gutenberg|https?:).*)*\s*"
    r"(?:^(?:Title|Author): .*\n)*",
    re.M | re.I,
)
_CLOSING = re.compile(
    r"^(?:\**[ \t]*End of (?:the |this )?Project Gutenberg\b|This site is full of FREE ebooks\b|"
    r"Project Gutenberg (?:of )?Australia[ .]*$)",
    re.M | re.I,
)
_FIELD = re.compile(r"^(Title|Author|Language|Translator): +(\S.*(?:\n +\S.*)*)$", re.M)
_NAMED = re.compile(r"Project Gutenberg(?:'s)? E(?:book|-?text) of (\S.*?)(?:, by (\S.*?))?[ *]*$", re.M | re.I)
"""How a head without fields, and the title of a web page, names a book."""
_SITE = re.compile(r"(\S.*?) +\| +Project Gutenberg", re.I)
_CREDITS = re.compile(
    r"\A\s*((?:Produced|E-?text prepared|Transcribed|This e-?(?:book|text) was (?:produced|prepared))\b"
    r"[^\n]*(?:\n[^\n]+)*)",
    re.I,
)
_HEAD = 20_000  # characters in which a file says where it is from
_EMPHASIS = re.compile(r"(?<![^\W_])_(?=[^\s_])([^_]{1,2000}?)(?:(?<=[^\s_])_(?![^\W_])|(?<=[,.;:!?-])_)")
"""Words between underscores; behind a comma, stop or dash in them, the space before the next word may be missing."""


class Framed(NamedTuple):
    """A book without its frame: `frame` is what was around it."""

    words: str
    frame: tuple[str, ...]
    metadata: Metadata


def unframe(source: str) -> Framed | None:
    """The book inside the frame; None where no line begins it, or where several lines could begin or end it."""
    start = _start(source)
    if start is None:
        return None
    end = _end(source, start)
    if end is None:
        return None
    words, head = source[start:end], source[:start]
    frame = [head, source[end:]]
    if credits_ := _CREDITS.match(words):
        frame.append(credits_[1])
        words = words[credits_.end() :]
    return Framed(words, tuple(frame), _metadata(head))


def without_frame(document: Document) -> Document:
    """A document of another format without the frame; its title without Project Gutenberg's name."""
    document = _with_own_title(document)
    first, last = _inside(document.blocks)
    if not first and last == len(document.blocks):
        return document
    draft = Draft(document.metadata, list(document.blocks[first:last]), list(document.omissions), list(document.joined))
    head, foot = ("\n\n".join(one.words for one in part) for part in (document.blocks[:first], document.blocks[last:]))
    draft.omit(head, LICENCE)
    draft.omit(foot, LICENCE)
    found = _metadata(head)
    return with_metadata(draft.document(), title=found.title, author=found.author, language=found.language)


def _with_own_title(document: Document) -> Document:
    """The document under the book's own title, where the file's names Project Gutenberg too."""
    title = document.metadata.title
    named, site = _NAMED.search(title), _SITE.fullmatch(title)
    if named is None and site is None:
        return document
    own, author = (named[1], named[2] or "") if named else (site[1] if site else "", "")
    metadata = structs.replace(document.metadata, title=own, author=document.metadata.author or author)
    return structs.replace(document, metadata=metadata)


def without_emphasis(words: str, draft: Draft) -> str:
    """The words without the underscores by which Project Gutenberg writes italics."""

    def drop(match: re.Match[str]) -> str:
        draft.omit("_", "An underscore that marks italics.")
        draft.omit("_", "An underscore that marks italics.")
        return match[1]

    return _EMPHASIS.sub(drop, words)


def _start(source: str) -> int | None:
    """Where the book begins: after the one mark that says so, of whatever age."""
    marks = list(_START.finditer(source))
    if not marks and "project gutenberg" in source[:_HEAD].lower():
        marks = list(_SMALL_PRINT.finditer(source))
    if not marks and _AUSTRALIAN.search(source[:_HEAD]):
        marks = list(_AUSTRALIAN_START.finditer(source[:_HEAD]))
    return marks[0].end() if len(marks) == 1 else None


def _end(source: str, start: int) -> int | None:
    """Where the book ends: before the one mark that says so, before its last line, or with the file."""
    ends = list(_END.finditer(source))
    if ends:
        return ends[0].start() if len(ends) == 1 and ends[0].start() >= start else None
    closing = list(_CLOSING.finditer(source, start))
    return closing[0].start() if len(closing) == 1 else len(source)


def _metadata(head: str) -> Metadata:
    known = {match[1]: " ".join(match[2].split()) for match in _FIELD.finditer(head)}
    named = _NAMED.search(head)
    title, author = (named[1], named[2] or "") if named else ("", "")
    return Metadata(known.get("Title", title), known.get("Author", author), language=known.get("Language", ""))


def _inside(blocks: Sequence[Block]) -> tuple[int, int]:
    """The first block of the book and the one after its last; all blocks where there is no frame."""
    starts = [n for n, block in enumerate(blocks) if _START.search(block.words)]
    ends = [n for n, block in enumerate(blocks) if _END.search(block.words)]
    if len(starts) > 1 or len(ends) > 1 or (starts and ends and starts[0] > ends[0]):
        return 0, len(blocks)
    first = starts[0] + 1 if starts else 0
    last = ends[0] if ends else len(blocks)
    if starts and first < last and _CREDITS.match(blocks[first].words):
        first += 1
    while ends and last > first and _CLOSING.match(blocks[last - 1].words):
        last -= 1
    return first, last
