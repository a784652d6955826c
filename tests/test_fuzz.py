"""Whatever people type or forge, in any command, button, form or completion: an answer that every platform can show.

`make fuzz` tries a hundred thousand cases; `make test` one thousand.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Prose, Reply
from bot.platforms.discord.rendering.render import render as render_discord
from bot.platforms.slack.rendering.render import render as render_slack
from bot.platforms.terminal.render import plain
from cogs import FEATURES
from tests.logs import capture_logs
from tests.platforms.discord import limits_check as discord_limits
from tests.platforms.slack import limits_check as slack_limits

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1000"))
IN_TIME = 3.0
"""Seconds that Discord waits for a first answer; here of the processor's time, whatever else it has to do."""
SECRET = "xyzzy-plugh-secret"
MENTIONS = ("<!channel>", "<@U0BOT0>", "<#C0GENERAL>")

PIECES = st.sampled_from(
    (
        *MENTIONS, SECRET, "@everyone", "@here", "<@&1>", "**", "__", "||", "```", "> ", "# ", "[a](b)", "</quote:1>",
        "&lt;", "speech 4.2", "article", "Trotsky", "7 November 1917", "peace", "9 am", "Europe/Berlin", "#general",
        "“", "”", "(", ")", "…", "...", "\x00", "\x1b[31m", "\u202e", "\u200b", "\ud800", "🍕", "é", "İ", "ﬁ", "\n",
        "\t", " ", "|", ".", "-", "0", "1", "99999999999999999999", "'; DROP TABLE rounds; --", "NEAR(a b)", "*",
        "%s", "{0}", "\\", "<script>", "=1+1",
    )
)  # fmt: skip
TYPED = st.lists(PIECES | st.text(max_size=12), max_size=12).map("".join)
COMMANDS = {one.name: one for feature in FEATURES for one in feature.commands}
ACTIONS = [one.name for feature in FEATURES for one in feature.actions]
PLACES = (
    Place("test", "general", "guild"),
    Place("test", "general", "guild", parent="1"),
    Place("test", "1", private=True),
)
ON_MESSAGES = [one.name for feature in FEATURES for one in feature.message_actions]


@dataclass(frozen=True)
class Case:
    """Something that arrives: a command's arguments, a button's value, what a form or a message says."""

    kind: str
    name: str
    typed: dict[str, str]

    async def reply(self, app: App, ctx: Context) -> Reply:
        match self.kind:
            case "command":
                return await app.run(self.name, self.typed, ctx)
            case "button":
                return await app.act(self.name, self.typed["value"], ctx)
            case "form":
                return await app.act(self.name, self.typed["value"], ctx, typed=self.typed["words"])
            case "question":
                words = await app.question(self.name, self.typed["value"], ctx)
                return Reply(parts=(Prose(words),))
            case _:
                return await app.act_on_message(self.name, self.typed["words"], ctx)


@st.composite
def commands(draw: st.DrawFn) -> Case:
    command = COMMANDS[draw(st.sampled_from(sorted(COMMANDS)))]
    names = [one.name for one in command.parameters]
    wanted = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    return Case("command", command.name, {name: draw(TYPED) for name in wanted})


VALUE = st.fixed_dictionaries({"value": TYPED})
WORDS = st.fixed_dictionaries({"value": TYPED, "words": TYPED})
CASES = (
    commands()
    | st.builds(Case, st.just("button"), st.sampled_from(ACTIONS), VALUE)
    | st.builds(
        Case, st.just("form"), st.sampled_from(ACTIONS), st.fixed_dictionaries({"value": TYPED, "words": TYPED})
    )
    | st.builds(Case, st.just("question"), st.sampled_from(ACTIONS), VALUE)
    | st.builds(Case, st.just("message"), st.sampled_from(ON_MESSAGES), WORDS)
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=CASES, is_admin=st.booleans(), place=st.sampled_from(PLACES))
async def test_everything_has_an_answer_that_every_platform_can_show(
    app: App, ctx: Context, case: Case, is_admin: bool, place: Place
) -> None:
    asked = replace(ctx, asker=Person("1", "Ada", admin=is_admin), place=place)
    began = time.process_time()
    with capture_logs() as logged:
        reply = await case.reply(app, asked)
    assert time.process_time() - began < IN_TIME
    assert not reply.incident
    assert not [one for one in logged if one.get("event") == "failed"]
    assert SECRET not in str(logged)
    check_everywhere(app, reply)
    if reply.error:
        assert reply.private


def check_everywhere(app: App, reply: Reply) -> None:
    """No platform would refuse the reply, and nothing in it mentions anybody or steers a terminal."""
    colours = {text.id: text.colour for text in app.corpus.texts.values()}
    discord_limits.check(render_discord(reply, colours))
    for message in render_slack(reply):
        slack_limits.check_message(message.payload)
        assert not any(mention in words for words in read_as_markup(message.payload) for mention in MENTIONS)
    shown = plain(reply, 80)
    assert not {"\x1b", "\x00", "\u202e"}.intersection(shown)


def read_as_markup(value: object) -> Iterator[str]:
    """The strings in which Slack looks for mentions: a message's own text, and what says that it is mrkdwn."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" or "blocks" in value:
            yield str(value.get("text"))
        for one in value.values():
            yield from read_as_markup(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from read_as_markup(one)


@settings(
    max_examples=EXAMPLES // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), typed=TYPED)
async def test_every_completion_fits_a_menu(app: App, ctx: Context, data: st.DataObject, typed: str) -> None:
    command = COMMANDS[data.draw(st.sampled_from(sorted(COMMANDS)))]
    for parameter in command.parameters:
        for choice in await app.suggest(command.name, parameter.name, typed, ctx):
            assert 0 < len(choice.label) <= 100
            assert 0 < len(choice.value) <= 100
