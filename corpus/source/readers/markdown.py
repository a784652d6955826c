"""The reader of Markdown: rendered to HTML by CommonMark's rules, with tables, footnotes and front matter known."""

from __future__ import annotations

import re
import tomllib

import yaml
from markdown_it import MarkdownIt
from msgspec import structs

from corpus.source.readers.document import FRONT_MATTER, NOTE, NOTE_MARK, Document, Draft, Metadata
from corpus.source.readers.encoding import decode
from corpus.source.readers.html import read_page

_FRONT = re.compile(
    r"\A\ufeff?(?:---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.*?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.S
)
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[^\n]*(?:\n(?:[ ]{2,}|\t)\S[^\n]*|\n(?=\n(?:[ ]{4}|\t)\S))*", re.M)
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_FIELDS = ("title", "author", "date", "language", "publisher")
_ALSO = {"lang": "language", "authors": "author"}


def read_markdown(data: bytes) -> Document:
    """The document that a file of Markdown is."""
    source = decode(data)
    draft = Draft()
    front = _FRONT.match(source)
    found = _front_matter(front) if front else {}
    if front and found:
        draft.omit(front[0], FRONT_MATTER)
        source = source[front.end() :]
    for pattern, reason in ((_NOTE, NOTE), (_MARK, NOTE_MARK)):
        for match in pattern.finditer(source):
            draft.omit(match[0], reason)
        source = pattern.sub("", source)
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    document = read_page(f"<html><body>{page}</body></html>")
    draft.metadata = document.metadata
    draft.extend(document)
    return _with_front_matter(draft.document(), found)


def _with_front_matter(read: Document, found: dict[str, str]) -> Document:
    """The document under what its front matter says, which goes before what its first heading seems to say."""
    known = {name: getattr(read.metadata, name) for name in _FIELDS}
    return structs.replace(read, metadata=Metadata(**{name: found.get(name) or known[name] for name in _FIELDS}))


def _front_matter(front: re.Match[str]) -> dict[str, str]:
    """The fields of the front matter, in YAML or TOML; none where it is neither."""
    try:
        read = yaml.safe_load(front["yaml"]) if front["yaml"] is not None else tomllib.loads(front["toml"])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError):
        return {}
    if not isinstance(read, dict):
        return {}
    named = {_ALSO.get(str(name).lower(), str(name).lower()): value for name, value in read.items()}
    return {name: _line(named[name]) for name in _FIELDS if named.get(name)} if named else {}


def _line(value: object) -> str:
    """A field as one line: several people, or a person with a name and more, are common."""
    if isinstance(value, list):
        return " and ".join(filter(None, map(_line, value)))
    if isinstance(value, dict):
        return _line(value.get("name") or next(iter(value.values()), ""))
    return " ".join(str(value).split())
