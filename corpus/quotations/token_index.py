"""Token index: every word of the texts by position, as quotations are compared with them: word by word, in order.

A word has a key and a form. Two words with one key are the same word, perhaps in another case or spelling; with one
form they are printed alike, but for the shape of an apostrophe. Between words stand marks: punctuation, no white space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.language.caching import word_cache
from corpus.language.contractions import expansions
from corpus.language.cyrillic import with_latin_lookalikes
from corpus.language.english import STOP_WORDS, american
from corpus.language.tokens import folded
from corpus.model import Notes, Paragraph, Text
from corpus.names.speakers import Speaker, own_speaker, speaker_of_voice
from corpus.reference import Reference

ELISION = "…"
_DOTS = r"(?:[…⋯]|\.(?:\s{0,3}\.){2,}+)++"
_ELISION = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|<\s*{_DOTS}\s*>|{_DOTS}")
_APOSTROPHE = "['‘’‛′´`ʼ＇]"  # noqa: RUF001 - what looks alike is what is meant.
_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f"  # written after their letters
_UNSEEN = rf"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f{_ACCENTS}"
_WORD = re.compile(rf"([^\W_](?:[^\W_]|[{_UNSEEN}]|{_APOSTROPHE}+(?=[^\W_]))*)")
_NO_MARKS = re.compile(rf"[\s{_UNSEEN}*_~|\\>#•]+")
"""White space, what is invisible, and the characters by which chats make words bold, or a block or list of them."""
_QUOTATION_MARKS = re.compile("[\"'‘’‚‛′´`ʼʹ＇“”„‟″«»‹›＂]+")  # noqa: RUF001 - what looks alike is what is meant.
_DASHES = re.compile("[-‐‑‒–—―−﹣－]+")  # noqa: RUF001 - what looks alike is what is meant.
_LOOKED_AT = 12  # words of which the rarest is looked for
_NOBODY = ""  # the key of what stands between two texts: no word has it


class TokenRow(NamedTuple):
    """A string cut into words: keys, forms, the punctuation after each, and `between`, whatever is around the words.

    Joined in turn, `between` and `words` are the string.
    """

    keys: list[str]
    forms: list[str]
    punctuation: list[str]
    between: list[str]
    words: list[str]

    def slices(self) -> Iterator[tuple[int, int]]:
        """Where each word starts and ends."""
        end = 0
        for before, word in zip(self.between, self.words, strict=False):
            start = end + len(before)
            end = start + len(word)
            yield start, end


class Span(NamedTuple):
    """A span of words in one paragraph: the slice `start:end` of it, and the sentences that it touches."""

    reference: Reference
    start: int
    end: int


class _Place(NamedTuple):
    text: str
    paragraph: int
    sentence: int
    start: int
    end: int
    speaker: Speaker


class TokenIndex:
    """A positional index of all words of the texts. A position counts words from 0, over all texts."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes) -> None:
        self.texts = texts
        self._spellings = dict(_spellings(notes))
        self._written: dict[str, tuple[str, str]] = {}
        self.keys: list[str] = []
        self.forms: list[str] = []
        self.punctuation: list[str] = []
        self._places: list[_Place | None] = []
        self._ends: list[int] = []
        for text in texts.values():
            self._add(text, own_speaker(text, notes))
        self._positions: dict[str, list[int]] = {}
        for position, key in enumerate(self.keys):
            self._positions.setdefault(key, []).append(position)
        self.compounds = dict(self._compounds())
        self.contractions = dict(self._contractions())
        self.names = frozenset(self._names(notes))

    def read(self, words: str) -> TokenRow:
        """The words of any string."""
        parts = _WORD.split(words)
        raw, between = parts[1::2], parts[::2]
        written = [self._written.get(word) or self._read_word(word) for word in raw]
        marks = [_punctuation(gap) for gap in between[1:]]
        return TokenRow([key for key, _ in written], [form for _, form in written], marks, between, raw)

    def positions(self, key: str) -> Sequence[int]:
        """Where a word stands, in order."""
        return self._positions.get(key, ())

    def find(self, keys: Sequence[str]) -> list[int]:
        """Where all the words begin that stand side by side as in `keys`, which is not empty."""
        rarest = min(range(min(len(keys), _LOOKED_AT)), key=lambda n: len(self.positions(keys[n])))
        wanted, many = list(keys), len(keys)
        starts = (position - rarest for position in self.positions(keys[rarest]))
        return [start for start in starts if start >= 0 and self.keys[start : start + many] == wanted]

    def bounds(self, position: int) -> tuple[int, int]:
        """The first position of the text that `position` is in, and the one after its last."""
        borders = self._positions[_NOBODY]
        end = next(border for border in borders if border >= position)
        return max((border + 1 for border in borders if border < position), default=0), end

    def spans(self, start: int, end: int) -> list[Span]:
        """The words from position `start` to before `end`, paragraph by paragraph."""
        found: list[Span] = []
        while start < end:
            first = self._places[start]
            until = min(end, self._paragraph_end(start))
            last = self._places[until - 1]
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
        place = self._places[position]
        return place.text if place else ""

    def is_space_after(self, position: int) -> bool:
        """Whether white space, or a paragraph's end, follows the word there."""
        one, other = self._places[position], self._places[position + 1]
        if one is None or other is None or one[:2] != other[:2]:
            return True
        between = self.texts[one.text].paragraph(one.paragraph).words[one.end : other.start]
        return any(map(str.isspace, between))

    def starts_sentence(self, position: int) -> bool:
        """Whether the word at a position is the first of its sentence; so is the end of a text."""
        one, other = self._places[position - 1] if position else None, self._places[position]
        return one is None or other is None or one[:3] != other[:3]

    def speakers(self, start: int, end: int) -> list[Speaker]:
        """Who says the words from position `start` to before `end`, in order, each turn once."""
        found: list[Speaker] = []
        for place in self._places[start:end]:
            if place and (not found or found[-1] is not place.speaker):
                found.append(place.speaker)
        return found

    def paragraph(self, span: Span) -> Paragraph:
        """The paragraph that a span is part of."""
        return self.texts[span.reference.text].paragraph(span.reference.paragraph)

    def sentences_with_name(self, name: str) -> Iterator[Reference]:
        """Every sentence that has the name, with capitals where the name has them: Dan is no “dan”."""
        row = self.read(name)
        for start in self._starts_of_name(row.keys) if row.keys else ():
            printed = self.forms[start : start + len(row.keys)]
            if all(other[0].isupper() or not form[0].isupper() for form, other in zip(row.forms, printed, strict=True)):
                yield self.spans(start, start + len(row.keys))[0].reference

    def _starts_of_name(self, keys: list[str]) -> Iterator[int]:
        """Where the name stands, also as a possessive."""
        yield from self.find(keys)
        for start in self.find([*keys[:-1], f"{keys[-1]}s"]):
            if self.forms[start + len(keys) - 1].endswith("'s"):
                yield start

    def _read_word(self, word: str) -> tuple[str, str]:
        plain, form = _plain(word)
        return self._spellings.get(plain) or american(plain), form

    def _paragraph_end(self, position: int) -> int:
        """The position after the last word of the paragraph, or of the gap between two texts."""
        return self._ends[bisect_right(self._ends, position)]

    def _add(self, text: Text, speaker: Speaker) -> None:
        for paragraph in text.paragraphs:
            row = self.read(paragraph.words)
            if self.punctuation and self._places[-1]:
                self.punctuation[-1] += _punctuation(row.between[0])
            self._written |= zip(row.words, zip(row.keys, row.forms, strict=True), strict=True)
            self.keys += row.keys
            self.forms += row.forms
            self.punctuation += row.punctuation
            self._places += _places_in(text, paragraph, row.slices(), speaker)
            self._ends.append(len(self.keys))
        self.keys.append(_NOBODY)
        self.forms.append("")
        self.punctuation.append("")
        self._places.append(None)
        self._ends.append(len(self.keys))

    def _compounds(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Words that a hyphen joins, by what they are without it."""
        for position, marks in enumerate(self.punctuation):
            if marks == "-" and not self.is_space_after(position):
                yield "".join(self.keys[position : position + 2]), (self.keys[position], self.keys[position + 1])

    def _contractions(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Contractions that the texts have, by what they stand for."""
        for key, form in sorted({pair for pair in zip(self.keys, self.forms, strict=True) if "'" in pair[1]}):
            yield from ((full, key) for full in expansions(form))

    def _names(self, notes: Notes) -> Iterator[str]:
        """Keys of names: those of people, and whatever has a capital within a sentence."""
        for person in notes.people:
            row = self.read(" ".join((person.name, *person.aliases)))
            yield from _capitals(row.keys, row.forms)
        for position in range(1, len(self.keys)):
            one, other = self._places[position - 1], self._places[position]
            if one and other and one[:3] == other[:3]:
                yield from _capitals(self.keys[position : position + 1], self.forms[position : position + 1])


def _capitals(keys: Iterable[str], forms: Iterable[str]) -> Iterator[str]:
    """Those with a capital that are no small words."""
    return (key for key, form in zip(keys, forms, strict=True) if form[:1].isupper() and key not in STOP_WORDS)


def _places_in(text: Text, paragraph: Paragraph, slices: Iterable[tuple[int, int]], own: Speaker) -> Iterator[_Place]:
    inner_first = sorted(paragraph.voices, key=lambda voice: voice.end - voice.start)
    voices = [(voice.start, voice.end, speaker_of_voice(voice, own)) for voice in inner_first]
    for start, end in slices:
        sentence = next(one.number for one in paragraph.sentences if start < one.end)
        speaker = next((who for first, last, who in voices if first <= start and end <= last), own)
        yield _Place(text.id, paragraph.number, sentence, start, end, speaker)


def _spellings(notes: Notes) -> Iterator[tuple[str, str]]:
    """For each spelling of a word that the notes know, the key of all of them."""
    for group in notes.spellings:
        words = [_plain(match[0])[0] for spelling in group if (match := _WORD.fullmatch(spelling))]
        for word in words:
            yield word, american(words[0])


@word_cache(20_000)
def _plain(word: str) -> tuple[str, str]:
    """A word folded, without apostrophes; and as it is written, but for the shape of its apostrophes."""
    plain = re.sub(f"[{_UNSEEN}]", "", unicodedata.normalize("NFC", word))
    return folded(with_latin_lookalikes(word)).replace("'", "") or word, re.sub(_APOSTROPHE, "'", plain)


@word_cache(4_096)
def _punctuation(between: str) -> str:
    """Punctuation in one shape: any elision, any dash and any quotation mark is one character."""
    marks = _NO_MARKS.sub("", _ELISION.sub(ELISION, between))
    return _QUOTATION_MARKS.sub('"', _DASHES.sub("-", marks))
