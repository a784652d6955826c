"""Requests for a place in a text: `show me chapter 2 of reed`, `what does speech 4.2 say`, `was steht in Kapitel 2`."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 160
"""Characters of the longest request; nothing longer is looked at."""
_VERBS: Final = any_of(
    phrases("""
    show, give, read, tell, get, find, fetch, quote, open, see, display, bring, have, post, cite, view, zeig, zeige,
    gib, lies
    """)
)
_ASK: Final = rf"(?:{any_of(phrases('can, could, may, would, will'))} {any_of(phrases('you, u, i, we'))} (?:please )?)?"
_WHAT: Final = r"(?:what(?:['’]?s| is| was| stands| happens| happened| it says)?|was (?:steht|ist|passiert))"
_FORMS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"{_ASK}{_VERBS} (?:(?:me|us|mir|uns|out|up|to me) ){{0,2}}(?:{_WHAT} (?:in|at) )?(?P<place>.+)",
        rf"{_ASK}(?:go to|look (?:up|at)|take (?:me|us) to|jump to|start (?:at|from|with)) (?P<place>.+)",
        r"(?:i|we)(?:['’]d| would)? (?:want|need|like)(?: to (?:see|read|have|quote))? (?P<place>.+)",
        rf"{_WHAT} (?:there )?(?:(?:written|said|told) )?(?:in|at|on) (?P<place>.+)",
        r"(?:where|wo)(?:['’]?s| is| are| can i (?:find|read)| do i find| ist| finde ich) (?P<place>.+)",
        r"what (?:does|do|did) (?P<place>.+?) (?:say|contain|read|tell(?: us)?)",
        r"what (?P<place>.+?) (?:says|said)",
        r"was sagt (?P<place>.+)",
        r"(?:see|in|at|from|cf\.?|vgl\.?|the (?:text|words) of|(?:the )?(?:beginning|start|opening) of) (?P<place>.+)",
    )
)
_FIRST_WORD: Final = lazy_pattern(
    rf"(?:{_VERBS}|can|could|may|would|will|go|look|take|jump|start|i|we|whats?|was|wheres?|wos?|see|in|at|from|cf|vgl|the"
    r"|beginning|opening)\b",
    re.IGNORECASE,
)
"""What one of the forms begins with: most of what is looked up begins otherwise, and need not be tried with each."""


def requested_place(typed: str) -> str:
    """The place that may be asked for, without the words that only ask for it; what was typed where there are none."""
    words = " ".join(typed.split()).rstrip(" ?!.") if len(typed) <= _LONGEST else ""
    for form in _FORMS if _FIRST_WORD.match(words) else ():
        if match := form.fullmatch(words):
            return match["place"]
    return typed
