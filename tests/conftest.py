"""The bot in a room of its own: the shipped corpus, an empty store, a fixed clock and known dice."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from bot.core import library
from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.library import Library
from bot.core.reply import Reply
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.indexing import index_files
from corpus.search import index as index_module
from corpus.search.index import SearchIndex
from tests.logs import quiet
from tests.samples import EVERYTHING
from tests.scheduler.world import InlineDatabase

pytest_plugins = ["tests.connections", "tests.databases", "tests.processes", "tests.shelves"]

# How long an example takes says how busy the machine is; what must be quick has a test of its own.
# The same examples in every run, so that a change fails by its own fault; make fuzz tries others each time. A checkout
# that cannot be written to has no place for those that failed.
settings.register_profile("smolny", deadline=None, database=None, derandomize=not EVERYTHING)
settings.load_profile("smolny")

BUSY = 600.0
"""Seconds for what a busy machine may take minutes for."""
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

_shared: list[Corpus] = []

Ask = Callable[[str], Awaitable[Reply]]
Press = Callable[[str, str], Awaitable[Reply]]


def pytest_configure(config: pytest.Config) -> None:
    """No search and no index runs out of time because the machine is busy; a test of that sets the time itself.

    That is no fixture, like others for all tests: each would be looked up anew for each test, in collecting it, too.
    """
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    if not EVERYTHING:
        # Hypothesis tries constants of those of our modules that are loaded by then: other examples in each order of
        # the tests. To read them takes each worker seconds; make fuzz does.
        patch.setattr(providers, "_get_local_constants", lambda: providers._local_constants)
    patch.setattr(index_module, "_PATIENCE", BUSY)
    # An index is built at a low priority: beside three busy workers, at a tenth of a core.
    patch.setattr(library, "BUILDING", BUSY)
    assert Library.corpus.__kwdefaults__
    patch.setitem(Library.corpus.__kwdefaults__, "patience", BUSY)


def pytest_sessionstart() -> None:
    """What is imported and collected stays: looking there for garbage is a third of the time that it takes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """It is left out of garbage collection from then on, which saves a tenth of the time.

    Python looks for garbage after each 700 new objects, of which a test makes millions; rarer looks find as much.
    """
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def pytest_runtest_setup() -> None:
    """A failing test shows what failed, not the log of what went well."""
    quiet()


@pytest.fixture(scope="module", autouse=True)
def _closed_corpus(no_connection_is_left: None) -> Iterator[None]:
    """What the shipped corpus opened at a module's need is no connection that the module has forgotten."""
    yield
    for corpus in _shared:
        corpus._index_file.close()
        corpus.index._file.close()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the worker's own, with the shipped corpus's index, which the first worker of a run builds."""
    own = tmp_path_factory.mktemp("cache")
    if "PYTEST_XDIST_WORKER" in os.environ:
        built = tmp_path_factory.getbasetemp().parent / "index"
        with built.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            index_files.ensure(SHIPPED, built)
        shutil.copytree(built, own, dirs_exist_ok=True)
    return own


async def read_shipped(cache: Path) -> Corpus:
    """The shipped corpus, its index closed: a connection belongs to one event loop."""
    opened = await Corpus.open(SHIPPED, cache)
    await opened.close()
    return opened


@pytest.fixture(scope="session")
def shipped(cache: Path) -> Corpus:
    """The shipped corpus, read once a worker."""
    corpus = asyncio.run(read_shipped(cache))
    corpus.index._lexicon.load()
    # What is made at first need is made once, too.
    assert corpus.quotation_checker
    assert corpus.famous_quotations
    assert corpus.semantic
    assert corpus.headings
    assert corpus.deck
    _shared.append(corpus)
    gc.freeze()
    return corpus


def copy_of(shared: Corpus) -> Corpus:
    """A corpus for one test, with all that a shared one has read, which is most of what a test would take to set up."""
    opened, read = copy(shared), shared.index
    opened.index = SearchIndex(read._file, read._lexicon, read._tags, read._size)
    return opened


@pytest.fixture
async def corpus(shipped: Corpus) -> AsyncIterator[Corpus]:
    opened = copy_of(shipped)
    yield opened
    await opened.close()


@pytest.fixture
async def store_in_file(tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    shutil.copyfile(migrated, tmp_path / "smolny.db")
    opened = await Store.open(f"sqlite:///{tmp_path / 'smolny.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def store_in_memory(migrated: Path) -> Iterator[Store]:
    """An empty store that answers at once, for what is done one by one: a file's threads take longer than most."""
    database = InlineDatabase.copy_of(migrated)
    yield Store(database)
    database.connection.close()


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file


@pytest.fixture
async def app(corpus: Corpus, store: Store) -> AsyncIterator[App]:
    made = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917))
    yield made
    assert made.library is not None
    await made.library.close()


@pytest.fixture
def ctx(app: App) -> Context:
    return app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))


@pytest.fixture
def ask(app: App, ctx: Context) -> Ask:
    """Answer a typed line, as any platform would."""
    return lambda line: answer_line(app, line, ctx)


@pytest.fixture
def press(app: App, ctx: Context) -> Press:
    """Press the first button, or pick the first choice of a menu, that leads to an action with a value."""
    return lambda action, value: app.act(action, value, ctx)
