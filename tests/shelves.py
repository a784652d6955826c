"""A pytest plugin: texts on a shelf, put there and read once for all tests of a module, of which each has a copy."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.core.app import App
from bot.core.library import Library
from bot.storage.owner import Owner
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.source.adding import Proposal
from tests.conftest import BUSY, NOW, copy_of

GUILD = Owner("test", "guild")
"""Whose shelf it is: that of the server in which the tests ask."""


def store_with(migrated: Path, folder: Path, base: Corpus, *texts: Proposal) -> Path:
    """The file of a store that has these texts on the shelf, to be copied; `migrated` is that of an empty one."""
    file = folder / "smolny.db"
    shutil.copyfile(migrated, file)
    asyncio.run(_add(f"sqlite:///{file}", base, texts))
    return file


async def _add(url: str, base: Corpus, texts: tuple[Proposal, ...]) -> None:
    store = await Store.open(url)
    library = Library(base, store)
    for one in texts:
        await library.add(GUILD, one, "A", NOW)
    await library.close()
    await store.close()


class Shelf(NamedTuple):
    """The corpus that the server searches, and the key of its choice of texts. Its connections are closed."""

    key: str
    corpus: Corpus

    def open(self, app: App) -> None:
        """Have it open in an app, as if somebody had asked there before."""
        assert app.library is not None
        app.library._corpora._open[self.key] = copy_of(self.corpus)


@pytest.fixture(scope="module")
def shelf(migrated: Path, shipped: Corpus) -> Iterator[Shelf]:
    """The shelf of a module whose stores have texts on one, read once."""
    made = asyncio.run(_read(f"sqlite:///{migrated}", shipped))
    yield made
    made.corpus._index_file.close()
    made.corpus.index._file.close()


async def _read(url: str, base: Corpus) -> Shelf:
    store = await Store.open(url)
    library = Library(base, store)
    corpus = await library.corpus(GUILD, patience=BUSY)
    await corpus.warm_up()
    key = (await library.choice(GUILD)).key
    await library.close()
    await store.close()
    return Shelf(key, corpus)
