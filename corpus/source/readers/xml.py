"""XML that somebody sent: parsed without entities, without a network, and never beyond libxml2's own limits."""

from __future__ import annotations

from lxml import etree

from corpus.source.readers.document import Unreadable


def parse_xml(data: bytes, what: str) -> etree._Element:
    """The root of an XML file. `what` names the file in the error. Raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{what} isn't valid XML: {_first_line(error)}.") from None
    if any(isinstance(one, etree._Entity) for one in root.iter(etree.Entity)):
        raise Unreadable(
            f"{what} declares entities of its own, which I do not expand: replace them by their characters."
        )
    return root


def _first_line(error: etree.XMLSyntaxError) -> str:
    return str(error.msg or "it ends too early").split("\n")[0].split(", line")[0].rstrip(".")
