"""The passage that a note rests on, as every export gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cogs.shared.quotations import source_line
from corpus.corpus import Corpus
from corpus.reference import Reference


class Source(NamedTuple):
    """A passage: its words verbatim, who says them, where they are, and in which edition of each text."""

    passage: str
    speaker: str
    reference: str
    source: str
    edition: str


def source(corpus: Corpus, references: Sequence[Reference]) -> Source:
    """Passages as one: each passage and each speaker's words are a paragraph; speakers and texts are named once."""
    found = [passage for reference in references for passage in corpus.passages(reference)]
    words = "\n\n".join(one.words for one in found)
    speakers = ", ".join(dict.fromkeys(one.speaker for one in found))
    texts = [corpus.texts[one] for one in dict.fromkeys(one.text for one in references)]
    editions = "; ".join(f"{text.id} {text.edition_hash}" for text in texts)
    return Source(
        words, speakers, ", ".join(map(str, references)), "; ".join(dict.fromkeys(map(source_line, texts))), editions
    )
