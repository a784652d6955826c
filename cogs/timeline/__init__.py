"""See what happened in order of time, in words and as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from msgspec import structs

from bot.core.command import action, command, costs
from bot.core.context import Context
from bot.core.errors import Mistyped, UserError
from bot.core.reply import Button, File, Picture, Prose, Reply
from cogs.event.elapsed_time import uncounted_remark
from cogs.event.replies import event_parts
from cogs.shared.asker import refuse_exclusion, today
from cogs.shared.dates import incomplete_date, join_dates, long_date, no_events_reply, refuse_years_before_christ
from cogs.shared.drawing.draw import render_png
from cogs.shared.drawing.scene import Scene
from cogs.shared.drawing.svg import encode_svg
from cogs.shared.foreign_names import with_latin_names
from cogs.shared.lists import shortened
from cogs.shared.other_words import texts_button
from cogs.shared.topics import NotedWords, events_of, events_with, noted_words, suggest_topics
from cogs.shared.unfinished import refuse_unfinished
from cogs.timeline.picture import MOST, timeline
from corpus.calendar import DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates, depends_on_today, leading_dates, read_dates
from corpus.examples import Example
from corpus.language.tokens import folded
from corpus.misspelt_months import month_meant
from corpus.names.event_questions import asks_for_all, subject_of_events
from corpus.names.event_times import read_event_time, span_of_event, start_of_no_event
from corpus.names.foreign_times import time_in_english
from corpus.names.renamed_places import renamed_place
from corpus.note_model import Event, Person, Topic

_GONE = "That button belongs to a timeline I no longer have. /timeline makes a new one."
_PERSON = "@"
"""Before the id of a person, in what a button carries, where a topic's may be."""
_NOTED = "~"
"""The same before words that are no topic."""
_PEOPLE = 3
"""People that are offered where a name may be several people's."""
_TOPIC_WORDS = 8
"""Words of a topic behind which a date is looked for."""
_FORMS = "Write a date like 14 July 1889, 1889-07-14, July 1889 or 1889."


class TimelineQuery(NamedTuple):
    """What a timeline is to show: events that begin between two dates, of a topic."""

    first: DateQuery | None = None
    last: DateQuery | None = None
    topic: Topic | Person | NotedWords | None = None

    def value(self, page: int) -> str:
        """The same for a button, short enough for every platform."""
        ends = (_date_value(end) if end else "" for end in (self.first, self.last))
        kind = _PERSON if isinstance(self.topic, Person) else _NOTED if isinstance(self.topic, NotedWords) else ""
        topic = f"{kind}{self.topic.id}" if self.topic else ""
        return "|".join([*ends, topic, str(page)])

    @property
    def title(self) -> str:
        """What is shown, with the dates that leave some of it out."""
        dates = self.first if self.first == self.last else DateRange(self.first, self.last)
        shown = ", ".join(filter(None, (self.topic.name if self.topic else "", str(dates or ""))))
        return f"Timeline: {shown}" if shown else "Timeline"

    def events(self, ctx: Context) -> list[Event]:
        """The events that begin within the dates. One that is dated too vaguely to tell does not."""
        found: Iterable[Event] = ctx.corpus.notes.events
        if isinstance(self.topic, Person):
            found = events_of(ctx.corpus, self.topic)
        elif isinstance(self.topic, NotedWords):
            found = events_with(ctx.corpus, self.topic)
        elif self.topic:
            found = ctx.corpus.finder.events_of_topic(self.topic)
        return [one for one in found if DateRange(self.first, self.last).matches(one.date)]


