"""Whatever happens in a handler, there is a reply, and nothing that was said gets into the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.command import Feature, action, command, message_action
from bot.core.context import Context, Person
from bot.core.errors import UserError
from bot.core.reply import Button, Choice, Reply
from corpus.corpus import Corpus
from tests.logs import capture_logs, quiet

SECRET = "what Anna typed"


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    raise RuntimeError(typed)


@command("break", suggest={"words": _suggest}, words="Anything")
async def broken(ctx: Context, words: str = "") -> Reply:
    """Fail."""
    raise RuntimeError(words)


@command("refuse", words="Anything")
async def refused(ctx: Context, words: str = "") -> Reply:
    """Refuse."""
    raise UserError(f"Not like that: {words}", [Button("Like this", "echo", "this")])


@command("rule", admin=True)
async def ruled(ctx: Context) -> Reply:
    """Change the server."""
    return Reply("done")


@action("echo")
async def echo(ctx: Context, value: str, typed: str = "nothing") -> Reply:
    return Reply(f"{value} {typed}")


@action("nod")
async def nod(ctx: Context, value: str) -> Reply:
    return Reply(value)


@message_action("Shout")
async def shout(ctx: Context, words: str) -> Reply:
    """Say it louder."""
    return Reply(words.upper())


@pytest.fixture(autouse=True)
def _every_line_counts() -> Iterator[None]:
    """The line of each question is below the level of the other tests."""
    quiet(logging.DEBUG)
    yield
    quiet()


@pytest.fixture
def small(corpus: Corpus) -> App:
    return App([Feature("sample", "", (broken, refused, ruled), (echo, nod), (shout,))], corpus)


@pytest.fixture
def asked(small: App, ctx: Context) -> Context:
    return replace(ctx, commands=tuple(small.commands.values()))


async def test_each_answer_has_an_id_in_the_log_and_a_failure_names_it(small: App, asked: Context) -> None:
    with capture_logs() as logged:
        reply = await small.run("break", {}, asked)
        await small.run("break", {}, asked)
        await small.act("nod", "yes", asked)
        await asyncio.sleep(0)
    lines = [line for line in logged if line["event"] == "asked"]
    assert all(line.keys() >= {"id", "command", "platform", "outcome", "ms"} for line in lines)
    ids = [line["id"] for line in lines]
    assert len(set(ids)) == 3
    assert ids[0] == reply.incident


ANSWERS: list[Callable[[App, Context], Awaitable[Reply]]] = [
    lambda small, asked: small.run("break", {}, asked),
    lambda small, asked: small.run("refuse", {}, asked),
    lambda small, asked: small.run("unknown", {}, asked),
    lambda small, asked: small.act("nod", "yes", asked),
    lambda small, asked: small.act_on_message("Shout", "yes", asked),
]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_is_noted_once_and_when_it_has_been_handed_on(
    answer: Callable[[App, Context], Awaitable[Reply]], small: App, asked: Context
) -> None:
    observed: list[str] = []
    small.observe = lambda what, platform, outcome, seconds: observed.append(what)
    with capture_logs() as logged:
        await answer(small, asked)
        assert (observed, [line for line in logged if line["event"] == "asked"]) == ([], [])
        for _ in range(5):
            await asyncio.sleep(0)
        assert [line["command"] for line in logged if line["event"] == "asked"] == observed
    assert len(observed) == 1


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_noted_where_the_event_loop_ends_with_it(
    answer: Callable[[App, Context], Awaitable[Reply]], small: App, asked: Context
) -> None:
    async def only_answer() -> None:
        await answer(small, asked)

    loop = asyncio.new_event_loop()
    with capture_logs() as logged:
        loop.run_until_complete(only_answer())
        loop.close()
    assert [line["event"] for line in logged].count("asked") == 1


async def test_whoever_observes_hears_of_each_answer_by_known_names(small: App, asked: Context) -> None:
    heard: list[tuple[str, str, str]] = []
    small.observe = lambda what, platform, outcome, seconds: heard.append((what, platform, outcome))
    await small.run("break", {"words": SECRET}, asked)
    await small.run("refuse", {"words": SECRET}, asked)
    await small.act("nod", SECRET, asked)
    await small.act_on_message("Shout", SECRET, asked)
    await small.act_on_message(SECRET, SECRET, asked)
    await small.act(SECRET, SECRET, asked)
    await small.run(SECRET, {}, asked)
    await asyncio.sleep(0)
    assert heard == [
        ("/break", "test", "failed"),
        ("/refuse", "test", "user error"),
        ("nod", "test", "answered"),
        ("Shout", "test", "answered"),
        ("unknown action", "test", "failed"),
        ("unknown action", "test", "user error"),
        ("unknown command", "test", "user error"),
    ]


async def test_a_failure_is_an_apology_with_an_id_that_the_log_knows(small: App, asked: Context) -> None:
    with capture_logs() as logged:
        reply = await small.run("break", {"words": SECRET}, asked)
    assert reply.private
    assert reply.incident in reply.error
    assert reply.incident in {line.get("incident") for line in logged}
    assert SECRET not in str(logged)
    # A traceback is printed with what the error says, and that may quote.
    assert not any("exc_info" in line for line in logged)
    assert SECRET not in reply.error
    assert "test_app.py" in str(logged)


async def test_a_mistake_is_told_to_the_asker_with_a_next_step(small: App, asked: Context) -> None:
    with capture_logs() as logged:
        reply = await small.run("refuse", {"words": SECRET}, asked)
        await asyncio.sleep(0)
    assert "user error" in str(logged)
    sentence = f"Not like that: {SECRET}"
    assert reply == Reply(error=sentence, buttons=(Button("Like this", "echo", "this"),), private=True)
    assert SECRET not in str(logged)


async def test_only_admins_change_the_server(small: App, asked: Context) -> None:
    assert (await small.run("rule", {}, asked)).title == "done"
    visitor = replace(asked, asker=Person("2", "Boris"))
    assert "Only people who manage this server" in (await small.run("rule", {}, visitor)).error


async def test_actions_get_what_was_typed(small: App, asked: Context) -> None:
    assert (await small.act("echo", "a", asked)).title == "a nothing"
    assert (await small.act("echo", "a", asked, typed="b")).title == "a b"
    assert (await small.act_on_message("Shout", "hear", asked)).title == "HEAR"


@pytest.mark.parametrize("name", ["gone", "", "x" * 5000])
async def test_old_buttons_and_unknown_commands_are_told_kindly(small: App, asked: Context, name: str) -> None:
    assert (await small.act(name, "", asked)).error.endswith("Please ask again.")
    assert "/help" in (await small.run(name, {}, asked)).error


async def test_words_for_a_button_that_asks_for_none_are_refused(small: App, asked: Context) -> None:
    assert (await small.act("nod", "a", asked)).title == "a"
    assert (await small.act("nod", "a", asked, typed="b")).error.endswith("Please ask again.")


async def test_completion_that_fails_completes_nothing(small: App, asked: Context) -> None:
    assert await small.suggest("break", "words", SECRET, asked) == ()
    assert await small.suggest("nothing", "words", SECRET, asked) == ()
