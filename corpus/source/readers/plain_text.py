"""The reader of plain text: one paragraph a line, or paragraphs wrapped by hand with blank lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.language.division_headings import division_heading
from corpus.source.readers import gutenberg
from corpus.source.readers.document import LICENCE, NOTE, NOTE_MARK, Block, Document, Draft, Metadata
from corpus.source.readers.encoding import decode
from corpus.source.readers.printed_pages import BROKEN, Hyphens, without_line_numbers, without_pages

_WIDEST = 100  # characters of a line that somebody wrapped by hand
_FILLED = 0.8  # of the width: most lines are so long where nothing but wrapping ends them
_ROOM = 5  # characters, and the next word, that must have fitted on a line which the author ended
_A_POEM = 4  # lines that are not the first of their stanza
_HEADING_LINES = 3
_HEADING_WIDTH = 72
_UNDERLINE = re.compile(r"([=*~#^\"'`+-])\1{2,}")
_BYLINE = re.compile(r"(?:[Bb]y|BY|[Vv]on|[Pp]ar) (?P<author>.{1,60})")
_IN_NAMES = frozenset(("and", "und", "et", "de", "la", "le", "du", "da", "von", "van", "der", "den", "zu"))
_MOST_OF_A_NAME = 8
_TITLE_PAGE = 4  # blocks
_ENDS = (".", "!", "?", ";", ":", ",")
_NOTE = re.compile(r"\[([0-9]{1,4}|\*{1,3}|[a-z])\]\s+(?=\S)", re.I)
_ASIDE = re.compile(
    r"\[(?P<what>illustration|graphic|footnote|sidenote|transcriber|redactor|editor'?s? note|blank page)\b"
    r"(?:[^\[\]]|\[[^\[\]]{0,200}\])*(?P<end>\]|$)\s*",
    re.I,
)
_MOST_OF_A_NOTE = 20  # paragraphs
_TIME = r"(?:[\[(]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[\])]?[ –-]*)?"
_SPEECH = re.compile(
    rf"{_TIME}(?!\w+ \w+ \w+ \w+)[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.'’ -]{{0,38}}:\s+(?=\S)|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’ -]{{1,38}}\. (?=\S)"
)
"""A line with the name of who speaks, and the time before it or none."""
_ENDS_IN_DASH = re.compile(r"\S(?:--|[—–])$")
_BEGINS_WITH_DASH = re.compile(r"(?:--|—)\S")
_MARKER = re.compile(r"(?:[•‣◦*+-]|\(?[0-9]{1,3}[.)])(?=\s)")


class _Chunk(NamedTuple):
    """Lines between blank ones; `blank` is how many blank lines are before."""

    lines: tuple[str, ...]
    blank: int


def read_plain_text(data: bytes) -> Document:
    """The document that a file of plain text is; the frame of Project Gutenberg is left out and listed."""
    source = decode(data)
    draft = Draft()
    framed = gutenberg.unframe(source)
    if framed is not None:
        draft.metadata = framed.metadata
        for frame in framed.frame:
            draft.omit(frame, LICENCE)
        source = gutenberg.without_emphasis(framed.words, draft)
    _read(source, draft)
    if not draft.metadata.title:
        draft.metadata = _title_page(draft.blocks)
    return draft.document()


def _title_page(blocks: Sequence[Block]) -> Metadata:
    """The title and the author with which a text begins: a heading, or a short line above "by" and a name or a chapter.

    Between a short line and these, there may be other short lines, such as a subtitle.
    """
    if not blocks or division_heading(blocks[0].words):
        return Metadata()
    title, is_heading = " ".join(blocks[0].words.split()), blocks[0].kind == "heading"
    if not (is_heading or _may_be_title(title)):
        return Metadata()
    for block in blocks[1:_TITLE_PAGE]:
        words = " ".join(block.words.split())
        byline = _BYLINE.fullmatch(words)
        if byline and _is_name(byline["author"]):
            return Metadata(title=title, author=byline["author"])
        if division_heading(block.words):
            return Metadata(title=title)
        if is_heading or block.kind == "heading" or not _may_be_title(words):
            break
    return Metadata(title=title) if is_heading else Metadata()


def _may_be_title(words: str) -> bool:
    """Whether a line may be a title or a subtitle: it is short, and no sentence."""
    return len(words) <= _HEADING_WIDTH and not words.endswith(_ENDS)


def _is_name(words: str) -> bool:
    """Whether words are few and all have capitals, as names do, but for particles such as “von”."""
    few = words.split()
    return len(few) <= _MOST_OF_A_NAME and all(word[0].isupper() or word in _IN_NAMES for word in few)


def _read(source: str, draft: Draft) -> None:
    lines = without_pages([line.expandtabs().rstrip() for line in source.split("\n")], draft)
    lines = without_line_numbers(lines, draft)
    width = _wrapping_width(lines)
    if width is None:
        for line in lines:
            _add_line(line, draft)
        return
    chunks = [item for chunk in _whole_asides(_chunks(lines)) for part in _headed(chunk) for item in _items(part)]
    if _is_poetry(chunks):
        width = 2 * _WIDEST  # no line of it is full
    notes = _note_numbers(source)
    hyphens = Hyphens(lines)
    for number, chunk in enumerate(chunks):
        following = chunks[number + 1].blank if number + 1 < len(chunks) else 1
        _add_chunk(chunk, following, width, notes, hyphens, draft)


def _wrapping_width(lines: list[str]) -> int | None:
    """The width to which the lines are wrapped by hand; None where each line is a paragraph."""
    lengths = sorted(len(line) for line in lines if line)
    if not lengths or (width := lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]) > _WIDEST:
        return None
    pairs = sum(1 for one, two in pairwise(lines) if one and two)
    if "" in [line for line, _ in pairwise(lines)]:
        return width if pairs else None
    return width if 2 * sum(length > _FILLED * width for length in lengths) > len(lengths) else None


def _chunks(lines: list[str]) -> Iterator[_Chunk]:
    held: list[str] = []
    blank = before = 2  # the beginning of a file is as good as room above
    for line in [*lines, ""]:
        if line:
            if not held:
                before = blank
            held.append(line)
            blank = 0
            continue
        if held:
            yield _Chunk(tuple(held), before)
            held = []
        blank += 1


def _whole_asides(chunks: Iterable[_Chunk]) -> Iterator[_Chunk]:
    """The chunks, where a note or the like in square brackets that has several paragraphs is one."""
    held: list[_Chunk] = []
    for chunk in chunks:
        held.append(chunk)
        aside = _ASIDE.match(" ".join(line for one in held for line in one.lines))
        if aside and not aside["end"] and len(held) < _MOST_OF_A_NOTE:
            continue
        if aside and aside["end"]:
            held = [_Chunk(tuple(line for one in held for line in one.lines), held[0].blank)]
        yield from held
        held = []
    yield from held


def _headed(chunk: _Chunk) -> Iterator[_Chunk]:
    """The heading of a division with its text directly below it as two; else the chunk itself."""
    if len(chunk.lines) > 1 and division_heading(chunk.lines[0]) and not division_heading(" ".join(chunk.lines)):
        yield _Chunk(chunk.lines[:1], chunk.blank)
        yield _Chunk(chunk.lines[1:], 0)
    else:
        yield chunk


def _items(chunk: _Chunk) -> Iterator[_Chunk]:
    """The items of a list, or the speeches of a dialogue, that are directly below each other; else the chunk itself."""
    starts = [n for n, line in enumerate(chunk.lines) if _begins_item(line.lstrip())]
    margin = _margin(chunk.lines[0])
    if len(starts) < 2 or starts[0] != 0 or any(_margin(chunk.lines[n]) > margin + 3 for n in starts):
        yield chunk
        return
    for start, end in zip(starts, [*starts[1:], len(chunk.lines)], strict=True):
        yield _Chunk(chunk.lines[start:end], chunk.blank if start == 0 else 0)


def _begins_item(line: str) -> bool:
    """Whether a line begins with the mark of an item, or with the name of who speaks."""
    return not division_heading(line) and bool(_MARKER.match(line) or _SPEECH.match(line))


def _add_line(line: str, draft: Draft) -> None:
    if _UNDERLINE.fullmatch(line.strip()):
        return
    words = line.strip()
    if division_heading(words):
        draft.add(Block("heading", words, 2))
    else:
        _add_paragraph(words, draft)


def _add_chunk(
    chunk: _Chunk, following: int, width: int, notes: frozenset[str], hyphens: Hyphens, draft: Draft
) -> None:
    lines = chunk.lines
    joined = " ".join(line.strip() for line in lines)
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1].strip()):
        draft.add(Block("heading", lines[0].strip(), 1 if lines[1].strip()[0] in "*=#" else 2))
    elif _UNDERLINE.fullmatch(joined.replace(" ", "")):
        draft.omit(joined, "A line that only divides.")
    elif aside := _ASIDE.match(joined):
        draft.omit(aside[0], NOTE if aside["what"].lower() in ("footnote", "sidenote") else "A transcriber's note.")
        _add_paragraph(joined[aside.end() :], draft, notes)
    elif (note := _NOTE.match(joined)) and note[1] in notes:
        draft.omit(joined, NOTE)
    elif _is_heading(chunk, following, width, after_heading=bool(draft.blocks) and draft.blocks[-1].kind == "heading"):
        draft.add(Block("heading", "\n".join(line.strip() for line in lines), 2 if chunk.blank > 1 else 3))
    elif _is_verse(lines, width):
        margin = min(map(_margin, lines))
        _add_paragraph("\n".join(line[margin:] for line in lines), draft, notes)
    else:
        _add_paragraph(_unwrapped(lines, hyphens, draft), draft, notes)


def _add_paragraph(words: str, draft: Draft, notes: frozenset[str] = frozenset()) -> None:
    if notes:
        words = _without_note_marks(words, notes, draft)
    match = _MARKER.match(words)
    marker = match[0] if match else ""
    draft.add(Block("paragraph", words[len(marker) :].strip(), marker=marker))


def _is_heading(chunk: _Chunk, following: int, width: int, *, after_heading: bool) -> bool:
    """A few short lines that end no sentence, with room around them or a chapter's words in them."""
    lines = [line.strip() for line in chunk.lines]
    words = " ".join(lines)
    if len(lines) > _HEADING_LINES or len(words) > _HEADING_WIDTH:
        return False
    if chunk.blank and division_heading(words):
        return True
    if not any(map(str.isalpha, words)):
        return False
    if _MARKER.match(words) or words.endswith((",", ";", ":", "!", "?", "-", "—", "...", "…", "”", '"')):
        return False
    if words.endswith(".") and (chunk.blank < 2 or not words.isupper()):
        return False
    return (
        (chunk.blank > 1 or words.isupper() or (after_heading and following > 1))
        and max(map(len, lines)) < 0.9 * width
        and _is_titled(words)
    )


