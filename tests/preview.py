"""`make preview`: the real bot in a simulated Discord, on a local page. No token, no network; Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import discord
import simcord

from bot.core.app import App
from bot.core.context import Channel
from bot.core.reply import Items, Prose, Reply
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.commands import ALONE
from bot.platforms.typed_commands import parse_line
from bot.settings import Settings
from bot.wiring import make_scheduler, open_app
from tests.golden import LINES
from tests.simulation import SETTLED

EVERY = 0.5
"""Seconds between two looks for what the page does not show yet."""

WELCOME = Reply(
    "Welcome to Smolny",
    (
        Prose("This is the real bot in a simulated Discord. Type / for all commands, or try one of these:"),
        Items(("/quote gunpowder", "/check Trotsky promised peace at once", "/quiz start", "/daily set", "/help")),
        Prose("Choose who you are above: a reader, or the manager, who may set up daily facts."),
    ),
)
CONVERSATION: tuple[tuple[str, dict[str, str]], ...] = (
    ("quote", {"words": "gunpowder"}),
    ("who", {"person": "Kerensky"}),
    ("timeline", {}),
)
"""Commands that the page opens with, answered."""
SHOWN_LINES = {
    **{name: line for name, line in LINES.items() if name != "unknown-command"},
    "help-quiz": "/help quiz start",
    "who-lenin": "/who Lenin",
    "compare-war": "/compare war",
    "event-all": "/event",
    "event-ago": "/event how long ago was the storming of the Winter Palace",
    "event-between": "/event days between the congress and Lenin's death",
    "event-until": "/event days until 7 November",
    "event-under-way": "/event 1 May 1917",
    "quote-operators": "/quote revolution -European",
    "quote-not-by": '/quote "seize the power" Lenin',
    "check-repeated": "/check We shall never form a union with them. We shall never form a union with them.",
    "check-frame": "/check according to karl marx we shall never form a union with them",
    "quote-no-chapter": "/quote the speech, section 2",
    "who-unfinished": "/who said",
    "word-hyphens": "/word counter-revolution",
    "read-chapter": "/read article 3",
    "privacy": "/privacy",
    "daily-set": "/daily set channel:#october-1917 time:9:00 timezone:Europe/Berlin",
    "daily-list": "/daily list",
    "quiz-scores": "/quiz scores",
    "quiz-review": "/quiz review",
    "quiz-start": "/quiz start questions:5",
    "library-list": "/library list",
}
"""What `make look` types, by the name of its picture."""


@dataclass(frozen=True)
class Room:
    """The simulated server while its page is open."""

    app: App
    platform: Discord
    env: simcord.Env
    page: simcord.Preview
    channel: simcord.ChannelHandle
    reader: simcord.MemberActor
    manager: simcord.MemberActor


class SimulatedDiscord(Discord):
    """Discord without a network. Its clock is this machine's."""

    async def server_time(self) -> datetime:
        return datetime.now(UTC)


@asynccontextmanager
async def preview(data: Path) -> AsyncIterator[Room]:
    """The page, open, with timed work running. `data` is the folder of the index and of what is stored."""
    async with AsyncExitStack() as stack:
        settings = Settings(data_dir=data)
        app = await stack.enter_async_context(open_app(settings))
        # The page waits for all that the bot does, and a transformer first reads every sentence: for minutes.
        app.corpus.transformer = False
        platform = SimulatedDiscord(app, token="")
        env = await stack.enter_async_context(simcord.run(platform.client, settle_timeout=SETTLED))
        set_clock(env)
        if platform.client.user:
            await platform.client.user.edit(username="Smolny")
        guild = env.create_guild("Study group")
        managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        reader = guild.add_member(env.create_user("reader", global_name="A reader"))
        manager = guild.add_member(env.create_user("manager", global_name="Who runs the group"), roles=[managers])
        channel = guild.create_text_channel("october-1917")
        await platform.post(str(channel.id), WELCOME)
        for name, options in CONVERSATION:
            await reader.slash(channel, name, **options)
        opening = env.preview(channel, viewers=[reader, manager], layout="channel")
        room = Room(app, platform, env, await stack.enter_async_context(opening), channel, reader, manager)
        scheduler = make_scheduler(app, [platform], settings)
        assert scheduler
        # What was said so far took a while: to make up for it later would expire what is said first.
        set_clock(env)
        for work in (scheduler.run(), follow(room)):
            stack.push_async_callback(_cancel, asyncio.create_task(work))
        yield room


def options(room: Room, line: str) -> tuple[str, dict[str, object]]:
    """A typed line as Discord takes it: the command's name, and a value for each option."""
    call = parse_line(line, room.app.commands)
    command = room.app.commands[call.name]
    kinds = {one.name: one.kind for one in command.parameters}
    typed = {name: _native(room, kinds[name], words) for name, words in call.arguments.items()}
    if command.alone and not typed:
        typed[command.parameters[0].name] = ALONE
    return call.name, typed


def _native(room: Room, kind: object, words: str) -> object:
    return room.channel if kind is Channel else int(words) if kind is int else words


def set_clock(env: simcord.Env) -> None:
    """Let the simulated Discord have the time of this machine."""
    env.backend.clock.advance((datetime.now(UTC) - env.now()).total_seconds())


async def follow(room: Room) -> None:
    """Keep the clock right, and show on the page what was posted or edited meanwhile."""
    published: object = None
    while True:
        # An answer under way may take its time: else a busy machine would miss Discord's three seconds.
        if not room.platform.dispatcher.pending:
            set_clock(room.env)
        posted = _posted(room)
        if posted != published:
            # Something on the page is under way: what is new is shown next time.
            with suppress(simcord.SetupError):
                await room.page.refresh()
                published = posted
        await asyncio.sleep(EVERY)


def _posted(room: Room) -> list[tuple[int, str | None]]:
    messages = room.env.backend.messages.get(room.channel.id, {})
    return [(message.id, message.edited_timestamp) for message in messages.values()]


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        await show(Path(data))


async def show(data: Path) -> None:
    async with preview(data) as room:
        page = room.page
        print(f"Smolny answers here: {page.url}\nType / in the page for the commands. Ctrl-C ends it.")  # noqa: T201 - a program that speaks.
        # A browser in the terminal stays until it is left, and wants the page meanwhile.
        await asyncio.to_thread(webbrowser.open, page.url)
        await page.wait_closed()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main())
