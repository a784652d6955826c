"""A form in the terminal: one question after the other, Enter for what is there."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.reply import Reply
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import controls, plain


@pytest.fixture
def talk(app: App) -> Conversation:
    return Conversation(app)


async def say(talk: Conversation, *lines: str) -> Reply | None:
    reply = None
    for line in lines:
        assert not talk.skips(line)
        reply = await talk.answer(line)
    return reply


async def test_setup_asks_for_each_field(talk: Conversation) -> None:
    assert await say(talk, "/setup") is None
    assert talk.question == "Where to post a fact each day"
    assert await say(talk, "#general") is None
    assert talk.question.startswith("Time of day")
    wrong = await say(talk, "at dawn")
    assert wrong
    assert "Write the time" in wrong.error
    assert talk.question.startswith("Time of day")
    done = await say(talk, "9am", "Berlin", "", "")
    assert done
    assert "#general: 09:00 Europe/Berlin, every day" in plain(done)
    assert talk.question == ""


async def test_what_is_needed_is_asked_for_again(talk: Conversation) -> None:
    await say(talk, "/setup", "#general")
    lacking = await say(talk, "")
    assert lacking
    assert lacking.error == "Please give the time."
    assert talk.question


async def test_a_command_leaves_a_form(talk: Conversation) -> None:
    reply = await say(talk, "/setup", "#general", "/quote gunpowder")
    assert reply
    assert talk.question == ""
    assert [*reply.quotes()]
    assert talk.skips("")


async def test_a_wrong_line_is_mended_by_one_key(talk: Conversation) -> None:
    wrong = await say(talk, "/daily set #general 9:00 Nowhereville fri")
    assert wrong
    [key] = [key for key, one in controls(wrong).items() if one.label == "Change it"]
    assert await say(talk, key) is None
    done = await say(talk, "", "", "Berlin", "", "", "", "")
    assert done
    assert "#general: 09:00 Europe/Berlin, Fri" in plain(done)


async def test_change_begins_with_what_there_is(talk: Conversation) -> None:
    done = await say(talk, "/setup #general 9:00 Berlin weekdays")
    assert done
    [key] = [key for key, one in controls(done).items() if one.label == "Change"]
    assert await say(talk, key, "") is None
    assert talk.question.endswith("[09:00]")
    changed = await say(talk, "10:30", "", "", "", "", "")
    assert changed
    assert "It was: 09:00 Europe/Berlin, weekdays." in plain(changed)
