"""Token index: every word of the texts by position, as quotations are compared with them: word by word, in order.

What stands where is looked up in arrays that are mapped into memory; how it is printed is read from the paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, overload

from corpus.index_file import IndexFile
from corpus.language.caching import word_cache
from corpus.language.english import STOP_WORDS
from corpus.model import Notes, Paragraph, Text
from corpus.names.speakers import Speaker, own_speaker, speaker_of_voice
from corpus.quotations.token_arrays import TokenArrays, TokenFile, tokens_file
from corpus.quotations.token_rows import TokenReader, TokenRow, leading_punctuation
from corpus.reference import Reference
from corpus.time_budget import check_time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.quotations.token_arrays import Positions

_UNKNOWN = -1
_LOOKED_AT = 12  # words of which the rarest is looked for
_AT_ONCE = 4_096  # words that are compared in one step
_FEW = 32  # places that are sooner looked at one by one
_KEPT = 1_024  # words of which it stays known where they stand
_KEPT_ROWS = 128  # paragraphs that stay cut into words: some megabytes


class Span(NamedTuple):
    """A span of words in one paragraph: the slice `start:end` of it, and the sentences that it touches."""

    reference: Reference
    start: int
    end: int


class TokenForm(NamedTuple):
    """A form of a word as the texts print it, by its number, with the number of its key, and how often it stands."""

    id: int
    form: str
    key: int
    times: int


class _Key(NamedTuple):
    id: int
    start: int
    times: int
    is_name: int


class _TextPlace(NamedTuple):
    """Where a text is: positions `start:end`, behind which is nobody's word; `paragraph` counts over all texts."""

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
    """One thing of every word, by position: its key, its form, or the punctuation behind it."""

    def __init__(self, index: TokenIndex, name: str) -> None:
        self._index, self._name = index, name

    def __len__(self) -> int:
        return self._index.size

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> list[str]: ...
    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, int):
            row = self._index.row(position)
            return str(getattr(row, self._name)[position - row.start])
        start, end, _ = position.indices(self._index.size)
        found: list[str] = []
        while start < end:
            row = self._index.row(start)
            found += getattr(row, self._name)[start - row.start : end - row.start]
            start = row.start + len(row.keys)
        return found


