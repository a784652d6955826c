"""Headings that a file does not mark as such: paragraphs which are nothing but “Chapter 2” or “Глава первая”."""

from __future__ import annotations

from msgspec import structs

from corpus.language.division_headings import division_heading
from corpus.source.readers.document import Block, Document

_LEVEL = 2


def with_headings(document: Document) -> Document:
    """The document in which each paragraph that is the heading of a division is one."""
    return structs.replace(document, blocks=tuple(map(_with_heading, document.blocks)))


def _with_heading(block: Block) -> Block:
    if block.kind != "paragraph" or block.marker or block.speaker or block.is_quoted:
        return block
    return structs.replace(block, kind="heading", level=_LEVEL) if division_heading(block.words) else block
