"""From an element tree of HTML to blocks: paragraphs, headings, list items, with what is left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from msgspec import structs

from corpus.model import Address
from corpus.source.readers.document import (
    BOOK_NAVIGATION,
    COLOPHON,
    CONTENTS,
    COPYRIGHT,
    COVER,
    HALF_TITLE,
    ILLUSTRATIONS,
    IMPRINT,
    NOTE,
    NOTE_MARK,
    TITLE_PAGE,
    Block,
    Draft,
)

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody tfoot
    thead tr ul
    """.split()  # noqa: SIM905 - a list of fifty words, one a line, is no easier to read
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SILENT = frozenset(
    """
    audio button canvas datalist embed head iframe img input link map math meta noscript object option rp rt
    script select source style svg template textarea title track video wbr
    """.split()  # noqa: SIM905 - a list of fifty words, one a line, is no easier to read
)
"""Elements that are no words of the page: programs, forms, pictures."""

_BY_ELEMENT = {"nav": "Navigation of the page.", "form": "A form of the page."}
_AROUND = {
    "header": "The head of the web page, around the text.",
    "footer": "The foot of the web page, around the text.",
    "aside": "Matter beside the text.",
}
_BY_TYPE = {
    "toc": CONTENTS,
    "landmarks": BOOK_NAVIGATION,
    "page-list": BOOK_NAVIGATION,
    "loi": ILLUSTRATIONS,
    "lot": "The list of tables.",
    "index": "The index.",
    "titlepage": TITLE_PAGE,
    "halftitlepage": HALF_TITLE,
    "cover": COVER,
    "imprint": IMPRINT,
    "colophon": COLOPHON,
    "copyright-page": COPYRIGHT,
    "footnote": NOTE,
    "footnotes": NOTE,
    "endnote": NOTE,
    "endnotes": NOTE,
    "rearnote": NOTE,
    "rearnotes": NOTE,
}
_BY_ROLE = {
    "navigation": "Navigation of the page.",
    "search": "A form of the page.",
    "banner": _AROUND["header"],
    "contentinfo": _AROUND["footer"],
    "complementary": _AROUND["aside"],
    **{f"doc-{kind}": reason for kind, reason in _BY_TYPE.items()},
}
_LINK_MARK = "A link mark of the page."
_NOTE_TARGET = re.compile(r"#(?:cite_?note|end_?note|foot_?note|fn|note|en|ftn|_ftn|sdfootnote)[\w:.-]*$", re.I)
_MARK = re.compile(r"[\[({]?(?:[0-9]{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,3})[\])}]?\.?", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Run:
    """The words of one paragraph, as they gather."""

    pieces: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)

    def length(self) -> int:
        return len(_collapsed("".join(self.pieces)).lstrip())


