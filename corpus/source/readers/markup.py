"""From an element tree of HTML to blocks: paragraphs, headings, list items, with what is left out and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree
from msgspec import structs

from corpus.source.readers.document import NOTE, NOTE_MARK, Block, Draft
from corpus.source.readers.html_elements import (
    BLOCKS,
    EPUB_TYPE,
    SILENT,
    classes,
    is_note,
    omission_reason,
    words_of,
)
from corpus.text_model import Address

_OF_PAGES = ("article", "section", "blockquote", "dl", "hr", "ol", "pre", "table", "ul")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PAGE_CLASSES = frozenset({"pagenum", "pageno", "pagenumber", "pb"})
_PAGE_NUMBER = re.compile(r"[\[({]?\s*(?:(?:page|pg|p)\b\.?\s*)?([0-9]{1,5}|[ivxlcdm]{1,8})\s*\.?\s*[\])}]?", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Run:
    """The words of one paragraph, as they gather."""

    pieces: list[str] = field(default_factory=list)
    pages: list[tuple[int, str]] = field(default_factory=list)
    """The number of each printed page that begins in it, behind how many pieces."""

    def addresses(self) -> Iterator[Address]:
        """Where each page begins among the words."""
        start, read, before = 0, 0, ""
        for many, page in self.pages:
            for piece in self.pieces[read:many]:
                words = _collapse_spaces(piece).lstrip("" if start else "\n ")
                if before.endswith((" ", "\n")):
                    words = words.removeprefix(" ")
                if before.endswith(" ") and words.startswith("\n"):
                    start -= 1  # no space is at a line's end
                start += len(words)
                before = words or before
            read = many
            yield Address("page", page, start)


class TreeReader:
    """Walks one HTML tree into a draft. In a book (`is_book`), headers, footers and asides are the author's own."""

    def __init__(self, draft: Draft, *, is_book: bool, notes: Collection[str] = ()) -> None:
        self._draft = draft
        self._notes = notes
        """The names of the places to which marks of notes lead."""
        self._is_book = is_book
        self._run = _Run()
        self._quotations = 0
        """How many block quotes are open."""

    def read(self, root: etree._Element) -> None:
        body = next(iter(root.iter("body")), root)
        main = self._main(body)
        if main is None:
            self._block(body)
        else:
            self._draft.omit(_outside(body, main), "Navigation and other matter around the text of the page.")
            self._block(main)
        self._flush()

    def _main(self, body: etree._Element) -> etree._Element | None:
        """The one element that says it holds the page's text, or None."""
        if self._is_book:
            return None
        found = [one for one in body.iter() if one.tag == "main" or one.get("role") == "main"]
        return found[0] if len(found) == 1 else None

    def _block(self, element: etree._Element, marker: str = "") -> None:
        self._flush()
        tag = str(element.tag)
        if tag in _HEADINGS or tag == "hgroup":
            self._heading(element)
        elif tag == "pre":
            self._add_preformatted(element)
        elif tag == "tr":
            self._row(element)
        elif tag in ("ul", "ol"):
            self._list(element, marker)
        else:
            self._quotations += tag == "blockquote"
            self._children(element)
            self._flush(marker=marker)
            self._quotations -= tag == "blockquote"

    def _children(self, element: etree._Element) -> None:
        self._say(element.text)
        for child in element:
            self._child(child)
            self._say(child.tail)

    def _child(self, child: etree._Element) -> None:
        if not isinstance(child.tag, str):
            return  # a comment or a processing instruction
        tag = child.tag
        if tag in SILENT:
            return
        if reason := self._omission_reason(child):
            self._draft.omit(words_of(child), reason)
            if reason == NOTE_MARK and child.tail and not child.tail[0].isalnum() and self._run.pieces:
                self._run.pieces[-1] = self._run.pieces[-1].rstrip(" ")  # it is before the mark, and not before a stop
        elif tag == "br":
            self._run.pieces.append("\n")
        elif tag in BLOCKS:
            self._block(child)
        else:
            self._inline(child)

    def _omission_reason(self, element: etree._Element) -> str:
        reason = omission_reason(element, is_book=self._is_book)
        return reason or (NOTE if self._notes and is_note(element, self._notes) else "")

    def _inline(self, element: etree._Element) -> None:
        if page := _page_break(element):
            self._run.pages.append((len(self._run.pieces), page))
            return
        marks = ("“", "”") if element.tag == "q" else ("", "")  # a browser puts them there
        self._run.pieces.append(marks[0])
        self._children(element)
        self._run.pieces.append(marks[1])

    def _heading(self, element: etree._Element) -> None:
        lines = [element] if element.tag in _HEADINGS else [one for one in element if isinstance(one.tag, str)]
        level = next((_HEADINGS[str(one.tag)] for one in lines if one.tag in _HEADINGS), 1)
        for line in lines:
            self._children(line)
            self._flush("heading", level)

    def _add_preformatted(self, element: etree._Element) -> None:
        words = words_of(element).expandtabs().strip("\n")
        for part in re.split(r"\n[ ]*\n", words):
            lines = part.split("\n")
            margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
            self._draft.add(Block("paragraph", "\n".join(line[margin:].rstrip() for line in lines).strip("\n")))

    def _row(self, element: etree._Element) -> None:
        cells = [one for one in element if isinstance(one.tag, str) and one.tag in ("td", "th")]
        if any(map(_holds_paragraphs, cells)):  # a table that only lays out the page
            for cell in cells:
                self._block(cell)
            return
        for cell in cells:
            if any(map(str.strip, self._run.pieces)):
                self._run.pieces.append("\t")
            self._say(_collapse_spaces("".join(self._cell(cell))).strip())
        self._flush(keep_tabs=True)

    def _cell(self, element: etree._Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str) and child.tag not in SILENT:
                if reason := omission_reason(child, is_book=self._is_book):
                    self._draft.omit(words_of(child), reason)
                else:
                    yield from self._cell(child)
                    yield " " if child.tag in BLOCKS or child.tag == "br" else ""
            yield child.tail or ""

    def _list(self, element: etree._Element, marker: str) -> None:
        number = _whole(element.get("start"), 1)
        for item in element:
            if not isinstance(item.tag, str):
                continue
            if item.tag != "li":
                self._child(item)
                continue
            if reason := self._omission_reason(item):
                self._draft.omit(words_of(item), reason)
                continue
            number = _whole(item.get("value"), number)
            self._item(item, f"{number}." if element.tag == "ol" else "•")
            number += 1

    def _item(self, item: etree._Element, marker: str) -> None:
        """A list item: its first paragraph has the marker, what follows in it stands by itself."""
        self._flush()
        first = len(self._draft.blocks)
        self._children(item)
        self._flush()
        if len(self._draft.blocks) > first and not self._draft.blocks[first].marker:
            block = self._draft.blocks[first]
            if block.kind == "paragraph":
                self._draft.blocks[first] = structs.replace(block, marker=marker)

    def _say(self, words: str | None) -> None:
        if words:
            self._run.pieces.append(_SPACE.sub(" ", words))

    def _flush(self, kind: str = "paragraph", level: int = 0, *, marker: str = "", keep_tabs: bool = False) -> None:
        if not self._run.pieces:
            return
        run, self._run = self._run, _Run()
        words = "".join(run.pieces)
        words = "\t".join(map(_tidy, words.split("\t"))) if keep_tabs else _tidy(words)
        addresses = tuple(run.addresses())
        if words and kind == "heading":
            self._draft.add(Block("heading", words, level, addresses=addresses))
        elif words:
            for start, part in _parts(words):
                first, last = (bisect_left(addresses, one, key=_start) for one in (start, start + len(part) + 2))
                within = tuple(structs.replace(one, start=one.start - start) for one in addresses[first:last])
                is_quoted = self._quotations > 0
                self._draft.add(Block("paragraph", part, marker=marker, addresses=within, is_quoted=is_quoted))
        else:
            self._run.pages = [(0, page) for _, page in run.pages]


