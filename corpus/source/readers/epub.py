"""The reader of EPUB 2 and 3: the documents of the spine in order, with the book's own metadata."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from corpus.progress import Progress, counted, unseen
from corpus.source.readers.archive import Archive
from corpus.source.readers.document import (
    COLOPHON,
    CONTENTS,
    COPYRIGHT,
    COVER,
    ILLUSTRATIONS,
    NOTE,
    TITLE_PAGE,
    Document,
    Draft,
    Metadata,
    Unreadable,
)
from corpus.source.readers.encoding import decode
from corpus.source.readers.epub_contents import chapter_names, path_of, with_headings
from corpus.source.readers.html_elements import note_targets
from corpus.source.readers.markup import TreeReader
from corpus.source.readers.xml import parse_xml

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_TO_THE_SECOND = re.compile("T[0-9]{2}:[0-9]{2}:(?!00)[0-9]{2}")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_DECLARATIONS = re.compile(r"\A\ufeff?\s*(?:<\?xml\b[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*>)?")
"""The encoding that a page declares holds for its bytes, and no longer for its characters."""
_GUIDE = {
    "cover": COVER,
    "title-page": TITLE_PAGE,
    "toc": CONTENTS,
    "index": "The index.",
    "colophon": COLOPHON,
    "copyright-page": COPYRIGHT,
    "loi": ILLUSTRATIONS,
    "lot": "The list of tables.",
    "notes": NOTE,
}


def read_epub(data: bytes, progress: Progress = unseen) -> Document:
    """The document that an EPUB is. Raises Unreadable where it is damaged, protected or empty."""
    archive = Archive(data, "This EPUB")
    _refuse_protected(archive)
    package = _package_name(archive)
    root = parse_xml(archive.read(package), "This EPUB's list of contents")
    draft = Draft(_metadata(root))
    folder = posixpath.dirname(package)
    left_out = _guide(root, folder)
    names = chapter_names(archive, root, folder)
    spine = _spine(root, folder)
    pages = {name: archive.read(name) for name, _ in spine}
    notes = frozenset(target for data in pages.values() for target in note_targets(_page(data)))
    for name, linear in counted(spine, len(spine), progress):
        page = Draft()
        TreeReader(page, is_book=True, notes=notes).read(_page(pages[name]))
        reason = left_out.get(name, "" if linear else "A page that the book keeps out of its reading order.")
        if reason:
            for block in page.blocks:
                draft.omit(block.words, reason)
            draft.omissions += page.omissions
        else:
            page.blocks = with_headings(page.blocks, names.get(name, ()))
            draft.extend(page.document())
    return draft.document()


def _refuse_protected(archive: Archive) -> None:
    if _ENCRYPTION not in archive.names:
        return
    root = parse_xml(archive.read(_ENCRYPTION), "This EPUB's list of locks")
    methods = [one.get("Algorithm") for one in root.iter("{*}EncryptionMethod")]
    if any(method not in _FONTS for method in methods):
        raise Unreadable("This EPUB is protected against copying, so I cannot read it: send one without protection.")


def _package_name(archive: Archive) -> str:
    root = parse_xml(archive.read(_CONTAINER), "This EPUB's container")
    for one in root.iter("{*}rootfile"):
        if name := one.get("full-path"):
            return unquote(name)
    raise Unreadable("This EPUB does not say where its contents are.")


def _spine(root: etree._Element, folder: str) -> list[tuple[str, bool]]:
    """The pages in reading order, and whether each belongs to the order itself."""
    items = {one.get("id"): one for one in root.iter("{*}item")}
    found = []
    for one in root.iter("{*}itemref"):
        item = items.get(one.get("idref"))
        if item is not None and item.get("media-type") in _TYPES:
            is_navigation = "nav" in (item.get("properties") or "").split()
            found.append((path_of(folder, item.get("href") or ""), one.get("linear") != "no" and not is_navigation))
    if not found:
        raise Unreadable("This EPUB lists no pages to read.")
    return found


def _guide(root: etree._Element, folder: str) -> dict[str, str]:
    """Pages that an EPUB 2 says are not part of the text, and why. A page that a part of is only linked stays."""
    return {
        path_of(folder, one.get("href") or ""): _GUIDE[kind]
        for one in root.iter("{*}reference")
        if (kind := (one.get("type") or "").lower()) in _GUIDE and "#" not in (one.get("href") or "")
    }


def _metadata(root: etree._Element) -> Metadata:
    def first(name: str) -> str:
        return next(filter(None, (_line(one) for one in root.iter(f"{_DC}{name}"))), "")

    refined = {
        (one.get("refines", "").lstrip("#"), one.get("property", "")): _line(one) for one in root.iter("{*}meta")
    }
    main = (_line(one) for one in root.iter(f"{_DC}title") if refined.get((one.get("id", ""), "title-type")) == "main")
    return Metadata(
        next(main, "") or first("title"),
        " and ".join(_authors(root, refined)),
        _date(root),
        first("language"),
        first("publisher"),
    )


def _authors(root: etree._Element, refined: dict[tuple[str, str], str]) -> list[str]:
    """Who wrote the book: all its creators, without those who, it says, did something else."""
    people = [one for one in root.iter(f"{_DC}creator") if _line(one)]
    roles = [one.get(f"{_OPF}role") or refined.get((one.get("id", ""), "role"), "aut") for one in people]
    wrote = [one for one, role in zip(people, roles, strict=True) if role == "aut"]
    return list(dict.fromkeys(map(_line, wrote or people)))


def _date(root: etree._Element) -> str:
    """When the text was first published, or else the book, where the file names its dates; else any date.

    Nobody says to the second when a book was published: that is when its file was made.
    """
    dates = [(one.get(f"{_OPF}event", ""), _line(one)) for one in root.iter(f"{_DC}date")]
    known = {event: date for event, date in reversed(dates) if date and not _TO_THE_SECOND.search(date)}
    return next(
        (known[one] for one in ("original-publication", "publication", "creation", "", *known) if one in known), ""
    )


def _line(element: etree._Element) -> str:
    return " ".join((element.text or "").split())


def _page(data: bytes) -> etree._Element:
    """One page: as XML where it is sound, else as a browser would read it."""
    source = _DECLARATIONS.sub("", decode(data), count=1)
    try:
        root = parse_xml(_with_entities(source).encode("utf-8", "replace"), "A page")
    except Unreadable:
        parser = etree.HTMLParser(
            no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
        )
        read = etree.fromstring(source.encode("utf-8", "replace") or b"<html/>", parser)
        return etree.Element("html") if read is None else read
    for element in root.iter("{http://www.w3.org/1999/xhtml}*"):
        element.tag = etree.QName(element).localname
    return root


def _with_entities(source: str) -> str:
    """HTML's own names for characters as characters: XML knows only five of them."""
    from html.entities import html5

    def character(match: re.Match[str]) -> str:
        return match[0] if match[1] in ("amp", "lt", "gt", "quot", "apos") else html5.get(f"{match[1]};", match[0])

    return re.sub(r"&([A-Za-z][A-Za-z0-9]{1,31});", character, source) if "&" in source else source
