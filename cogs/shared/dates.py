"""Historical dates for people: one calendar leads, the other is in brackets; what two dates share is said once."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.errors import UserError
from bot.core.reply import Button, Prose, Reply
from corpus.calendar import LAST_OLD_STYLE_DAY, STYLES, Calendar, HistoricalDate
from corpus.corpus import Corpus
from corpus.language.date_words import weekday_number
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.note_model import Event

EDITORS_MARK = "†"
"""Behind a date that no text gives."""
EDITORS_LEGEND = f"{EDITORS_MARK} Date added by the editors."

_ABBREVIATIONS = {
    "January": "Jan", "February": "Feb", "August": "Aug", "September": "Sept", "October": "Oct", "November": "Nov",
    "December": "Dec",
}  # fmt: skip
_LONGEST = 100
"""Characters of the longest date."""
_DAYS = 31
"""Days of a month at most."""
_NUMBER_ALONE = lazy_pattern(
    r"(?:(?:on|am|le|the|der|den|dem|day|tag|jour|year|jahr|annee|в|во|год) ){0,3}"
    r"(?P<number>[0-9]{1,9})(?:st|nd|rd|th|\.|-?(?:го|е|ое|й))?(?: числ[ао]| год[ау]?)?"  # noqa: RUF001 - Russian.
)
_WEEKDAY_ALONE = lazy_pattern(r"(?:(?:on|am|the|a|last|next) ){0,2}([a-z]+(?:day|tag|woch|abend))")
_BEFORE_CHRIST = lazy_pattern(
    r"(?<!\w)[0-9]{1,5}(?:st|nd|rd|th)?(?:[ -]century)? ?(?:bce?|b\. ?c\.(?: ?e\.)?|v\. ?chr\.|до н\. ?э\.)(?!\w)",
    re.IGNORECASE,
)


# The dates of events never change, and an answer of /event has up to six in words.
@lru_cache(maxsize=1_024)
def long_date(first: HistoricalDate, last: HistoricalDate | None = None, lead: Calendar = "gregorian") -> str:
    """A date, or a time from one to another, in full: "7–9 November 1917 (25–27 October, Old Style)"."""
    last = last or first
    lead = lead if first.first <= LAST_OLD_STYLE_DAY else "gregorian"
    other: Calendar = "gregorian" if lead == "julian" else "julian"
    words = join_dates(_in(first, lead), _in(last, lead))
    if first.day is None or first.first > LAST_OLD_STYLE_DAY:
        in_doubt = first.month is not None and (first.calendar == "julian" or first.first <= LAST_OLD_STYLE_DAY)
        style = f" ({STYLES[first.calendar]})" if in_doubt else ""
        if style and last.precision != first.precision:
            return f"{first}{style} – {last}"
        return f"{words}{style}"
    bracket = join_dates(_in(first, other), _in(last, other)).removesuffix(year_behind(words))
    named = f" ({STYLES[lead]})" if lead == "julian" else ""
    return f"{words}{named} ({bracket}, {STYLES[other]})"


@lru_cache(maxsize=1_024)
def short_date(first: HistoricalDate, last: HistoricalDate | None = None, lead: Calendar = "gregorian") -> str:
    """The same for a line of a list: "7–9 Nov 1917 (25–27 Oct O.S.)". The New Style is not named."""
    words = long_date(first, last, lead)
    for long, short in _ABBREVIATIONS.items():
        words = words.replace(long, short)
    words = words.replace(", Old Style)", " O.S.)").replace(" (Old Style)", " O.S.")
    return words.replace(", New Style)", " N.S.)").replace(" (New Style)", "")


def event_line(event: Event, lead: Calendar = "gregorian") -> str:
    """An event as a line of a list: its date, marked where it is the editors', and its name."""
    mark = f" {EDITORS_MARK}" if event.dated_by == "editors" else ""
    return f"{short_date(event.date, event.until, lead)}{mark} · {event.name}"


def join_dates(first: HistoricalDate, last: HistoricalDate) -> str:
    """Two dates as one, what they share said once: 7–9 November 1917, March–November 1917, 1914–1918."""
    if first == last:
        return str(first)
    one, other = str(first).split(), str(last).split()
    while len(one) > 1 and len(one) == len(other) and one[-1] == other[-1]:
        one.pop()
        other.pop()
    dash = "–" if len(one) == len(other) == 1 else " – "
    shared = str(last).split()[len(other) :]
    return " ".join([f"{' '.join(one)}{dash}{' '.join(other)}", *shared])


def _in(date: HistoricalDate, calendar: Calendar) -> HistoricalDate:
    return date.new_style if calendar == "gregorian" else date.old_style


def year_behind(words: str) -> str:
    """The space and the year at the end of a date in words."""
    return f" {words.rpartition(' ')[2]}"


def incomplete_date(typed: str) -> str:
    """What makes a date of a number typed alone, which may be a day or a year, or of a weekday; else nothing."""
    words = folded(typed).strip(" ?!#()[]-–") if len(typed) <= _LONGEST else ""
    if (weekday := _WEEKDAY_ALONE.fullmatch(words)) and weekday_number(weekday[1]):
        return f"Which {weekday[1].capitalize()}? Please give the day, as in 24 May 1917."
    match = _NUMBER_ALONE.fullmatch(words)
    number = int(match["number"]) if match else CARDINALS.get(words.removeprefix("the "), -1)
    if number < 0:
        return ""
    if 1 <= number <= _DAYS:
        return f"Is it a day? Please add the month, as in {number} May. A year? Please write all four figures of it."
    return "Is it a year? Please write all four figures of it, such as 1889."


def refuse_years_before_christ(corpus: Corpus, typed: str) -> None:
    """Raises UserError for 500 BC, of which no date can be made: it says when the first event is."""
    if corpus.notes.events and len(typed) <= _LONGEST and _BEFORE_CHRIST.search(typed):
        first = long_date(min((one.date for one in corpus.notes.events), key=lambda date: date.first))
        raise UserError(
            f"The texts have no event before {first}.", [Button("The whole timeline", "timeline.page", "|||1")]
        )


def no_events_reply() -> Reply:
    """What is said where the notes have no events at all."""
    none = Prose("There are no notes on events in these texts. /quote and /compare find what they say.")
    return Reply("No events", (none,), private=True)


def dates_with_origin(one: Event) -> str:
    """When something happened, and which text says so, or that the editors do."""
    in_doubt = one.date.day and one.date.first <= LAST_OLD_STYLE_DAY
    style = f" ({STYLES[one.date.calendar]})" if in_doubt else ""
    by = {
        "text": f"The text gives this date{style}.",
        "heading": f"The text's heading gives {'the first day' if one.until else 'this date'}{style}.",
        "editors": "Date added by the editors.",
    }
    return f"{long_date(one.date, one.until)}. {by[one.dated_by]}"
