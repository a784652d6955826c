"""Questions about a word: `what does kulak mean`, `how often does he say peace`, `define soviet`."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 100
"""Characters of the longest question; nothing longer is looked at."""
_QUOTED: Final = r"[\"'“”‘’„«»]?(?P<word>.+?)[\"'“”‘’„«»]?"
_FORMS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"what (?:does|do|did) (?:the words? |the terms? )?{_QUOTED} mean(?: here| in 1917)?",
        rf"(?:what is |what's )?(?:the )?(?:meaning|definition) of (?:the words? )?{_QUOTED}",
        rf"(?:define|explain) (?:the words? )?{_QUOTED}",
        rf"how (?:often|many times) (?:do|does|did|has|have) .{{1,40}}? (?:say|use|mention|write)s? {_QUOTED}",
        rf"how (?:often|many times) (?:is|are|was|were|does|do) {_QUOTED} (?:mentioned|used|said|written|occur|appear)",
        rf"(?:where|when) (?:does|do|did) .{{1,40}}? (?:say|use|mention)s? {_QUOTED}",
        rf"the words? {_QUOTED}",
    )
)


def asked_word(typed: str) -> str:
    """The word or phrase that a question is about; empty where what was typed is no such question."""
    words = " ".join(typed.split()).strip(" ?!.") if len(typed) <= _LONGEST else ""
    return next((match["word"] for form in _FORMS if (match := form.fullmatch(words))), "")
