"""The passage that a note rests on, as every export gives it."""

from __future__ import annotations

from typing import NamedTuple

from cogs.shared.passages import source_line
from corpus.corpus import Corpus
from corpus.reference import Reference


class Source(NamedTuple):
    """A passage: its words verbatim, who says them, and where they stand."""

    passage: str
    speaker: str
    reference: str
    source: str


def source(corpus: Corpus, reference: Reference) -> Source:
    """Where several people speak in a passage, each one's words are a paragraph, and all speakers are named."""
    found = corpus.passages(reference)
    words = "\n\n".join(one.words for one in found)
    speakers = ", ".join(dict.fromkeys(one.speaker for one in found))
    return Source(words, speakers, str(reference), source_line(corpus.texts[reference.text]))
