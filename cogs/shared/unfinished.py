"""Requests that break off where something should come: `who said`, `when was`, `between 1905 and`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.core.errors import Mistyped
from cogs.shared.lists import shortened
from corpus.corpus import Corpus
from corpus.examples import Example
from corpus.language.alternation import phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import capitalized
from corpus.language.speech_verbs import ADVERB, SPEECH_VERB
from corpus.names.unanchored_times import unanchored_time

_LONGEST: Final = 120
"""Characters of the longest request that may break off; nothing longer is looked at."""


class _Unfinished(NamedTuple):
    """What breaks off, what is asked then, what is to be added, and an example of that where one has an answer."""

    pattern: re.Pattern[str]
    asks: str
    missing: str
    example: Example | None = None


def _form(pattern: str, asks: str, missing: str, example: Example | None = None) -> _Unfinished:
    return _Unfinished(lazy_pattern(pattern, re.IGNORECASE), asks, missing, example)


_WHAT: Final = "{} what?"
_SECOND_DATE: Final = _form(
    r"(?:.+ )?(?:between .+? (?:and|to)|from .+? (?:to|until|till))(?: the)?",
    _WHAT,
    "another date or event",
    Example.DATE,
)
_FORMS: Final[Mapping[str, tuple[_Unfinished, ...]]] = {
    "who": (
        _form(
            r"(?:who |the one who )?(?:first )?(?:said|says|asked|shouted|coined|used)(?: that| the words?)?",
            _WHAT,
            "the words",
            Example.WORDS,
        ),
        _form(r"who(?:se|['’]?s) (?:words?|line|quote|quotation)(?: (?:are|is|was|were))?", _WHAT, "the words"),
        _form(r"(?:who )?(?:is|was|are|were)|who|about", "Who?", "a name", Example.PERSON),
    ),
    "event": (
        _form(
            r"(?:when|where|how long(?: ago)?|how many [a-z]+ ago|how old)"
            r"(?: (?:was|is|were|did|are|has|will))?(?: the)?",
            _WHAT,
            "an event, or somebody's name",
        ),
        _form(r"what happened (?:on|in|at|during|after|before)(?: the)?", "When?", "a date", Example.DATE),
        _SECOND_DATE,
    ),
    "quote": (
        _form(r"(?:.+ )?(?:quotes?|quotations?) (?:by|from|of)", "{} whom?", "a name"),
        _form(
            r"(?:.+ )?(?:quotes?|quotations?) (?:about|on)|what (?:did|does|do|has) .+? (?:say|said|think|write) about",
            _WHAT,
            "a topic",
            Example.SUBJECT,
        ),
        _form(r"who (?:said|says|wrote)(?: that)?", _WHAT, "the words", Example.WORDS),
    ),
    "timeline": (
        _SECOND_DATE,
        _form(r"(?:.+ )?between(?: the)?", _WHAT, "two dates or events"),
        _form(
            r"(?:.+ )?(?:from|since|until|till|before|after|up to)(?: the)?",
            _WHAT,
            "a date or an event",
            Example.DATE,
        ),
        _form(r".+ (?:to|and|through)(?: the)?", _WHAT, "another date or event", Example.DATE),
        # Not `from 1917 on`, which has its end.
        _form(r"(?:.+ )?(?:of|about|in|during|(?<![0-9] )on)(?: the)?", _WHAT, "a topic, or a date", Example.DATE),
    ),
    "compare": (
        _form(r"(?:.+ )?between(?: the)?", _WHAT, "two texts, topics or passages"),
        _form(r".+ (?:and|vs\.?|versus|against|with)(?: the)?", _WHAT, "what to compare with", Example.SUBJECT),
        _form(r"what (?:do|did) (?:the |both )*texts say (?:about|on)|compare", _WHAT, "a topic", Example.SUBJECT),
    ),
    "fact": (_form(r"(?:(?:a|an|another|any) )?(?:facts? )?(?:about|on|of)", _WHAT, "a topic", Example.SUBJECT),),
    "word": (
        _form(r"the words?|(?:the )?(?:meaning|definition) of|define", "Which word?", "it", Example.WORD),
        _form(r"how (?:often|many times)(?: (?:is|does|do|are)(?: .{1,40} say)?)?", _WHAT, "a word"),
    ),
    "quiz start": (_form(r"(?:[0-9]{1,3} )?(?:questions? )?(?:about|on|of)", _WHAT, "a topic", Example.TOPIC),),
    "check": (
        _form(
            r"(?:according to|in the words of|per|as per|to quote|quoting) (?:[^ ,:]+ ){0,3}[^ ,:]+",
            "{}, what?",
            "the quotation",
        ),
        _form(
            rf"(?:as )?(?:[^ ,:]+ ){{1,3}}(?:{ADVERB} )?{SPEECH_VERB}(?: that)?|(?:[^ ,:]+ ){{0,2}}[^ ,:]+:",
            _WHAT,
            "the quotation",
        ),
    ),
}
"""What may break off, by command."""


_OF_TIMES: Final = frozenset(("event", "timeline"))
"""Commands that are asked for times."""
_LAST_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "quote": frozenset(phrases("by, from, of, about, on, said, says, wrote, that")),
    "event": frozenset(
        phrases(
            "when, where, long, ago, old, was, is, were, did, are, has, will, the, on, in, at, during, after, before, "
            "and, to, until, till"
        )
    ),
}
"""With which all that breaks off ends, by the commands that are used most: what ends otherwise is soon known."""


def _refuse_unanchored(corpus: Corpus, command: str, typed: str) -> None:
    """Raise Mistyped for a time that is counted from something that was not typed: "two days later"."""
    unanchored = unanchored_time(typed) if command in _OF_TIMES else None
    if unanchored:
        example = corpus.example(Example.DATE)
        as_in = f", as in: /{command} {unanchored.lead} {example}".replace("  ", " ") if example else ""
        raise Mistyped(f"{unanchored.asks} Please add an event or a date{as_in}.")


def refuse_unfinished(corpus: Corpus, command: str, typed: str) -> None:
    """Raise Mistyped where what was typed for a command breaks off: it says what to add."""
    _refuse_unanchored(corpus, command, typed)
    words = " ".join(typed.split()).rstrip(" ?!.,…") if len(typed) <= _LONGEST else ""
    *_, last = words.rstrip(" :").casefold().rpartition(" ")
    forms = _FORMS[command] if words and last in _LAST_WORDS.get(command, (last,)) else ()
    found = next((one for one in forms if any(map(one.pattern.fullmatch, (words, words.rstrip(" :"))))), None)
    if found is None:
        return
    example = corpus.example(found.example) if found.example else ""
    as_in = f", as in: /{command} {words} {example}" if example else "."
    asked = found.asks.format(capitalized(shortened(words.rstrip(" :"), 60)))
    raise Mistyped(f"{asked} Please add {found.missing}{as_in}")
