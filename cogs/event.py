"""Look up what happened, and when, in both calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Note, Prose, Reply
from cogs.shared.asker import today
from cogs.shared.lists import MENU, shortened
from cogs.shared.quotations import no_mention, quotes, text_heading
from corpus.date_reading import Dates, read_dates
from corpus.model import Event

_CALENDARS = {"julian": "Old Style", "gregorian": "New Style"}


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [event_choice(event) for event in ctx.corpus.finder.suggest_events(typed, MENU)]


@command(
    "event",
    example="20 August 1940",
    suggest={"event": _suggest},
    event="A name, a person, a topic or a date, in either calendar",
)
async def event(ctx: Context, event: str = "") -> Reply:
    """Look up what happened, and what each text says about it.

    Dates may be written in any usual form: 20 August 1940, 1940-08-20, Aug 20, May, 25 October (7 November) 1917,
    1917 to 1920, until 1917, the 1920s, on this day.
    """
    if not event:
        return _event_list("All events", ctx.corpus.notes.events)
    if asked := read_dates(event) or read_dates(event, await today(ctx)):
        return _with_remark(_events_reply(ctx, asked), asked.remark)
    found = ctx.corpus.finder.events(event)
    return _event_or_list(ctx, found) if found else _not_found(ctx, event)


@action("event.show", replaces=True)
async def show_event(ctx: Context, value: str) -> Reply:
    """Another event in place of the one shown."""
    for one in ctx.corpus.notes.events:
        if one.id == value:
            return event_reply(ctx, one)
    raise UserError("I no longer have that event. /event lists those I know.")


def event_reply(ctx: Context, one: Event) -> Reply:
    """An event with its dates, what each text says of it, what the editors add, and the ways to its neighbours."""
    parts: list[AnyPart] = [Prose(_dates(one)), *_passages_by_text(ctx, one)]
    names = {person.id: person.name for person in ctx.corpus.notes.people}
    concerned = f"People concerned: {', '.join(names[person] for person in one.concerns)}." if one.concerns else ""
    if added := " ".join(filter(None, (one.note, concerned))):
        parts.append(Note(added))
    return Reply(one.name, tuple(parts), _neighbour_buttons(ctx, one))


def date_range(one: Event) -> str:
    """An event's date in both calendars, its end included where it took longer."""
    return f"{one.date.both()} to {one.until.both()}" if one.until else one.date.both()


def event_line(one: Event) -> str:
    """An event as a line of a list, in which dates of both calendars stand side by side."""
    return f"{one.date.styled()}: {one.name}"


def _dates(one: Event) -> str:
    calendar = f", in the {_CALENDARS[one.date.calendar]}" if one.date.day else ""
    by = {
        "text": f"the text's own{calendar}",
        "heading": f"that of the text's heading{calendar}",
        "editors": "the editors': the texts do not give it",
    }
    return f"{date_range(one)}. The date is {by[one.dated_by]}."


def _passages_by_text(ctx: Context, one: Event) -> Iterator[AnyPart]:
    for text in ctx.corpus.texts.values():
        yield text_heading(text)
        references = [reference for reference in one.references if reference.text == text.id]
        for reference in references:
            yield from quotes(ctx.corpus, reference)
        if not references:
            yield no_mention(text)


def _neighbour_buttons(ctx: Context, one: Event) -> tuple[Button, ...]:
    events = ctx.corpus.notes.events
    place = events.index(one)
    before = events[place - 1].id if place else ""
    after = events[place + 1].id if place + 1 < len(events) else ""
    return (
        Button("The event before", "event.show", before, enabled=bool(before)),
        Button("The event after", "event.show", after, enabled=bool(after)),
    )


def _event_list(title: str, found: Sequence[Event]) -> Reply:
    lines = tuple(map(event_line, found))
    menus = tuple(
        Menu("Choose an event", "event.show", tuple(event_choice(one) for one in found[start : start + MENU]))
        for start in range(0, len(found), MENU)
    )
    return Reply(title, (Items(lines), *menus))


def event_choice(one: Event) -> Choice:
    return Choice(shortened(event_line(one)), one.id)


def _events_reply(ctx: Context, asked: Dates) -> Reply:
    found = ctx.corpus.finder.events_on(asked)
    return _event_or_list(ctx, found) if found else _nearest_reply(ctx, asked)


def _event_or_list(ctx: Context, found: Sequence[Event]) -> Reply:
    return event_reply(ctx, found[0]) if len(found) == 1 else _event_list(f"{len(found)} events", found)


def _with_remark(reply: Reply, remark: str) -> Reply:
    """A reply that begins with what was noticed about the date that was typed."""
    return structs.replace(reply, parts=(Prose(remark), *reply.parts)) if remark else reply


def _nearest_reply(ctx: Context, asked: Dates) -> Reply:
    before, after = ctx.corpus.finder.nearest_events(asked)
    near = [one for one in (before, after) if one]
    shown = _event_list("Nothing on that date", near)
    return Reply(shown.title, (Prose("The texts tell of nothing then. The nearest events:"), *shown.parts))


def _not_found(ctx: Context, typed: str) -> Reply:
    near = ctx.corpus.finder.suggest_events(typed, 5)
    said = Prose(f"The texts tell of no such event: {shortened(typed)}")
    if not near:
        return Reply("No such event", (said, Prose("/event alone lists all events.")))
    return Reply("No such event", (said, Prose("Perhaps one of these?"), *_event_list("", near).parts))
