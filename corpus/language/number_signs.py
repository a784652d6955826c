"""Signs of a number, without which it is another one: a minus or £ before it, a % or ° after it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from corpus.language.tokens import DASHES

_CURRENCY: Final = "[$¢£¤¥฿\u20a0-\u20cf﷼\uff04\uffe1\uffe5]"
_MINUS: Final = f"[±{DASHES.replace('—', '')}-]"
_CURRENCY_BEFORE: Final = re.compile(rf"{_CURRENCY}\s?{_MINUS}?$")
_MINUS_BEFORE: Final = re.compile(rf"(?:^|(?<!\d)\s|[(\[“„«‘\"']){_MINUS}$")
"""A dash behind a figure is that of a range, with a space before it or without."""
_AFTER: Final = re.compile(rf"\s?(?:[%‰°]|{_CURRENCY}(?!\d))")
_LONGEST: Final = 5
"""Characters of what is looked at before a number."""
_IN_WORDS: Final = frozenset(("per", "percent", "degree", "degrees"))


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


def normal_signs(signs: str) -> str:
    """The signs of a number in one order and shape, on whichever side they are: £5 and 5 £."""
    written = (unicodedata.normalize("NFKC", sign) for sign in signs if not sign.isspace())
    return "".join(sorted({"-" if sign in DASHES else sign for sign in written}))


def may_be_unit(key: str) -> bool:
    """Whether with a word a unit may begin that has a sign, too: per cent, degrees."""
    return key in _IN_WORDS
