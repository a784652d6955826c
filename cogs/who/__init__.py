"""Look up the people in the texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar, overload

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Note, Prose, Reply
from cogs.event.replies import event_parts, event_reply, with_remark
from cogs.shared.asker import refuse_exclusion
from cogs.shared.foreign_names import question_in_english
from cogs.shared.lists import MENU, Page, fits_button, page_buttons, page_number, paginate, shortened
from cogs.shared.other_words import without_markup, without_text_name
from cogs.shared.quotations import passage_choice, quotes
from cogs.shared.references import TextId
from cogs.shared.speakers import about_button
from cogs.shared.topics import events_of, note_scope
from cogs.shared.unfinished import refuse_unfinished
from cogs.who.nobody import nobody_reply, people_menu, person_choice
from cogs.who.speakers import speaker_reply
from corpus.examples import Example
from corpus.language.phrasing import and_list, capitalized, plural
from corpus.language.tokens import folded
from corpus.names.author_questions import author_question, words_question
from corpus.names.index import folded_words
from corpus.names.life_questions import killer_asked_for
from corpus.names.mentions import Company
from corpus.names.name_forms import are_titles, joint_names
from corpus.note_model import Event, Person
from corpus.reference import Reference

Item = TypeVar("Item")

PAGE = 10
"""Mentions, events or people that are listed at once."""
_EVERYBODY = frozenset(("all", "everybody", "everyone", "list", "people", "all people", "list all", "the people"))
"""What asks for the list of all people."""
BEST = 3
"""Passages that introduce a person."""
_VERB = re.compile(r"^(?:is|are|was|were)\s+(?=\S)", re.IGNORECASE)
"""How a question goes on that the command's name begins."""
_TITLE_WORDS = 5
"""Words among which somebody's office is looked for, with one of the name."""
_FEWEST_WORDS = 7
"""Words of a sentence that says something by itself."""
_LOOKED_AT = 50
"""Mentions in one text that are looked at for them."""
_SECONDS_MOSTLY = 0.002
"""Of a processor, to find who is seen with a person."""
_FEW = 3
"""Sentences that are named where people are mentioned together."""
_NOTE = 300
"""Characters of the editors' note that introduce a person."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [person_choice(ctx.corpus, person) for person in ctx.corpus.finder.suggest_people(typed, MENU)]


@command(
    "who",
    also="person people biography bio author speaker",
    example=Example.PERSON,
    suggest={"person": _suggest},
    person="A name, in any spelling",
)
async def who(ctx: Context, person: str) -> Reply:
    """Look up a person, and where the texts mention them.

    Titles, initials, earlier names and other spellings do not matter. You can also ask who said something:
    said “…”, whose words are …
    """
    person = question_in_english(ctx.corpus, without_markup(person).strip() or person)
    if folded(person).strip(" ?!.") in _EVERYBODY:
        return _people_list(ctx, ctx.corpus.notes.people, "", 1)
    refuse_unfinished(ctx.corpus, "who", person)
    if asked := words_question(person):
        reply = _author_reply(ctx, person) or await speaker_reply(ctx, person, asked)
        if reply:
            return reply
    refuse_exclusion(person if folded(person).startswith("who ") else f"who {person}")
    killer = killer_asked_for(person, ctx.corpus.finder)
    # In which texts somebody is mentioned is said in any case.
    alone = without_text_name(ctx.corpus, person, in_part=True)[0]
    found = (killer,) if killer else ctx.corpus.finder.people(alone) or _with_office(ctx, alone)
    if len(found) == 1:
        return person_reply(ctx, found[0])
    if found:
        return _people_list(ctx, found, person, 1)
    if several := _each_named(ctx, person):
        return _people_list(ctx, several, "", 1)
    return _author_reply(ctx, person) or await nobody_reply(ctx, _VERB.sub("", person))


def _each_named(ctx: Context, typed: str) -> list[Person]:
    """The people of “Lenin and Trotsky”, where each name is somebody's."""
    found = [ctx.corpus.finder.people(name) for name in joint_names(typed)[: PAGE + 1]]
    people = dict.fromkeys(one for some in found for one in some)
    return [*people] if all(found) and 1 < len(people) <= PAGE else []


def _with_office(ctx: Context, typed: str) -> tuple[Person, ...]:
    """The person of a surname with an office before it: “Prime Minister Kerensky”, and no “Tsar Alexander”."""
    words = typed.split()[:_TITLE_WORDS]
    if ctx.corpus.finder.names_other_ruler(folded_words(typed)):
        return ()
    for place in range(1, len(words)):
        name = " ".join(typed.split()[place:])
        is_titled = are_titles(words[:place], name) and ctx.corpus.finder.people_by_form.has_surname(name)
        if is_titled and (found := ctx.corpus.finder.people(name)):
            return found
    return ()


