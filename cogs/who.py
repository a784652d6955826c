"""Look up the people in the texts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Note, Prose, Reply
from cogs.event import event_line
from cogs.shared.lists import MENU, capitalized, shortened
from cogs.shared.quotations import passage_choice, passage_menu, text_heading
from corpus.model import Person, Text
from corpus.reference import Reference

PAGE = 20
"""Mentions that are listed at once."""
BESIDE = 6
"""People listed with whom a person appears."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [_person_choice(person) for person in ctx.corpus.finder.suggest_people(typed, MENU)]


@command("who", example="Comrade Avilov", suggest={"person": _suggest}, person="A name, in any spelling")
async def who(ctx: Context, person: str) -> Reply:
    """Look up a person, and where the texts mention them.

    Titles, initials and other spellings do not matter: Bronstein is Trotsky, and Avksentyev is Avksentiev.
    """
    found = ctx.corpus.finder.people(person)
    if len(found) == 1:
        return person_reply(ctx, found[0])
    if found:
        return Reply(
            f"{len(found)} people", (Items(tuple(one.name for one in found)), *_people_menus("Choose one", found))
        )
    return await _not_found(ctx, person)


@action("who.show", replaces=True)
async def show_person(ctx: Context, value: str) -> Reply:
    """Another person in place of the one shown."""
    return person_reply(ctx, _person_by_id(ctx, value))


@action("who.mentions", replaces=True)
async def show_mentions(ctx: Context, value: str) -> Reply:
    """Another page of mentions."""
    person, _, number = value.partition(" ")
    if not (number.isascii() and number.isdigit()):
        raise UserError("That button belongs to an older version of me. /who takes a name.")
    return _mentions_reply(ctx, _person_by_id(ctx, person), int(number[:6]))


def person_reply(ctx: Context, person: Person) -> Reply:
    """A person: the editors' note, names, every mention, events, and who else is spoken of there."""
    life = f"{person.life}. " if person.life else ""
    parts: list[AnyPart] = [Note(f"{life}{person.note}")] if life or person.note else []
    if person.aliases:
        parts.append(Prose(f"Also: {', '.join(person.aliases)}."))
    parts += _mentions_page(ctx, person, 1)
    parts += _event_parts(ctx, person)
    beside = ctx.corpus.mentions.together_with(person)[:BESIDE]
    if beside:
        names = "; ".join(f"{other.name} ({', '.join(map(str, shared[:3]))})" for other, shared in beside)
        parts.append(Prose(f"Spoken of in the same sentences: {names}."))
        parts += _people_menus("Who is that?", [other for other, _ in beside])
    return Reply(person.name, tuple(parts), _page_buttons(ctx, person, 1))


def _mentions_reply(ctx: Context, person: Person, number: int) -> Reply:
    last = _pages(ctx.corpus.mentions.of(person))
    number = min(max(number, 1), last)
    buttons = (
        Button(f"About {shortened(person.name, 60)}", "who.show", person.id),
        *_page_buttons(ctx, person, number),
    )
    return Reply(f"{person.name}: mentions, {number} of {last}", tuple(_mentions_page(ctx, person, number)), buttons)


def _mentions_page(ctx: Context, person: Person, number: int) -> list[AnyPart]:
    """A page of the passages that speak of a person, under their texts; a text that is silent is said to be."""
    every = ctx.corpus.mentions.of(person)
    shown = every[(number - 1) * PAGE : number * PAGE]
    parts: list[AnyPart] = []
    for text in ctx.corpus.texts.values():
        own = [one for one in shown if one.text == text.id]
        count = sum(one.text == text.id for one in every)
        if own:
            lines = Items(tuple(passage_choice(ctx.corpus, one).label for one in own))
            prompt = f"Read in {text.name}"
            parts += [text_heading(text), Prose(_count(count, len(own))), lines, *passage_menu(ctx.corpus, prompt, own)]
        elif not count:
            parts += [text_heading(text), Prose(_no_mentions(text, person))]
    return parts


def _no_mentions(text: Text, person: Person) -> str:
    if text.speaker in (person.name, *person.aliases):
        return f"{person.name} is the speaker."
    return f"{capitalized(text.name)} does not mention them."


def _count(count: int, shown: int) -> str:
    sentences = "One sentence" if count == 1 else f"{count} sentences"
    return sentences + ("." if shown == count else f", {shown} of them here.")


def _page_buttons(ctx: Context, person: Person, number: int) -> tuple[Button, ...]:
    last = _pages(ctx.corpus.mentions.of(person))
    if last < 2:
        return ()
    return (
        Button("Mentions before", "who.mentions", f"{person.id} {number - 1}", enabled=number > 1),
        Button("More mentions", "who.mentions", f"{person.id} {number + 1}", enabled=number < last),
    )


def _pages(every: Sequence[Reference]) -> int:
    return max(1, -(-len(every) // PAGE))


def _event_parts(ctx: Context, person: Person) -> list[AnyPart]:
    found = [event for event in ctx.corpus.notes.events if person.id in event.concerns]
    if not found:
        return []
    choices = [Choice(shortened(event_line(event)), event.id) for event in found]
    menus = [
        Menu("Choose an event", "event.show", tuple(choices[start : start + MENU]))
        for start in range(0, len(choices), MENU)
    ]
    return [Prose("Events:"), Items(tuple(map(event_line, found))), *menus]


async def _not_found(ctx: Context, typed: str) -> Reply:
    """Nobody of this name: people of a like name, or those of whom the passages speak that have the words."""
    like = list(ctx.corpus.finder.suggest_people(typed, 5))
    found = await ctx.corpus.index.search(typed)
    best = {hit.reference for hit in found.hits[:5]}
    spoken_of = [one for one in ctx.corpus.notes.people if best.intersection(ctx.corpus.mentions.of(one))]
    near = list(dict.fromkeys([*like, *sorted(spoken_of, key=lambda one: len(ctx.corpus.mentions.of(one)))]))[:5]
    said: list[AnyPart] = [Prose(f"The texts speak of nobody by this name: {shortened(typed)}")]
    if not near:
        everybody = ctx.corpus.notes.people
        said += [Prose("These are the people of whom they do speak."), *_people_menus("Choose one", everybody)]
        return Reply("Nobody by this name", tuple(said))
    said += [Prose("Perhaps one of these?"), Items(tuple(one.name for one in near)), *_people_menus("Choose one", near)]
    said += passage_menu(ctx.corpus, "Passages with these words", [hit.reference for hit in found.hits[:5]])
    return Reply("Nobody by this name", tuple(said))


def _person_by_id(ctx: Context, value: str) -> Person:
    for one in ctx.corpus.notes.people:
        if one.id == value:
            return one
    raise UserError("I no longer know that person. /who finds those I know.")


def _people_menus(prompt: str, people: Sequence[Person]) -> list[Menu]:
    return [
        Menu(prompt, "who.show", tuple(_person_choice(one) for one in people[start : start + MENU]))
        for start in range(0, len(people), MENU)
    ]


def _person_choice(person: Person) -> Choice:
    return Choice(shortened(person.name), person.id, shortened(person.note))
