"""Look up what happened, and when, in both calendars."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from bot.core.command import action, alone, command
from bot.core.context import Context
from bot.core.errors import Mistyped, UserError
from bot.core.reply import AnyPart, Button, Choice, Note, Prose, Reply
from cogs.event.dated_subjects import events_at_time_reply
from cogs.event.elapsed_time import elapsed_time_reply, uncounted_remark, unknown_start_error
from cogs.event.replies import PAGE, event_list, event_parts, event_reply, with_remark
from cogs.shared.asker import dates_of, refuse_exclusion
from cogs.shared.dates import event_line, incomplete_date, long_date, no_events_reply, refuse_years_before_christ
from cogs.shared.foreign_names import question_in_english, with_latin_names
from cogs.shared.lists import MENU, page_number, shortened
from cogs.shared.other_words import texts_button, without_markup
from cogs.shared.several_questions import one_at_a_time, several_questions
from cogs.shared.unfinished import refuse_unfinished
from corpus.calendar import Calendar, DateQuery
from corpus.corpus import Corpus
from corpus.date_reading import Dates, YearMissing
from corpus.examples import Example
from corpus.language.cyrillic import has_cyrillic
from corpus.language.phrasing import as_typed, capitalized, or_list, plural
from corpus.language.small_words import FOREIGN_SMALL_WORDS
from corpus.language.tokens import content_words, folded
from corpus.misspelt_months import month_meant
from corpus.names.event_questions import alternatives, asks_for_all, length_question, order_question, subject_of_events
from corpus.names.event_spans import EventTime
from corpus.names.event_times import read_event_time, start_of_no_event, unfinished_side, unknown_start
from corpus.names.foreign_times import time_in_english
from corpus.names.life_questions import life_event, life_question, violent_death
from corpus.names.renamed_places import renamed_place
from corpus.note_model import Event, Person
from corpus.style_conversion import style_conversion

_WORDS = 8
"""Words among which somebody's name is looked for."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(shortened(event_line(one)), one.id) for one in ctx.corpus.finder.suggest_events(typed, MENU)]


@alone("All events")
@command(
    "event",
    also="events date when history",
    example=Example.DATE,
    suggest={"event": _suggest},
    event="A name, a person, a topic or a date, in either calendar",
)
async def event(ctx: Context, event: str = "") -> Reply:
    """Look up what happened, and what each text says about it.

    Dates may be written in any usual form: 14 July 1889, 1889-07-14, Jul 14, May, 2 (14) July 1889,
    1889 to 1892, until 1889, the 1880s, on this day. They may be counted from an event: the day before
    the congress.
    """
    return await _answer(ctx, event, 1)


@action("event.show", replaces=True)
async def show_event(ctx: Context, value: str) -> Reply:
    """Another event in place of the one shown."""
    for one in ctx.corpus.notes.events:
        if one.id == value:
            return event_reply(ctx, one)
    raise UserError("That event is gone. /event lists them all.")


@action("event.list", replaces=True)
async def list_page(ctx: Context, value: str) -> Reply:
    """Another page of a list: the value is its number, and what was asked for."""
    number, _, typed = value.partition(" ")
    if not page_number(number):
        raise UserError("That button is from an older version of me. Please use /event again.")
    return await _answer(ctx, typed, int(number))