@costs(5)
@command(
    "timeline",
    also="chronology dates",
    example=Example.DATES,
    suggest={"topic": suggest_topics},
    from_="When: July 1889, March to July 1889, until 1889, since 1889",
    to="The last date, if it is not in the first field",
    topic="Only events of this topic, person or place",
)
async def timeline_(ctx: Context, from_: str = "", to: str = "", topic: str = "") -> Reply:
    """List events in order, with a picture for a slide.

    Dates may be written in any usual form: July 1889 is that month, since 1889 all from then on. Up to January
    1918 they are taken in either calendar, later in the New Style, unless you add OS or NS. Without dates you get
    everything.
    """
    refuse_exclusion(from_)
    from_, to, topic = ("" if asks_for_all(typed) else typed for typed in (from_, to, topic))
    from_, to = (time_in_english(typed, ctx.corpus.finder) for typed in (from_, to))
    from_, to, topic = (with_latin_names(ctx.corpus, typed) for typed in (from_, to, topic))
    for typed in (from_, to, topic):
        refuse_years_before_christ(ctx.corpus, typed)
    if not to:
        refuse_unfinished(ctx.corpus, "timeline", from_)
    meant = [month_meant(typed) for typed in (from_, to)]
    from_, to = (one.typed if one else typed for one, typed in zip(meant, (from_, to), strict=True))
    counted = read_event_time(from_, ctx.corpus.finder)
    day = await today(ctx) if depends_on_today(from_) else None
    times, rest = (_as_range(counted.dates), "") if counted else _read_range(from_, day)
    if to and rest and (event := span_of_event(rest, ctx.corpus.finder)):
        times, rest = event, ""
    has_dates = to or times != DateRange()
    if not (has_dates or (rest and topic) or ctx.corpus.finder.topic(rest or topic)):
        times, rest, topic = _with_dates_behind(ctx, rest or topic) or (times, rest, topic)
    if rest and topic:
        raise Mistyped(f"I can't read “{shortened(rest, 60)}” as a date. {_FORMS}")
    times = _from_to(times, span_of_event(to, ctx.corpus.finder) or _as_range(_read(to))) if to else times
    query = TimelineQuery(times.first, times.last)
    wanted, start = (topic or rest, "") if times != DateRange() else _uncounted(ctx, topic or rest)
    reply = await timeline_reply(ctx, query._replace(topic=_topic(ctx, wanted, query)) if wanted else query, 1)
    uncounted = uncounted_remark(ctx, start, of_its_events=start == wanted) if start else ""
    remarks = " ".join(filter(None, (*(one.remark for one in meant if one), times.remark, uncounted)))
    return structs.replace(reply, parts=(Prose(remarks), *reply.parts)) if remarks else reply


@costs(5)
@action("timeline.page", replaces=True)
async def timeline_page(ctx: Context, value: str) -> Reply:
    """Another page."""
    return await timeline_reply(ctx, *_query_from_value(ctx, value))


@costs(5)
@action("timeline.dark", replaces=True)
async def dark_timeline(ctx: Context, value: str) -> Reply:
    """The same page on a dark background."""
    return await timeline_reply(ctx, *_query_from_value(ctx, value), dark=True)


@costs(5)
@action("timeline.print")
async def print_timeline(ctx: Context, value: str) -> Reply:
    """The page as a file for print, in which letters stay letters."""
    page = _page(ctx, *_query_from_value(ctx, value))
    if page is None:
        raise UserError(_GONE)
    file = File("timeline.svg", encode_svg(page.scene()), "image/svg+xml")
    return Reply("Timeline for print", (file,), private=True)


async def timeline_reply(ctx: Context, query: TimelineQuery, number: int, *, dark: bool = False) -> Reply:
    """One page of a timeline: its events in a picture and in words."""
    page = _page(ctx, query, number)
    if page is None:
        return _not_found(ctx, query)
    picture = Picture("timeline.png", await render_png(lambda: page.scene(dark=dark)), page.alt)
    return Reply(query.title, (picture, *event_parts(page.events)), _page_buttons(query, page, dark=dark))


class TimelinePage(NamedTuple):
    """The events of one page, `number` of `pages`, under a title and a smaller line."""

    events: tuple[Event, ...]
    number: int
    pages: int
    title: str
    under: str

    def scene(self, *, dark: bool = False) -> Scene:
        return timeline(self.title, self.under, self.events, dark=dark)

    @property
    def alt(self) -> str:
        """All that the picture says."""
        heading = f"Timeline with both calendars: {', '.join(filter(None, (self.title, self.under)))}"
        return "\n".join(f"{line}." for line in (heading, *map(_line, self.events)))


