"""The warm-up: the first who ask wait for it, and its failure fails no answer."""

from __future__ import annotations

import asyncio

from bot.core.app import App
from bot.core.context import Context
from bot.core.warm_up import WarmUp
from corpus.corpus import Corpus


async def test_the_first_who_ask_wait_until_everything_is_loaded(app: App, ctx: Context, corpus: Corpus) -> None:
    cold = await Corpus.open_index(corpus.file)
    app.warm_up = WarmUp(cold)
    assert not cold.semantic.is_quick
    replies = await asyncio.gather(*(app.run("quote", {"words": "gunpowder"}, ctx) for _ in range(3)))
    assert not any(reply.error for reply in replies)
    assert cold.semantic.is_quick
    await cold.close()


async def test_a_warm_up_that_fails_is_no_failure_of_the_answer(app: App, ctx: Context, corpus: Corpus) -> None:
    closed = await Corpus.open_index(corpus.file)
    await closed.close()
    app.warm_up = WarmUp(closed)
    for _ in range(2):
        assert not (await app.run("fact", {}, ctx)).incident
