"""Events of somebody, or with some words, at a time: `Lenin in 1917`, `1917 Petrograd`, `peace until 1917`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Final

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.event.replies import event_list, event_reply, with_remark
from cogs.shared.asker import dates_of
from cogs.shared.lists import shortened
from cogs.shared.topics import events_of
from corpus.date_reading import Dates, leading_dates
from corpus.language.alternation import phrases
from corpus.language.tokens import content_words
from corpus.names.event_synonyms import without_phase
from corpus.names.index import folded_words
from corpus.note_model import Event, Person

_WORDS: Final = 8
"""Words behind which a date is looked for."""
_BEFORE_DATES: Final = frozenset(
    phrases("in, on, at, during, from, between, since, until, before, after, today, im, am, seit, en, au, в, во, на")
)
"""What a date without figures begins with, behind a name."""


async def events_at_time_reply(ctx: Context, typed: str, page: int) -> Reply | None:
    """The events of somebody, or with some words, at a time; None where none are found, or none was asked for."""
    has_figures = any(map(str.isdecimal, typed))
    async for subject, asked in _subjects(ctx, typed, has_figures=has_figures):
        people = ctx.corpus.finder.people(subject)
        if len(people) == 1 and people[0].life:
            return _of_person(ctx, people[0], asked, typed, page)
        if has_figures and (reply := _with_words(ctx, subject, asked, typed, page)):
            return reply
    return None


async def _subjects(ctx: Context, typed: str, *, has_figures: bool) -> AsyncIterator[tuple[str, Dates]]:
    """Each subject that may be meant, without the words of questions, with the date behind it or before it."""
    words = typed.split()
    for start in _beginnings_of_dates(ctx, words, has_figures=has_figures):
        asked = await dates_of(ctx, " ".join(words[start:]))
        if asked and (subject := _subject(words[:start])):
            yield subject, asked
    asked, rest = leading_dates(typed) if has_figures else (None, typed)
    if asked and (subject := _subject(rest.split())):
        yield subject, asked


def _beginnings_of_dates(ctx: Context, words: Sequence[str], *, has_figures: bool) -> Iterator[int]:
    """Where a date may begin behind a subject: a quick test, as most names of events have none."""
    if has_figures or any(map(ctx.corpus.finder.may_name, words[:_WORDS])):
        for n, word in enumerate(words[1:_WORDS], 1):
            if has_figures or word.casefold() in _BEFORE_DATES:
                yield n


def _subject(words: Sequence[str]) -> str:
    """The words of a subject that name it; empty where they are all small ones or numbers."""
    subject = " ".join(without_phase(folded_words(" ".join(words))))
    return subject if any(not one.word.isdecimal() for one in content_words(subject)) else ""


def _of_person(ctx: Context, person: Person, asked: Dates, typed: str, page: int) -> Reply:
    found = [one for one in ctx.corpus.finder.event_dates.on(asked) if person.id in one.concerns]
    if found:
        return _list(f"Events of {person.name}, {asked}", found, asked, typed, page)
    none = Prose(f"No event of {person.name} is known for that time ({asked}).")
    every = (Button(f"Events of {shortened(person.name, 50)}", "who.events", f"{person.id} 1"),)
    return Reply("No event found", (none,), every if events_of(ctx.corpus, person) else (), private=True)


def _with_words(ctx: Context, subject: str, asked: Dates, typed: str, page: int) -> Reply | None:
    """The events of that time that are named so, then those that have the words in their notes or passages."""
    finder = ctx.corpus.finder
    called = finder.event_called(subject)
    named = {called.id} if called else {one.id for one in finder.events_about(subject)}
    then = finder.event_dates.on(asked)
    is_told = called or (len(content_words(subject)) > 1 and sum(one.id in named for one in then) == 1)
    about = named if is_told else named | {one.id for one in finder.events_mentioning(subject)}
    found = sorted((one for one in then if one.id in about), key=lambda one: one.id not in named)
    if len(found) != 1:
        return _list(f"Events with these words, {asked}", found, asked, typed, page) if found else None
    reply = event_reply(ctx, found[0])
    if found[0].id not in named:
        reply = with_remark(reply, "No event has this name. This one has the words in its notes or passages:")
    return reply if asked.matches(found[0].date) else with_remark(reply, f"No such event begins then ({asked}).")


def _list(title: str, found: Sequence[Event], asked: Dates, typed: str, page: int) -> Reply:
    under_way = {one.id for one in found if not asked.matches(one.date)}
    return event_list(title, found, page, typed, under_way=under_way)