def _start(address: Address) -> int:
    return address.start


def _parts(words: str) -> Iterator[tuple[int, str]]:
    """The paragraphs that empty lines part, each with its place: old pages have nothing but `br` between them."""
    start = 0
    for part in words.split("\n\n"):
        if bare := part.strip("\n"):
            yield start + part.index(bare), bare
        start += len(part) + 2


def _tidy(words: str) -> str:
    """Spaces as a browser shows them: runs are one, none at a line's edges; `br` is a line's end."""
    return "\n".join(line.strip(" ") for line in _collapse_spaces(words).split("\n")).strip("\n ")


def _collapse_spaces(words: str) -> str:
    return re.sub(r"[ \t]+", " ", words)


def _outside(body: etree._Element, main: etree._Element) -> str:
    """The words of `body` that are not in `main`."""
    return " ".join(_texts_but(body, main))


def _texts_but(element: etree._Element, main: etree._Element) -> Iterator[str]:
    if element is main or not isinstance(element.tag, str) or element.tag in SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _texts_but(child, main)
        yield child.tail or ""


def _holds_paragraphs(cell: etree._Element) -> bool:
    """Whether a cell of a table has more than a line or a paragraph in it."""
    return sum(1 for _ in cell.iter("p")) > 1 or any(True for _ in cell.iter(*_HEADINGS, *_OF_PAGES))


def _page_break(element: etree._Element) -> str:
    """The number of the printed page that begins here, or nothing."""
    shown = " ".join(words_of(element).split())
    if "pagebreak" in (element.get(EPUB_TYPE) or "").split() or element.get("role") == "doc-pagebreak":
        named = (element.get("title") or element.get("aria-label") or shown).strip()
        number = _PAGE_NUMBER.fullmatch(named)
        return number[1] if number else named
    number = _PAGE_NUMBER.fullmatch(shown) if _PAGE_CLASSES & {*classes(element)} else None
    return number[1] if number else ""


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"[0-9]{1,6}", written.strip()) else otherwise
