"""Slack's own names for commands and servers, in the bot's own words and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Button, Choice, Code, Items, Menu, Note, Prose, Quote, Reply
from bot.platforms.slack.rendering.render import render
from bot.platforms.slack.rendering.wording import in_slack_words, rename_commands, with_original_name
from tests.platforms.slack.limits_check import words_of


@pytest.mark.parametrize(
    ("ours", "slack"),
    [
        ("/who takes a name.", "/person takes a name."),
        ("Try /who Lenin or (/who).", "Try /person Lenin or (/person)."),
        ("and/who, /whoever, /who-is", "and/who, /whoever, /who-is"),
        ("Only people who manage this server.", "Only people who manage this workspace."),
        ("Servers have channels", "Workspaces have channels"),
        ("/invite me, observer", "/invite me, observer"),
    ],
)
def test_the_bots_own_words_are_those_of_slack(ours: str, slack: str) -> None:
    assert in_slack_words(ours) == slack


def test_what_is_quoted_stays_as_it_is() -> None:
    words = "Serve the server /who asks."
    reply = Reply("T", (Quote(words, "speech 1", "S", "speech"), Note(words)))
    assert words_of(render(reply)[0].blocks).count(words) == 2


def test_every_part_names_commands_as_slack_does() -> None:
    words = "/who Lenin"
    parts = (Prose(words), Items((words,)), Code(words, words), Menu(words, "act", (Choice(words, words, words),)))
    (message,) = render(Reply(words, parts, (Button(words, "act"),), error=words), "U1")
    assert "/who" not in words_of(message.blocks)
    assert "/who" not in message.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("person Lenin", "who Lenin"),
        ("/Person  Lenin", "/who  Lenin"),
        ("help /person", "help /who"),
        ("quote person", "quote person"),
        ("personal matters", "personal matters"),
    ],
)
def test_either_name_is_read(typed: str, read: str) -> None:
    assert with_original_name(typed) == read


@given(st.text())
def test_any_text_can_be_reworded(text: str) -> None:
    assert "/who " not in rename_commands(text).replace("//who", "")
    with_original_name(text)
