"""The bot in a simulated Discord. Whatever it sends there is checked against Discord's limits once more."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

import discord
import pytest
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.core.app import App
from bot.core.command import Feature
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.connection import InteractionsEndpoint, use_api
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.fakes.discord import INVALID, FakeDiscord
from tests.platforms.discord import limits_check, sample
from tests.simulation import SETTLED


@pytest.fixture
def sample_app(corpus: Corpus, store: Store) -> App:
    feature = Feature.of(sys.modules[sample.__name__])
    return App([feature], corpus, store, clock=lambda: NOW)


@pytest.fixture(name="discord")
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake
    use_api(None)
    assert INVALID not in [code for code, _ in fake.refused]


@pytest.fixture
async def bot(app: App, discord: FakeDiscord) -> AsyncIterator[Discord]:
    """The bot, to which the fake Discord brings interactions over HTTP."""
    platform = Discord(app, "token", discord.url, InteractionsEndpoint(discord.public_key, port=0))
    serving = asyncio.create_task(platform.start())
    try:
        async with asyncio.timeout(60):
            while not platform.is_ready():
                assert not serving.done(), serving.result()
                await asyncio.sleep(0.01)
        assert platform.endpoint
        discord.endpoints = [f"http://127.0.0.1:{platform.endpoint.server.port}/discord"]
        yield platform
    finally:
        await platform.close()
        await serving


@dataclass
class Room:
    """A server with one channel and three people in it, of whom Carla may manage it."""

    env: simcord.Env
    platform: Discord
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ada: simcord.MemberActor
    ben: simcord.MemberActor
    carla: simcord.MemberActor

    @classmethod
    def of(cls, env: simcord.Env, platform: Discord) -> Room:
        env.settle_timeout = SETTLED  # less than the sample's slow answers take
        guild = env.create_guild("Study group")
        channel = guild.create_text_channel("october")
        ada, ben = (guild.add_member(env.create_user(name)) for name in ("ada", "ben"))
        managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        carla = guild.add_member(env.create_user("carla"), roles=[managers])
        return cls(env, platform, guild, channel, ada, ben, carla)

    async def restart(self, app: App) -> None:
        self.platform = Discord(app, "token")
        await self.env.restart_bot(self.platform.client)

    def check(self) -> None:
        for messages in self.env.backend.messages.values():
            for message in messages.values():
                if message.content:
                    limits_check.check_announcement(message.content, message.embeds, message.components)
                elif message.components:
                    limits_check.check_components(message.components)
        for one in self.env.http_requests:
            limits_check.check_request(one.method, one.path, one.json)


@pytest.fixture
def platform(sample_app: App) -> Discord:
    return Discord(sample_app, "token")


@pytest.fixture
def simcord_bot(platform: Discord) -> discord.Client:
    return platform.client


@pytest.fixture
def room(simcord_env: simcord.Env, platform: Discord) -> Iterator[Room]:
    made = Room.of(simcord_env, platform)
    yield made
    made.check()


def message_of(result: InteractionResult) -> ResponseMessage:
    assert result.response
    return result.response


def said(message: ResponseMessage) -> str:
    """All text of a message: its content, its embeds, its text displays. A command that can be pressed is its name."""
    shown = [one["content"] for one in limits_check.walk(message.components) if one["type"] == 10]
    words = "\n".join(filter(None, (message.content, *_descriptions(message.embeds), *shown)))
    return re.sub(r"</([a-z ]+):[0-9]+>", r"/\1", words)


def _descriptions(embeds: Iterable[object]) -> Iterator[str]:
    for one in embeds:
        yield str((one.get("description") if isinstance(one, dict) else getattr(one, "description", "")) or "")


def answer(result: InteractionResult) -> str:
    return said(message_of(result))