class TokenIndex:
    """A positional index of all words of the texts. A position counts words from 0, over all texts."""

    def __init__(self, index: IndexFile, texts: Mapping[str, Text], notes: Notes) -> None:
        self.texts = texts
        self._index, self._notes = index, notes
        rows = index.rows("SELECT text, start, end, paragraph FROM token_text ORDER BY start")
        self._texts = [_TextPlace(*row) for row in rows]
        self._starts = [one.start for one in self._texts]
        self.size = self._texts[-1].end + 1 if self._texts else 0
        self.read = TokenReader(notes.spellings).read
        self.keys, self.forms = TokenColumn(self, "keys"), TokenColumn(self, "forms")
        self.punctuation = TokenColumn(self, "punctuation")
        self._row_of = lru_cache(maxsize=_KEPT_ROWS)(self._read_row)
        self._key = word_cache(_KEPT)(self._read_key)
        self._own_speaker = lru_cache(maxsize=_KEPT)(lambda text: own_speaker(self.texts[text], notes))

    def load(self) -> None:
        """Imports what look-ups need: once a tenth of a second, more than the time budget of most of them."""
        import_module("numpy")
        import_module("rapidfuzz.distance")

    @cached_property
    def _file(self) -> TokenFile:
        return TokenFile(tokens_file(self._index.file))

    @property
    def arrays(self) -> TokenArrays:
        """The tokens as numbers."""
        return self._file.arrays

    def release(self) -> None:
        """Give back the memory of what was looked at."""
        self._file.release()

    def times(self, key: str) -> int:
        """How often a word stands in the texts."""
        known = self._key(key)
        return known.times if known else 0

    def positions(self, key: str) -> Positions:
        """Where a word stands, in order."""
        known = self._key(key)
        return self.arrays.postings[known.start : known.start + known.times] if known else self.arrays.postings[:0]

    def is_name(self, key: str) -> bool:
        """Whether the word is a name: one of a person's, or with a capital within a sentence."""
        known = self._key(key)
        return self.is_part_of_name(key) or (known is not None and bool(known.is_name))

    def is_part_of_name(self, key: str) -> bool:
        """Whether the word is a part of somebody's name, in whatever case it is written."""
        return key in self._names_of_people

    @cached_property
    def _names_of_people(self) -> frozenset[str]:
        people = (one for one in self._notes.people if one.life)  # the others are bodies and crowds
        row = self.read(" ".join(name for one in people for name in (one.name, *one.aliases)))
        return frozenset(key for key, form in zip(row.keys, row.forms, strict=True) if form[:1].isupper()) - STOP_WORDS

    def compound(self, joined: str) -> tuple[str, str] | None:
        """The two words that a hyphen joins somewhere, by what they are without it."""
        rows = self._index.rows("SELECT one, other FROM compound WHERE joined = ?", (joined,))
        return rows[0] if rows else None

    @cached_property
    def contractions(self) -> Mapping[tuple[str, str], str]:
        """The contractions that the texts have, by what they stand for: some hundreds in any library."""
        return {(one, other): key for one, other, key in self._index.rows("SELECT one, other, key FROM contraction")}

    def find(self, keys: Sequence[str]) -> Positions:
        """Where all the words begin that stand side by side as in `keys`, which is not empty.

        Raises OutOfTime where a time budget is used up.
        """
        import numpy as np

        known = [key for one in keys if (key := self._key(one))]
        if len(known) < len(keys):
            return self.arrays.postings[:0]
        times = [key.times for key in known[:_LOOKED_AT]]
        rarest = times.index(min(times))
        if times[rarest] <= _FEW:
            return self._find_few(known, rarest)
        check_time()
        starts = self.positions(keys[rarest]) - rarest
        if starts[0] < 0 or starts[-1] + len(keys) > self.size:
            starts = starts[(starts >= 0) & (starts + len(keys) <= self.size)]
        for n, key in enumerate(known):
            if len(starts) * len(known) <= _AT_ONCE:
                break
            check_time()
            starts = starts[self.keys_at(starts + n) == key.id]
        wanted = np.array([key.id for key in known])
        found: Positions = starts[(self.keys_at(starts[:, None] + np.arange(len(known))) == wanted).all(axis=1)]
        return found

    def _find_few(self, keys: Sequence[_Key], rarest: int) -> Positions:
        """The same one by one: where a word is rare, that is sooner done than one operation on arrays."""
        import numpy as np

        numbers, last = self._file.numbers, self.size - len(keys)
        wanted = [key.id for key in keys]
        start = keys[rarest].start
        starts = (position - rarest for position in numbers.postings[start : start + keys[rarest].times])
        found = [
            one
            for one in starts
            if 0 <= one <= last
            and all(numbers.forms_to_keys[numbers.tokens[one + n]] == key for n, key in enumerate(wanted))
        ]
        return np.array(found, np.int32)

    def keys_at(self, positions: Positions) -> Positions:
        """The numbers of the keys at some positions."""
        keys: Positions = self.arrays.forms_to_keys[self.arrays.tokens[positions]]
        return keys

    def key_numbers(self, start: int, end: int) -> list[int]:
        """The numbers of the keys from position `start` to before `end`: no paragraph is read for them."""
        numbers: list[int] = self.arrays.forms_to_keys[self.arrays.tokens[start:end]].tolist()
        return numbers

    def numbers_of(self, keys: Sequence[str]) -> list[int]:
        """The numbers of keys; that of a key which the texts do not have is nobody's."""
        return [known.id if (known := self._key(key)) else _UNKNOWN for key in keys]

    def extend(self, starts: Positions, keys: Sequence[str], many: int) -> tuple[Positions, int]:
        """Of the places where the first `many` words of `keys` stand, those that have most of them, and how many."""
        while many < len(keys) and len(starts) > _FEW and (key := self._key(keys[many])):
            ahead = starts[starts + many < self.size]
            longer = ahead[self.keys_at(ahead + many) == key.id]
            if not len(longer):
                return starts, many
            starts, many = longer, many + 1
        return (starts, many) if len(starts) > _FEW else self._extend_few(starts, keys, many)

    def _extend_few(self, starts: Positions, keys: Sequence[str], many: int) -> tuple[Positions, int]:
        import numpy as np

        numbers, few = self._file.numbers, starts.tolist()
        while many < len(keys) and (key := self._key(keys[many])):
            ahead = (one for one in few if one + many < self.size)
            longer = [one for one in ahead if numbers.forms_to_keys[numbers.tokens[one + many]] == key.id]
            if not longer:
                break
            few, many = longer, many + 1
        return np.array(few, np.int32), many

    def bounds(self, position: int) -> tuple[int, int]:
        """The first position of the text that `position` is in, and the one after its last."""
        place = self._text_at(position)
        return place.start, place.end

    def text_ends(self, positions: Positions) -> NDArray[np.int64]:
        """For each position, the one after the last of its text."""
        import numpy as np

        ends: NDArray[np.int64] = np.array([one.end for one in self._texts])
        return ends[np.searchsorted(self._starts, positions, "right") - 1]

    def count_by_text(self, positions: Sequence[int]) -> dict[str, int]:
        """How many of some positions, which are in order, are in each text that has any."""
        import numpy as np

        found = np.asarray(positions)
        ends = np.searchsorted(found, [one.end for one in self._texts])
        counts = np.diff(ends, prepend=0).tolist()
        return {one.text: count for one, count in zip(self._texts, counts, strict=True) if count}

    def forms_with_stem(self, stem: str) -> list[TokenForm]:
        """The forms of all words that have a stem."""
        query = "SELECT f.id, form, f.key, f.times FROM token_key k JOIN token_form f ON f.key = k.id WHERE k.stem = ?"
        return [TokenForm(*row) for row in self._index.rows(query, (stem,))]

    def forms_printed(self, plain: str) -> list[TokenForm]:
        """The forms that are printed so, but for case, accents and a possessive ’s."""
        rows = self._index.rows("SELECT id, form, key, times FROM token_form WHERE plain = ?", (plain,))
        return [TokenForm(*row) for row in rows]

    def form(self, number: int) -> str:
        """A form by its number."""
        ((form,),) = self._index.rows("SELECT form FROM token_form WHERE id = ?", (number,))
        return str(form)

    def positions_of(self, keys: Iterable[int]) -> Positions:
        """Where words stand, by the numbers of their keys, in order."""
        import numpy as np

        rows = [self._index.rows("SELECT start, times FROM token_key WHERE id = ?", (one,))[0] for one in keys]
        runs = [self.arrays.postings[start : start + times] for start, times in rows]
        return runs[0] if len(runs) == 1 else np.sort(np.concatenate(runs)) if runs else self.arrays.postings[:0]

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
        """The words from position `start` to before `end`, as the text prints them, with what stands between."""
        found = []
        for span in self.spans(start, end):
            found.append(self.paragraph(span).words[span.start : span.end])
        return " ".join(found)

    def text_of(self, position: int) -> str:
        """The id of the text that a position is in."""
        place = self._text_at(position)
        return place.text if position < place.end else ""

    def is_space_after(self, position: int) -> bool:
        """Whether white space, or a paragraph's end, follows the word there."""
        one, other = self._place(position), self._place(position + 1)
        if one is None or other is None or one[:2] != other[:2]:
            return True
        between = self.texts[one.text].paragraph(one.paragraph).words[one.end : other.start]
        return any(map(str.isspace, between))

    def starts_sentence(self, position: int) -> bool:
        """Whether the word at a position is the first of its sentence; so is the end of a text."""
        import numpy as np

        return position == self._text_at(position).end or bool(len(self.at_sentence_starts(np.array([position]))))

    def at_sentence_starts(self, positions: Positions) -> Positions:
        """Those of some positions at which a sentence starts."""
        import numpy as np

        starts = self.arrays.sentences
        near = np.minimum(np.searchsorted(starts, positions), max(len(starts) - 1, 0))
        return positions[starts[near] == positions] if len(starts) else positions[:0]

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

    def sentences_with_name(self, name: str) -> list[int]:
        """The ids of sentences that have the name, with capitals where the name has them: Dan is no “dan”."""
        import numpy as np

        row = self.read(name)
        if not row.keys:
            return []
        possessive = [*row.keys[:-1], f"{row.keys[-1]}s"]
        starts = (self._printed(row.keys, row.forms), self._printed(possessive, row.forms, "'s"))
        found: list[int] = np.searchsorted(self.arrays.sentences, np.concatenate(starts), "right").tolist()
        return found

    def row(self, position: int) -> _Row:
        """The words of the paragraph, or of the gap between two texts, that a position is in."""
        import numpy as np

        place = self._text_at(position)
        if position == place.end:
            return _Row(position, ("",), ("",), ("",), (None,))
        return self._row_of(int(np.searchsorted(self.arrays.paragraphs, position, "right")) - 1)

    def _printed(self, keys: Sequence[str], forms: Sequence[str], ending: str = "") -> Positions:
        """Where words stand side by side, with capitals where `forms` have them, the last with an ending."""
        import numpy as np

        starts = self.find(keys)
        for n, (key, form) in enumerate(zip(keys, forms, strict=True)):
            end = ending if n == len(keys) - 1 else ""
            if len(starts) and (end or form[0].isupper()):
                fit = [one for one in self._forms_of(key) if one.form[0].isupper() or not form[0].isupper()]
                wanted = [one.id for one in fit if one.form.endswith(end)]
                starts = starts[np.isin(self.arrays.tokens[starts + n], wanted)]
        return starts

    def _forms_of(self, key: str) -> list[TokenForm]:
        """The forms of a word."""
        query = "SELECT f.id, form, f.key, f.times FROM token_key k JOIN token_form f ON f.key = k.id WHERE k.key = ?"
        return [TokenForm(*row) for row in self._index.rows(query, (key,))]

    def _read_key(self, key: str) -> _Key | None:
        rows = self._index.rows("SELECT id, start, times, is_name FROM token_key WHERE key = ? AND id > 0", (key,))
        return _Key(*rows[0]) if rows else None

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
        places = _places_in(text, paragraph, row.slices(), self._own_speaker(text.id))
        return _Row(start, row.keys, row.forms, self._punctuation(text, place, row), tuple(places))

    def _punctuation(self, text: Text, place: int, row: TokenRow) -> Sequence[str]:
        """The marks behind each word; behind the last one those too with which the next paragraph begins."""
        marks = list(row.punctuation)
        for after in range(place + 1, len(text.paragraphs) if marks else 0):
            leading, has_word = leading_punctuation(text.paragraphs[after].words)
            marks[-1] += leading
            if has_word:
                break
        return marks


def _places_in(text: Text, paragraph: Paragraph, slices: Iterable[tuple[int, int]], own: Speaker) -> Iterator[_Place]:
    inner_first = sorted(paragraph.voices, key=lambda voice: voice.end - voice.start)
    voices = [(voice.start, voice.end, speaker_of_voice(voice, own)) for voice in inner_first]
    sentences = iter(paragraph.sentences)
    sentence = paragraph.sentences[0]
    for start, end in slices:
        while start >= sentence.end:
            sentence = next(sentences)
        said = own if sentence.speaker in ("", text.speaker) else Speaker(sentence.speaker, text.id)
        speaker = next((who for first, last, who in voices if first <= start and end <= last), said)
        yield _Place(text.id, paragraph.number, sentence.number, start, end, speaker)
