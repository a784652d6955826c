"""What a server or a person may have only so much of stays at that when all of it comes at once, in either database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from cogs.daily.set_up import MOST as MOST_FACTS
from cogs.quiz.schedule import MOST as MOST_SCHEDULES
from cogs.quiz.start import MOST_ROUNDS
from cogs.settings import MOST as MOST_CHANNELS
from corpus.corpus import Corpus
from tests.fakes.platform import QuietPlatform

_NOTHING_NEW = "LOCK TABLE schedules, quiz_schedules, rounds, question_reports, server_rules IN SHARE MODE"
"""Everybody may see meanwhile how many there are, and adds theirs afterwards. In SQLite a transaction keeps all out."""


class Open(QuietPlatform):
    """Everybody sees each channel."""

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        return {one: f"#{one}" for one in channels}


@pytest.mark.parametrize(
    ("called", "typed", "most"),
    [
        ("/daily set <#c{}> 9:00 UTC", None, MOST_FACTS),
        ("/quiz start", None, MOST_ROUNDS),
        ("/quiz schedule <#c{}> 20:00 UTC", None, MOST_SCHEDULES),
        ("settings.keep", None, MOST_CHANNELS),
        ("quiz.report", "it is wrong", 10),
    ],
)
async def test_nothing_that_comes_at_once_passes_a_limit(
    database_url: str, corpus: Corpus, called: str, typed: str | None, most: int
) -> None:
    """Of several commands, or presses, each in a channel of its own, one is the last that is allowed."""
    store = await Store.open(database_url)
    app, platform = App(FEATURES, corpus, store), Open()

    async def call(number: int) -> bool:
        ctx = app.context(Person("1", "Ada", admin=True), Place("test", f"c{number}", "guild"), platform)
        if called.startswith("/"):
            return not (await answer_line(app, called.format(number), ctx)).error
        return not (await app.act(called, corpus.notes.questions[0].id, ctx, typed)).error

    assert all([await call(number) for number in range(most - 1)])
    async with store.transaction() as tx:
        if database_url.startswith("postgresql"):
            await tx.execute(_NOTHING_NEW)
        calls = [asyncio.create_task(call(most + number)) for number in range(9)]
        await asyncio.wait(calls, timeout=0.5)
    assert sum(await asyncio.gather(*calls)) == 1
    assert app.library is not None
    await app.library.close()
    await store.close()
