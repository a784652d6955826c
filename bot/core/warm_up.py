"""Warm-up: what answers need is loaded in a thread when somebody asks for the first time. An idle bot stays small."""

from __future__ import annotations

import asyncio
import gc

from bot.logger import Logger
from corpus.corpus import Corpus

log = Logger(__name__)


class WarmUp:
    """The warm-up of a corpus. The first who ask wait for it, and the event loop does other things meanwhile."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._task: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Waits until it is over; the first call begins it. What fails is logged: an answer will fail by itself."""
        if self._task is None:
            self._task = asyncio.create_task(self._load())
            self._task.add_done_callback(_log_failure)
        if not self._task.done():
            await asyncio.wait([self._task])

    async def _load(self) -> None:
        await self._corpus.warm_up()
        gc.freeze()  # what it loaded stays: to collect garbage among it would stop all answers for a while


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("warm-up failed", error=type(error).__name__)
