"""Requests around a quotation: “please check”, “today's quote:”, “is this real?”, which are nobody's words."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.alternation import any_of, phrases

_NEAR: Final = 100
"""Characters of a message in which a request before or after a quotation is looked for."""
_TRUE: Final = any_of(
    phrases(
        "real, true, right, correct, accurate, genuine, authentic, legit, fake, false, wrong, exact, verbatim, made up"
    )
)
_QUOTE: Final = any_of(phrases("quote, quotation, line, passage, sentence, phrase, statement"))
_THIS: Final = rf"(?:this|that|it|the following)(?: {_QUOTE})?"
_IS_TRUE: Final = rf"(?:is|was|are) {_THIS} (?:an? |really |actually )?{_TRUE}(?: {_QUOTE})?"
_OR: Final = rf"{_TRUE} or (?:not|{_TRUE})"
_BEFORE: Final = re.compile(
    rf"\s*(?:(?:hi|hey|hello|ok|okay|so|please|pls)[,!.]? +)*(?:"
    rf"(?:(?:can|could|would) (?:you|u|someone|anyone) )?(?:please )?(?:fact[ -])?(?:check|verify|confirm)"
    rf"(?: (?:if|whether|{_THIS}|(?:the|my|our) {_QUOTE}|is|{_TRUE}))*[:,]?\s+"
    rf"|{_IS_TRUE}(?:[?:]+\s+| that\s+)|is {_THIS} {_TRUE}\s*\n\s*"
    rf"|(?:where is {_THIS} from|where does {_THIS} come from|who (?:said|wrote) {_THIS})[?:]+\s+"
    rf"|{_OR}[?:]+\s+"
    rf"|(?:today['’]s|my|our|the|this|a) (?:favou?rite |famous )?{_QUOTE}(?: of the (?:day|week)| is)?\s*[:–—-]\s+"
    rf"|(?:i )?(?:found|saw|read|heard) {_THIS}(?: (?:today|online|somewhere))?\s*[:–—-]\s+)(?=\S)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"(?:[\s—–(\[-]+(?:{_IS_TRUE}|{_OR}|(?:really|{_TRUE})(?=\?)|who (?:said|wrote) {_THIS}|where is {_THIS} from"
    rf"|(?:any )?source(?=\?)|lol|lmao|haha|thanks|thank you|thx|please|pls)[?!.)\]]*)\s*$",
    re.IGNORECASE,
)


def without_request(message: str) -> str:
    """A message without what asks for the quotation in it to be checked; all of it where nothing does."""
    before = _BEFORE.match(message[:_NEAR])
    start, low = before.end() if before else 0, max(0, len(message) - _NEAR)
    after = _AFTER.search(message, max(start, low))
    return message[start : after.start() if after else None]
