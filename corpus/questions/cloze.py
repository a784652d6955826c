"""Cloze gaps: words that can be taken out of a sentence, and distractors from the corpus that might be there.

Two words are of one sort when they end alike and are between alike neighbours: that tells nouns from verbs well
enough, and in any corpus, without a dictionary.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from zlib import crc32

from msgspec import Struct

from corpus.language.tokens import Token, stems, tokens
from corpus.language.typed_numbers import is_number_word
from corpus.note_model import Notes
from corpus.questions.sample import paragraph_sample
from corpus.questions.whole_sentences import is_whole_sentence, points_back
from corpus.reference import Reference
from corpus.text_model import Text

_MOST_OTHERS = 12
_MOST_SENTENCES, _MOST_GAPS = 2_000, 3_000
"""How much is looked at: of a whole book an even choice of sentences and gaps, which is enough for years of quizzes."""
_MOST_OF_A_SORT = 300
"""Words of a sort that are looked through for distractors: more would make a whole book's gaps take minutes."""
_SHORTEST, _LONGEST = 4, 20
_SENTENCE = 6
"""Words that a sentence needs for one of them to be told from the rest."""
_TELLING = 12
"""Words with which a sentence can be known even where it points back to the one before."""
_ENDING = re.compile(r"(?:[ts]ion|ness|ment|ism|ist|ous|ive|ful|less|able|ity|ing|ed|ly|er|al|ic|y)?s?$")
_NEIGHBOURS = {
    "article": "the a an this that these those his her its our their my your every each no some any all such",
    "helper": "to will would can could must should shall may might not did does didnt doesnt cant dont",
    "being": "is are was were be been being has have had",
    "preposition": "of in on at by with from for into through against between about than as over under until after",
    "conjunction": "and or but nor",
    "pronoun": "he she it they we you who which there what",
}
_NEIGHBOUR = {word: name for name, words in _NEIGHBOURS.items() for word in words.split()}


class ClozeGap(Struct, frozen=True):
    """A gap for a cloze question: a word of a sentence, `start:end` of it, and others of its sort."""

    reference: Reference
    sentence: str
    start: int
    end: int
    others: tuple[str, ...]

    @property
    def word(self) -> str:
        return self.sentence[self.start : self.end]

    def with_word(self, word: str) -> str:
        """The sentence with another word there."""
        return self.sentence[: self.start] + word + self.sentence[self.end :]


class _Place(Struct, frozen=True):
    reference: Reference
    sentence: str
    token: Token
    sort: tuple[str, ...]

    @property
    def word(self) -> str:
        return self.sentence[self.token.start : self.token.end]


def cloze_gaps(texts: Mapping[str, Text], notes: Notes) -> Iterator[ClozeGap]:
    """Words that can be asked for, with at least one other of their sort: all, or of a whole book an even choice."""
    names = {token.word for person in notes.people if person.life for token in tokens(person.name)}
    sentences = [one for text, paragraph in paragraph_sample(texts) for one in paragraph.sentences_in(text.id)]
    step = max(1, len(sentences) // _MOST_SENTENCES)
    places = [place for reference, words in sentences[::step] for place in _places(reference, words, names)]
    sorts: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for place in places:
        sort = sorts[place.sort]
        if len(sort) < _MOST_OF_A_SORT:
            sort.setdefault(place.token.stem, place.word)
    alike = _alike(notes)
    for place in places[:: max(1, len(places) // _MOST_GAPS)]:
        if others := _others(place, sorts[place.sort], alike):
            yield ClozeGap(place.reference, place.sentence, place.token.start, place.token.end, others)


def _places(reference: Reference, words: str, names: set[str]) -> Iterator[_Place]:
    """The words of a sentence that can be asked for."""
    found = tokens(words)
    fewest = _TELLING if points_back(words) else _SENTENCE
    if len(found) >= fewest and is_whole_sentence(words):
        for number, token in enumerate(found[1:], 1):
            if _can_be_asked(words, token, found):
                yield _Place(reference, words, token, _sort(words, found, number, names))


def _can_be_asked(sentence: str, token: Token, found: tuple[Token, ...]) -> bool:
    word = sentence[token.start : token.end]
    around = sentence[token.start - 1 : token.start] + sentence[token.end : token.end + 1]
    whole = word.isalpha() and not word.isupper() and not re.search(r"[-–—‐‑'’]", around)  # noqa: RUF001 - the dashes that texts have.
    once = [one.stem for one in found].count(token.stem) == 1
    return whole and once and token.is_content and _SHORTEST <= len(word) <= _LONGEST and not is_number_word(token.word)


def _sort(sentence: str, found: tuple[Token, ...], number: int, names: set[str]) -> tuple[str, ...]:
    token, before = found[number], found[number - 1]
    if token.word in names:
        return ("name of a person",)
    starts_anew = not sentence[before.end : token.start].isspace()
    capital = sentence[token.start].isupper()
    if capital:
        return (
            "capital",
            "new" if starts_anew else _NEIGHBOUR.get(before.word, "word"),
            *_as_name(sentence, found, number),
        )
    ending = _ENDING.search(token.word)
    article = before.word if before.word in ("a", "an") else ""
    return (
        "" if starts_anew else _NEIGHBOUR.get(before.word, "word"),
        article,
        ending[0] if ending else "",
        _neighbour_after(sentence, found, number),
    )


def _as_name(sentence: str, found: tuple[Token, ...], number: int) -> tuple[str, str, str]:
    """Whether a word with a capital is a plural, and joined to a name before or behind: “Black Hundreds”, “Spain”."""
    beside = [found[one] for one in (number - 1, number + 1) if 0 < one < len(found)]
    capitals = {one.start > found[number].start for one in beside if sentence[one.start].isupper()}
    plural = "s" if found[number].word.endswith("s") else ""
    return plural, "joined" if False in capitals else "", "joined" if True in capitals else ""


def _neighbour_after(sentence: str, found: tuple[Token, ...], number: int) -> str:
    if number + 1 == len(found) or not sentence[found[number].end : found[number + 1].start].isspace():
        return "end"
    return "word" if found[number + 1].is_content else "little word"


def _alike(notes: Notes) -> dict[str, set[str]]:
    """For each stem, the stems of words that may stand for it."""
    groups: dict[str, set[str]] = defaultdict(set)
    for group in (*notes.synonyms, *notes.spellings):
        members = {stem for word in group for stem in stems(word)}
        for member in members:
            groups[member] |= members
    return groups


def _others(place: _Place, sort: Mapping[str, str], alike: Mapping[str, set[str]]) -> tuple[str, ...]:
    word, stem = place.word, place.token.stem
    taken = {token.stem for token in tokens(place.sentence)} | alike.get(stem, set())
    room = max(2, len(word) // 3)
    fit = [
        other
        for key, other in sort.items()
        if key not in taken and key[:5] != stem[:5] and abs(len(other) - len(word)) <= room
    ]
    # Of many that are as long, not always those at the beginning of the alphabet.
    return tuple(
        sorted(fit, key=lambda other: (abs(len(other) - len(word)), crc32(f"{word}{other}".encode())))[:_MOST_OTHERS]
    )
