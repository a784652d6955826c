"""Stores with texts on a shelf, made once for all tests of a module, of which each has a copy."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from bot.core.app import App
from bot.core.context import Context
from bot.core.library import BUILDING, Library, owner_of
from bot.storage.library import Owner
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.source.adding import Proposal
from tests.conftest import NOW

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


async def open_shelf(app: App, ctx: Context) -> None:
    """Open the corpus of the shelf, for which a question would wait a second only."""
    assert app.library is not None
    await app.library.corpus(owner_of(ctx.place), patience=BUILDING)
