"""Progress in a chat: an answer that takes long says how much is done, less and less often, until it is there."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from bot.core import progress
from bot.core.context import Context
from bot.core.progress import with_progress
from bot.core.reply import Prose
from corpus.progress import Progress
from tests.cogs.quiz.channel import Channels


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST", 0.02)


async def slow(report: Progress) -> str:
    await asyncio.sleep(0.1)
    return "done"


async def test_whoever_waits_hears_how_much_is_done(ctx: Context) -> None:
    platform = Channels()
    asked = replace(ctx, platform=platform, receipt="here")

    async def heard(times: int) -> None:
        while len(platform.private.get("here", ())) < times:  # noqa: ASYNC110 - a platform has no events.
            await asyncio.sleep(0.001)

    async def work(report: Progress) -> str:
        await heard(1)
        report(0.25)
        await heard(2)
        return "done"

    assert await with_progress(asked, "Reading", work) == "done"
    assert [reply.parts for reply in platform.private["here"]] == [
        (Prose("Reading …"),),
        (Prose("Reading: 25% done."),),
    ]


async def test_where_it_cannot_be_said_the_work_goes_on(ctx: Context) -> None:
    platform = Channels()
    platform.expired.add("late")
    for asked in (ctx, replace(ctx, platform=platform), replace(ctx, platform=platform, receipt="late")):
        assert await with_progress(asked, "Reading", slow) == "done"
    assert not platform.private


async def test_what_the_work_raises_is_raised_and_who_goes_away_ends_it(ctx: Context) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def failing(report: Progress) -> None:
        raise LookupError

    async def endless(report: Progress) -> None:
        begun.set()
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    with pytest.raises(LookupError):
        await with_progress(ctx, "Reading", failing)
    waiting = asyncio.create_task(with_progress(ctx, "Reading", endless))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(ended.wait(), 60)
