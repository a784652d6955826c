"""What people ask in the measurements: every question is another, so that no cache carries the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from random import Random

from corpus.corpus import Corpus
from corpus.language.tokens import content_words, tokens
from corpus.note_model import Event

_FIRST_YEAR = 1879
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Questions:
    """Endless series of different words for each command, the same ones in every run."""

    def __init__(self, corpus: Corpus) -> None:
        self._dice = Random(1917)
        self._sentences = [(str(place), words) for text in corpus.texts.values() for place, words in text.sentences()]
        self.quotations = _different(self._quotations())
        self.half_typed = _different(self._half_typed())
        self.events = _different(chain(*map(_names, corpus.notes.events), self._dates()))
        topics = [name for topic in corpus.notes.topics for name in (topic.name, *topic.synonyms)]
        self.topics = _different(chain(topics, self._some_words(2)))
        self.references = self._references()

    def _quotations(self) -> Iterator[str]:
        """One word and several, side by side and not, with slips, from different sentences, and references."""
        series = [self._some_words(1), self._some_words(2), self._some_words(3), self._runs(4), self._runs(6)]
        series += [self._slips(), self._slips(), self._strangers(), self._references(), self._some_words(2)]
        while True:
            yield next(self._dice.choice(series))

    def _half_typed(self) -> Iterator[str]:
        series = [self._some_words(1), self._some_words(2), self._runs(3)]
        while True:
            words = next(self._dice.choice(series))
            yield words[: self._dice.randint(1, len(words))]

    def _some_words(self, number: int) -> Iterator[str]:
        while True:
            found = [token.word for token in content_words(self._dice.choice(self._sentences)[1])]
            if len(found) >= number:
                yield " ".join(self._dice.sample(found, number))

    def _runs(self, length: int) -> Iterator[str]:
        while True:
            sentence = self._dice.choice(self._sentences)[1]
            found = tokens(sentence)
            if len(found) > length:
                start = self._dice.randrange(len(found) - length)
                yield sentence[found[start].start : found[start + length - 1].end]

    def _slips(self) -> Iterator[str]:
        """Two words, in one of which two letters have changed places."""
        for words in self._some_words(2):
            place = self._dice.randrange(len(words) - 1)
            yield words[:place] + words[place + 1] + words[place] + words[place + 2 :]

    def _strangers(self) -> Iterator[str]:
        """Words of two sentences: what most look-ups that find no exact match are like."""
        for one, other in zip(self._some_words(2), self._some_words(2), strict=False):
            yield f"{one} {other}"

    def _references(self) -> Iterator[str]:
        for number in count():
            yield self._sentences[number % len(self._sentences)][0]

    def _dates(self) -> Iterator[str]:
        while True:
            year = self._dice.randint(_FIRST_YEAR, 1940)
            yield f"{self._dice.randint(1, 28)} {self._dice.choice(_MONTHS)} {year}"


def _names(event: Event) -> Sequence[str]:
    return event.name, *event.aliases, str(event.date.new_style)


def _different(words: Iterable[str]) -> Iterator[str]:
    """The words, each once."""
    seen: set[str] = set()
    for one in words:
        if one not in seen:
            seen.add(one)
            yield one