async def _answer(ctx: Context, typed: str, page: int) -> Reply:
    if not ctx.corpus.notes.events:
        return no_events_reply()
    typed = time_in_english(without_markup(typed).strip() or typed, ctx.corpus.finder)
    typed = _with_latin_names(ctx.corpus, question_in_english(ctx.corpus, typed))
    if not typed.strip() or asks_for_all(typed):
        return event_list("All events", ctx.corpus.notes.events, page, "")
    if event := _event_with_name(ctx.corpus, typed):
        return event_reply(ctx, event)
    refuse_unfinished(ctx.corpus, "event", typed)
    refuse_years_before_christ(ctx.corpus, typed)
    for reword in (renamed_place, style_conversion, month_meant):
        if other := reword(typed):
            return with_remark(await _answer(ctx, other.typed, page), other.remark)
    if reply := one_at_a_time(several_questions(typed), "event.list", lambda one: f"1 {one}"):
        return reply
    if reply := await _question_reply(ctx, typed, page):
        return reply
    try:
        asked = await dates_of(ctx, typed)
    except YearMissing as missing:
        return _in_any_year(ctx, missing, typed, page)
    if asked:
        return with_remark(_on_date(ctx, asked, typed, page), asked.remark)
    if side := unfinished_side(typed):
        raise _unfinished(ctx, side)
    refuse_exclusion(typed)
    if counted := read_event_time(typed, ctx.corpus.finder):
        return with_remark(_on_date(ctx, counted.dates, typed, page), _counted_from(counted))
    if start := unknown_start(typed, ctx.corpus.finder):
        if isinstance(start, str):
            raise unknown_start_error(ctx, as_typed(start, typed))
        return with_remark(event_reply(ctx, start), "The notes do not know this to the day, so I can't count from it.")
    if (start := start_of_no_event(typed, ctx.corpus.finder)) and (reply := _about_start(ctx, start, page)):
        return reply
    if reply := await events_at_time_reply(ctx, typed, page):
        return reply
    if incomplete_date(typed):
        return _not_found(ctx, typed)
    found = ctx.corpus.finder.events_about(typed)
    if len(found) == 1:
        return event_reply(ctx, found[0])
    if found:
        return event_list("Events", found, page, typed)
    person = life_question(typed, ctx.corpus.finder)
    if person:
        return _life_reply(ctx, person, typed)
    if reply := _mentioning(ctx, typed, page):
        return reply
    subject = subject_of_events(typed)
    return await _answer(ctx, subject, page) if subject else _not_found(ctx, typed)


def _about_start(ctx: Context, start: str, page: int) -> Reply | None:
    """The events with words that are a place, a person or several events, from which nothing can be counted."""
    finder = ctx.corpus.finder
    found = finder.events_about(start) or finder.events_mentioning(start)
    remark = uncounted_remark(ctx, start)
    if len(found) == 1:
        return with_remark(event_reply(ctx, found[0]), remark)
    return with_remark(event_list("Events", found, page, start), remark) if found else None


def _event_with_name(corpus: Corpus, typed: str) -> Event | None:
    """The only event of which this is a name, word for word; “after the October Revolution” is none."""
    event = corpus.finder.event_called(typed)
    return event if event and folded(typed) in map(folded, (event.name, *event.aliases)) else None


def _with_latin_names(corpus: Corpus, typed: str) -> str:
    """What was typed, with names in Cyrillic as the notes have them; the whole name of an event as it is."""
    is_name = has_cyrillic(typed) and corpus.finder.event_called(typed)
    return typed if is_name else with_latin_names(corpus, typed)


async def _question_reply(ctx: Context, typed: str, page: int) -> Reply | None:
    """The answer to how long ago or how long one was, which was first or last, or what was at one time or another."""
    if reply := await elapsed_time_reply(ctx, typed):
        return reply
    if asked := order_question(typed):
        if asked.choices:
            return _in_order(ctx, asked.choices, page, typed)
        return _first_or_last(ctx, await _events_among(ctx, asked.among), is_last=asked.is_last)
    if lasting := length_question(typed):
        one = ctx.corpus.finder.event_named(lasting)
        found = (one,) if one else ctx.corpus.finder.events_about(lasting)
        if len(found) > 1:
            return event_list("Which of these?", found, page, typed)
        return with_remark(event_reply(ctx, found[0]), _duration(found[0])) if found else None
    return await _alternatives_reply(ctx, typed, page)


