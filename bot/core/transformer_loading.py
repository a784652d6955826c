"""Loading the transformer: in the background, so that nobody waits for it. Until then word vectors find by meaning."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from bot.logger import Logger
from corpus.corpus import Corpus
from corpus.errors import CorpusError

log = Logger(__name__)

AFTER_START: Final = 30.0
"""Seconds from the start until the base corpus has its turn: by then the bot is connected, and others wait no more."""


class TransformerLoading:
    """Loads the transformer for one corpus after the other; of each, the sentences are embedded first."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, corpus: Corpus, after: float = 0.0) -> None:
        """Let a corpus search by word vectors until its transformer is loaded, which begins in so many seconds."""
        if not corpus.transformer:
            return
        corpus.defers_transformer = True
        task = asyncio.create_task(self._load(corpus, after))
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, corpus))

    async def _load(self, corpus: Corpus, after: float) -> None:
        await asyncio.sleep(after)
        # What searches by meaning is loaded when it is needed: an idle bot starts without.
        from corpus.indexing.embedding import load_transformer

        async with self._turn:
            await load_transformer(corpus.semantic, corpus.file)

    def _ended(self, corpus: Corpus, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        if error := task.exception():
            where = str(error) if isinstance(error, CorpusError) else type(error).__name__
            log.error("transformer not loaded", error=where)
            corpus.semantic.transformer = False  # word vectors go on, and nobody is told to ask again
        else:
            log.info("transformer loaded", sentences=corpus.sentence_count())

    async def close(self) -> None:
        """Break off what is being loaded."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
