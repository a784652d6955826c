"""See what happened in order of time, in words and as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from msgspec import structs

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Button, Choice, Items, Menu, Picture, Prose, Reply
from cogs.event import date_range, event_line
from cogs.shared.drawing.draw import render_png
from cogs.shared.lists import MENU, shortened
from cogs.timeline.labels import span
from cogs.timeline.picture import MOST, timeline
from corpus.calendar import LAST_OLD_STYLE_DAY, DateQuery, HistoricalDate
from corpus.date_reading import read_date
from corpus.model import Event, Topic

_FORMS = "Write a date like 24 October 1917, 1917-10-24, October 1917 or 1917."
_BETWEEN = {"from", "since", "between", "to", "until", "till", "and", "-", "–", "—"}
_LONGEST_DATE = 8
"""Words that a date has at most."""


class TimelineQuery(NamedTuple):
    """What a timeline is to show: events that begin between two dates, of a topic."""

    first: DateQuery | None = None
    last: DateQuery | None = None
    topic: Topic | None = None

    def value(self, page: int) -> str:
        """The same for a button, short enough for every platform."""
        ends = (_date_value(end) if end else "" for end in (self.first, self.last))
        return "|".join([*ends, self.topic.id if self.topic else "", str(page)])

    def has(self, one: Event) -> bool:
        """Whether an event begins within the dates. One that is dated too vaguely to tell does not."""
        starts = date.min if self.first is None else _days(self.first)[0]
        ends = date.max if self.last is None else _days(self.last)[1]
        about = self.topic is None or self.topic.id in one.topics
        return about and starts <= one.date.first and one.date.last <= ends


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]


@command(
    "timeline",
    example="March 1917 to 9 November 1917",
    suggest={"topic": _suggest},
    from_="The first date, such as October 1917",
    to="The last date",
    topic="Only events of this topic",
)
async def timeline_(ctx: Context, from_: str = "", to: str = "", topic: str = "") -> Reply:
    """List events in order of time, with a picture for a slide.

    Dates may be written in any usual form. Up to January 1918 they are taken in either calendar, later in the New
    Style, unless you add OS or NS. Without dates you get everything.
    """
    first, last, rest = _read_range(from_)
    if rest and topic:
        raise UserError(f"I cannot read “{shortened(rest, 60)}” as a date. {_FORMS}")
    last = _read(to) if to else last
    if first and last and _days(first)[0] > _days(last)[1]:
        first, last = last, first
    query = TimelineQuery(first, last)
    wanted = topic or rest
    return await timeline_reply(ctx, query._replace(topic=_topic(ctx, wanted, query)) if wanted else query, 1)


@action("timeline.page", replaces=True)
async def timeline_page(ctx: Context, value: str) -> Reply:
    """Another page."""
    topics = {topic.id: topic for topic in ctx.corpus.notes.topics}
    match value.split("|"):
        case [first, last, topic, page] if (not topic or topic in topics) and re.fullmatch("[0-9]{1,4}", page):
            query = TimelineQuery(_read(first) if first else None, _read(last) if last else None, topics.get(topic))
            return await timeline_reply(ctx, query, int(page))
    raise UserError("That button belongs to a timeline I no longer have. /timeline makes a new one.")


async def timeline_reply(ctx: Context, query: TimelineQuery, page: int) -> Reply:
    """One page of a timeline: its events in a picture and in words."""
    found = [one for one in ctx.corpus.notes.events if query.has(one)]
    if not found:
        return _not_found(ctx, query)
    pages = ceil(len(found) / MOST)
    page = min(max(page, 1), pages)
    # As many on each page as on the others, so that no last one holds a single event.
    events = found[(page - 1) * len(found) // pages : page * len(found) // pages]
    lines = tuple(_line(one) for one in events)
    title, under = _titles(query, events, page, pages)
    data = await render_png(lambda: timeline(title, under, events))
    heading = f"Timeline with both calendars: {', '.join(filter(None, (title, under)))}"
    alt = "\n".join(f"{line}." for line in (heading, *lines))
    menu = Menu("Tell me about one of them", "event.show", tuple(map(_choice, events)))
    name = f"Timeline: {query.topic.name}" if query.topic else "Timeline"
    return Reply(name, (Picture("timeline.png", data, alt), Items(lines), menu), _page_buttons(query, page, pages))


def _titles(query: TimelineQuery, events: Sequence[Event], page: int, pages: int) -> tuple[str, str]:
    period = _period(min(one.date.first for one in events), max((one.until or one.date).last for one in events))
    part = f"part {page} of {pages}" if pages > 1 else ""
    if query.topic is None:
        return period, part.capitalize()
    return query.topic.name, ", ".join(filter(None, (period, part)))


def _period(first: date, last: date) -> str:
    """A time in words, New Style, no more precisely than a title needs."""
    if first.year != last.year:
        return span(HistoricalDate(first.year), HistoricalDate(last.year))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    if first.month != last.month:
        return span(HistoricalDate(first.year, first.month), HistoricalDate(last.year, last.month))
    return span(HistoricalDate(first.year, first.month, first.day), HistoricalDate(last.year, last.month, last.day))


def _line(one: Event) -> str:
    by = " (the editors' date)" if one.dated_by == "editors" else ""
    return f"{date_range(one)}: {one.name}{by}"


def _choice(one: Event) -> Choice:
    return Choice(shortened(event_line(one)), one.id)


def _page_buttons(query: TimelineQuery, page: int, pages: int) -> tuple[Button, ...]:
    if pages == 1:
        return ()
    return (
        Button("Earlier", "timeline.page", query.value(page - 1), enabled=page > 1),
        Button("Later", "timeline.page", query.value(page + 1), enabled=page < pages),
    )


def _not_found(ctx: Context, query: TimelineQuery) -> Reply:
    about = query._replace(first=None, last=None)
    others = [one for one in ctx.corpus.notes.events if about.has(one)]
    said = Prose("I know no event that begins between those dates." if others else "I know no event of this kind.")
    button = Button("The whole timeline", "timeline.page", (about if others else TimelineQuery()).value(1))
    return Reply("No such events", (said,), (button,))


def _topic(ctx: Context, typed: str, query: TimelineQuery) -> Topic:
    if found := ctx.corpus.finder.topic(typed):
        return found
    near = (ctx.corpus.finder.near_topics(typed) or ctx.corpus.notes.topics)[:5]
    buttons = [Button(shortened(one.name, 80), "timeline.page", query._replace(topic=one).value(1)) for one in near]
    raise UserError(f"I know no topic “{shortened(typed, 60)}”, and it is no date. {_FORMS}", buttons)


def _read_range(typed: str) -> tuple[DateQuery | None, DateQuery | None, str]:
    """The two dates at the beginning of what was typed, and what is typed after them."""
    words = re.sub(r"(?<=\d{4})[-–—](?=\d{4})", " ", typed).split()
    first, words = _leading_date(words)
    last, words = _leading_date(words)
    return first, last, " ".join(words)


def _leading_date(words: list[str]) -> tuple[DateQuery | None, list[str]]:
    while words and words[0].casefold() in _BETWEEN:
        words = words[1:]
    for many in range(min(len(words), _LONGEST_DATE), 0, -1):
        if query := read_date(" ".join(words[:many]).rstrip(",;")):
            return _with_year(query), words[many:]
    return None, words


def _read(typed: str) -> DateQuery:
    if query := read_date(typed):
        return _with_year(query)
    raise UserError(f"I cannot read “{shortened(typed, 60)}” as a date. {_FORMS}")


def _with_year(query: DateQuery) -> DateQuery:
    if query.year is None:
        raise UserError(f"Of which year is {query}? {_FORMS}")
    return query


def _days(query: DateQuery) -> tuple[date, date]:
    """The first and the last day meant. Once Russia had left the Old Style, nobody means it without saying so."""
    later = structs.replace(query, calendar=query.calendar or "gregorian").as_interval()
    if later and later[0] > LAST_OLD_STYLE_DAY:
        return later
    return query.as_interval() or (date.min, date.max)


def _date_value(query: DateQuery) -> str:
    numbers = [part for part in (query.year, query.month, query.day) if part is not None]
    style = {"julian": " os", "gregorian": " ns", None: ""}[query.calendar]
    return "-".join(f"{part:02}" for part in numbers) + style
