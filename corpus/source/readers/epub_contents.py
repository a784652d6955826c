"""An EPUB's own table of contents, of version 2 (NCX) or 3: it names chapters that the pages do not mark as such."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from lxml import etree
from msgspec import structs

from corpus.source.readers.archive import Archive
from corpus.source.readers.document import Block, Unreadable
from corpus.source.readers.xml import parse_xml

NCX: Final = "application/x-dtbncx+xml"
_LEVEL = 2  # of a heading that only the table of contents knows


def path_of(folder: str, href: str) -> str:
    """The member of the archive that a link from a file in `folder` leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def chapter_names(archive: Archive, package: etree._Element, folder: str) -> Mapping[str, Collection[str]]:
    """What the table of contents calls the chapters of each page, folded; nothing where there is none to read."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in package.iter("{*}item"):
        name = path_of(folder, item.get("href") or "")
        is_contents = item.get("media-type") == NCX or "nav" in (item.get("properties") or "").split()
        if not is_contents or name not in archive.names:
            continue
        try:
            root = parse_xml(archive.read(name), "A table of contents")
        except Unreadable:
            continue
        for label, href in _entries(root):
            found[path_of(posixpath.dirname(name), href)].add(_key(label))
    return found


def with_headings(blocks: list[Block], names: Collection[str]) -> list[Block]:
    """The blocks of a page, with paragraphs as headings that are its chapters' names, where it marks no heading."""
    if not names or any(block.kind == "heading" for block in blocks):
        return blocks
    return [
        structs.replace(block, kind="heading", level=_LEVEL, marker="", is_quoted=False)
        if _key(block.words) in names
        else block
        for block in blocks
    ]


def _entries(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(label, link) of each entry."""
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None:
            yield _words(label), content.get("src") or ""
    for link in root.iter("{*}a"):
        if link.get("href"):
            yield _words(link), link.get("href") or ""


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _key(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip(".:")
