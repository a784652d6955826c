"""Loading the transformer: nobody waits for it, who asks meanwhile hears so, and where it fails word vectors go on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.library import owner_of
from bot.core.transformer_loading import TransformerLoading
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.corpus.sample import write_sample
from tests.logs import capture_logs
from tests.processes import children, until

HALF_REMEMBERED = {"words": "a ruler's chin"}
"""What only the transformer finds in the sample."""
FOUND = "novel 1.3"
LATER = "still being loaded"


@pytest.fixture
async def sample(tmp_path: Path) -> AsyncIterator[Corpus]:
    opened = await Corpus.open(write_sample(tmp_path / "sample"), tmp_path / "cache", transformer=True)
    yield opened
    await opened.close()


@pytest.fixture
async def app(sample: Corpus, store: Store) -> AsyncIterator[App]:
    made = App(FEATURES, sample, store)
    made.transformer_loading = TransformerLoading()
    yield made
    await made.close()


@pytest.fixture
def ctx(app: App) -> Context:
    return app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))


def _begin(app: App, after: float = 0.0) -> None:
    assert app.transformer_loading
    app.transformer_loading.begin(app.corpus, after)


async def _loaded(corpus: Corpus) -> None:
    await until(lambda: not corpus.semantic.is_loading)


async def test_who_asks_meanwhile_does_not_wait_and_hears_so(app: App, ctx: Context) -> None:
    _begin(app, after=3600)
    first = str(await app.run("quote", HALF_REMEMBERED, ctx))
    assert app.corpus.semantic.is_loading
    assert (FOUND in first, LATER in first) == (False, True)
    found_by_words = str(await app.run("quote", {"words": "smoothness"}, ctx))
    assert LATER not in found_by_words
    assert app.transformer_loading
    await app.transformer_loading.close()
    _begin(app)
    await _loaded(app.corpus)
    then = str(await app.run("quote", HALF_REMEMBERED, ctx))
    assert (FOUND in then, LATER in then) == (True, False)


async def test_where_nobody_loads_it_whoever_asks_does(app: App, ctx: Context) -> None:
    reply = str(await app.run("quote", HALF_REMEMBERED, ctx))
    assert (FOUND in reply, LATER in reply) == (True, False)


async def test_where_it_cannot_be_loaded_word_vectors_go_on(app: App, ctx: Context) -> None:
    app.corpus.file.with_suffix(".transformer").mkdir()
    with capture_logs() as logged:
        _begin(app)
        await until(lambda: any(line["event"] == "transformer not loaded" for line in logged))
    reply = await app.run("quote", {"words": "somebody signs at the bottom of a page"}, ctx)
    assert "letter 4.2" in str(reply)
    assert LATER not in str(reply)
    assert not list(app.corpus.file.parent.glob("*.building"))


async def test_a_corpus_without_one_is_left_alone(shipped: Corpus) -> None:
    loading = TransformerLoading()
    loading.begin(shipped)
    assert not shipped.defers_transformer
    await loading.close()


async def test_a_stop_breaks_it_off(sample: Corpus) -> None:
    loading = TransformerLoading()
    loading.begin(sample)
    await until(lambda: bool(_children()))
    await asyncio.wait_for(loading.close(), 60)
    assert not _children()
    assert not sample.file.with_suffix(".transformer").exists()
    assert sample.semantic.is_loading


def _children() -> list[bytes]:
    """The processes that embed sentences for this one."""
    return [line for line in children(os.getpid()) if b"embedding_child" in line]


async def test_a_shelf_has_its_own(app: App, ctx: Context) -> None:
    assert app.library
    owner = owner_of(ctx.place)
    added = propose(read_file("a.txt", b"The bakery had sold out.\n"), About(id="bakery"), file="a.txt")
    await app.library.add(owner, added, "Ada", datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    corpus = await app.library.corpus(owner)
    assert corpus.defers_transformer
    await _loaded(corpus)
    assert FOUND in str(await app.run("quote", HALF_REMEMBERED, ctx))