async def _alternatives_reply(ctx: Context, typed: str, page: int) -> Reply | None:
    """What happened at one of several times, or each of several events; None where it is not all of one kind."""
    names = alternatives(typed)
    times = [await dates_of(ctx, one) for one in names]
    if not all(times):
        are_events = all(map(ctx.corpus.finder.event_named, names))
        return _in_order(ctx, names, page, typed) if are_events else None
    on_dates = {one.id for asked in times if asked for one in ctx.corpus.finder.event_dates.on(asked)}
    either = [one for one in ctx.corpus.notes.events if one.id in on_dates]
    title = f"Events, {or_list(map(str, times))}"
    under_way = {one.id for one in either if not any(asked.matches(one.date) for asked in times if asked)}
    return event_list(title, either, page, typed, under_way=under_way) if either else None


def _first_or_last(ctx: Context, events: Sequence[Event], *, is_last: bool) -> Reply | None:
    """The first event of several, or the last."""
    if not events:
        return None
    remark = f"The {'last' if is_last else 'first'} of {plural(len(events), 'event')} in the notes."
    return with_remark(event_reply(ctx, _outermost(events, -1 if is_last else 0)), remark if len(events) > 1 else "")


def _outermost(events: Sequence[Event], place: int) -> Event:
    """The event at an end of several: where it is only known to be of a year or month, one whose day in it is known."""
    one = events[place]
    known = one.date
    precise = [other for other in events if _precision(other) > _precision(one)]
    within = [other for other in precise if known.first <= other.date.first and other.date.last <= known.last]
    return _outermost(within, place) if within else one


def _precision(one: Event) -> int:
    return (one.date.month is not None) + (one.date.day is not None)


async def _events_among(ctx: Context, among: str) -> list[Event]:
    """The events that began at a time, or with a name, in order; all of them where neither is given."""
    events = ctx.corpus.notes.events
    if not among:
        return [*events]
    if asked := await dates_of(ctx, among):
        return [one for one in events if asked.matches(one.date)]
    about = ctx.corpus.finder.events_about(among)
    return [one for one in events if one in about]


def _in_order(ctx: Context, names: Sequence[str], page: int, typed: str) -> Reply | None:
    """Several events in the order in which they happened, and which of them are not known."""
    known = {name: one for name in names if (one := ctx.corpus.finder.event_named(name))}
    found = [one for one in ctx.corpus.notes.events if one in known.values()]
    unknown = or_list(f"“{shortened(name, 60)}”" for name in names if name not in known)
    remark = f"No event found for {unknown}." if unknown else ""
    return with_remark(event_list("In order, earliest first", found, page, typed), remark) if found else None


def _duration(one: Event) -> str:
    """How long an event was, as far as the notes say."""
    if one.until is None:
        return "The notes give one date for it, and do not say how long it was."
    if one.date.day and one.until.day:
        days = (one.until.last - one.date.first).days + 1
        return f"{plural(days, 'day')}, the first and the last included."
    return "The notes give no days for its beginning and its end, so I can't say exactly how long it was."


def _unfinished(ctx: Context, side: str) -> Mistyped:
    """The error for a time that breaks off, as in "the day before"."""
    example = ctx.corpus.example(Example.DATE)
    as_in = f"an event or a date, as in: {side} {example}" if example else "an event or a date"
    missing = "two events or dates" if side in ("from", "between") else as_in
    return Mistyped(f"{capitalized(side)} what? Please add {missing}.")


def _in_any_year(ctx: Context, missing: YearMissing, typed: str, page: int) -> Reply:
    """The events between two days of any year."""
    found = ctx.corpus.finder.event_dates.in_any_year(missing)
    if not found:
        raise missing
    return event_list(f"Events, {missing.name} of any year", found, page, typed)


def _counted_from(counted: EventTime) -> str:
    """What a time is counted from. A year or a month that is counted from a date needs no more than its own title."""
    known = [f"{one.name}, {long_date(one.date, one.until)}" for one in counted.events]
    return f"Counted from: {'; '.join(known) or counted.date}."


