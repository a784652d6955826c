"""The reader of Word files (.docx): paragraphs, headings and tables in order; notes and deleted words left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import structs

from corpus.source.readers.archive import Archive
from corpus.source.readers.document import CONTENTS, NOTE, RUNNING_HEAD, Block, Document, Draft, Metadata, Unreadable
from corpus.source.readers.xml import parse_xml

if TYPE_CHECKING:
    from docx.styles.style import BaseStyle

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = {
    f"{_W}tab": " ",
    f"{_W}ptab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
"""Elements that are a character."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading ([1-9])")
_QUOTATION = re.compile(r"(?:intense |block )?quot(?:e|ation)s?\b|block text|(?:intensives )?zitat|blocktext")
"""Names of styles for quotations that stand by themselves, in small letters: Word's, and LibreOffice's."""
_QUOTE = "quote"
_MOST_BASES = 10  # styles that are based on one another
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_AROUND = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HIDDEN = "Words that the file hides."
_FORMULA = "A formula."
_CONTENTS = re.compile(r"toc [0-9]|toc[0-9]")
_DELETED = "Words that the file marks as deleted."


def read_word(data: bytes) -> Document:
    """The document that a Word file is. Raises Unreadable where it is damaged."""
    archive = Archive(data, "This Word file")
    # python-docx opens every part at once: what the archive may unpack to is known by now.
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.opc.exceptions import PackageNotFoundError

    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            parse_xml(archive.read(name), "A part of this Word file")
    try:
        word = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Unreadable(f"I can't read this Word file ({type(error).__name__}): save it as .docx again.") from None
    about = word.core_properties
    # When the file was made says nothing of when its text was written.
    draft = Draft(Metadata(about.title or "", about.author or "", "", about.language or ""))
    styles = {style.style_id: style.name.lower() for style in word.styles if style.name}
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and (known := _standard_style(style)):
            styles[style.style_id] = known
    for paragraph in _paragraphs(word.element.body):
        _add(paragraph, styles, draft)
    _omit_around(archive, draft)
    return draft.document()


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph and table row in order, those in boxes and controls too; each once.

    A paragraph whose end is deleted goes on in the next.
    """
    begun: etree._Element | None = None
    for child in element:
        if child.tag == f"{_W}p":
            if begun is not None:
                begun.extend([one for one in child if one.tag != f"{_W}pPr"])
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                begun = child if begun is None else begun
                continue
            yield child if begun is None else begun
            begun = None
        elif child.tag == f"{_W}tr":
            yield child
        elif child.tag != _FALLBACK:
            yield from _paragraphs(child)
    if begun is not None:
        yield begun


def _add(element: etree._Element, styles: dict[str, str], draft: Draft) -> None:
    if element.tag == f"{_W}tr":
        _add_row(element, draft)
        return
    words = _tidy(_words(element, draft))
    style = _style(element, styles)
    if level := _level(element, style):
        draft.add(Block("heading", words, level))
        if style == "title" and not draft.metadata.title:
            draft.metadata = structs.replace(draft.metadata, title=words)
    elif _CONTENTS.match(style):
        draft.omit(words, CONTENTS)
    else:
        is_quoted = style == _QUOTE
        draft.add(Block("paragraph", words, marker="•" if _is_item(element, style) else "", is_quoted=is_quoted))
    for box in element.iter(f"{_W}txbxContent"):
        if not any(one.tag == _FALLBACK for one in box.iterancestors()):
            for paragraph in _paragraphs(box):
                _add(paragraph, styles, draft)


def _add_row(row: etree._Element, draft: Draft) -> None:
    cells = [" ".join(_words(cell, draft).split()) for cell in row.iterchildren(f"{_W}tc")]
    words = "\t".join(filter(None, cells))
    if row.find(f"{_W}trPr/{_W}del") is not None:
        draft.omit(words, _DELETED)
    else:
        draft.add(Block("paragraph", words))


def _standard_style(style: BaseStyle) -> str:
    """The standard style for headings or quotations that a style is, or is based on; or nothing."""
    for _ in range(_MOST_BASES):
        name = (style.name or "").lower()
        if _HEADING.fullmatch(name):
            return name
        if _QUOTATION.match(name):
            return _QUOTE
        base = getattr(style, "base_style", None)
        if base is None:
            return ""
        style = base
    return ""


def _level(element: etree._Element, style: str) -> int:
    """The level of a heading, by its style or by the outline that it is given; 0 for other paragraphs."""
    if heading := _HEADING.fullmatch(style):
        return int(heading[1])
    if style in ("title", "subtitle"):
        return 1
    outline = element.find(f"{_W}pPr/{_W}outlineLvl")
    level = outline.get(f"{_W}val", "") if outline is not None else ""
    return int(level) + 1 if level in tuple("012345678") else 0


def _style(element: etree._Element, styles: dict[str, str]) -> str:
    """The style's name in small letters; its id where the file does not describe it."""
    found = element.find(f"{_W}pPr/{_W}pStyle")
    id_ = found.get(f"{_W}val") or "" if found is not None else ""
    return styles.get(id_, id_.lower())


def _is_item(element: etree._Element, style: str) -> bool:
    return element.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith("list ")


def _words(element: etree._Element, draft: Draft) -> str:
    return "".join(_pieces(element, draft))


def _pieces(element: etree._Element, draft: Draft) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (_FALLBACK, f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText"):
            continue
        if tag in (f"{_W}del", f"{_W}moveFrom"):
            draft.omit("".join(one.text or "" for one in child.iter(f"{_W}delText", f"{_W}t")), _DELETED)
        elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            draft.omit("".join(one.text or "" for one in child.iter(f"{_MATH}t")), _FORMULA)
        elif tag == f"{_W}r" and _is_hidden(child):
            draft.omit(_all_words(child), _HIDDEN)
        elif tag == f"{_W}t":
            yield child.text or ""
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        else:
            yield from _pieces(child, draft)
            if tag == f"{_W}p":
                yield " "


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _tidy(words: str) -> str:
    return "\n".join(" ".join(re.split(r"[ \t\r]+", line)).strip(" ") for line in words.split("\n")).strip("\n ")


def _omit_around(archive: Archive, draft: Draft) -> None:
    """Notes, running heads and feet: they are kept in parts of their own."""
    for name in sorted(archive.names):
        if name in _NOTES:
            root = parse_xml(archive.read(name), "The notes of this Word file")
            for note in root.iter(f"{_W}{_NOTES[name]}"):
                draft.omit(_all_words(note), NOTE)
        elif _AROUND.fullmatch(name):
            draft.omit(_all_words(parse_xml(archive.read(name), "A running head")), RUNNING_HEAD)


def _all_words(element: etree._Element) -> str:
    return " ".join(one.text or "" for one in element.iter(f"{_W}t"))
