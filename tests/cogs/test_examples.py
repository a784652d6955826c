"""Examples of commands come from the corpus that is asked, whichever it is, and are answered by it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.library import owner_of
from bot.core.reply import Button, Code, Menu, Reply
from bot.core.translations import catalogue, languages
from bot.platforms.slack.inbound.steps import STEPS
from bot.platforms.slack.manifest import manifest
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.examples import Example
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests import golden
from tests.cogs.reading import lines
from tests.cogs.test_other_corpora import folder_of
from tests.conftest import NOW
from tests.corpus.sample import write_sample
from tests.corpus.source.readers import files

COMMANDS = [command for feature in FEATURES for command in feature.commands]
FROM_CORPUS = [command for command in COMMANDS if isinstance(command.example, Example)]
WORDS = [(word, command.name) for command in COMMANDS for word in command.also]
"""What people call a command who do not know its name."""
NO_CHANNEL = "Quizzes need a channel that I was added to. /quiz review lets you practise alone, right here."
NOT_IN_EXAMPLES = {
    "quote.words": "gunpowder",
    "quote.share": "speech 4.1",
    "quote.matches": "1 - soviet",
    "fact.show": "left-srs-split",
    "compare.words": "bread",
}
"""Actions whose buttons no example leads to, with a value."""
NEEDS_NOTES = {Example.TOPIC, Example.PERSON, Example.DATE, Example.DATES}


@pytest.fixture(params=["shipped", "notes of another kind", "no notes", "an added book alone"])
async def served(
    request: pytest.FixtureRequest, tmp_path: Path, app: App, ctx: Context, store: Store
) -> AsyncIterator[tuple[App, Context]]:
    """A bot over some corpus, and who asks it."""
    if request.param in ("shipped", "an added book alone"):
        if request.param != "shipped":
            assert app.library is not None
            book = propose(read_file("q.epub", files.epub()), About(id="queue"), file="q.epub")
            await app.library.add(owner_of(ctx.place), book, "Ada", NOW)
            await app.library.use(owner_of(ctx.place), ["queue"])
        yield app, ctx
        return
    made = folder_of if request.param == "no notes" else lambda folder, _: write_sample(folder)
    corpus = await Corpus.open(made(tmp_path / "corpus", 2), tmp_path / "cache")
    other = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917))
    yield other, other.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
    assert other.library is not None
    await other.library.close()
    await corpus.close()


async def test_each_example_is_answered_by_the_corpus_that_gave_it(served: tuple[App, Context]) -> None:
    app, ctx = served
    corpus = await app.corpus_of(ctx.place)
    for command in FROM_CORPUS:
        line = command.line_in(corpus)
        if not command.example_in(corpus):
            assert command.example in NEEDS_NOTES, line
            continue
        reply = await answer_line(app, line, ctx)
        assert not reply.incident, line
        assert not reply.error.removeprefix(NO_CHANNEL), line
        assert "Nothing" not in reply.title, line
        explained = await answer_line(app, f"/help {command.name}", ctx)
        assert [part.words for part in explained.parts if isinstance(part, Code)] == [line]


async def test_errors_and_the_start_of_help_give_these_examples(served: tuple[App, Context]) -> None:
    app, ctx = served
    corpus = await app.corpus_of(ctx.place)
    for command in app.commands.values():
        if any(one.required for one in command.parameters):
            assert command.hint_in(corpus) in (await app.run(command.name, {}, ctx)).error
    first = lines(await answer_line(app, "/help", ctx))
    assert f"{app.commands['quote'].line_in(corpus)}: {app.commands['quote'].description}" in first


def test_nothing_that_is_the_same_for_all_corpora_speaks_of_the_shipped_one(shipped: Corpus) -> None:
    people = {one.name.split()[-1] for one in shipped.notes.people if one.life}
    words = {*shipped.texts, *golden.NOTED.values(), *people, "1917", "reed"} - {"revolution"}
    said_to_all = "\n".join(everything_said_to_all())
    for word in words:
        assert not re.search(rf"\b{re.escape(word)}\b", said_to_all, re.IGNORECASE), word


def everything_said_to_all() -> Iterator[str]:
    """What commands, forms, manifests and catalogues say in any corpus."""
    for command in COMMANDS:
        yield from (command.description, command.details, *(one.help for one in command.parameters))
        yield command.example if isinstance(command.example, str) else ""
    yield json.dumps(manifest(FEATURES))
    yield repr(STEPS)
    for language in languages():
        yield from catalogue(language).values()


async def test_features_that_only_read_change_nothing(app: App, ctx: Context, tmp_path: Path) -> None:
    reading = [one for one in FEATURES if one.only_reads]
    actions = {action.name: action for feature in reading for action in feature.actions}
    lines = [command.line_in(ctx.corpus) for feature in reading for command in feature.commands]
    lines += ["/quote zeppelins", "/quote bread peace", "/event revolution", "/who zebra", "/compare", "/read", "/help"]
    replies = [Reply(buttons=tuple(Button("Press", name, value) for name, value in NOT_IN_EXAMPLES.items()))]
    tried = set[str]()
    with closing(sqlite3.connect(tmp_path / "smolny.db")) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        replies += [await answer_line(app, line, ctx) for line in lines]
        while replies:
            for name, value in presses(replies.pop()):
                if name in actions and name not in tried:
                    tried.add(name)
                    replies.append(await app.act(name, value, ctx, "bread" if actions[name].asks_for_words else None))
                    assert not replies[-1].error
        assert watcher.execute("PRAGMA data_version").fetchone() == before
    assert tried == {*actions}


def presses(reply: Reply) -> Iterator[tuple[str, str]]:
    """What can be pressed in a reply: actions with their values."""
    yield from ((one.action, one.value) for one in reply.buttons)
    yield from ((part.action, one.value) for part in reply.parts if isinstance(part, Menu) for one in part.choices)


@pytest.mark.parametrize(("word", "name"), WORDS)
async def test_who_calls_a_command_by_another_word_is_told_its_name(
    app: App, ctx: Context, word: str, name: str
) -> None:
    assert f"Did you mean /{name}?" in (await answer_line(app, f"/{word} gunpowder", ctx)).error
    asked = await answer_line(app, f"/help {word}", ctx)
    assert [one.value for one in asked.buttons] == [name]


@pytest.mark.parametrize("group", sorted({one.name.split()[0] for one in COMMANDS if " " in one.name}))
async def test_a_slip_in_the_name_of_a_group_is_told_the_group(app: App, ctx: Context, group: str) -> None:
    for typed in (
        f"{group}{group[-1]}",
        group[:2] + group[2:].replace(group[3], "", 1),
        f"{group[1]}{group[0]}{group[2:]}",
    ):
        assert f"Did you mean /{group}?" in (await answer_line(app, f"/{typed} now", ctx)).error
        asked = await answer_line(app, f"/help {typed}", ctx)
        assert [one.value for one in asked.buttons] == [group]
        assert not (await app.act(asked.buttons[0].action, asked.buttons[0].value, ctx)).error


@pytest.mark.parametrize(("word", "name"), [one for one in WORDS if one[1].split()[1:] not in ([], [one[0]])])
async def test_another_word_behind_the_name_of_a_group_is_one_of_its_commands(
    app: App, ctx: Context, word: str, name: str
) -> None:
    told = (await answer_line(app, f"/{name.split()[0]} {word}", ctx)).error
    assert told.startswith(f"I don't know that command. Did you mean /{name}?")


def test_no_word_is_two_commands_or_the_name_of_one() -> None:
    words = [word for word, _ in WORDS]
    assert len(words) == len(set(words))
    assert not {*words} & {part for command in COMMANDS for part in (command.name, command.name.split()[0])}


@pytest.mark.parametrize("typed", ["today", "heute", "1917", "7 November", "1917-11-07", "on this day", "tomorrow"])
async def test_a_date_alone_is_told_which_command_goes_before_it(app: App, ctx: Context, typed: str) -> None:
    told = (await answer_line(app, f"/{typed}", ctx)).error
    assert told == f"A date needs a command before it, as in: /event {typed}"
    assert not (await answer_line(app, f"/event {typed}", ctx)).error


@pytest.mark.parametrize("typed", ["undo", "translate", "xyzzy", "weather", "image", "4", "31.2.1917"])
async def test_what_is_like_no_command_is_not_taken_for_one(app: App, ctx: Context, typed: str) -> None:
    assert (await answer_line(app, f"/{typed}", ctx)).error == "I don't know that command. /help lists what there is."