def _life_reply(ctx: Context, person: Person, typed: str) -> Reply:
    """The death that is asked for as a killing, or the years of a person where no event is their birth or death."""
    if one := life_event(person, typed, ctx.corpus.finder):
        remark = "No event has this name. This is the death of the same person:" if violent_death(typed) else ""
        return with_remark(event_reply(ctx, one), remark)
    none = Prose("There is no event for this, but the editors know the years.")
    years = Note(f"{person.name}, {person.life.replace('-', '–')}.")
    return Reply(person.name, (none, years), (Button("Who this is", "who.show", person.id),))


def _mentioning(ctx: Context, typed: str, page: int) -> Reply | None:
    """Events that have the words in their notes or passages, where none has them as its name; None where none has."""
    found = ctx.corpus.finder.events_mentioning(typed)
    if len(found) == 1:
        reply = event_reply(ctx, found[0])
        said = Prose("No event has this name. This one has the words in its notes or passages:")
        return structs.replace(reply, parts=(said, *reply.parts))
    return event_list("Events with these words", found, page, typed) if found else None


def _on_date(ctx: Context, asked: Dates, typed: str, page: int) -> Reply:
    found = ctx.corpus.finder.event_dates.on(asked)
    lead = (asked.calendar if isinstance(asked, DateQuery) else None) or "gregorian"
    if not found:
        return _nearest_reply(ctx, asked, lead)
    if len(found) == 1:
        reply = event_reply(ctx, found[0])
        begins_then = asked.matches(found[0].date)
        return reply if begins_then else with_remark(reply, f"No event begins then ({asked}). This was under way.")
    under_way = {one.id for one in found if not asked.matches(one.date)}
    return event_list(f"Events, {asked}", found, page, typed, lead, under_way)


def _nearest_reply(ctx: Context, asked: Dates, lead: Calendar) -> Reply:
    """What went on on a date on which nothing began or ended, and what was before it and after it."""
    lasting = sorted(ctx.corpus.finder.event_dates.during(asked), key=lambda event: event.date.first)
    near = [one for one in ctx.corpus.finder.event_dates.nearest(asked) if one and one not in lasting]
    latest = f" (the last {PAGE} of {len(lasting)})" if len(lasting) > PAGE else ""
    under_way = _introduced(f"Nothing begins or ends then. Under way{latest}:", lasting[-PAGE:], lead)
    closest = _introduced("Closest:" if lasting else "Nothing on that date. Closest:", near, lead)
    # The legend of the editors' mark is once, below all dates.
    parts = *(one for one in under_way if one not in closest), *closest
    return Reply(f"{asked}: no events", parts or (Prose("The texts have no events."),), private=True)


def _introduced(words: str, events: Sequence[Event], lead: Calendar) -> tuple[AnyPart, ...]:
    return (Prose(words), *event_parts(events, lead)) if events else ()


def _not_found(ctx: Context, typed: str) -> Reply:
    missing = incomplete_date(typed)
    near = () if missing else ctx.corpus.finder.near_events(typed)
    none = f"No event found for “{shortened(typed, 60)}”."
    if has_cyrillic(typed):  # some of it is not as it was typed
        none = "No event found. I know dates, names and plain questions in Russian, and anything else in English."
    said = Prose(" ".join(filter(None, (none, missing, "Did you mean:" if near else ""))))
    instead = event_parts(near) if near else (Prose("/event without anything lists all events."),)
    words = [one.word for one in content_words(typed) if one.word not in FOREIGN_SMALL_WORDS]
    named = [one for word in words[:_WORDS] for one in ctx.corpus.finder.people(word)]
    people = [one for one in dict.fromkeys(named) if any(one.id in event.concerns for event in ctx.corpus.notes.events)]
    ways = (Button(f"Events of {shortened(one.name, 50)}", "who.events", f"{one.id} 1") for one in people[:2])
    return Reply("No event found", (said, *instead), (*ways, *texts_button(typed)), private=True)
