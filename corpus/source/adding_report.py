"""The report on a text that is being added: what was found, what was left out, and what looks odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.editions import Numbering
from corpus.source.readers.document import FRAME_REASONS, SPEAKER, Document
from corpus.text_model import Omission, Text

_MOST_LEFT_OUT: Final = 5
"""Per cent of a text's words that may be left out without anybody's word for it."""
_FRAME: Final = 4_000
"""Words that a publisher's frame (licence, imprint, contents) may have before it counts as part of the text."""

_LONG = 150  # words of a sentence that looks odd
_MOJIBAKE = lazy_pattern(r"\ufffd|â€.|Ã[\u0080-\u00bf\u2018-\u203a]|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]|[\u0080-\u009f]")
_GAP = lazy_pattern(r"\S {4,}\S")
_EXAMPLES = 3
_SHOWN = 8  # words of a first or last sentence


class LeftOut(Struct, frozen=True):
    """What is left out for one reason: how often, how many words in all, and how some of it begins."""

    reason: str
    times: int
    words: int
    examples: tuple[str, ...]


class Oddity(Struct, frozen=True):
    """Something that looks wrong in the source, and where it is."""

    what: str
    times: int
    examples: tuple[str, ...]


class Report(Struct, frozen=True):
    """What was found in a file: shown before anything is kept. `share` is the per cent of the words left out."""

    title: str
    author: str
    date: str
    divisions: int
    paragraphs: int
    sentences: int
    words: int
    first: str
    last: str
    left_out: tuple[LeftOut, ...]
    share: float
    oddities: tuple[Oddity, ...]
    kept_numbers: int = 0
    new_numbers: int = 0
    tombstones: int = 0

    @property
    def refusal(self) -> str:
        """Why the text is not added without somebody's word for it, or nothing."""
        if self.share <= _MOST_LEFT_OUT:
            return ""
        return (
            f"{self.share:.0f} % of the words would be left out, more than {_MOST_LEFT_OUT} %: look at what, and why."
        )


def report_on(document: Document, text: Text, old: Numbering | None) -> Report:
    """The report on the text that a document makes; `old` is what its last edition had."""
    sentences = [one.words[s.start : s.end] for one in text.paragraphs for s in one.sentences]
    words = sum(len(one.words.split()) for one in text.paragraphs)
    left_out = tuple(_left_out(document))
    frame = sum(one.words for one in left_out if one.reason in FRAME_REASONS)
    lost = sum(one.words for one in left_out if one.reason != SPEAKER) - min(frame, _FRAME)
    known = old.numbers() if old else set()
    numbers = {(one.number, s.number) for one in text.paragraphs for s in one.sentences}
    return Report(
        title=text.title,
        author=text.author,
        date=str(text.date) if text.date else "",
        divisions=sum(bool(one.heading) for one in text.paragraphs),
        paragraphs=len(text.paragraphs),
        sentences=len(sentences),
        words=words,
        first=" ".join(sentences[0].split()[:_SHOWN]) if sentences else "",
        last=" ".join(sentences[-1].split()[-_SHOWN:]) if sentences else "",
        left_out=left_out,
        share=100 * lost / max(1, lost + words),
        oddities=tuple(_oddities(document, sentences)),
        kept_numbers=len(known & numbers),
        new_numbers=len(numbers - known) if old else 0,
        tombstones=len(known - numbers),
    )


def _left_out(document: Document) -> Iterator[LeftOut]:
    found: defaultdict[str, list[Omission]] = defaultdict(list)
    for one in document.omissions:
        found[one.reason].append(one)
    for reason, omitted in found.items():
        examples = tuple(dict.fromkeys(_first_words(one.words) for one in omitted))[:_EXAMPLES]
        words = sum(sum(any(map(str.isalnum, word)) for word in one.words.split()) * one.times for one in omitted)
        yield LeftOut(reason, sum(one.times for one in omitted), words, examples)


def _oddities(document: Document, sentences: list[str]) -> Iterator[Oddity]:
    garbled = [_around(one, match.start()) for one in sentences if (match := _MOJIBAKE.search(one))]
    if garbled:
        yield Oddity("Characters that look garbled (a wrong encoding)", len(garbled), tuple(garbled[:_EXAMPLES]))
    if document.is_guessed and (foreign := list(_with_other_letters(sentences))):
        yield Oddity("The encoding had to be guessed; words with its letters", len(foreign), tuple(foreign[:_EXAMPLES]))
    if document.joined:
        yield Oddity("Words joined over a line's end", len(document.joined), document.joined[:_EXAMPLES])
    gaps = [_first_words(one) for one in sentences if _GAP.search(one)]
    if gaps:
        yield Oddity("Wide gaps within lines (columns or a table, read across)", len(gaps), tuple(gaps[:_EXAMPLES]))
    long = [_first_words(one) for one in sentences if len(one.split()) > _LONG]
    if long:
        yield Oddity(f"Sentences of more than {_LONG} words", len(long), tuple(long[:_EXAMPLES]))


def _with_other_letters(sentences: list[str]) -> Iterator[str]:
    """The words that would be others in another encoding."""
    return (word for one in sentences if not one.isascii() for word in one.split() if not word.isascii())


def _first_words(words: str) -> str:
    pieces = words.split()
    return " ".join(pieces[:_SHOWN]) + (" …" if len(pieces) > _SHOWN else "")


def _around(words: str, at: int) -> str:
    return words[max(0, at - 20) : at + 20]