def _is_titled(words: str) -> bool:
    return words[0].isupper() or words[0].isdigit()


def _is_poetry(chunks: list[_Chunk]) -> bool:
    """Whether nearly all lines begin with a capital letter, as only verse does."""
    begun = [line.lstrip(" \"'‘“—([")[:1] for chunk in chunks for line in chunk.lines[1:]]
    return len(begun) >= _A_POEM and sum(map(str.isupper, begun)) > 0.9 * len(begun)


def _is_verse(lines: tuple[str, ...], width: int) -> bool:
    """Whether the lines end where the author ended them: most had room for the next word."""
    roomy = sum(len(one) + _ROOM + len(two.split()[0]) <= width for one, two in pairwise(lines))
    return len(lines) > 1 and roomy >= 0.75 * (len(lines) - 1)


def _unwrapped(lines: tuple[str, ...], hyphens: Hyphens, draft: Draft) -> str:
    """The paragraph without the line ends of its wrapping. A dash that touches a word takes no space."""
    stripped = [line.strip() for line in lines]
    pieces = stripped[:1]
    for before, more in pairwise(stripped):
        if _ENDS_IN_DASH.search(before[-3:]) or _BEGINS_WITH_DASH.match(more):
            pieces.append(more)
        elif re.search(r"[^\W\d_]-$", before[-2:]) and more[:1].islower() and hyphens.breaks(before, more):
            pieces[-1] = pieces[-1].removesuffix("-")
            draft.omit("-", BROKEN)
            draft.joined.append(f"{before.split()[-1].removesuffix('-')}{more.split()[0]}")
            pieces.append(more)
        elif re.search(r"[^\W\d_]-$", before[-2:]) and more[:1].islower():
            draft.joined.append(f"{before.split()[-1]}{more.split()[0]}")
            pieces.append(more)
        else:
            pieces.append(f" {more}")
    return "".join(pieces)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _note_numbers(source: str) -> frozenset[str]:
    """The signs of notes: those that begin a paragraph in brackets, and are in brackets inside one."""
    begun = {
        match[1]
        for match in re.finditer(r"^[^\n\S]*\[(?:footnote )?([0-9]{1,4}|\*{1,3}|[a-z])[\]:]\s+\S", source, re.M | re.I)
    }
    inside = {match[1] for match in re.finditer(r"\S[^\n\S]*\[([0-9]{1,4}|\*{1,3}|[a-z])\]", source, re.I)}
    return frozenset(begun & inside)


def _without_note_marks(words: str, notes: frozenset[str], draft: Draft) -> str:
    def drop(match: re.Match[str]) -> str:
        if match[1] not in notes:
            return match[0]
        draft.omit(match[0], NOTE_MARK)
        return ""

    return re.sub(r"(?<![^\n\S])[^\n\S]*\[([0-9]{1,4}|\*{1,3}|[a-z])\]", drop, words, flags=re.I)