def _author_reply(ctx: Context, typed: str) -> Reply | None:
    """Who wrote a text, or each text where none is named; None where that was not asked."""
    asked = author_question(typed)
    if asked is None:
        return None
    if work := ctx.corpus.finder.event_called(asked):
        return with_remark(event_reply(ctx, work), "It isn't one of the texts. This is what the notes know of it:")
    named = TextId.named(asked, ctx.corpus)  # words of a title alone may be what somebody wrote about
    if asked and named is None:
        return None
    texts = [ctx.corpus.texts[named]] if named else [*ctx.corpus.texts.values()][:PAGE]
    people = ctx.corpus.finder.people(texts[0].author) if len(texts) == 1 and texts[0].author else ()
    if len(people) == 1:
        return person_reply(ctx, people[0])
    lines = (f"{shortened(capitalized(one.name), 60)}: {one.author or 'names no author'}" for one in texts)
    return Reply("Authors", (Items(tuple(lines)),), (Button("About the texts", "sources.page", "1"),))


@action("who.show", replaces=True)
async def show_person(ctx: Context, value: str) -> Reply:
    """Another person in place of the one shown."""
    return person_reply(ctx, _person_by_id(ctx, value))


@action("who.mentions", replaces=True)
async def show_mentions(ctx: Context, value: str) -> Reply:
    """A page of mentions: the value is the person's id and the page's number."""
    return _page_of(ctx, value, "who.mentions", lambda one: _MentionList(ctx, one), "mentions", _mention_parts)


@action("who.events", replaces=True)
async def show_events(ctx: Context, value: str) -> Reply:
    """A page of a person's events."""
    return _page_of(ctx, value, "who.events", lambda one: events_of(ctx.corpus, one), "events", _event_parts)


@action("who.company", replaces=True)
async def show_company(ctx: Context, value: str) -> Reply:
    """A page of the people who are mentioned in the same sentences."""
    together = ctx.corpus.mentions.together_with

    def page() -> Reply:
        return _page_of(ctx, value, "who.company", together, "mentioned together", _company_parts)

    # In a thread: for somebody of whom 100,000 sentences speak it takes a tenth of a second.
    return await ctx.corpus.run(page, _SECONDS_MOSTLY)


@action("who.names", replaces=True)
async def show_names(ctx: Context, value: str) -> Reply:
    """The other spellings and names of a person."""
    person = _person_by_id(ctx, value)
    return Reply(f"{person.name}: other spellings", (Prose(", ".join(person.aliases)),), (about_button(person),))


def person_reply(ctx: Context, person: Person) -> Reply:
    """A person at a glance: who they were, how often they are mentioned, three passages, and buttons to the rest."""
    mentions = ctx.corpus.mentions.count_by_text(person)
    events = events_of(ctx.corpus, person)
    life = f"{person.life.replace('-', '–')}. " if person.life else ""
    note = f"{life}{note_scope(ctx.corpus, person.note)}{person.note}"
    parts: list[AnyPart] = [Note(shortened(note, _NOTE))] if note else []
    parts.append(Prose(_counts(ctx, person, mentions, events)))
    for one in _best_passages(ctx, person, mentions):
        parts.extend(quotes(ctx.corpus, one))
    return Reply(person.name, tuple(parts), _person_buttons(ctx, person, mentions, events))


def _counts(ctx: Context, person: Person, mentions: Mapping[str, int], events: Sequence[Event]) -> str:
    """How often a person is mentioned, and by which texts."""
    counts = [f"{count:,} in {ctx.corpus.texts[text].name}" for text, count in mentions.items()]
    where = counts[0].partition(" ")[2] if len(counts) == 1 else ", ".join(counts)
    where = where if len(counts) <= 3 else f"in {len(counts)} texts"
    said = f"Mentioned in {plural(sum(mentions.values()), 'sentence')} ({where})"
    said = said if mentions else "Not mentioned in the texts"
    if events:
        said += f"; part of {plural(len(events), 'event')}"
    speaks = [text.name for text in ctx.corpus.texts.values() if text.speaker in (person.name, *person.aliases)]
    return f"{said}. The speaker of {and_list(speaks)}." if speaks else f"{said}."


def _best_passages(ctx: Context, person: Person, texts: Collection[str]) -> list[Reference]:
    """The sentences that facts and highlights cite most: one of each paragraph, and of each text before a second."""
    notes = ctx.corpus.notes
    cited = [*notes.highlights, *(one for fact in notes.facts for one in fact.references)]
    citations = Counter(one for reference in cited for one in ctx.corpus.each(reference))
    mentions = _some_mentions(ctx, person, texts, citations)

    def rank(one: Reference) -> tuple[bool, int]:
        return len(ctx.corpus.passages(one)[0].words.split()) < _FEWEST_WORDS, -citations[one]

    of_paragraphs: dict[Reference, Reference] = {}
    of_texts: dict[str, Reference] = {}
    for one in sorted(mentions, key=rank):
        of_paragraphs.setdefault(one.context, one)
        of_texts.setdefault(one.text, one)
    best = list(dict.fromkeys([*of_texts.values(), *of_paragraphs.values()]))[:BEST]
    return sorted(best, key=mentions.index)