class TreeReader:
    """Walks one HTML tree into a draft. In a book (`is_book`), headers, footers and asides are the author's own."""

    def __init__(self, draft: Draft, *, is_book: bool) -> None:
        self._draft = draft
        self._is_book = is_book
        self._run = _Run()
        self._page: Address | None = None
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
            self._preformatted(element)
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
        if tag in _SILENT:
            return
        if reason := self._reason(child):
            self._draft.omit(_words(child), reason)
        elif tag == "br":
            self._run.pieces.append("\n")
        elif tag in _BLOCKS:
            self._block(child)
        else:
            self._inline(child)

    def _inline(self, element: etree._Element) -> None:
        if page := _page_break(element):
            self._page = Address("page", page)
            self._run.addresses.append(Address("page", page, self._run.length()))
            return
        self._children(element)

    def _reason(self, element: etree._Element) -> str:
        """Why an element is no part of the text, or nothing where it is."""
        types = (element.get(_EPUB_TYPE) or "").split()
        roles = (element.get("role") or "").split()
        found = [_BY_TYPE[one] for one in types if one in _BY_TYPE] + [
            _BY_ROLE[one] for one in roles if one in _BY_ROLE
        ]
        if "noteref" in types or "doc-noteref" in roles or _is_note_mark(element):
            return NOTE_MARK
        if {"backlink", "referrer"} & {*types} or "doc-backlink" in roles or "headerlink" in _classes(element):
            return _LINK_MARK
        if found or {"footnote", "footnotes", "endnote", "endnotes"} & {*_classes(element)}:
            return found[0] if found else NOTE
        tag = str(element.tag)
        if tag in _AROUND and not self._is_book and not _is_within_article(element):
            return _AROUND[tag]
        return _BY_ELEMENT.get(tag, "")

    def _heading(self, element: etree._Element) -> None:
        lines = [element] if element.tag in _HEADINGS else [one for one in element if isinstance(one.tag, str)]
        level = next((_HEADINGS[str(one.tag)] for one in lines if one.tag in _HEADINGS), 1)
        for line in lines:
            self._children(line)
            self._flush("heading", level)

    def _preformatted(self, element: etree._Element) -> None:
        words = _words(element).expandtabs().strip("\n")
        for part in re.split(r"\n[ ]*\n", words):
            lines = part.split("\n")
            margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
            self._draft.add(Block("paragraph", "\n".join(line[margin:].rstrip() for line in lines).strip("\n")))

    def _row(self, element: etree._Element) -> None:
        for cell in element:
            if isinstance(cell.tag, str) and cell.tag in ("td", "th"):
                if self._run.length():
                    self._run.pieces.append("\t")
                for piece in self._cell(cell):
                    self._say(piece)
        self._flush(keep_tabs=True)

    def _cell(self, cell: etree._Element) -> Iterator[str]:
        yield _collapsed(_words(cell)).strip()

    def _list(self, element: etree._Element, marker: str) -> None:
        number = _whole(element.get("start"), 1)
        for item in element:
            if not isinstance(item.tag, str):
                continue
            if item.tag != "li":
                self._child(item)
                continue
            if reason := self._reason(item):
                self._draft.omit(_words(item), reason)
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
        run, self._run = self._run, _Run()
        words = "".join(run.pieces)
        words = "\t".join(map(_tidy, words.split("\t"))) if keep_tabs else _tidy(words)
        if words:
            addresses = tuple(run.addresses)
            if kind == "heading":
                self._draft.add(Block("heading", words, level, addresses=addresses))
            else:
                is_quoted = self._quotations > 0
                self._draft.add(Block("paragraph", words, marker=marker, addresses=addresses, is_quoted=is_quoted))
        elif run.addresses:
            self._run.addresses = [Address(one.scheme, one.value) for one in run.addresses]


def _tidy(words: str) -> str:
    """Spaces as a browser shows them: runs are one, none at a line's edges; `br` is a line's end."""
    return "\n".join(line.strip(" ") for line in _collapsed(words).split("\n")).strip("\n ")


def _collapsed(words: str) -> str:
    return re.sub(r"[ \t]+", " ", words)


def _words(element: etree._Element) -> str:
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.tag == "br":
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield " "
        yield child.tail or ""


def _outside(body: etree._Element, main: etree._Element) -> str:
    """The words of `body` that do not stand in `main`."""
    return " ".join(_texts_but(body, main))


def _texts_but(element: etree._Element, main: etree._Element) -> Iterator[str]:
    if element is main or not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _texts_but(child, main)
        yield child.tail or ""


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_within_article(element: etree._Element) -> bool:
    return any(one.tag in ("article", "section", "main", "blockquote") for one in element.iterancestors())


def _is_note_mark(element: etree._Element) -> bool:
    """A link to a note that shows nothing but its number or sign."""
    links = [element] if element.tag == "a" else element.findall("a") if element.tag in ("sup", "span") else []
    shown = _words(element).strip()
    return (
        len(links) == 1
        and bool(_NOTE_TARGET.search(links[0].get("href") or ""))
        and bool(_MARK.fullmatch(shown))
        and _words(links[0]).strip() == shown
    )


def _page_break(element: etree._Element) -> str:
    """The number of the printed page that begins here, or nothing."""
    if "pagebreak" in (element.get(_EPUB_TYPE) or "").split() or element.get("role") == "doc-pagebreak":
        return (element.get("title") or element.get("aria-label") or _words(element)).strip()
    return ""


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"[0-9]{1,6}", written.strip()) else otherwise
