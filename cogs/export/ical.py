"""The events as an iCalendar file (RFC 5545): each comes back every year."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cogs.export.sources import source
from cogs.shared.dates import dates_with_origin
from corpus.corpus import Corpus
from corpus.note_model import Event

if TYPE_CHECKING:
    from icalendar import Component

_MORNING = timedelta(hours=9)


def reminders(corpus: Corpus, now: datetime) -> bytes:
    """Events whose day is known, on that day in the New Style, all day, with a reminder in the morning.

    Ids are those of the notes, and a later export has a higher number, so that importing again changes what is there
    and adds nothing twice.
    """
    # A third of a second to import, for an export that few ask for.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Smolny//Events//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Smolny")
    for one in corpus.notes.events:
        if one.date.day is not None:
            made.add_component(_entry(corpus, one, now))
    return bytes(made.to_ical())


def _entry(corpus: Corpus, one: Event, now: datetime) -> Component:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"{one.id}@smolny")
    entry.add("dtstamp", now)
    entry.add("last-modified", now)
    # Calendars change an entry only for one of the same id that is newer by this number.
    entry.add("sequence", int(now.timestamp()) // 60)
    entry.add("dtstart", one.date.first)
    is_leap_day = (one.date.first.month, one.date.first.day) == (2, 29)
    # Most years have no 29 February: it is the last day of that month, each year.
    entry.add("rrule", {"freq": "yearly"} | ({"bymonth": 2, "bymonthday": -1} if is_leap_day else {}))
    entry.add("summary", f"{one.name} ({one.date.first.year})")
    entry.add("description", _description(corpus, one))
    entry.add("transp", "TRANSPARENT")
    entry.add_component(_alarm(one))
    return entry


def _alarm(one: Event) -> Component:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.name)
    alarm.add("trigger", _MORNING)
    return alarm


def _description(corpus: Corpus, one: Event) -> str:
    """Both dates, the passages, and what the editors add, marked as theirs."""
    lines = [dates_with_origin(one)]
    for reference in one.references:
        found = source(corpus, (reference,))
        where = f"{found.reference} ({found.source}; edition {found.edition})"
        lines.append(f"“{found.passage}” — {found.speaker}, {where}")
    if one.note:
        lines.append(f"Editors’ note: {one.note}")
    return "\n\n".join(lines)
