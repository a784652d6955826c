"""The reference resolver: from references to the passages of the texts that are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from itertools import groupby

from corpus.errors import NotUnderstood
from corpus.language.phrasing import capitalized, lower_article, plural
from corpus.reference import Reference
from corpus.text_model import Paragraph, Passage, Sentence, Text

_KEPT = 4_096  # passages in memory: some megabytes


class ReferenceResolver:
    """Resolves references to texts, and says in what way a text does not have what is asked for."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts

    def resolve(self, reference: Reference) -> Reference:
        """The reference as the texts have it, a range in order. Raises NotUnderstood, saying how far they go."""
        text = self._texts.get(reference.text)
        if text is None:
            raise NotUnderstood(f"There is no text “{reference.text}”.", tuple(self._texts))
        if text.is_gone(reference):
            raise NotUnderstood(f"{capitalized(text.name)} has no {reference} any more: an earlier edition had it.")
        try:
            text.place(reference.paragraph)
        except LookupError:
            reason = (
                f"{capitalized(text.name)} has {plural(len(text.paragraphs), 'paragraph')}, so there is no {reference}."
            )
            near = text.nearest(reference.paragraph)
            raise NotUnderstood(reason, (f"{text.id} {near}",)) from None
        if reference.first is None:
            return reference
        return self._in_order(text, reference)

    def _in_order(self, text: Text, reference: Reference) -> Reference:
        """A sentence or a range of a paragraph that is there, the earlier one first. Raises NotUnderstood."""
        paragraph = text.paragraph(reference.paragraph)
        wanted = [number for number in (reference.first, reference.last) if number is not None]
        places = [place for number in wanted if (place := paragraph.place(number)) is not None]
        if len(places) < len(wanted):
            where = f"Paragraph {reference.paragraph} of {text.name}"
            reason = f"{where} has {plural(len(paragraph.sentences), 'sentence')}, so there is no {reference}."
            near = min((one.number for one in paragraph.sentences), key=lambda number: abs(number - min(wanted)))
            raise NotUnderstood(reason, (f"{reference.context}.{near}", str(reference.context)))
        first, last = (paragraph.sentences[place].number for place in (min(places), max(places)))
        return Reference(text.id, reference.paragraph, first, last if last != first else None)

    def paragraph(self, reference: Reference) -> Paragraph:
        """The paragraph of a reference. Raises NotUnderstood."""
        known = self.resolve(reference)
        return self._texts[known.text].paragraph(known.paragraph)

    def passages(self, reference: Reference) -> tuple[Passage, ...]:
        """The passages of a reference: its words, cut where another speaker begins. Raises NotUnderstood."""
        return self._kept_passages(reference)

    @cached_property
    def _kept_passages(self) -> Callable[[Reference], tuple[Passage, ...]]:
        # Passages never change, and taking one apart takes a tenth of a look-up.
        return lru_cache(maxsize=_KEPT)(self._read_passages)

    def _read_passages(self, reference: Reference) -> tuple[Passage, ...]:
        paragraph = self.paragraph(reference)
        runs = groupby(self.sentences_of(reference), key=lambda sentence: sentence.speaker)
        by = self._texts[reference.text].speaker
        return tuple(
            _passage(reference.text, paragraph, speaker or f"quoted by {lower_article(by)}", tuple(run))
            for speaker, run in runs
        )

    def neighbour(self, reference: Reference, step: int) -> Reference | None:
        """The sentence `step` after the passage (before, where negative), across paragraphs; None past either end."""
        return self._kept_neighbour(reference, step)

    @cached_property
    def _kept_neighbour(self) -> Callable[[Reference, int], Reference | None]:
        # Each passage that is shown has a button to either side: to find both takes a quarter of a press.
        return lru_cache(maxsize=_KEPT)(self._neighbour)

    def _neighbour(self, reference: Reference, step: int) -> Reference | None:
        known = self.resolve(reference)
        text = self._texts[known.text]
        place = text.place(known.paragraph)
        paragraph = text.paragraphs[place]
        named = range(len(paragraph.sentences))[paragraph.places(known)]
        wanted = named[-1 if step > 0 else 0] + step
        while wanted < 0 or wanted >= len(paragraph.sentences):
            wanted -= len(paragraph.sentences) if wanted > 0 else 0
            place += 1 if wanted >= 0 else -1
            if not 0 <= place < len(text.paragraphs):
                return None
            paragraph = text.paragraphs[place]
            wanted += len(paragraph.sentences) if wanted < 0 else 0
        return Reference(text.id, paragraph.number, paragraph.sentences[wanted].number)

    def sentences_of(self, reference: Reference) -> tuple[Sentence, ...]:
        """The sentences of a passage. Raises NotUnderstood."""
        known = self.resolve(reference)
        paragraph = self.paragraph(known)
        return paragraph.sentences[paragraph.places(known)]


def _passage(text: str, paragraph: Paragraph, speaker: str, run: tuple[Sentence, ...]) -> Passage:
    last = run[-1].number if len(run) > 1 else None
    reference = Reference(text, paragraph.number, run[0].number, last)
    return Passage(reference, paragraph.words[run[0].start : run[-1].end], speaker)
