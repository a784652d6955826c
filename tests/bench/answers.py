"""What an answer costs: our bot beside the bare one, by turns, real processes over real sockets."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from bot.platforms.discord.rendering.custom_id import CustomId
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.bench.interactions import Interaction, keystroke, press, slash
from tests.bench.processes import ROOT, Bot, discord_bot, installed
from tests.bench.questions import Questions
from tests.bench.timing import Comparison, percentile
from tests.fakes.discord import message_of

TIMES = 400
TURN = 20
"""Answers of one bot before it is the other's turn: so they meet the same disturbances."""
WARM_UP = 100
AT_ONCE = 64
MANY_AT_ONCE = 1_000
ROUNDS = 4
PATIENCE = 60.0
"""Seconds that we wait for an answer in a crowd."""

Ask = Callable[[str], Interaction]


@dataclass
class Sample:
    """Seconds to each answer of a bot, and the processor time of all together."""

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0


async def measure(times: int = TIMES) -> list[Comparison]:
    """Rows of what was measured, the bare bot's figure first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = await Corpus.open(SHIPPED, folder / "data" / "index")
        questions = Questions(corpus)
        await corpus.close()
        python = installed(ROOT, folder / "venv")
        async with (
            discord_bot(python, folder, "tests.bench.bare_discord") as bare,
            discord_bot(python, folder, "bot") as ours,
        ):
            return await _measured((bare, ours), questions, times)


async def _measured(bots: tuple[Bot, Bot], questions: Questions, times: int) -> list[Comparison]:
    kinds = await _kinds(bots, questions)
    rows = []
    for name, (words, asks) in kinds.items():
        await _by_turns(bots, words, asks, WARM_UP)
        bare, ours = await _by_turns(bots, words, asks, times)
        rows += _rows(name, bare, ours)
    words, asks = kinds["/quote"]
    rows += await _together(bots, words, asks)
    rows += await _crowd(bots, words, asks)
    return rows


async def _kinds(bots: tuple[Bot, Bot], questions: Questions) -> Mapping[str, tuple[Iterator[str], tuple[Ask, Ask]]]:
    """By what is asked: the words, and how each bot is asked for them."""
    servers = bots[0].discord.server_ids
    shown = [await _shown(one, servers) for one in bots]
    presses: tuple[Ask, Ask] = (
        lambda _: press(servers, "In context", shown[0]),
        lambda place: press(servers, CustomId("quote.show", place).encode(0), shown[1]),
    )
    return {
        "/quote": (questions.quotations, (lambda words: slash(servers, "quote", "words", words),) * 2),
        "/event": (questions.events, (lambda words: slash(servers, "event", "event", words),) * 2),
        "/compare": (questions.topics, (lambda words: slash(servers, "compare", "topic", words),) * 2),
        "a keystroke": (questions.half_typed, (lambda words: keystroke(servers, "quote", "words", words),) * 2),
        "a button": (questions.references, presses),
    }


async def _shown(bot: Bot, servers: list[str]) -> dict[str, Any]:
    """A message of a bot's, with the buttons to press."""
    asked = slash(servers, "quote", "words", "gunpowder")
    (answer,) = await bot.discord.deliver(asked)
    return message_of(asked["id"], answer)


async def _by_turns(
    bots: tuple[Bot, Bot], words: Iterator[str], asks: tuple[Ask, Ask], times: int
) -> tuple[Sample, Sample]:
    """The same questions for both, one after the other."""
    samples = Sample(), Sample()
    for _ in range(times // TURN):
        turn = list(islice(words, TURN))
        for bot, ask, sample in zip(bots, asks, samples, strict=True):
            began = bot.cpu()
            sample.seconds += [await bot.discord.time_to_answer(ask(one)) for one in turn]
            await asyncio.sleep(0.005)  # what is left to do after an answer is part of its cost
            sample.cpu += bot.cpu() - began
    return samples


def _rows(name: str, bare: Sample, ours: Sample) -> list[Comparison]:
    rows = [
        Comparison(f"{name}, p{n}", "ms", percentile(bare.seconds, n) * 1000, percentile(ours.seconds, n) * 1000)
        for n in (50, 99)
    ]
    each = [1000 * one.cpu / len(one.seconds) for one in (bare, ours)]
    return [*rows, Comparison(f"{name}, processor time", "ms", *each)]


async def _together(bots: tuple[Bot, Bot], words: Iterator[str], asks: tuple[Ask, Ask]) -> list[Comparison]:
    """As many as that under way at all times."""
    samples, took = (Sample(), Sample()), [0.0, 0.0]
    for _ in range(ROUNDS):
        turn = list(islice(words, 10 * AT_ONCE))
        for n, (bot, ask, sample) in enumerate(zip(bots, asks, samples, strict=True)):
            cpu, began = bot.cpu(), time.perf_counter()
            sample.seconds += await _queued(bot, [ask(one) for one in turn])
            took[n] += time.perf_counter() - began
            await asyncio.sleep(0.02)
            sample.cpu += bot.cpu() - cpu
    rows = _rows(f"{AT_ONCE} at once", *samples)
    each = [1000 * seconds / len(sample.seconds) for seconds, sample in zip(took, samples, strict=True)]
    return [*rows, Comparison(f"{AT_ONCE} at once, time for one more", "ms", *each)]


async def _queued(bot: Bot, interactions: list[Interaction]) -> list[float]:
    left = iter(interactions)

    async def worker() -> list[float]:
        return [await bot.discord.time_to_answer(one) for one in left]

    return [seconds for some in await asyncio.gather(*(worker() for _ in range(AT_ONCE))) for seconds in some]


async def _waited(bot: Bot, interaction: Interaction) -> float:
    """Seconds to an answer; one that never comes counts as so many as we wait for it."""
    try:
        return await bot.discord.time_to_answer(interaction, PATIENCE)
    except TimeoutError:
        return PATIENCE


async def _crowd(bots: tuple[Bot, Bot], words: Iterator[str], asks: tuple[Ask, Ask]) -> list[Comparison]:
    """All at the same moment: the one that waits longest, in the median of the rounds."""
    worst: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        turn = list(islice(words, MANY_AT_ONCE))
        for bot, ask, found in zip(bots, asks, worst, strict=True):
            waits = await asyncio.gather(*(_waited(bot, ask(one)) for one in turn))
            found.append(max(waits))
            await asyncio.sleep(0.1)
    bare, ours = (percentile(found, 50) * 1000 for found in worst)
    return [Comparison(f"{MANY_AT_ONCE:,} at once, the worst", "ms", bare, ours)]
