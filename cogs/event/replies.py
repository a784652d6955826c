"""Replies with events: one with its passages, and lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Choice, Menu, Note, Prose, Reply
from cogs.shared.dates import EDITORS_LEGEND, dates_with_origin, event_line
from cogs.shared.lists import fits_button, page_buttons, paginate
from cogs.shared.quotations import passages_by_text
from corpus.calendar import Calendar
from corpus.note_model import Event

PAGE = 10
"""Events that are listed at once."""


def event_reply(ctx: Context, one: Event) -> Reply:
    """An event: its dates, passages of each text, what the editors add, and buttons to its neighbours."""
    passages = passages_by_text(ctx.corpus, one.references, among=_annotated_texts(ctx))
    parts: list[AnyPart] = [Prose(dates_with_origin(one)), *passages]
    names = {person.id: person.name for person in ctx.corpus.notes.people}
    people = f"People: {', '.join(names[person] for person in one.concerns)}." if one.concerns else ""
    if added := " ".join(filter(None, (one.note, people))):
        parts.append(Note(added))
    return Reply(one.name, tuple(parts), _neighbour_buttons(ctx, one))


def _annotated_texts(ctx: Context) -> list[str]:
    """The texts in which the editors looked for events. Nobody knows of the others whether they mention one."""
    return [text for text in ctx.corpus.texts if text in ctx.corpus.finder.dated_texts]


def event_list(
    title: str,
    events: Sequence[Event],
    page: int,
    typed: str,
    lead: Calendar = "gregorian",
    under_way: frozenset[str] | set[str] = frozenset(),
) -> Reply:
    """A page of events as a list to choose from. `under_way` are the ids of those that began before."""
    shown = paginate(events, page, PAGE)
    return Reply(
        f"{title}: {shown.range or len(events)}",
        event_parts(shown.items, lead, under_way),
        page_buttons(shown, "event.list", lambda number: f"{number} {typed}".strip()) if fits_button(typed) else (),
    )


def event_parts(
    events: Sequence[Event], lead: Calendar = "gregorian", under_way: frozenset[str] | set[str] = frozenset()
) -> tuple[AnyPart, ...]:
    """Events as a listed menu, with the legend of the editors' mark where it is used."""
    marked = any(one.dated_by == "editors" for one in events)
    choices = tuple(event_choice(one, lead, started=one.id in under_way) for one in events)
    return (Menu("Choose an event", "event.show", choices, listed=True), *([Prose(EDITORS_LEGEND)] if marked else []))


def event_choice(one: Event, lead: Calendar = "gregorian", *, started: bool = False) -> Choice:
    """An event to pick."""
    return Choice(f"{event_line(one, lead)}{' (already under way)' if started else ''}", one.id)


def _neighbour_buttons(ctx: Context, one: Event) -> tuple[Button, ...]:
    events = ctx.corpus.notes.events
    place = events.index(one)
    before = events[place - 1].id if place else ""
    after = events[place + 1].id if place + 1 < len(events) else ""
    return (
        Button("◀ Event before", "event.show", before, enabled=bool(before)),
        Button("Event after ▶", "event.show", after, enabled=bool(after)),
    )


def with_remark(reply: Reply, remark: str) -> Reply:
    """A reply that begins with what was noticed about the date that was typed."""
    return structs.replace(reply, parts=(Prose(remark), *reply.parts)) if remark else reply
