"""Readers of files: from plain text, Markdown, HTML, EPUB, PDF, Word or TEI to one neutral document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Final, Literal

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

_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc): save it as .docx",
    b"{\\rtf": "rich text (RTF): save it as .docx",
    b"\x1f\x8b": "packed with gzip: unpack it first",
    b"BOOKMOBI": "a Kindle book: send it as EPUB",
    b"\xff\xd8\xff": "a picture: send its text",
    b"\x89PNG": "a picture: send its text",
    b"%!PS": "PostScript: send it as PDF",
}
_HEAD = 2_048


def read_file(name: str, data: bytes, progress: Progress = unseen) -> Document:
    """The document that a file is. Raises Unreadable, in one sentence, where it cannot be read or holds no words.

    `progress` hears of formats that are read piece by piece: an EPUB's files, a PDF's pages.
    """
    if not data.strip():
        raise Unreadable("This file is empty.")
    from corpus.source.readers.contents import without_contents

    document = without_contents(_reader(format_of(name, data), progress)(data))
    if not any(block.kind != "heading" for block in document.blocks):
        raise Unreadable("I found no paragraph in this file.")
    return document


def format_of(name: str, data: bytes) -> Format:
    """The format of a file, by its first bytes, else by its name. Raises Unreadable for one that is not read."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in _OTHERS.items():
        if head.startswith(mark) or (mark == b"BOOKMOBI" and mark in data[:80]):
            raise Unreadable(f"This is {what}.")
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if _looks_like_html(head):
        return "html"
    if re.match(rb"<\?xml|<!DOCTYPE|<(?:\w+:)?(?:TEI|teiCorpus)\b", head):
        return "tei"
    named = SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    return named if named in ("text", "markdown", "html") else "text"


def _looks_like_html(head: bytes) -> bool:
    return bool(re.match(rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", head, re.I | re.S))


def _zipped(data: bytes) -> Format:
    from corpus.source.readers.archive import Archive

    names = Archive(data, "This file").names
    if "META-INF/container.xml" in names:
        return "epub"
    if "word/document.xml" in names:
        return "word"
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
