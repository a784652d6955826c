"""Requests for a quotation: `a quote about peace`, `quotes by Lenin`, `find me Trotsky's words on the peasants`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 200
"""Characters of the longest request; nothing longer is looked at."""
_ASK: Final = any_of(phrases("give, show, find, get, have, see, tell, send, bring, share, post, use"))
_COURTESY: Final = rf"(?:{any_of(phrases('can, could, may, would'))} {any_of(phrases('you, u, i, we'))} |please |pls )*"
_WHICH: Final = any_of(
    phrases("""
    an?(?: few)?, another, the, some, any, all, that, your, more, several, two, three, four, five, ten, [0-9],
    [1-9][0-9]
    """)
)
_QUALITIES: Final = any_of(phrases("famous, good, short, nice, exact, best, known, important, memorable, powerful"))
_KIND: Final = rf"(?:(?:most|very) )?{_QUALITIES}"
_ASKED: Final = (
    rf"(?:{_COURTESY}{_ASK}(?: me| us)? "
    r"|(?:is|are) there |do you (?:have|know) |(?:i|we)(?:'d| would)? (?:need|want|like) "
    r"|(?:(?:i'm|i am|we're|we are) )?looking for |what(?:['\u2019]?s| is| was) )?"
    rf"(?:{_WHICH} )?(?:{_KIND} )?"
)
_NOUN: Final = any_of(phrases("quotes?, quotations?, citations?, passages?, sentences?, lines?, words?"))
_NAMES: Final = ("quot", "citation", "passage", "sentence", "line", "word", "where ", "random", "surprise")
"""One of which is in each of the forms but those of one word."""
_ANY: Final = ("any", "anything", "anyone")
IN_REQUESTS: Final = ("any", *(name.strip() for name in _NAMES))
_ABOUT: Final = any_of(phrases("about, on, with, where, mentioning, containing, concerning"))
_SAYS: Final = any_of(phrases("says?, said, (?:talks?|talked|speaks?|spoke) (?:about|of), mentions?, mentioned"))
_AGAIN: Final = lazy_pattern(r"(?:[, ]+(?:again|please|pls|plz|thanks|thx|ty))+$", re.IGNORECASE)
_LINKS: Final = r"(?:,|:|[-\u2013\u2014]|by|from|said|says|saying|['\u2019]s)"
_MOST_WORDS: Final = 12
"""Words among which a name is looked for at either end."""
_NAME: Final = 3  # words that a name has at most
_FORMS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"{_ASKED}{_NOUN}(?: of the day)?",
        rf"(?:{_ASKED}|(?:an?|any|some|the) )?random(?: {_NOUN}| one)?(?: of the day)?|surprise me|any(?:thing|one)?",
        rf"{_ASKED}{_NOUN} (?:by|from|of) (?P<speaker>.+?)(?: {_ABOUT} (?P<words>.+))?",
        rf"{_ASKED}{_NOUN} (?:where|in which|when) (?P<speaker>.+?) {_SAYS} (?P<words>.+)",
        rf"{_ASKED}{_NOUN} {_ABOUT} (?P<words>.+)",
        rf"{_ASKED}(?P<speaker>.+?)(?:['\u2019]s?)?(?: {_KIND})? {_NOUN}(?: {_ABOUT} (?P<words>.+))?",
        r"where (?:is|are|do|does) (?P<words>.+?) (?:mentioned|appear|occur|found|described|discussed|come up)",
    )
)


_FACT: Final = lazy_pattern(
    rf"{_ASKED}(?:random |fun |interesting |other |new )?(?:facts?|trivia|something)"
    r"(?: of the day)?(?: (?:about|on|of) (?P<words>.+))?|about (?P<about>.+)"
    r"|random|surprise me|any(?:thing| one)?|(?:another|next|more)(?: one| fact)?",
    re.IGNORECASE,
)


class QuotationRequest(NamedTuple):
    """What a quotation is to be about, and who is to say it; nothing where any will do."""

    words: str = ""
    speaker: str = ""
    is_linked: bool = False
    """Whether a word or a colon between the two says that the words are the speaker's."""


def quotation_request(typed: str) -> QuotationRequest | None:
    """The request that the whole of what was typed is, or None where it is not one."""
    if len(typed) > _LONGEST or not any(map(typed.casefold().__contains__, IN_REQUESTS)):
        return None  # most of what is looked up
    words = _AGAIN.sub("", " ".join(typed.split()).strip(" ?!."))
    plain = words.casefold()
    if plain not in _ANY and not any(name in plain for name in _NAMES):
        return None
    if match := next((match for form in _FORMS if (match := form.fullmatch(words))), None):
        parts = match.groupdict()
        return QuotationRequest(parts.get("words") or "", parts.get("speaker") or "")
    return None


def words_beside_names(typed: str, may_name: Callable[[str], bool]) -> Iterator[QuotationRequest]:
    """The ways to take the last words of what was typed, or the first, for a speaker's name: `gunpowder by Trotsky`.

    None that has no word which `may_name` somebody: to part what no sentence answers took a twelfth of its time.
    """
    words = typed.strip(" ?!.").split()
    if not 1 < len(words) <= _MOST_WORDS:
        return
    named = frozenset(one for one in (*words[:_NAME], *words[-_NAME:]) if may_name(one) or may_name(_bare(one)))
    for many in range(min(_NAME, len(words) - 1), 0, -1):
        if not named.isdisjoint(words[-many:]):
            first, last = " ".join(words[:-many]), " ".join(words[-many:])
            yield QuotationRequest(_LINK_AT_END.sub("", first), last, bool(_ATTRIBUTES_AT_END.search(first)))
        if not named.isdisjoint(words[:many]):
            first, rest = " ".join(words[:many]), " ".join(words[many:])
            is_linked = first.endswith(":") or bool(_ATTRIBUTES_AT_START.match(rest))
            yield QuotationRequest(_LINK_AT_START.sub("", rest), _LINK_AT_END.sub("", first), is_linked)


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("\u2019s")


_LINK_AT_END: Final = lazy_pattern(rf"\s*(?<![^\W_]){_LINKS}$|['\u2019]s$|[,:]$", re.IGNORECASE)
_LINK_AT_START: Final = lazy_pattern(rf"^{_LINKS}\s+", re.IGNORECASE)
_ATTRIBUTES_AT_END: Final = lazy_pattern(r"\s(?:by|from|said|says|[-\u2013\u2014])$", re.IGNORECASE)
_ATTRIBUTES_AT_START: Final = lazy_pattern(r"(?:said|says|saying|[-\u2013\u2014])\s", re.IGNORECASE)


def fact_request(typed: str) -> str:
    """What a fact is to be about, without the words that only ask for one: "tell me a fact about Lenin"."""
    match = _FACT.fullmatch(" ".join(typed.split()).strip(" ?!.")) if len(typed) <= _LONGEST else None
    return (match["words"] or match["about"] or "") if match else typed
