"""Look up what happened, and when, in both calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Note, Prose, Reply
from cogs.shared.passages import MENU, quotes, shortened, text_heading
from corpus.calendar import DateQuery
from corpus.date_reading import read_date
from corpus.model import Event

_CALENDARS = {"julian": "Old Style", "gregorian": "New Style"}


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [_choice(event) for event in ctx.corpus.finder.suggest_events(typed, MENU)]


@command(
    "event",
    example="20 August 1940",
    suggest={"event": _suggest},
    event="A name, a person, a topic or a date, in either calendar",
)
async def event(ctx: Context, event: str = "") -> Reply:
    """Tell what happened and when, with what each text says of it.

    Dates may be written in any usual form: 20 August 1940, 1940-08-20, August 1940, 1917, Aug 20.
    """
    if not event:
        return _several("All events", ctx.corpus.notes.events)
    found = ctx.corpus.finder.events(event)
    if len(found) == 1:
        return told(ctx, found[0])
    if found:
        return _several(f"{len(found)} events", found)
    query = read_date(event)
    return _nothing_then(ctx, query) if query else _unknown(ctx, event)


@action("event.show", replaces=True)
async def show(ctx: Context, value: str) -> Reply:
    """Another event in place of the one shown."""
    for one in ctx.corpus.notes.events:
        if one.id == value:
            return told(ctx, one)
    raise UserError("I no longer have that event. /event lists those I know.")


def told(ctx: Context, one: Event) -> Reply:
    """An event with its dates, what each text says of it, what the editors add, and the ways to its neighbours."""
    parts: list[AnyPart] = [Prose(_dates(one)), *_what_texts_say(ctx, one)]
    names = {person.id: person.name for person in ctx.corpus.notes.people}
    concerned = f"People concerned: {', '.join(names[person] for person in one.concerns)}." if one.concerns else ""
    if added := " ".join(filter(None, (one.note, concerned))):
        parts.append(Note(added))
    return Reply(one.name, tuple(parts), _neighbours(ctx, one))


def when(one: Event) -> str:
    """An event's date in both calendars, its end included where it took longer."""
    return f"{one.date.both()} to {one.until.both()}" if one.until else one.date.both()


def listed(one: Event) -> str:
    """An event as a line of a list, in which dates of both calendars stand side by side."""
    return f"{one.date.styled()}: {one.name}"


def _dates(one: Event) -> str:
    calendar = f", in the {_CALENDARS[one.date.calendar]}" if one.date.day else ""
    by = {
        "text": f"the text's own{calendar}",
        "heading": f"that of the text's heading{calendar}",
        "editors": "the editors': the texts do not give it",
    }
    return f"{when(one)}. The date is {by[one.dated_by]}."


def _what_texts_say(ctx: Context, one: Event) -> Iterator[AnyPart]:
    for text in ctx.corpus.texts.values():
        yield text_heading(text)
        references = [reference for reference in one.references if reference.text == text.id]
        for reference in references:
            yield from quotes(ctx.corpus, reference)
        if not references:
            yield Prose(f"{text.name[0].upper()}{text.name[1:]} does not speak of this.")


def _neighbours(ctx: Context, one: Event) -> tuple[Button, ...]:
    events = ctx.corpus.notes.events
    place = events.index(one)
    before = events[place - 1].id if place else ""
    after = events[place + 1].id if place + 1 < len(events) else ""
    return (
        Button("The event before", "event.show", before, enabled=bool(before)),
        Button("The event after", "event.show", after, enabled=bool(after)),
    )


def _several(title: str, found: Sequence[Event]) -> Reply:
    lines = tuple(map(listed, found))
    menus = tuple(
        Menu("Choose an event", "event.show", tuple(_choice(one) for one in found[start : start + MENU]))
        for start in range(0, len(found), MENU)
    )
    return Reply(title, (Items(lines), *menus))


def _choice(one: Event) -> Choice:
    return Choice(shortened(listed(one)), one.id)


def _nothing_then(ctx: Context, query: DateQuery) -> Reply:
    before, after = ctx.corpus.finder.nearest_events(query)
    near = [one for one in (before, after) if one]
    shown = _several("Nothing on that date", near)
    return Reply(shown.title, (Prose("The texts tell of nothing then. The nearest events:"), *shown.parts))


def _unknown(ctx: Context, typed: str) -> Reply:
    near = ctx.corpus.finder.suggest_events(typed, 5)
    said = Prose(f"The texts tell of no such event: {shortened(typed)}")
    if not near:
        return Reply("No such event", (said, Prose("/event alone lists all events.")))
    return Reply("No such event", (said, Prose("Perhaps one of these?"), *_several("", near).parts))
