"""Printed tokens: every word of the texts by position, with how it is printed, its sentence and its speaker.

What is where is looked up in arrays that are mapped into memory; how it is printed is read from the paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, overload

from corpus.index_file import IndexFile
from corpus.names.speakers import Speaker, own_speaker, speaker_of_sentence, speaker_of_voice
from corpus.note_model import Notes
from corpus.quotations.token_arrays import TokenArrays, TokenFile, tokens_file
from corpus.quotations.token_rows import TokenReader, TokenRow, leading_punctuation
from corpus.reference import Reference
from corpus.text_model import Paragraph, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.quotations.token_arrays import Positions


class Span(NamedTuple):
    """A span of words in one paragraph: the slice `start:end` of it, and the sentences that it touches."""

    reference: Reference
    start: int
    end: int


_JOINED = 50_000  # words of a corpus of which the keys may be one string: half a megabyte
_SAMPLE = 1_000  # words of a text that show how it uses capitals
_MOST_CAPITALS = 0.2  # of its words within a sentence: prose full of names has 0.13, verse 0.12, German 0.3


class _TextPlace(NamedTuple):
    """Where a text is: positions `start:end`, after which is nobody's word; `paragraph` counts over all texts."""

    text: str
    start: int
    end: int
    paragraph: int


class _Place(NamedTuple):
    text: str
    paragraph: int
    sentence: int
    start: int
    end: int
    speaker: Speaker


class _Row(NamedTuple):
    """The words of one paragraph, from position `start` on."""

    start: int
    keys: Sequence[str]
    forms: Sequence[str]
    punctuation: Sequence[str]
    places: Sequence[_Place | None]


class TokenColumn(Sequence[str]):
    """One thing of every word, by position: its key, its form, or the punctuation after it."""

    def __init__(self, tokens: PrintedTokens, name: str) -> None:
        self._tokens, self._name = tokens, name

    def __len__(self) -> int:
        return self._tokens.size

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> list[str]: ...
    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, int):
            row = self._tokens.row(position)
            return str(getattr(row, self._name)[position - row.start])
        start, end, _ = position.indices(self._tokens.size)
        found: list[str] = []
        while start < end:
            row = self._tokens.row(start)
            found += getattr(row, self._name)[start - row.start : end - row.start]
            start = row.start + len(row.keys)
        return found


