"""Readers of files: from plain text, Markdown, HTML, EPUB, PDF, Word or TEI to one neutral document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Final, Literal

from msgspec import structs

from corpus.progress import Progress, unseen
from corpus.source.readers.document import Document, Unreadable

Format = Literal["text", "markdown", "html", "epub", "pdf", "word", "tei"]

SUFFIXES: Final[dict[str, Format]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".pdf": "pdf",
    ".docx": "word",
    ".xml": "tei",
    ".tei": "tei",
}
FORMATS: Final = "plain text, Markdown, HTML, EPUB, PDF, Word (.docx) and TEI"

_PICTURE = "a picture: send its text"
_SUBTITLES = "a file of subtitles: send its words as plain text, with the name and a colon before what each person says"
_PACKED = "a packed file: unpack it first"
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc): save it as .docx",
    b"{\\rtf": "rich text (RTF): save it as .docx",
    b"\x1f\x8b": "packed with gzip: unpack it first",
    b"7z\xbc\xaf": _PACKED,
    b"Rar!": _PACKED,
    b"\xfd7zXZ": _PACKED,
    b"BZh": _PACKED,
    b"PK\x05\x06": "an empty zip file",
    b"BOOKMOBI": "a Kindle book: send it as EPUB",
    b"WEBVTT": _SUBTITLES,
    b"ITOLITLS": "a Microsoft Reader book: send it as EPUB",
    b"\xff\xd8\xff": _PICTURE,
    b"\x89PNG": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"AT&TFORM": "a scan (DjVu): send its text",
    b"%!PS": "PostScript: send it as PDF",
    b"MIME-Version:": "a web page in an archive (MHTML): save it as HTML",
    b"From: <Saved by": "a web page in an archive (MHTML): save it as HTML",
}
_ROOTS = {
    "svg": _PICTURE,
    "FictionBook": "a FictionBook (FB2): send it as EPUB",
    "document": "an OpenDocument file: save it as .docx",
    "wordDocument": "an old Word file in XML: save it as .docx",
    "package": "a Word file in one piece of XML: save it as .docx",
    "rss": "a feed: send the page itself",
    "feed": "a feed: send the page itself",
}
"""Kinds of XML that are not read, by the root element."""
_ZIPPED = {
    "content.xml": "an OpenDocument file: save it as .docx",
    "xl/workbook.xml": "a spreadsheet: send its text",
    "ppt/presentation.xml": "a presentation: send it as PDF",
    "Index/Document.iwa": "a Pages document: export it as Word (.docx) or EPUB",
}
_MARKED = {
    re.compile(rb"^[ \t]*\\document(?:class|style)\b", re.M): "LaTeX: send the PDF that it makes",
    re.compile(rb"\A[\s\d]*\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:"): _SUBTITLES,
    re.compile(rb"\A(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*)*(?:Received|Message-ID|Delivered-To): ", re.I): (
        "an e-mail: send its text"
    ),
}
"""Kinds of files that are not read, by what is in their first bytes."""
_HEAD = 2_048
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.I | re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_MOST_PROLOG = 100_000
"""Characters before the root element, in which a comment may hold a whole licence."""


def read_file(name: str, data: bytes, progress: Progress = unseen) -> Document:
    """The document that a file is. Raises Unreadable, in one sentence, where it cannot be read or holds no words.

    `progress` hears of formats that are read piece by piece: an EPUB's files, a PDF's pages.
    """
    if not data.strip():
        raise Unreadable("This file is empty.")
    from corpus.source.readers.contents import without_contents
    from corpus.source.readers.gutenberg import without_frame
    from corpus.source.readers.headings import with_days, with_headings

    kind = format_of(name, data)
    document = without_frame(_reader(kind, progress)(data))
    if kind != "tei":
        document = with_days(document if kind == "text" else with_headings(document))
    document = without_contents(document)
    if not any(block.kind != "heading" for block in document.blocks):
        raise Unreadable("I found no paragraph in this file.")
    if not any(character.isalpha() for block in document.blocks for character in block.words):
        raise Unreadable("I found no words in this file.")
    if kind in ("text", "markdown", "html"):
        from corpus.source.readers.encoding import is_guessed

        return structs.replace(document, is_guessed=is_guessed(data))
    return document


def format_of(name: str, data: bytes) -> Format:
    """The format of a file, by its first bytes, else by its name. Raises Unreadable for one that is not read."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in _OTHERS.items():
        if head.startswith(mark) or (mark == b"BOOKMOBI" and mark in data[:80]):
            raise Unreadable(f"This is {what}.")
    for pattern, what in _MARKED.items():
        if pattern.search(head):
            raise Unreadable(f"This is {what}.")
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _format_of_zip(data)
    named = SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    return _marked_up(data, named) or (named if named in ("markdown", "html") else "text")


def _marked_up(data: bytes, named: Format) -> Format | None:
    """HTML or XML by its root element, whatever is before it. Raises Unreadable for XML that is not read."""
    start = data[:_MOST_PROLOG].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    start = start.removeprefix("\xef\xbb\xbf")
    prolog = _PROLOG.match(start)
    found = _ROOT.match(start, prolog.end() if prolog else 0)
    root = found[1] if found else ""
    if root.lower() == "html" or re.match(r"\s*<!doctype\s+html\b", start, re.I):
        return "html"
    if root in ("TEI", "TEI.2", "teiCorpus"):
        return "tei"
    is_xml = start.lstrip().startswith("<?xml")
    if root in _ROOTS and (is_xml or named == "tei" or root == "svg"):
        raise Unreadable(f"This is {_ROOTS[root]}.")
    return "tei" if is_xml or (root and named == "tei") else None


def _format_of_zip(data: bytes) -> Format:
    from corpus.source.readers.archive import Archive

    names = Archive(data, "This file").names
    if "META-INF/container.xml" in names:
        return "epub"
    if "word/document.xml" in names:
        return "word"
    for name, what in _ZIPPED.items():
        if name in names:
            raise Unreadable(f"This is {what}.")
    raise Unreadable("This is a zip file: send the text that is in it.")


def _reader(kind: Format, progress: Progress) -> Callable[[bytes], Document]:
    """The reader of a format, imported when it is needed."""
    if kind == "pdf":
        from corpus.source.readers.pdf import read_pdf

        return partial(read_pdf, progress=progress)
    if kind == "epub":
        from corpus.source.readers.epub import read_epub

        return partial(read_epub, progress=progress)
    if kind == "word":
        from corpus.source.readers.word import read_word as read
    elif kind == "tei":
        from corpus.source.readers.tei import read_tei as read
    elif kind == "html":
        from corpus.source.readers.html import read_html as read
    elif kind == "markdown":
        from corpus.source.readers.markdown import read_markdown as read
    else:
        from corpus.source.readers.plain_text import read_plain_text as read
    return read
