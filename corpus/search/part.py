"""The search index's part of one text: its rows, the counts of its words, and its embeddings.

It is worked out from that text alone, so that it is the same in every index that has the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from corpus.language.tokens import Phrase
from corpus.text_model import TextSpeaker


class ParagraphRow(NamedTuple):
    """A paragraph: its number, how many sentences it has, its heading, and all of it as MessagePack."""

    number: int
    sentences: int
    heading: str
    content: bytes


class SentenceRow(NamedTuple):
    """A sentence: its paragraph's number, its own, its words, and these folded and stemmed, parted by spaces."""

    paragraph: int
    number: int
    words: str
    folded: str
    stems: str


class PrintedWord(NamedTuple):
    """A folded word, how a text prints it, and how often it prints it so."""

    word: str
    shown: str
    times: int


class WordCounts(Struct, frozen=True):
    """The words of a text as it prints them, and the stems of each folded word (a compound has several)."""

    printed: Sequence[PrintedWord]
    stems: Mapping[str, Phrase]


class SearchPart(Struct, frozen=True):
    """What the search index keeps of one text. `vectors` has the bytes of each sentence's embedding."""

    text: str
    speakers: Sequence[TextSpeaker]
    paragraphs: Sequence[ParagraphRow]
    sentences: Sequence[SentenceRow]
    words: WordCounts
    vectors: bytes
