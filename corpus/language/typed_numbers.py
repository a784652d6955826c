"""Parsing numbers as people type them: in figures, in words, in both, or in Roman numerals."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS, ORDINALS, SIZES
from corpus.language.roman_numerals import ROMAN_NUMERAL, roman_value
from corpus.language.tokens import folded

_SMALL = CARDINALS | ORDINALS
_GROUPS = {"dozen": 12, "hundred": 100}
_SHORT = {
    "k": "thousand", "m": "million", "mn": "million", "mio": "million", "mil": "million", "mill": "million",
    "bn": "billion", "dozens": "dozen", "hundreds": "hundred", "thousands": "thousand", "millions": "million",
    "billions": "billion", "millionen": "million", "milliarden": "billion",
}  # fmt: skip
"""What stands for a large number after another number, and nowhere else."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = lazy_pattern(r"(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}")
_POWER = lazy_pattern(r"(?<=[0-9]) ?[x*×·] ?10\^(?=[0-9])")  # noqa: RUF001 - signs that people type.
_PIECE = lazy_pattern(
    r"(?P<grouped>\d{1,3}(?P<mark>[,.' _])\d{3}(?:(?P=mark)\d{3})*(?!\d)(?:(?!(?P=mark))[.,]\d+)?)"
    r"|(?P<power>\d+(?:[.,]\d+)?e\+?\d{1,2}(?![\da-z]))|(?P<figures>\d+(?:[.,]\d+)?)"
    r"|(?P<letters>[^\W\d_]+)|(?P<other>[^\w\s]|_)"
)
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_ROMAN = lazy_pattern(ROMAN_NUMERAL)


class TypedNumber(NamedTuple):
    """A number that was typed, and the other words and signs that were typed with it.

    `ordinal` is None where it may be one or not, as a Roman numeral. `other` is what it is to those who part
    thousands by a point: to some, 5.000 is five thousand.
    """

    value: float
    ordinal: bool | None
    beside: frozenset[str]
    other: float | None = None


class _Piece(NamedTuple):
    """A part of a number: a large number's word, or a value; `place` counts what was typed before it."""

    place: int
    value: float
    other: float
    word: str = ""


def is_number_word(word: str) -> bool:
    """Whether a folded word is a number, or has one in it."""
    return word in _SMALL | _GROUPS | SIZES or any(character.isdigit() for character in word)


def read_number(typed: str) -> TypedNumber | None:
    """The one number that is in `typed`; None where there is none, or more than one."""
    words = _POWER.sub("e", folded(with_carets(typed)))
    pieces, beside, ordinal = _pieces(re.sub(r"(?<=[a-z0-9])-(?=[a-z])", " ", words))
    if not pieces:
        return _roman(beside)
    places = [piece.place for piece in pieces]
    value = _value([(piece.word, piece.value) for piece in pieces])
    if value is None or places != list(range(places[0], places[0] + len(places))):
        return None
    other = _value([(piece.word, piece.other) for piece in pieces])
    return TypedNumber(value, ordinal, frozenset(beside), None if other == value else other)


def with_carets(typed: str) -> str:
    """Superscript exponents as `^6`: folding would make 10⁶ a hundred and six."""
    return _RAISED.sub(lambda match: f"^{match[0].translate(_SUPERSCRIPTS)}", typed)


def _pieces(typed: str) -> tuple[list[_Piece], list[str], bool]:
    """The parts of the number, all other words and signs, and whether a part is an ordinal."""
    pieces: list[_Piece] = []
    beside: list[str] = []
    ordinal, place, end = False, 0, -1
    for match in _PIECE.finditer(typed):
        word, sign = match["letters"], match["other"]
        behind = bool(pieces) and pieces[-1].place == place - 1
        if sign and sign in ".!?\"'":
            continue  # what ends a sentence or quotes the whole; other signs part numbers or change them
        if word in _ENDINGS and match.start() == end:
            ordinal = True
            continue
        if word == "and" and behind and pieces[-1].word:
            continue
        found = _piece(match, place, behind=behind)
        if found is None:
            beside.append(word or sign)
        else:
            pieces.append(found)
            ordinal = ordinal or word in ORDINALS
        place, end = place + 1, match.end() if not word else -1
    return pieces, beside, ordinal


def _piece(match: re.Match[str], place: int, *, behind: bool) -> _Piece | None:
    """The part of a number that was matched, `after` another part or not; None where it is some other word or sign."""
    if match["letters"] or match["other"]:
        word = match["letters"] or ""
        word = _SHORT.get(word, word) if behind else word
        if word in _GROUPS or word in SIZES:
            return _Piece(place, 0, 0, word)
        return _Piece(place, _SMALL[word], _SMALL[word]) if word in _SMALL else None
    if match["grouped"]:
        return _grouped_number(match["grouped"], match["mark"], place)
    value = float((match["power"] or match["figures"]).replace(",", "."))
    return _Piece(place, value, value)


def _grouped_number(figures: str, mark: str, place: int) -> _Piece:
    """A number of which a mark parts the thousands, or, where it is a point, perhaps the decimals."""
    groups = figures.split(mark)
    whole = float("".join(groups).replace(",", "."))
    if len(groups) > 2 or mark not in ".,":
        return _Piece(place, whole, whole)
    decimal = float(figures.replace(",", ".")) if figures.count(",") + figures.count(".") == 1 else whole
    return _Piece(place, decimal, whole) if mark == "." and decimal != whole else _Piece(place, whole, decimal)


def _value(parts: list[tuple[str, float]]) -> float | None:
    """What the parts say together, or None where they are several numbers."""
    total, group, last = 0.0, 0.0, float("inf")
    for word, small in parts:
        if word in _GROUPS:
            group, last = (group or 1) * _GROUPS[word], _GROUPS[word]
        elif word:
            total, group, last = total + (group or 1) * SIZES[word], 0.0, SIZES[word]
        else:
            if group and not _goes_on(last, small):
                return None
            group, last = group + small, small
    return total + group


def _goes_on(last: float, small: float) -> bool:
    """Whether a number may follow another within one: "hundred five", "twenty five", but not "five six"."""
    return last == 100 > small or (20 <= last < 100 and 1 <= small < 10)


def _roman(words: list[str]) -> TypedNumber | None:
    """A Roman numeral of two letters or more, or of one that stands alone: "I think" is no number."""
    found = [word for word in words if _ROMAN.fullmatch(word) and (len(word) > 1 or len(words) == 1)]
    if len(found) != 1:
        return None
    return TypedNumber(roman_value(found[0]), None, frozenset(words) - {found[0]})
