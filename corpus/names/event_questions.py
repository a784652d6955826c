"""Questions about events: which was first or last, which of several, and how long one was."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.alternation import any_folded
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import as_typed
from corpus.language.small_words import THE
from corpus.language.tokens import folded

_LONGEST: Final = 200
"""Characters of the longest question; nothing longer is looked at."""
_LAST: Final = frozenset(("last", "latest", "later", "final", "newest", "most recent"))
_FIRST_OR_LAST: Final = rf"(?P<which>first|earliest|earlier|oldest|{'|'.join(sorted(_LAST))})"
_AMONG: Final = r"(?: of all)?(?: (?:in|of|during|about|with|for|on) (?P<among>.+))?"
_ORDER: Final = (
    lazy_pattern(rf"(?:(?:what|which) (?:is|was) )?(?:the )?(?:very )?{_FIRST_OR_LAST} (?:event|thing|date)s?{_AMONG}"),
    lazy_pattern(rf"(?:the )?(?:very )?{_FIRST_OR_LAST}(?: one)?(?: of all)?(?: in (?P<among>[0-9]{{4}}))?"),
    lazy_pattern(
        r"(?:(?:the )?(?:event|thing) that|what|which(?: events?| one| of them| of these)?) "
        rf"(?:happened|happens|came|comes|was|is|took place|occurred) {_FIRST_OR_LAST}"
        r"(?:[,:]? (?P<choices>.+ or .+)|(?: of all)?(?: (?:in|of|during) (?P<among>.+))?)"
    ),
)
_EVERYTHING: Final = re.compile(r"(?:the |these |all |both |two )*(?:texts?|notes|events?|timeline|list)")
_ALL: Final = lazy_pattern(
    r"(?:(?:show|list|give|tell)(?: me)? )?(?:all|every|everything|any|events?|timeline|list|the)(?: (?:of )?(?:the )?"
    r"(?:events?|list|timeline))*(?: there (?:is|are))?|how many events (?:are there|do you (?:know|have))|what events"
    rf"|(?:{any_folded('alle, tous les, все')} )?{any_folded('Ereignisse, événements, события')}"
)
_EVENTS: Final = any_folded("""
event, events, what happened, what else happened, what took place, what occurred, Ereignis, Ereignisse, was geschah,
was passierte, événement, événements, que s'est-il passé, qu'est-ce qui s'est passé, событие, события, что произошло,
что случилось, что было
""")
_BESIDE: Final = any_folded("""
in, at, of, on, about, with, for, from, to, around, near, concerning, involving, im, am, bei, beim, mit, zu, zum, zur,
von, vom, über, en, à, au, aux, de, du, des, sur, avec, dans, в, во, на, о, об, с, со
""")  # noqa: RUF001 - Russian.
_SUBJECT: Final = lazy_pattern(
    rf"(?:(?:show|list|tell)(?: me)? )?(?:(?:all|the|alle|tous|все) )?{THE}?{_EVENTS}"
    rf"(?: {_BESIDE})?(?: (?:the )?{THE}?| d')(?P<subject>.+)"
)
_LENGTH: Final = (
    lazy_pattern(
        r"(?:for )?how (?:long|many (?:days|weeks|months|years)) (?:was|were|is|are|did|does|has|had)(?: it)? "
        r"(?P<event>.+?)(?: (?:last|lasted|take|took|go on|going on|run|been|long|continue|endure|in all|in total))*"
    ),
    lazy_pattern(r"(?:the )?(?:duration|length) of (?P<event>.+)"),
)
_OR: Final = lazy_pattern(r",? or (?:the )?(?=\S)|, (?:the )?(?=\S)")


class OrderQuestion(NamedTuple):
    """A question for the first event, or the last: among those of a time or name, or among `choices`."""

    is_last: bool
    among: str = ""
    choices: tuple[str, ...] = ()


def order_question(typed: str) -> OrderQuestion | None:
    """The question for the first or last event that the whole of `typed` is; None where it is none."""
    words = _asked(typed)
    match = next((match for form in _ORDER if (match := form.fullmatch(words))), None)
    if match is None:
        return None
    parts = match.groupdict()
    among = parts.get("among") or ""
    return OrderQuestion(
        match["which"] in _LAST,
        "" if _EVERYTHING.fullmatch(among) else among,
        alternatives(parts.get("choices") or ""),
    )


def asks_for_all(typed: str) -> bool:
    """Whether the whole of `typed` only asks for the events: "all", "list", "how many events are there"."""
    return bool(_ALL.fullmatch(_asked(typed)))


def subject_of_events(typed: str) -> str:
    """The place or person whose events are all that is asked for: "events in Petrograd"; else nothing."""
    match = _SUBJECT.fullmatch(_asked(typed))
    return as_typed(match["subject"], typed) if match else ""


def length_question(typed: str) -> str:
    """What it is of which it is asked how long it was; empty where that is not asked."""
    words = _asked(typed)
    return next((match["event"] for form in _LENGTH if (match := form.fullmatch(words))), "")


def alternatives(typed: str) -> tuple[str, ...]:
    """The things on both sides of each "or"; none where there is no "or"."""
    if len(typed) > _LONGEST or " or " not in typed:
        return ()
    found = tuple(one.strip() for one in _OR.split(typed.strip(" ?!.").removeprefix("either ").removeprefix("the ")))
    return found if len(found) > 1 and all(found) else ()


def _asked(typed: str) -> str:
    return folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
