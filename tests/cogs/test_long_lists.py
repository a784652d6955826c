"""Two thousand events, a thousand people: whatever is asked, the answer is one message on every platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from copy import copy
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context, Place
from bot.core.context import Person as Asker
from bot.core.reply import Reply
from bot.platforms.discord.modals import form_modal
from bot.platforms.discord.rendering import render as discord
from bot.platforms.slack.rendering import render as slack
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from cogs.shared.lists import MENU
from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.note_model import Event, Notes, Person
from corpus.search.index import SearchIndex
from tests.conftest import NOW
from tests.reach import ways_on

EVENTS, PEOPLE = 2_000, 1_000
LINES = (
    "/event", "/event 1917", "/event Trotsky", "/event Petrograd", "/event zebra", "/event 1900 to 1950",
    "/who Trotsky", "/who Smith", "/who John", "/who zzz", "/compare", "/compare coalition", "/quote", "/quote Trotsky",
    "/word Trotsky", "/check Smith said that our party held out its hand with the gunpowder still in it", "/fact",
    "/sources", "/help", "/timeline", "/read speech", "/card gunpowder", "/compare zzz", "/who person", "/event e",
    "/export", "/timeline 1917", "/privacy",
)  # fmt: skip
PRESSES = (
    ("event.list", "7"), ("event.list", "150 1917"), ("event.show", "event-77"), ("who.list", "3"),
    ("who.list", "75 Smith"), ("who.events", "trotsky 2"), ("who.mentions", "trotsky 2"), ("who.company", "trotsky 1"),
    ("who.show", "person-9"), ("compare.topics", "2"), ("compare.show", "coalition"), ("fact.another", ""),
    ("help.show", "quiz"),
)  # fmt: skip
LEADING_ON = {
    "event.show", "event.list", "who.show", "who.list", "who.events", "who.mentions", "who.company", "compare.show",
    "compare.topics", "quote.show", "quote.matches", "quote.context", "read.page", "word.page", "fact.another",
    "timeline.page", "sources.show", "help.show", "settings.lookups",
}  # fmt: skip


def crowded(notes: Notes) -> Notes:
    """The notes with many more events and people, all of them like those that are there."""
    events = list(notes.events)
    for n in range(EVENTS - len(events)):
        one: Event = notes.events[n % len(notes.events)]
        events.append(replace(one, id=f"event-{n}", name=f"{one.name}, as told the {n}th time", aliases=()))
    people = list(notes.people)
    for n in range(PEOPLE - len(people)):
        people.append(Person(f"person-{n}", f"John Smith {n}", (), f"The {n}th of this name.", ()))
    return replace(notes, events=tuple(events), people=tuple(people))


@pytest.fixture(scope="module")
def notes(shipped: Corpus) -> Notes:
    return crowded(shipped.notes)


@pytest.fixture(scope="module")
def full(shipped: Corpus, notes: Notes) -> Iterator[Corpus]:
    with closing(IndexFile(Path(shipped.file))) as index_file:
        made = Corpus(shipped.texts, notes, shipped.index, index_file)
        assert made.finder  # what it learns of so many names is kept for all that copy the corpus
        yield made


@pytest.fixture
async def app(full: Corpus, store: Store) -> AsyncIterator[App]:
    corpus = copy(full)
    corpus.index = await SearchIndex.open(full.file)
    made = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917))
    yield made
    await made.close()
    await corpus.close()


@pytest.fixture
def asker(app: App) -> Context:
    return app.context(Asker("1", "Ada", admin=True), Place("test", "general", "guild"))


def is_one_message(reply: Reply) -> bool:
    return not reply.incident and len(discord.render(reply, {})) == 1 and len(slack.render(reply)) == 1


async def test_no_answer_to_any_command_nor_behind_any_button_is_more_than_one_message(
    app: App, asker: Context
) -> None:
    """Each command bare and as its example; then one of each action that the answers lead to, and so on."""
    examples = [line for one in app.commands.values() for line in (f"/{one.name}", one.line_in(app.corpus))]
    waiting = [(line, await answer_line(app, line, asker)) for line in dict.fromkeys((*examples, *LINES))]
    waiting += [(f"{name} {value}", await app.act(name, value, asker)) for name, value in PRESSES]
    pressed: set[str] = set()
    while waiting:
        asked, reply = waiting.pop()
        assert is_one_message(reply), asked
        for name, value in ways_on(reply):
            if name not in pressed and name in app.actions:
                pressed.add(name)
                waiting.append((f"{name} {value}", await app.act(name, value, asker)))
    assert pressed >= LEADING_ON


async def test_no_completion_nor_form_is_longer_than_a_platform_shows(app: App, asker: Context) -> None:
    for command in app.commands.values():
        for one in command.parameters:
            for typed in ("", "Smith") if one.suggests else ():
                assert len(await app.suggest(command.name, one.name, typed, asker)) <= MENU, (command.name, typed)
        form = await app.form(command.name, {}, asker)
        if isinstance(form, Reply):
            assert is_one_message(form), command.name
        else:
            form_modal(form, app.corpus)
