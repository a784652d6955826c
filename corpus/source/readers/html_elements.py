"""Elements of HTML: which are blocks, which say nothing, and which are not part of a text, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from corpus.source.readers.document import (
    BOOK_NAVIGATION,
    COLOPHON,
    CONTENTS,
    COPYRIGHT,
    COVER,
    HALF_TITLE,
    ILLUSTRATIONS,
    IMPRINT,
    LICENCE,
    NOTE,
    NOTE_MARK,
    TITLE_PAGE,
)

EPUB_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
BLOCKS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody tfoot
    thead tr ul
    """.split()  # noqa: SIM905 - a list of fifty words, one a line, is no easier to read.
)
SILENT: Final = frozenset(
    """
    audio button canvas datalist embed head iframe img input link map meta noscript object option
    script select source style svg template textarea title track video wbr
    """.split()  # noqa: SIM905 - a list of fifty words, one a line, is no easier to read.
)
"""Elements that are no words of the page: programs, forms, pictures."""

_NOTE_ELEMENTS = frozenset({"p", "li", "dd", "div", "aside", "td"})
_READING = "How characters are read, above them."
_BY_ELEMENT = {
    "nav": "Navigation of the page.",
    "form": "A form of the page.",
    "del": "Words that the page marks as deleted.",
    "math": "A formula.",
    "rp": _READING,
    "rt": _READING,
}
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
_ADDRESS = "The address of a link, written out after it."
_HIDDEN = "Words that the page hides."
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_NOTE_TARGET = re.compile(r"#(?:cite_?note|end_?note|foot_?note|fn|note|en|ftn|_ftn|sdfootnote)[\w:.-]*$", re.I)
_BY_CLASS = {
    "pg-boilerplate": LICENCE,
    "toc": CONTENTS,
    "references": NOTE,
    "reflist": NOTE,
    "footnote": NOTE,
    "footnotes": NOTE,
    "endnote": NOTE,
    "endnotes": NOTE,
    "link-target": _ADDRESS,
    "headerlink": _LINK_MARK,
    **dict.fromkeys(("linenum", "lineno", "linenumber", "line-number"), "The number of a line."),
    "mw-editsection": _LINK_MARK,
    "mw-jump-link": _LINK_MARK,
    **dict.fromkeys(("catlinks", "navbox", "noprint", "printfooter", "mw-indicators"), "Navigation of the page."),
}
"""Classes of Project Gutenberg, wikis and programs that make documentation."""
_SIGN = re.compile(r"[*†‡§¶]{1,3}|[\[({].*")
_MARK = re.compile(r"[\[({]?(?:[0-9]{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,3})[\])}]?\.?", re.I)


def omission_reason(element: etree._Element, *, is_book: bool) -> str:
    """Why an element is left out, or nothing where it is not. In a book, headers and asides are the author's."""
    types = (element.get(EPUB_TYPE) or "").split()
    roles = (element.get("role") or "").split()
    found = [_BY_TYPE[one] for one in types if one in _BY_TYPE] + [_BY_ROLE[one] for one in roles if one in _BY_ROLE]
    if "noteref" in types or "doc-noteref" in roles or _is_note_mark(element):
        return NOTE_MARK
    if {"backlink", "referrer"} & {*types} or "doc-backlink" in roles:
        return _LINK_MARK
    if _is_hidden(element):
        return _HIDDEN
    found += [_BY_CLASS[one] for one in classes(element) if one in _BY_CLASS and element.tag != "body"]
    if found:
        return found[0]
    tag = str(element.tag)
    if tag in _AROUND and not is_book and not _is_within_article(element):
        return _AROUND[tag]
    return _BY_ELEMENT.get(tag, "")


def words_of(element: etree._Element) -> str:
    """All words of an element, a space after each block."""
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    if element.tag == "br":
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        if isinstance(child.tag, str) and child.tag in BLOCKS:
            yield " "
        yield child.tail or ""


def classes(element: etree._Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _is_within_article(element: etree._Element) -> bool:
    return any(one.tag in ("article", "section", "main", "blockquote") for one in element.iterancestors())


def note_targets(root: etree._Element) -> frozenset[str]:
    """The names of the places to which the marks of notes on a page lead."""
    links = (one for one in root.iter("a") if "#" in (one.get("href") or ""))
    return frozenset((one.get("href") or "").partition("#")[2] for one in links if _is_attached(one))


def is_note(element: etree._Element, targets: Collection[str]) -> bool:
    """Whether an element is, or begins with, a place to which the mark of a note leads."""
    if str(element.tag) not in _NOTE_ELEMENTS:
        return False
    for one in element.iter(etree.Element):
        if one.get("id") in targets or one.get("name") in targets:
            return True
        if (one.text or "").strip() or (one is not element and (one.tail or "").strip()):
            return False
    return False


def _is_note_mark(element: etree._Element) -> bool:
    """A link to a note that shows nothing but its number or sign."""
    links = [element] if element.tag == "a" else element.findall("a") if element.tag in ("sup", "span") else []
    if len(links) != 1:
        return False
    shown, target = words_of(element).strip(), links[0].get("href") or ""
    if not _MARK.fullmatch(shown) or words_of(links[0]).strip() != shown:
        return False
    return bool(_NOTE_TARGET.search(target)) or _is_attached(links[0])


def _is_attached(link: etree._Element) -> bool:
    """Whether a link within the book is behind words: raised, in brackets, a sign, or without a space before it."""
    shown = words_of(link).strip()
    if "#" not in (link.get("href") or "") or not _MARK.fullmatch(shown):
        return False
    before = _words_before(link)
    if not before.strip():
        return False
    is_raised = any(True for _ in link.iter("sup")) or any(one.tag == "sup" for one in link.iterancestors("sup", "p"))
    return is_raised or (not before[-1].isspace() and not before[-1].isdigit()) or bool(_SIGN.fullmatch(shown))


def _words_before(element: etree._Element) -> str:
    """The nearest words before an element in its block, or nothing where it begins the block."""
    while True:
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            words = previous.tail or (words_of(previous) if isinstance(previous.tag, str) else "")
            if words.strip():
                return words
            element = previous
            continue
        if parent is None or (parent.text or "").strip() or parent.tag in BLOCKS:
            return (parent.text or "") if parent is not None else ""
        element = parent


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))
