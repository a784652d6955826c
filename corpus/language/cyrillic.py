"""Cyrillic: names as several languages write them in Latin letters, and letters that look like Latin ones."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіѣѳѵїєґў"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i e f i yi ye g u"
_TRANSLITERATED = str.maketrans(dict(zip(_CYRILLIC, _LATIN.replace("-", "").split(" "), strict=True)))
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌοΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲıɡ",  # noqa: RUF001 - what looks alike is what is meant.
    "aeopcyxijshdqwABEKMHOPCTYXIJSGoABEZHIKMNOPTYXcig",
)
_RESPELT = (("dsch", "dzh"), ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("w", "v"), ("ou", "u"), ("j", "y"))
_OTHER = re.compile("[Ͱ-ϿЀ-ԯıɡ]")
_ENDINGS: Final = (
    (lazy_pattern("(?<=k)(?:ogo|omu|im|om)$"), "iy"),
    (lazy_pattern("(?<=[aeiouy])(?:ya|yu|em|e)$"), "y"),
    (lazy_pattern("(?<=[^aeiouy])(?:a|u|ym|om|em|e)$"), ""),
    (lazy_pattern("(?<=[^aeiouy])(?:y|i|e|u|oy|ey)$"), "a"),
    (lazy_pattern("(?<=^l)v(?:a|u|om|e)$"), "ev"),
)
"""The endings of Russian cases, in Latin letters, and those of the nominative for them."""

_CASES: Final = """
иями ями ами ией иях иям ого ому его ему ыми ими ая яя ую юю ою ой ей ый ий ое ее ые ие ых их ым им ом ем ия ию ии ах
ях ам ям ов ев ья ье ью а я у ю е и ы о ь
"""  # noqa: RUF001 - Russian.
_CASE: Final = lazy_pattern(f"(?<=[\u0430-\u044f]{{3}})(?:{'|'.join(_CASES.split())})$")
"""The endings of Russian nouns and adjectives, after three letters."""


def russian_stem(word: str) -> str:
    """A Russian word in small letters without the ending of its case: one key for революция, революции, революцией."""
    return _CASE.sub("", word)


def transliterated(words: str) -> str:
    """Cyrillic letters in Latin ones, small; all other letters stay."""
    return words.lower().translate(_TRANSLITERATED) if _OTHER.search(words) else words


def has_cyrillic(words: str) -> bool:
    """Whether a letter is Cyrillic."""
    return not words.isascii() and any("\u0400" <= letter <= "\u052f" for letter in words)


def nominatives(name: str) -> tuple[str, ...]:
    """What a Russian name may be that is in another case: trotskogo is trotskiy, lenina is lenin or a woman's name.

    In small Latin letters, as `transliterated` writes it.
    """
    return tuple(ending.sub(nominative, name) for ending, nominative in _ENDINGS if ending.search(name))


def respelt(name: str) -> str:
    """A Russian name, folded, as English spells it, where German or French spell it: Dawidowitsch is Davidovich."""
    for other, english in _RESPELT:
        name = name.replace(other, english)
    return name


def with_latin_lookalikes(word: str) -> str:
    """A word with Latin letters for those that only look like them; the word itself where other letters are left."""
    if not _OTHER.search(word):
        return word
    latin = word.translate(_ALIKE)
    return word if _OTHER.search(latin) else latin
