"""The corpus as the bot asks it: texts, notes, passages by reference, and two ways to find: by words, by name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from corpus.errors import NotUnderstood
from corpus.model import Notes, Paragraph, Passage, Sentence, Text
from corpus.names.finder import Finder
from corpus.quotations.token_index import Wording
from corpus.reference import Reference
from corpus.search import build
from corpus.search.index import Index
from corpus.search.semantic import Meanings, shipped_embedder


class Corpus:
    """An open corpus. `texts` is in order; `index` finds sentences by words, `finder` what the notes know by name."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes, index: Index) -> None:
        self.texts = texts
        self.notes = notes
        self.index = index
        self.finder = Finder(texts, notes)

    @classmethod
    async def open(cls, folder: Path, cache: Path) -> Corpus:
        """Opens the corpus in `folder`; its index is in the directory `cache`, (re)built where it is not up to date.

        Raises CorpusError where the corpus does not check.
        """
        file = await asyncio.to_thread(build.ensure, folder, cache)
        held = await asyncio.to_thread(build.contents, file)
        texts = MappingProxyType({text.id: text for text in held.texts})
        return cls(texts, held.notes, await Index.open(file))

    @cached_property
    def wording(self) -> Wording:
        """The words of all texts in one row, for the comparison of quotations."""
        return Wording(self.texts, self.notes)

    @cached_property
    def meanings(self) -> Meanings | None:
        """The sentences by meaning, where a model is installed. The first look takes seconds."""
        embedder = shipped_embedder()
        if embedder is None:
            return None
        return Meanings({one: self.passages(one)[0].words for one in self.sentences()}, embedder)

    async def close(self) -> None:
        await self.index.close()

    def resolve(self, reference: Reference) -> Reference:
        """The reference as the texts have it, a range in order. Raises NotUnderstood, saying how far they go."""
        text = self.texts.get(reference.text)
        if text is None:
            raise NotUnderstood(f"There is no such text. The texts are {' and '.join(self.texts)}.", tuple(self.texts))
        many = len(text.paragraphs)
        if not 1 <= reference.paragraph <= many:
            reason = f"{_capital(text.name)} has {_count(many, 'paragraph')}, so there is no {reference}."
            raise NotUnderstood(reason, (f"{text.id} {min(max(reference.paragraph, 1), many)}",))
        if reference.first is None:
            return reference
        ends = sorted((reference.first, reference.last or reference.first))
        many = len(text.paragraphs[reference.paragraph - 1].sentences)
        if ends[0] < 1 or ends[1] > many:
            where = f"Paragraph {reference.paragraph} of {text.name}"
            reason = f"{where} has {_count(many, 'sentence')}, so there is no {reference}."
            raise NotUnderstood(reason, (f"{reference.context}.{min(max(ends[0], 1), many)}", str(reference.context)))
        return Reference(text.id, reference.paragraph, ends[0], ends[1] if ends[1] > ends[0] else None)

    def paragraph(self, reference: Reference) -> Paragraph:
        """The paragraph in which the reference stands. Raises NotUnderstood."""
        known = self.resolve(reference)
        return self.texts[known.text].paragraphs[known.paragraph - 1]

    def passages(self, reference: Reference) -> tuple[Passage, ...]:
        """The words that the reference names, cut only where another speaker begins. Raises NotUnderstood."""
        paragraph = self.paragraph(reference)
        runs = groupby(self._sentences(reference), key=lambda sentence: sentence.speaker)
        return tuple(_passage(reference.text, paragraph, speaker, tuple(run)) for speaker, run in runs)

    def sentences(self, text: str | None = None) -> Iterator[Reference]:
        """Every sentence, of one text or of all, in order."""
        for held in self.texts.values() if text is None else (self.texts[text],):
            for paragraph in held.paragraphs:
                for sentence in paragraph.sentences:
                    yield Reference(held.id, paragraph.number, sentence.number)

    def each(self, reference: Reference) -> Iterator[Reference]:
        """The single sentences of a passage. Raises NotUnderstood."""
        for sentence in self._sentences(reference):
            yield Reference(reference.text, reference.paragraph, sentence.number)

    def neighbour(self, reference: Reference, step: int) -> Reference | None:
        """The sentence `step` after the passage (before, where negative), across paragraphs; None past either end."""
        numbers = [sentence.number for sentence in self._sentences(reference)]
        order = list(self.sentences(reference.text))
        edge = Reference(reference.text, reference.paragraph, numbers[-1] if step > 0 else numbers[0])
        place = order.index(edge) + step
        return order[place] if 0 <= place < len(order) else None

    def _sentences(self, reference: Reference) -> tuple[Sentence, ...]:
        known = self.resolve(reference)
        held = self.paragraph(known).sentences
        if known.first is None:
            return held
        return held[known.first - 1 : known.last or known.first]


def _passage(text: str, paragraph: Paragraph, speaker: str, run: tuple[Sentence, ...]) -> Passage:
    last = run[-1].number if len(run) > 1 else None
    reference = Reference(text, paragraph.number, run[0].number, last)
    return Passage(reference, paragraph.words[run[0].start : run[-1].end], speaker)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
