"""Requests for a quotation: `a quote about peace`, `quotes by Lenin`, `find me Trotsky's words on the peasants`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 200
"""Characters of the longest request; nothing longer is looked at."""
_ASKED: Final = (
    r"(?:(?:(?:can|could|may|would) (?:you|i|we) |please )*"
    r"(?:give|show|find|get|have|see|tell|send|bring|share|post|use)(?: me| us)? "
    r"|(?:is|are) there |do you (?:have|know) |(?:i|we)(?:'d| would)? (?:need|want|like) "
    r"|(?:(?:i'm|i am|we're|we are) )?looking for )?"
    r"(?:(?:an?|another|the|some|any|all|that|your) )?(?:(?:famous|good|short|nice|exact|best) )?"
)
_NOUN: Final = r"(?:quot(?:e|es|ations?)|citations?|passages?|sentences?|lines?|words?)"
_NAMES: Final = ("quot", "citation", "passage", "sentence", "line", "word", "where ", "random", "surprise")
"""One of which is in each of the forms but those of one word."""
_ANY: Final = ("any", "anything", "anyone")
_ABOUT: Final = r"(?:about|on|with|where|mentioning|containing|concerning)"
_FORMS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"{_ASKED}{_NOUN}(?: of the day)?",
        rf"(?:{_ASKED}|(?:an?|any|some|the) )?random(?: {_NOUN}| one)?(?: of the day)?|surprise me|any(?:thing|one)?",
        rf"{_ASKED}{_NOUN} (?:by|from|of) (?P<speaker>.+?)(?: {_ABOUT} (?P<words>.+))?",
        rf"{_ASKED}{_NOUN} {_ABOUT} (?P<words>.+)",
        rf"{_ASKED}(?P<speaker>.+?)(?:['\u2019]s?)? {_NOUN}(?: {_ABOUT} (?P<words>.+))?",
        r"where (?:is|are|do|does) (?P<words>.+?) (?:mentioned|appear|occur|found|described|discussed|come up)",
    )
)


_FACT: Final = lazy_pattern(
    rf"{_ASKED}(?:random |fun |interesting |other |new )?(?:facts?|trivia|something)"
    r"(?: of the day)?(?: (?:about|on|of) (?P<words>.+))?|about (?P<about>.+)|random|surprise me|any(?:thing| one)?",
    re.IGNORECASE,
)


class QuotationRequest(NamedTuple):
    """What a quotation is to be about, and who is to say it; nothing where any will do."""

    words: str = ""
    speaker: str = ""


def quotation_request(typed: str) -> QuotationRequest | None:
    """The request that the whole of what was typed is, or None where it is not one."""
    if len(typed) > _LONGEST:
        return None
    words = " ".join(typed.split()).strip(" ?!.")
    plain = words.casefold()
    if plain not in _ANY and not any(name in plain for name in _NAMES):
        return None  # most of what is looked up
    if match := next((match for form in _FORMS if (match := form.fullmatch(words))), None):
        parts = match.groupdict()
        return QuotationRequest(parts.get("words") or "", parts.get("speaker") or "")
    return None


def fact_request(typed: str) -> str:
    """What a fact is to be about, without the words that only ask for one: "tell me a fact about Lenin"."""
    match = _FACT.fullmatch(" ".join(typed.split()).strip(" ?!.")) if len(typed) <= _LONGEST else None
    return (match["words"] or match["about"] or "") if match else typed
