"""Progress in a chat: who waits for long work sees in the answer how much of it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from bot.core.context import Context
from bot.core.platform import Undelivered
from bot.core.reply import Prose, Reply
from corpus.progress import Progress

FIRST: Final = 5.0
"""Seconds after which progress is shown; each later time takes three times as long."""
_TIMES: Final = 3
"""How often progress is shown: Slack takes five answers in all, the first says that it is being worked on, the last is
the result.
"""

Result = TypeVar("Result")


async def with_progress(
    ctx: Context, what: str, work: Callable[[Progress], Awaitable[Result]], *, replaces: bool = False
) -> Result:
    """The result of `work`. While it takes long, the answer says how much is done, where the platform can show that.

    `replaces`: the answer takes the place of the message that was pressed.
    """
    done = 0.0

    def set_done(fraction: float) -> None:
        nonlocal done
        done = fraction

    task = asyncio.ensure_future(work(set_done))
    try:
        for time in range(_TIMES):
            if (await asyncio.wait([task], timeout=FIRST * 3**time))[0]:
                break
            await _show(ctx, f"{what}: {done:.0%} done." if done else f"{what} …", replaces=replaces)
        return await task
    finally:
        task.cancel()


async def _show(ctx: Context, sentence: str, *, replaces: bool) -> None:
    if ctx.platform and ctx.receipt:
        with suppress(Undelivered):
            await ctx.platform.update_private(ctx.receipt, Reply(parts=(Prose(sentence),)), replaces=replaces)
