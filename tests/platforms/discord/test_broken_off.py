"""Answers that a stop breaks off: nobody is left with a bot that thinks for ever."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.core.app import App
from bot.core.command import Feature, command
from bot.core.context import Context
from bot.core.funnel import BROKEN_OFF
from bot.core.reply import Reply
from bot.platforms.discord import adapter
from bot.platforms.discord.adapter import Discord
from corpus.corpus import Corpus
from tests.fakes.discord import FakeDiscord
from tests.platforms.discord.test_endpoint import COMMAND, DEFERRED, EPHEMERAL
from tests.processes import until


@command("slow")
async def slow(ctx: Context) -> Reply:
    """Take longer than anybody waits."""
    await asyncio.sleep(60)
    return Reply("At last")


@pytest.fixture
def app(corpus: Corpus) -> App:
    return App((Feature("slow", "Take one's time.", (slow,), (), ()),), corpus)


@pytest.mark.parametrize("age", [0.0, 2.5], ids=["before it is deferred", "while the bot thinks"])
async def test_who_will_wait_in_vain_hears_so(
    bot: Discord, discord: FakeDiscord, age: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "_TO_FINISH_ANSWERS", 0.1)
    asked = discord.interaction(COMMAND, {"id": "1", "name": "slow", "type": 1}, age=age)
    delivered = asyncio.create_task(discord.deliver(asked))
    await until(lambda: bool(bot.dispatcher.pending))
    if age:
        assert (await delivered)[0]["type"] == DEFERRED
    await bot.close()
    answers = await delivered + discord.follow_ups[asked["token"]]
    (goodbye,) = [one for one in answers if BROKEN_OFF.error in json.dumps(one)]
    assert goodbye.get("data", goodbye)["flags"] & EPHEMERAL
