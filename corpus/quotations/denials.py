"""Denials: words of a frame that say that somebody did not say what is quoted, in the languages of its verbs."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern

_NOT: Final = phrases("""
not, never, hardly, nicht, nie, niemals, nirgends, keineswegs, pas, jamais, не, никогда, нигде
""")
_WHETHER: Final = any_of(phrases("that, if, whether, dass, que, что"))
_UNTRUE: Final = rf"(?:{any_of(phrases('false, untrue, wrong, not true, a lie, falsch, faux, неправда'))}|doubts?)"
_OTHER: Final = any_of(phrases("but, sondern, mais, а"))  # noqa: RUF001 - Russian. “not Trotsky but Lenin” names Lenin
_BEFORE: Final = lazy_pattern(
    rf"(?:n['’]t\b|\b{any_of(_NOT)}\b)(?!.*\b{_OTHER}\b)"
    rf"|\b(?:{_UNTRUE}\s{_WHETHER}|denie[sd]|(?:nobody|no one) \w+)\s",
    re.IGNORECASE | re.DOTALL,
)
_BUT_SO: Final = any_of(phrases("only, once, without, nur, ohne, seulement, sans, только, без"))
"""Behind “not” they deny nothing: “said not without irony”."""
_BEHIND: Final = lazy_pattern(
    rf"(?:\s+\w{{1,20}}){{0,2}}?\s+(?:{any_of(_NOT)}|no such|nothing (?:like|of))\b(?!\s+{_BUT_SO}\b)"
    rf"|[^:]{{0,40}}\b{_UNTRUE}\b",
    re.IGNORECASE,
)
_OF_QUOTATION: Final = lazy_pattern(
    rf"\b(?:{any_of(_NOT)}|no (?:line|quote|words?))\b|n['’]t\b|\bmis|\b(?:wrong|false)|\bfälschlich|\bà tort\b",
    re.IGNORECASE,
)
_OF_NAME: Final = lazy_pattern(
    r"\b(?:apocryphal|misattributed|(?:falsely|wrongly|incorrectly) attributed|(?:fälschlich|zu Unrecht) zugeschrieben"
    r"|attribuée? à tort|nicht belegt|ошибочно)\b",
    re.IGNORECASE,
)


def is_denied(before: str, behind: str = "") -> bool:
    """Whether words before a verb of speech, or behind it, say that nobody spoke so: “It wasn't Trotsky who” said."""
    return bool(_BEFORE.search(before) or _BEHIND.match(behind))


def is_denied_after(frame: str, name: str, behind: str) -> bool:
    """Whether a frame after a quotation says so before a name or right behind it: “not by”, “sagte Trotzki nie”."""
    return bool(_OF_QUOTATION.search(frame.partition(name)[0]) or is_misattributed(frame) or _BEHIND.match(behind))


def is_misattributed(signature: str) -> bool:
    """Whether a signature says so: “Trotsky (apocryphal)”."""
    return bool(_OF_NAME.search(signature))