def _some_mentions(
    ctx: Context, person: Person, texts: Collection[str], cited: Collection[Reference]
) -> list[Reference]:
    """Mentions among which the best are chosen, in order: those that are cited, and the first of the first texts."""
    mentions = ctx.corpus.mentions
    found = [one for text in [*texts][:BEST] for one in mentions.first_in_text(person, text, _LOOKED_AT)]
    found += [one for one in cited if person in mentions.among([one])]
    order = list(ctx.corpus.texts)
    return sorted(set(found), key=lambda one: (order.index(one.text), one.paragraph, one.first or 0))


class _MentionList(Sequence[Reference]):
    """All mentions of a person, of which only those are read that are asked for."""

    def __init__(self, ctx: Context, person: Person) -> None:
        self._mentions, self._person = ctx.corpus.mentions, person

    def __len__(self) -> int:
        return self._mentions.count(self._person)

    @overload
    def __getitem__(self, place: int) -> Reference: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Reference]: ...
    def __getitem__(self, place: int | slice) -> Reference | Sequence[Reference]:
        if isinstance(place, int):
            return self._mentions.of(self._person, place, 1)[0]
        start, end, _ = place.indices(len(self))
        return self._mentions.of(self._person, start, end - start)


def _person_buttons(
    ctx: Context, person: Person, mentions: Mapping[str, int], events: Sequence[Event]
) -> tuple[Button, ...]:
    ways = (
        ("Mentions", "who.mentions", f"{person.id} 1", sum(mentions.values()) > 1),
        ("Events", "who.events", f"{person.id} 1", bool(events)),
        ("Seen with", "who.company", f"{person.id} 1", ctx.corpus.mentions.is_with_others(person)),
        ("Other spellings", "who.names", person.id, bool(person.aliases)),
    )
    return tuple(Button(label, name, value) for label, name, value, is_useful in ways if is_useful)


def _page_of(
    ctx: Context,
    value: str,
    name: str,
    items: Callable[[Person], Sequence[Item]],
    what: str,
    parts: Callable[[Context, Page[Item]], tuple[AnyPart, ...]],
) -> Reply:
    identifier, _, number = value.rpartition(" ")
    if not page_number(number):
        raise UserError("That button is from an older version of me. Please use /who again.")
    person = _person_by_id(ctx, identifier)
    page = paginate(items(person), int(number), PAGE)
    title = f"{person.name}: {what}{f' {page.range}' if page.range else ''}"
    buttons = page_buttons(page, name, lambda number: f"{person.id} {number}")
    return Reply(title, parts(ctx, page), (about_button(person), *buttons))


def _mention_parts(ctx: Context, page: Page[Reference]) -> tuple[AnyPart, ...]:
    choices = tuple(passage_choice(ctx.corpus, one) for one in page.items)
    return (Menu("Show a passage", "quote.show", choices, listed=True),) if choices else ()


def _event_parts(ctx: Context, page: Page[Event]) -> tuple[AnyPart, ...]:
    return event_parts(page.items) if page.items else ()


def _company_parts(ctx: Context, page: Page[Company]) -> tuple[AnyPart, ...]:
    choices = tuple(_company_choice(ctx, one) for one in page.items)
    return (Menu("Who is that?", "who.show", choices, listed=True),) if choices else ()


def _company_choice(ctx: Context, one: Company) -> Choice:
    shared = ctx.corpus.mentions.shared(one.person, one.other, _FEW)
    more = ", …" if one.sentences > _FEW else ""
    where = f"{', '.join(map(str, shared))}{more}"
    return Choice(shortened(f"{one.other.name}: {plural(one.sentences, 'sentence')} ({where})"), one.other.id)


def _people_list(ctx: Context, people: Sequence[Person], typed: str, number: int) -> Reply:
    page = paginate(people, number, PAGE)
    title = f"{plural(len(people), 'person', 'people')}{f', {page.range}' if page.range else ''}"
    buttons = page_buttons(page, "who.list", lambda number: f"{number} {typed}") if fits_button(typed) else ()
    return Reply(title, (people_menu(ctx.corpus, page.items),), buttons)


@action("who.list", replaces=True)
async def list_people(ctx: Context, value: str) -> Reply:
    """Another page of people: the value is its number, and the name that was typed."""
    number, _, typed = value.partition(" ")
    people = ctx.corpus.finder.people(typed) if typed else ctx.corpus.notes.people
    return _people_list(ctx, people, typed, page_number(number) or 1)


def _person_by_id(ctx: Context, value: str) -> Person:
    for one in ctx.corpus.notes.people:
        if one.id == value:
            return one
    raise UserError("I don't know that person any more. Please use /who again.")
