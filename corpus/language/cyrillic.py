"""Cyrillic: names as several languages write them in Latin letters, and letters that look like Latin ones."""

from __future__ import annotations

import re

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіѣѳѵїєґў"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i e f i yi ye g u"
_TRANSLITERATED = str.maketrans(dict(zip(_CYRILLIC, _LATIN.replace("-", "").split(" "), strict=True)))
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌοΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲıɡ",  # noqa: RUF001 - what looks alike is what is meant.
    "aeopcyxijshdqwABEKMHOPCTYXIJSGoABEZHIKMNOPTYXcig",
)
_RESPELT = (("dsch", "dzh"), ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("w", "v"), ("ou", "u"), ("j", "y"))
_OTHER = re.compile("[Ͱ-ϿЀ-ԯıɡ]")


def transliterated(words: str) -> str:
    """Cyrillic letters in Latin ones, small; all other letters stay."""
    return words.lower().translate(_TRANSLITERATED) if _OTHER.search(words) else words


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
