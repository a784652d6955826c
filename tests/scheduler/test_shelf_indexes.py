"""Indexes of texts that are on no shelf any more go from this machine, and no others."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.job import Services
from bot.core.library import Library
from bot.scheduler.shelf_indexes import ShelfIndexJob
from bot.storage.claimant import Claimant
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.corpus.sample import write_sample
from tests.scheduler.conftest import NINE
from tests.scheduler.hub import Connection, Hub

MOMENT = timedelta(microseconds=1)
AGAIN, EVERY = timedelta(minutes=3), timedelta(minutes=30)
ADA, EVE = Owner("test", "ada"), Owner("test", "eve")


@pytest.fixture
async def library(store: Store, tmp_path: Path) -> AsyncIterator[Library]:
    """A library with a folder of indexes of its own."""
    base = await Corpus.open(write_sample(tmp_path / "corpus"), tmp_path / "index")
    made = Library(base, store)
    yield made
    await made.close()
    await base.close()


async def add(library: Library, owner: Owner, text_id: str, word: str) -> None:
    document = read_file("a.txt", f"Nobody has seen the {word} since.\n".encode())
    await library.add(owner, propose(document, About(id=text_id), file="a.txt"), "Ada", NINE)


def holding(library: Library, word: str) -> set[str]:
    """The suffixes of the files beside the base's index that have a word."""
    files = [one for one in library.base.file.parent.joinpath("shelves").iterdir() if one.is_file()]
    return {one.suffix for one in files if word.encode() in one.read_bytes()}


def age(library: Library) -> None:
    """Let all files be two hours old, so that nobody may be just writing them."""
    for one in library.base.file.parent.joinpath("shelves").iterdir():
        os.utime(one, (one.stat().st_atime - 7200, one.stat().st_mtime - 7200))


async def test_the_index_of_a_removed_text_goes_when_nobody_can_be_reading_it(library: Library, store: Store) -> None:
    now = NINE
    services = Services(store, library.base, Connection(Hub(lambda: now)), lambda: now)
    job = ShelfIndexJob(services)
    folder = library.base.file.parent / "shelves"

    async def look() -> int:
        works = await job.claim(9, Claimant("process", now, now))
        for one in works:
            await one.run()
        return len(works)

    assert await job.next_at() == NINE + AGAIN
    assert await look() == 0
    now = NINE + AGAIN
    assert await look() == 1, "there need be no indexes yet"
    assert await job.next_at() == now + EVERY
    await add(library, ADA, "secret", "glimmerholm")
    await add(library, EVE, "other", "wintersmith")
    await add(library, EVERYBODY, "shared", "quartermain")
    unfinished = folder / "corpus-dead.building"
    unfinished.write_bytes(b"glimmerholm")
    before = len(list(folder.glob("*.partial")))
    await library.remove(ADA, "secret")
    age(library)
    assert ".sqlite3" in holding(library, "glimmerholm")
    now += EVERY - MOMENT
    assert await look() == 0
    now += MOMENT
    assert await look() == 1
    assert ".sqlite3" in holding(library, "glimmerholm"), "answers under way may still read it"
    assert await job.next_at() == now + AGAIN
    now += AGAIN
    assert await look() == 1
    assert holding(library, "glimmerholm") == set()
    assert not unfinished.exists()
    assert len(list(folder.glob("*.partial"))) == before - 1
    assert ".sqlite3" in holding(library, "wintersmith")
    assert ".sqlite3" in holding(library, "quartermain")
    assert await job.next_at() == now + EVERY


async def test_a_text_that_comes_back_in_time_keeps_its_index(library: Library, store: Store) -> None:
    now = NINE + AGAIN
    job = ShelfIndexJob(Services(store, library.base, Connection(Hub(lambda: now)), lambda: now))
    job.next = now
    await add(library, ADA, "secret", "glimmerholm")
    await library.remove(ADA, "secret")
    for _ in range(2):
        (work,) = await job.claim(9, Claimant("process", now, now))
        await work.run()
        assert ".sqlite3" in holding(library, "glimmerholm")
        await add(library, ADA, "secret", "glimmerholm")
        now = job.next
