"""What a Slack command costs: until it is acknowledged and until its answer is posted, beside the least Bolt app."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.bench.processes import ROOT, cpu_of, installed, process
from tests.bench.questions import Questions
from tests.bench.timing import Comparison, percentile
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, TEAM, FakeSlack
from tests.platforms.slack.said import Json

TIMES = 300
TURN = 20
WARM_UP = 60


class Delay(NamedTuple):
    """Seconds from a command to its acknowledgement, and to its answer."""

    acknowledged: float
    answered: float


@dataclass
class TimedSlack(FakeSlack):
    """A fake Slack that tells when an answer came."""

    def _responded(self, spot: Json, payload: Json) -> str:
        if not spot["answered"].done():
            spot["answered"].set_result((time.perf_counter(), payload))
        return "ok"

    async def delay(self, words: str) -> tuple[Delay, Json]:
        """Use /quote; when it was acknowledged and answered, and the answer."""
        answered = asyncio.get_running_loop().create_future()
        user = self.next_ts()  # everybody asks once: nobody has to wait for having asked too often
        payload = {
            "command": "/quote", "text": words, "user_id": user, "user_name": "ada", "channel_id": "C1",
            "team_id": TEAM, "api_app_id": "A1", "trigger_id": user, "channel_name": "general",
            "response_url": self.response_url("C1", user, answered=answered),
        }  # fmt: skip
        began = time.perf_counter()
        await self.send("slash_commands", payload)
        acknowledged = time.perf_counter()
        async with asyncio.timeout(60):
            when, answer = await answered
        return Delay(acknowledged - began, when - began), answer


@dataclass(frozen=True)
class SlackBot:
    """A bot that is connected."""

    slack: TimedSlack
    pid: int


@asynccontextmanager
async def _bot(python: Path, folder: Path, module: str, **settings: str) -> AsyncIterator[SlackBot]:
    slack = TimedSlack(channels={"C1": {"name": "general", "is_member": True}})
    await slack.open()
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api}
    try:
        async with process(python, folder, module, **tokens, DATA_DIR=str(folder / "data"), **settings) as started:
            await slack.connected()
            yield SlackBot(slack, started.pid)
    finally:
        await slack.close()


async def measure() -> list[Comparison]:
    """Rows of what was measured, the least app's figure first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = await Corpus.open(SHIPPED, folder / "data" / "index")
        questions = Questions(corpus)
        await corpus.close()
        python = installed(ROOT, folder / "venv")
        async with _bot(python, folder, "bot") as ours:
            _, answer = await ours.slack.delay("gunpowder")
            same = {name: answer[name] for name in ("text", "blocks", "response_type")}
            (folder / "message.json").write_text(json.dumps(same), encoding="utf-8")
            async with _bot(python, folder, "tests.bench.bare_slack", MESSAGE=str(folder / "message.json")) as bare:
                return await _measured((bare, ours), questions)


async def _measured(bots: tuple[SlackBot, SlackBot], questions: Questions) -> list[Comparison]:
    await _by_turns(bots, questions, WARM_UP)
    delays, cpu = await _by_turns(bots, questions, TIMES)
    rows = []
    for what, place in (("acknowledged", 0), ("answered", 1)):
        seconds = [[1000 * one[place] for one in found] for found in delays]
        rows += [Comparison(f"Slack, {what}, p{n}", "ms", *(percentile(one, n) for one in seconds)) for n in (50, 99)]
    return [*rows, Comparison("Slack, processor time", "ms", *(1000 * one / TIMES for one in cpu))]


async def _by_turns(
    bots: tuple[SlackBot, SlackBot], questions: Questions, times: int
) -> tuple[tuple[list[Delay], list[Delay]], list[float]]:
    delays: tuple[list[Delay], list[Delay]] = ([], [])
    cpu = [0.0, 0.0]
    for _ in range(times // TURN):
        words = list(islice(questions.quotations, TURN))
        for n, bot in enumerate(bots):
            began = cpu_of(bot.pid)
            delays[n].extend([(await bot.slack.delay(one))[0] for one in words])
            await asyncio.sleep(0.01)
            cpu[n] += cpu_of(bot.pid) - began
    return delays, cpu
