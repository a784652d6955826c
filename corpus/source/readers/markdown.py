"""The reader of Markdown: rendered to HTML by CommonMark's rules, with tables, footnotes and front matter known."""

from __future__ import annotations

import re

import yaml
from markdown_it import MarkdownIt

from corpus.source.readers.document import NOTE, NOTE_MARK, Document, Draft, with_metadata
from corpus.source.readers.encoding import decode
from corpus.source.readers.html import read_page

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[^\n]*(?:\n(?:[ ]{2,}|\t)\S[^\n]*|\n(?=\n(?:[ ]{4}|\t)\S))*", re.M)
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_FIELDS = ("title", "author", "date", "language", "publisher")


def read_markdown(data: bytes) -> Document:
    """The document that a file of Markdown is."""
    source = decode(data)
    draft = Draft()
    front = _FRONT.match(source)
    found = _front_matter(front[1]) if front else {}
    if front and found:
        draft.omit(front[0], "The file's front matter.")
        source = source[front.end() :]
    for pattern, reason in ((_NOTE, NOTE), (_MARK, NOTE_MARK)):
        for match in pattern.finditer(source):
            draft.omit(match[0], reason)
        source = pattern.sub("", source)
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(source)
    document = read_page(f"<html><body>{page}</body></html>")
    draft.metadata = document.metadata
    draft.extend(document)
    read = draft.document()
    return (
        with_metadata(Document(read.metadata, read.blocks, read.omissions), **found) if not found else _led(read, found)
    )


def _led(read: Document, found: dict[str, str]) -> Document:
    """The document under what its front matter says, which goes before what its first heading seems to say."""
    bare = Document(type(read.metadata)(), read.blocks, read.omissions, read.joined)
    known = {name: getattr(read.metadata, name) for name in _FIELDS}
    return with_metadata(with_metadata(bare, **found), **known)


def _front_matter(source: str) -> dict[str, str]:
    try:
        read = yaml.safe_load(source)
    except yaml.YAMLError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: _line(read[name]) for name in _FIELDS if read.get(name)}


def _line(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