class PrintedTokens:
    """All words of the texts as they are printed. A position counts words from 0, over all texts."""

    def __init__(self, index: IndexFile, texts: Mapping[str, Text], notes: Notes) -> None:
        self.texts = texts
        self._index, self._notes = index, notes
        rows = index.rows("SELECT text, start, end, paragraph FROM token_text ORDER BY start")
        self._texts = [_TextPlace(*row) for row in rows]
        self._starts = [one.start for one in self._texts]
        reader = TokenReader(notes.spellings)
        self.read, self.keys_of = reader.read, reader.keys
        self.keys, self.forms = TokenColumn(self, "keys"), TokenColumn(self, "forms")
        self.punctuation = TokenColumn(self, "punctuation")
        self._row_of = lru_cache(maxsize=128)(self._read_row)  # some megabytes
        self.capitalizes_nouns = lru_cache(maxsize=1_024)(self._capitalizes_nouns)
        self.own_speaker = lru_cache(maxsize=1_024)(lambda text: own_speaker(self.texts[text], notes))
        self._joined = ""

    @cached_property
    def _file(self) -> TokenFile:
        return TokenFile(tokens_file(self._index.file))

    @property
    def size(self) -> int:
        """How many positions there are."""
        return len(self.arrays.tokens)

    def join_keys(self) -> None:
        """Keeps the keys of a small corpus as one string, in which `may_have` looks."""
        if self.size <= _JOINED:
            keys = dict(self._index.rows("SELECT id, key FROM token_key"))
            numbers = self.arrays.forms_to_keys[self.arrays.tokens].tolist()
            self._joined = f" {' '.join(map(keys.__getitem__, numbers))} "

    def may_have(self, keys: Sequence[str]) -> bool:
        """Whether words may be side by side: a quick test, once the keys are joined, that most words fail."""
        return not self._joined or f" {' '.join(keys)} " in self._joined

    @property
    def arrays(self) -> TokenArrays:
        """The tokens as numbers."""
        return self._file.arrays

    def runs(self, positions: Positions) -> Iterator[Positions]:
        """Positions, which are in order, in parts, of which each is in some megabytes of the tokens."""
        return self._file.runs(positions)

    @contextmanager
    def mapped(self) -> Iterator[None]:
        """Give back the memory of what is looked at within, however that ends."""
        try:
            yield
        finally:
            self._file.release()

    def bounds(self, position: int) -> tuple[int, int]:
        """The first position of the text that `position` is in, and the one after its last."""
        place = self._text_at(position)
        return place.start, place.end

    def text_ends(self, positions: Positions) -> NDArray[np.int64]:
        """For each position, the one after the last of its text."""
        import numpy as np

        ends: NDArray[np.int64] = np.array([one.end for one in self._texts])
        return ends[np.searchsorted(self._starts, positions, "right") - 1]

    def with_room(self, starts: Positions, many: int) -> Positions:
        """Those of some positions from which on there are so many words."""
        return starts[(starts >= 0) & (starts + many <= self.size)]

    def spans(self, start: int, end: int) -> list[Span]:
        """The words from position `start` to before `end`, paragraph by paragraph."""
        found: list[Span] = []
        while start < end:
            row = self.row(start)
            until = min(end, row.start + len(row.keys))
            first, last = row.places[start - row.start], row.places[until - 1 - row.start]
            if first and last:
                until_sentence = last.sentence if last.sentence > first.sentence else None
                reference = Reference(first.text, first.paragraph, first.sentence, until_sentence)
                found.append(Span(reference, first.start, last.end))
            start = until
        return found

    def words(self, start: int, end: int) -> str:
        """The words from position `start` to before `end`, as the text prints them, with what is between."""
        found = []
        for span in self.spans(start, end):
            found.append(self.paragraph(span).words[span.start : span.end])
        return " ".join(found)

    def text_of(self, position: int) -> str:
        """The id of the text that a position is in."""
        place = self._text_at(position)
        return place.text if position < place.end else ""

    def _capitalizes_nouns(self, text: str) -> bool:
        """Whether a text has so many words with a capital within a sentence that it is no sign of a name: German."""
        start, end = next((one.start, one.end) for one in self._texts if one.text == text)
        end = min(end, start + _SAMPLE)
        before = zip(self.forms[start + 1 : end], self.punctuation[start : end - 1], strict=True)
        within = [form for form, marks in before if marks in ("", ",")]
        return sum(form[:1].isupper() for form in within) > _MOST_CAPITALS * len(within)

    def is_space_after(self, position: int) -> bool:
        """Whether white space, or a paragraph's end, follows the word there."""
        one, other = self._place(position), self._place(position + 1)
        if one is None or other is None or one[:2] != other[:2]:
            return True
        between = self.texts[one.text].paragraph(one.paragraph).words[one.end : other.start]
        return any(map(str.isspace, between))

    def sentence_start(self, position: int) -> int:
        """The position of the first word of the sentence that a word is in."""
        return self._sentence_edge(position, bisect_left)

    def sentence_end(self, position: int) -> int:
        """The position after the last word of the sentence that a word is in."""
        return self._sentence_edge(position, bisect_right)

    def _sentence_edge(self, position: int, bisect: Callable[..., int]) -> int:
        row = self.row(position)
        place = row.places[position - row.start]
        if place is None:
            return position
        return row.start + bisect(row.places, place.sentence, key=lambda one: one.sentence if one else 0)

    def speakers(self, start: int, end: int) -> list[Speaker]:
        """Who says the words from position `start` to before `end`, in order, each turn once."""
        found: list[Speaker] = []
        while start < end:
            row = self.row(start)
            for place in row.places[start - row.start : end - row.start]:
                if place and (not found or found[-1] is not place.speaker):
                    found.append(place.speaker)
            start = row.start + len(row.keys)
        return found

    def paragraph(self, span: Span) -> Paragraph:
        """The paragraph that a span is part of."""
        return self.texts[span.reference.text].paragraph(span.reference.paragraph)

    def row(self, position: int) -> _Row:
        """The words of the paragraph, or of the gap between two texts, that a position is in."""
        place = self._text_at(position)
        if position == place.end:
            return _Row(position, ("",), ("",), ("",), (None,))
        return self._row_of(bisect_right(self.arrays.paragraphs.data, position) - 1)

    def _text_at(self, position: int) -> _TextPlace:
        return self._texts[bisect_right(self._starts, position) - 1]

    def _place(self, position: int) -> _Place | None:
        row = self.row(position)
        return row.places[position - row.start]

    def _read_row(self, number: int) -> _Row:
        """The words of a paragraph, by its number over all texts."""
        start = int(self.arrays.paragraphs[number])
        where = self._text_at(start)
        text = self.texts[where.text]
        place = number - where.paragraph
        paragraph = text.paragraphs[place]
        row = self.read(paragraph.words)
        places = _places_in(text, paragraph, row.slices(), self.own_speaker(text.id))
        return _Row(start, row.keys, row.forms, self._punctuation(text, place, row), tuple(places))

    def _punctuation(self, text: Text, place: int, row: TokenRow) -> Sequence[str]:
        """The marks after each word; after the last one those too with which the next paragraph begins."""
        marks = list(row.punctuation)
        for after in range(place + 1, len(text.paragraphs)):
            leading, has_word = leading_punctuation(text.paragraphs[after].words)
            marks[-1] += leading
            if has_word:
                break
        return marks


def _places_in(text: Text, paragraph: Paragraph, slices: Iterable[tuple[int, int]], own: Speaker) -> Iterator[_Place]:
    inner_first = sorted(paragraph.voices, key=lambda voice: voice.end - voice.start)
    by = speaker_of_sentence(paragraph.sentences[0].speaker, text, own)
    voices = [(voice.start, voice.end, speaker_of_voice(voice, by)) for voice in inner_first]
    sentences = iter(paragraph.sentences)
    sentence = paragraph.sentences[0]
    for start, end in slices:
        while start >= sentence.end:
            sentence = next(sentences)
        said = speaker_of_sentence(sentence.speaker, text, own)
        speaker = next((who for first, last, who in voices if first <= start and end <= last), said)
        yield _Place(text.id, paragraph.number, sentence.number, start, end, speaker)
