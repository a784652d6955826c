"""The reader of HTML pages: paragraphs, headings and list items of the page's text, navigation left out."""

from __future__ import annotations

from lxml import etree

from corpus.language.division_headings import division_heading
from corpus.source.readers.document import Document, Draft, Unreadable, with_metadata
from corpus.source.readers.encoding import decode
from corpus.source.readers.html_elements import note_targets
from corpus.source.readers.markup import TreeReader

_META = {
    "author": ("author", "dc.creator", "citation_author", "article:author"),
    "date": ("date", "dc.date", "citation_publication_date", "article:published_time"),
    "title": ("dc.title", "citation_title", "og:title"),
    "publisher": ("publisher", "dc.publisher", "og:site_name"),
}


def read_html(data: bytes) -> Document:
    """The document that a page of HTML is."""
    return read_page(decode(data))


def read_page(source: str) -> Document:
    """The document that the characters of a page of HTML are."""
    root = _parse(source)
    draft = Draft()
    TreeReader(draft, is_book=False, notes=note_targets(root)).read(root)
    found = {name: _meta(root, names) for name, names in _META.items()}
    found["title"] = found["title"] or _title(root)
    return with_metadata(draft.document(), language=root.get("lang") or "", **found)


def _title(root: etree._Element) -> str:
    """The page's title; its one great heading where the title is that with the site's name beside it."""
    titles, headings = ([_line(one) for one in root.iter(tag)] for tag in ("title", "h1"))
    headings = [one for one in headings if not division_heading(one)]
    title, heading = (next(filter(None, lines), "") for lines in (titles, headings))
    return heading if heading and (not title or (len(headings) == 1 and heading in title)) else title


def _line(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _parse(source: str) -> etree._Element:
    # libxml2 would take a declaration of the encoding at its word, which no longer holds for characters.
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Unreadable("This page of HTML is empty, or cannot be read as HTML.")
    return root


def _meta(root: etree._Element, names: tuple[str, ...]) -> str:
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if name in names and (content := " ".join((element.get("content") or "").split())):
            return content
    return ""
