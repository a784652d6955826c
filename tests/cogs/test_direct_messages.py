"""Direct messages have no server: no answer there speaks of one, and what needs one says so."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.app import App
from bot.core.command import Command
from bot.core.context import Context, Person, Place
from bot.platforms.typed_commands import answer_line
from cogs.features import FEATURES
from tests.fakes.platform import QuietPlatform

COMMANDS = [command for feature in FEATURES for command in feature.commands]


@pytest.fixture
def alone(app: App) -> Context:
    return app.context(Person("1", "Ada"), Place("discord", "direct", None, private=True), QuietPlatform())


@pytest.mark.parametrize("command", COMMANDS, ids=[one.name for one in COMMANDS])
async def test_no_answer_speaks_of_this_server(app: App, alone: Context, command: Command) -> None:
    for line in (f"/{command.name}", command.line_in(app.corpus)):
        reply = await answer_line(app, line, alone)
        assert not reply.incident
        assert "this server" not in msgspec.json.encode(reply, enc_hook=str).decode()


async def test_what_needs_a_server_says_so(app: App, alone: Context) -> None:
    for line in ("/quiz schedules", "/quiz reports", "/settings", "/library use all"):
        assert "server" in (await answer_line(app, line, alone)).error
