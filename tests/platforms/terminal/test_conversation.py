"""What typed lines mean: commands, numbers of buttons, and what a button asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.command import Feature, action, command
from bot.core.context import Context
from bot.core.reply import Button, Choice, Countdown, Menu, Prose, Reply
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import plain
from bot.platforms.typed_commands import answer_line
from cogs import FEATURES
from corpus.corpus import Corpus


@command("shelf", example="one", word="Anything", admin=True)
async def shelf(ctx: Context, word: str = "") -> Reply:
    """A menu and buttons."""
    menu = Menu("Take", "take", (Choice("First book", "1"), Choice("Second book", "2")))
    buttons = (Button("Closed", "take", "never", enabled=False), Button("Rename", "rename", "9", ask="New name"))
    return Reply(f"The shelf {word}".strip(), (menu,), buttons)


@action("take")
async def take(ctx: Context, value: str) -> Reply:
    """Take a book."""
    return Reply(parts=(Prose(f"Took {value}."),))


@action("rename")
async def rename(ctx: Context, value: str, typed: str) -> Reply:
    """Rename a shelf."""
    return Reply(parts=(Prose(f"{value} is now {typed}."),))


@command("sweep")
async def sweep(ctx: Context) -> Reply:
    """Sweep the room."""
    return Reply("Swept")


SHELVES = Feature("shelves", "Shelves", (shelf, sweep), (take, rename), ())


@pytest.fixture
def talk(corpus: Corpus) -> Conversation:
    return Conversation(App([SHELVES], corpus))


async def said(talk: Conversation, line: str) -> str:
    reply = await talk.answer(line)
    assert reply is not None
    return reply.error or reply.title or " ".join(part.words for part in reply.parts if isinstance(part, Prose))


async def test_a_line_is_a_command_and_whoever_types_here_may_do_all(talk: Conversation) -> None:
    assert await said(talk, "/shelf of mine") == "The shelf of mine"


@pytest.mark.parametrize(("number", "answer"), [("1", "Took 1."), ("2", "Took 2.")])
async def test_a_number_picks_from_a_menu(talk: Conversation, number: str, answer: str) -> None:
    await talk.answer("/shelf")
    assert await said(talk, number) == answer


async def test_a_button_that_asks_gets_the_next_line(talk: Conversation) -> None:
    await talk.answer("/shelf")
    assert await talk.answer("r") is None
    assert talk.question == "New name"
    assert await said(talk, "2") == "9 is now 2."
    assert talk.question == ""


async def test_a_command_takes_back_a_button_that_asks(talk: Conversation) -> None:
    await talk.answer("/shelf")
    await talk.answer("r")
    assert await said(talk, "/shelf again") == "The shelf again"


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "01", "³"])
async def test_what_is_no_number_of_the_last_answer_presses_nothing(talk: Conversation, number: str) -> None:
    await talk.answer("/shelf")
    assert "/help" in await said(talk, number)


async def test_before_any_answer_there_is_nothing_to_choose(talk: Conversation) -> None:
    assert await said(talk, "1") == "There is nothing to choose. /help lists the commands."


async def test_a_slip_does_not_take_the_numbers_away(talk: Conversation) -> None:
    await talk.answer("/shelf")
    await talk.answer("/shefl")
    assert await said(talk, "2") == "Took 2."


async def test_another_commands_answer_does(talk: Conversation) -> None:
    await talk.answer("/shelf")
    await talk.answer("/sweep")
    assert "nothing to choose" in await said(talk, "2")


@pytest.mark.parametrize("line", ["gunpowder", "“gunpowder”", "3 gunpowder"])
async def test_words_that_call_no_command_are_a_quotation_to_find(app: App, line: str) -> None:
    assert await Conversation(app).answer(line) == await Conversation(app).answer(f"/quote {line}")


@pytest.mark.parametrize("line", ["event 1917", "Quiz", "quote: gunpowder", "/gunpowder"])
async def test_a_command_needs_no_slash_and_a_slash_is_always_a_command(app: App, line: str) -> None:
    assert await Conversation(app).answer(line) == await answer_line(app, line, Conversation(app).context)


async def test_quit_leaves_but_not_where_a_button_has_asked(talk: Conversation) -> None:
    assert all(talk.leaves(line) for line in ("quit", "/quit", " Exit "))
    assert not talk.leaves("/quote quit")
    await talk.answer("/shelf")
    await talk.answer("r")
    assert not talk.leaves("quit")
    assert await said(talk, "quit") == "9 is now quit."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(), st.sampled_from(["/shelf", "1", "r", "4", "\ud800", "\0"])), max_size=6))
async def test_no_talk_whatsoever_raises(talk: Conversation, lines: list[str]) -> None:
    for line in lines:
        reply = await talk.answer(line)
        assert reply is not None or talk.question
        assert reply is None or not reply.incident


async def test_a_number_presses_what_was_said_unasked(talk: Conversation) -> None:
    talk.offer(Reply("Question 1", buttons=(Button("A book", "take", "3", option=True),)))
    talk.offer(Reply("A word in between"))
    assert await said(talk, "1") == "Took 3."


async def test_the_number_of_an_answer_never_presses_a_button_that_stays(talk: Conversation) -> None:
    report = Button("Report question", "rename", "9", ask="What's wrong with it?")
    talk.offer(Reply("Question 1", buttons=(Button("A book", "take", "3", option=True),)))
    talk.offer(Reply("Question 1: answered", buttons=(report,)))
    assert "Type one of: r." in await said(talk, "1")
    assert await talk.answer("R") is None
    assert talk.question == "What's wrong with it?"


async def test_a_press_that_leads_to_no_buttons_leaves_those_there_were(talk: Conversation) -> None:
    await talk.answer("/shelf")
    assert await said(talk, "1") == "Took 1."
    assert await said(talk, "2") == "Took 2."


async def test_what_counts_down_does_so_until_its_moment_or_the_next_post(corpus: Corpus) -> None:
    now = [datetime(2026, 11, 22, 9, 30, tzinfo=UTC)]
    conversation = Conversation(App(FEATURES, corpus, clock=lambda: now[0]))
    assert conversation.time_left == ""
    question = Reply("Question 1", (Countdown("Closes", now[0] + timedelta(seconds=20), 20),))
    conversation.offer(question)
    assert conversation.time_left == "Closes in 20 s"
    now[0] += timedelta(seconds=12)
    assert conversation.time_left == "Closes in 8 s"
    conversation.offer(Reply("Question 1: answered"))
    assert conversation.time_left == ""
    conversation.offer(question)
    now[0] += timedelta(seconds=9)
    assert conversation.time_left == ""


MANY = tuple(Choice(f"Book {number}", str(number)) for number in range(1, 19))


@command("library")
async def library(ctx: Context) -> Reply:
    """Many books, and a button that would like the key of more."""
    buttons = (Button("Mend", "rename", "9", ask="New name"),)
    return Reply("Books", (Menu("Take", "take", MANY),), buttons)


async def test_a_long_menu_shows_five_and_m_shows_more(corpus: Corpus) -> None:
    conversation = Conversation(App([Feature("shelf", "", (library,), (take, rename), ())], corpus))
    reply = await conversation.answer("/library")
    said = []
    for _ in range(3):
        assert reply
        said.append(plain(reply))
        assert "[e] Mend" in said[-1]
        pressed = await conversation.answer("2")
        assert pressed
        reply = await conversation.answer("m")
    assert [f"Book {number}" in said[0] for number in (5, 6)] == [True, False]
    assert "[m] 13 more" in said[0]
    assert "[1] Book 6" in said[1]
    assert "[m] 3 more" in said[1]
    assert "[3] Book 18" in said[2]
    assert "more" not in said[2]


async def test_what_m_showed_is_what_the_numbers_choose(corpus: Corpus) -> None:
    conversation = Conversation(App([Feature("shelf", "", (library,), (take, rename), ())], corpus))
    await conversation.answer("/library")
    await conversation.answer("M")
    assert await conversation.answer("2") == Reply(parts=(Prose("Took 7."),))
    await conversation.answer("e")
    assert conversation.question == "New name"


def test_a_pipe_gets_all_of_a_long_menu() -> None:
    assert "Book 18" in plain(Reply("Books", (Menu("Take", "take", MANY),)), numbers=False)
