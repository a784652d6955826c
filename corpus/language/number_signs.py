"""Signs of a number, without which it is another one, and the words for them: £ and pounds, % and per cent, a minus."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from corpus.language.alternation import phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import DASHES

_CURRENCY: Final = "[$¢£¤¥฿\u20a0-\u20cf﷼\uff04\uffe1\uffe5]"
_MINUS: Final = f"[±{DASHES.replace('—', '')}-]"
_CURRENCY_BEFORE: Final = lazy_pattern(rf"{_CURRENCY}\s?{_MINUS}?$")
_MINUS_BEFORE: Final = lazy_pattern(rf"(?:^|(?<!\d)\s|[(\[“„«‘\"']){_MINUS}$")
"""A dash behind a figure is that of a range, with a space before it or without."""
_AFTER: Final = lazy_pattern(rf"(?:\s?(?:[%‰°]|{_CURRENCY}(?!\d)))+")
_LONGEST: Final = 5
"""Characters of what is looked at before a number."""
_NAMES: Final = {
    "%": """
percent, per cent, prozent, procent, pour cent, por ciento, per cento, процент, процента, процентов, процентами
""",
    "°": "degree, degrees, grad, degre, degres, grado, grados, gradi, градус, градуса, градусов",
    "£": "pound, pounds, pfund, livres, libras, фунт, фунта, фунтов",
    "$": "dollar, dollars, dolar, dolares, dollari, доллар, доллара, долларов",
    "€": "euro, euros, евро",
}
_UNITS: Final = {tuple(name.split()): sign for sign, names in _NAMES.items() for name in phrases(names)}
MINUS_WORDS: Final = frozenset(("minus", "минус"))


def sign_before(words: str, start: int) -> str:
    """The minus, the currency or both before a number that begins there in figures."""
    if not words[start : start + 1].isdigit():
        return ""
    low = max(0, start - _LONGEST)
    currency = _CURRENCY_BEFORE.search(words, low, start)
    first = currency.start() if currency else start
    return words[first - 1 if _MINUS_BEFORE.search(words, low, first) else first : start]


def unit_after(words: str, end: int) -> str:
    """The %, the ° or the currency after a number that ends there in figures."""
    match = _AFTER.match(words, end) if words[end - 1 : end].isdigit() else None
    return match[0] if match else ""


def unit_in_words(words: Sequence[str]) -> tuple[str, int]:
    """The sign of the unit with which folded words begin, and how many of them it has: “per cent”; 0 where none is."""
    many = next((many for many in (2, 1) if tuple(words[:many]) in _UNITS), 0)
    return _UNITS.get(tuple(words[:many]), ""), many


def is_minus(word: str) -> bool:
    """Whether a folded word is a minus."""
    return word in MINUS_WORDS


def normal_signs(signs: str) -> str:
    """The signs of a number in one order and shape, on whichever side they are: £5 and 5 £."""
    written = (unicodedata.normalize("NFKC", sign) for sign in signs if not sign.isspace())
    return "".join(sorted("-" if sign in DASHES else sign for sign in written))