def _page(ctx: Context, query: TimelineQuery, number: int) -> TimelinePage | None:
    """A page, the last one where there are fewer; None where no event is asked for."""
    found = query.events(ctx)
    if not found:
        return None
    pages = ceil(len(found) / MOST)
    number = min(max(number, 1), pages)
    # As many on each page as on the others, so that no last one holds a single event.
    events = tuple(found[(number - 1) * len(found) // pages : number * len(found) // pages])
    return TimelinePage(events, number, pages, *_titles(query, events, number, pages))


def _query_from_value(ctx: Context, value: str) -> tuple[TimelineQuery, int]:
    """What a button carries: the query and the number of the page. Raises UserError."""
    topics: dict[str, Topic | Person] = {topic.id: topic for topic in ctx.corpus.notes.topics}
    topics |= {f"{_PERSON}{person.id}": person for person in ctx.corpus.notes.people}
    match value.split("|"):
        case [first, last, topic, page] if re.fullmatch("[0-9]{1,4}", page):
            noted = noted_words(ctx.corpus, topic[1:]) if topic.startswith(_NOTED) else None
            if not topic or topic in topics or noted:
                return TimelineQuery(_end(first), _end(last), topics.get(topic) or noted), int(page)
    raise UserError(_GONE)


def _titles(query: TimelineQuery, events: Sequence[Event], page: int, pages: int) -> tuple[str, str]:
    period = _period(min(one.date.first for one in events), max((one.until or one.date).last for one in events))
    part = f"part {page} of {pages}" if pages > 1 else ""
    if query.topic is None:
        return period, part.capitalize()
    return query.topic.name, ", ".join(filter(None, (period, part)))


def _period(first: date, last: date) -> str:
    """A time in words, New Style, no more precisely than a title needs."""
    if first.year != last.year:
        return join_dates(HistoricalDate(first.year), HistoricalDate(last.year))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    if first.month != last.month:
        return join_dates(HistoricalDate(first.year, first.month), HistoricalDate(last.year, last.month))
    return join_dates(
        HistoricalDate(first.year, first.month, first.day), HistoricalDate(last.year, last.month, last.day)
    )


def _line(one: Event) -> str:
    """An event as the picture's description says it."""
    by = " (date added by the editors)" if one.dated_by == "editors" else ""
    return f"{long_date(one.date, one.until)}: {one.name}{by}"


def _page_buttons(query: TimelineQuery, page: TimelinePage, *, dark: bool) -> tuple[Button, ...]:
    turn = "timeline.dark" if dark else "timeline.page"
    here = query.value(page.number)
    look = Button("Light", "timeline.page", here) if dark else Button("Dark", "timeline.dark", here)
    ways = (look, Button("For print", "timeline.print", here))
    if page.pages == 1:
        return ways
    return (
        Button("◀ Earlier", turn, query.value(page.number - 1), enabled=page.number > 1),
        Button("Later ▶", turn, query.value(page.number + 1), enabled=page.number < page.pages),
        *ways,
    )


def _not_found(ctx: Context, query: TimelineQuery) -> Reply:
    if not ctx.corpus.notes.events:
        return no_events_reply()
    about = query._replace(first=None, last=None)
    others = about.events(ctx)
    of = "of" if isinstance(query.topic, Person) else "with" if isinstance(query.topic, NotedWords) else "on the topic"
    kind = f"No event {of} {query.topic.name}" if query.topic else "No event"
    said = Prose(f"{kind} begins between those dates." if others else f"{kind} is known.")
    button = Button("The whole timeline", "timeline.page", (about if others else TimelineQuery()).value(1))
    return Reply("No events", (said,), (button,), private=True)


def _topic(ctx: Context, typed: str, query: TimelineQuery) -> Topic | Person | NotedWords:
    """The topic of a name, or the person, party or body that has a part in events, or words such as a place's name."""
    if place := renamed_place(typed):
        typed = place.typed
    topic = ctx.corpus.finder.topic(typed)
    people = [one for one in ctx.corpus.finder.people(typed) if events_of(ctx.corpus, one)]
    if len(people) == 1 and ctx.corpus.finder.has_person(typed):
        own = map(folded, (people[0].name, *people[0].aliases))
        return topic if topic and folded(topic.name) in own else people[0]
    if found := topic or noted_words(ctx.corpus, typed):
        return found
    if subject := subject_of_events(typed):
        return _topic(ctx, subject, query)
    near: list[Topic | Person] = [*people[:_PEOPLE], *ctx.corpus.finder.near_topics(typed)[:5]]
    buttons = [Button(shortened(one.name, 80), "timeline.page", query._replace(topic=one).value(1)) for one in near]
    help_ = "Did you mean:" if buttons else incomplete_date(typed) or "/compare lists topics."
    raise Mistyped(f"I don't know the topic “{shortened(typed, 60)}”. {help_}", (*buttons, *texts_button(typed)))


def _read_range(typed: str, today: date | None) -> tuple[DateRange, str]:
    """The time at the beginning of what was typed, and what is typed after it. Two dates in a row are a range."""
    first, rest = leading_dates(typed, today)
    if first is None or (rest and _lacks_year(first)):
        return DateRange(), typed
    last, after = leading_dates(rest, today)
    if isinstance(first, DateQuery) and isinstance(last, DateQuery) and not _lacks_year(last):
        return _from_to(_as_range(first), _as_range(last)), after
    return _as_range(first), rest


def _with_dates_behind(ctx: Context, typed: str) -> tuple[DateRange, str, str] | None:
    """The time at the end of what was typed, nothing, and the topic before it: "peace 1917", "peace since May 1917"."""
    words = typed.split()
    for start in range(1, min(len(words), _TOPIC_WORDS + 1)):
        behind = " ".join(words[start:])
        counted = read_event_time(behind, ctx.corpus.finder)
        dates = counted.dates if counted else read_dates(behind)
        if dates and not _lacks_year(dates):
            return _as_range(dates), "", " ".join(words[:start])
    return None


def _uncounted(ctx: Context, typed: str) -> tuple[str, str]:
    """The topic in what was typed, and that from which a time cannot be counted, if any: "Trotsky before the war"."""
    if start := start_of_no_event(typed, ctx.corpus.finder):
        return start, start
    words = [] if ctx.corpus.finder.topic(typed) else typed.split()
    for end in range(1, min(len(words), _TOPIC_WORDS + 1)):
        if start := start_of_no_event(" ".join(words[end:]), ctx.corpus.finder):
            return " ".join(words[:end]), start
    return typed, ""


def _from_to(first: DateRange, last: DateRange) -> DateRange:
    """From the beginning of one time to the end of another, or the other way round."""
    joined = DateRange(first.first, last.last)
    starts, ends = joined.as_interval()
    return joined if starts <= ends else DateRange(last.first, first.last)


def _lacks_year(dates: Dates) -> bool:
    return isinstance(dates, DateQuery) and dates.year is None


def _read(typed: str) -> Dates:
    if dates := read_dates(typed):
        return dates
    raise Mistyped(f"I can't read “{shortened(typed, 60)}” as a date. {_FORMS}")


def _as_range(dates: Dates) -> DateRange:
    if _lacks_year(dates):
        raise Mistyped(f"Which year is {dates}? {_FORMS}")
    return DateRange(dates, dates) if isinstance(dates, DateQuery) else dates


def _end(value: str) -> DateQuery | None:
    """One end of the time that a button carries."""
    return _as_range(_read(value)).first if value else None


def _date_value(query: DateQuery) -> str:
    numbers = [part for part in (query.year, query.month, query.day) if part is not None]
    style = {"julian": " os", "gregorian": " ns", None: ""}[query.calendar]
    return "-".join(f"{part:02}" for part in numbers) + style
