"""Open corpora of shelves: one for each choice of texts that is in use, with its index built where need be."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial

from msgspec import Struct

from bot.bounded_dict import BoundedDict
from bot.core.transformer_loading import TransformerLoading
from bot.logger import Logger
from bot.storage.library import ShelfText, Shelves
from corpus.corpus import Corpus
from corpus.errors import CorpusError
from corpus.progress import Progress, unseen

log = Logger(__name__)

_SILENT = 5.0  # seconds for which the log hears nothing of an index that is being built
_OPEN = 8  # corpora of shelves that stay open
_KNOWN_FAULTS = 256  # choices of which it is known why their index could not be built
_OPENING = 10.0  # seconds that a look-up waits for an index that is built, and is being opened
_CLOSING = 60.0  # seconds after which nobody can still be using a corpus that was put away


class TextChoice(Struct, frozen=True):
    """Which texts a server searches: those added for it or for everybody, without those it leaves aside."""

    texts: tuple[ShelfText, ...]
    unused: frozenset[str]

    @property
    def is_plain(self) -> bool:
        return not self.texts and not self.unused

    @property
    def key(self) -> str:
        """A key that is the same for the same texts."""
        used = [(one.platform, one.server, one.text_id, one.edition, str(one.added_at)) for one in self.used]
        return hashlib.sha256(repr((used, sorted(self.unused))).encode()).hexdigest()[:16]

    @property
    def used(self) -> tuple[ShelfText, ...]:
        return tuple(one for one in self.texts if one.text_id not in self.unused)


class ShelfCorpora:
    """The open corpora, by the keys of their choices. `base` is the corpus without shelves.

    The least used are put away, and closed when nobody can still be using them. `loading` loads their transformers in
    the background. Where `warms_up`, as for a bot that serves many, each is warmed up before anybody asks.
    """

    def __init__(
        self, base: Corpus, shelves: Shelves, loading: TransformerLoading | None = None, *, warms_up: bool = False
    ) -> None:
        self._base, self._shelves, self._loading, self._warms_up = base, shelves, loading, warms_up
        self._open: OrderedDict[str, Corpus] = OrderedDict()
        self._opening: dict[str, asyncio.Task[Corpus]] = {}
        self._watching: dict[str, Progress] = {}
        self._built: dict[str, float] = {}
        self._faults = BoundedDict[str, str](_KNOWN_FAULTS)
        self._put_away: dict[Corpus, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Close every corpus but the base, which belongs to the caller."""
        opening = list(self._opening.values())
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        for timer in self._put_away.values():
            timer.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        for corpus in (*self._open.values(), *self._put_away):
            await corpus.close()
        self._open.clear()
        self._put_away.clear()

    def get(self, key: str) -> Corpus | None:
        """The corpus of a choice, if it is open."""
        if key in self._open:
            self._open.move_to_end(key)
        return self._open.get(key)

    def built(self, key: str) -> float:
        """How much of the index of a choice is built, from 0 to 1."""
        return self._built.get(key, 1.0)

    def fault(self, key: str) -> str:
        """Why the index of a choice could not be built at the last try; empty where it could."""
        return self._faults.get(key, "")

    @contextmanager
    def watched(self, key: str, progress: Progress) -> Iterator[None]:
        """Tell `progress` meanwhile how much of the index of a choice is built."""
        self._watching[key] = progress
        try:
            yield
        finally:
            self._watching.pop(key, None)

    async def open(self, choice: TextChoice, patience: float, *, in_haste: bool = False) -> None:
        """Have the corpus of a choice opened, its index built where need be; wait at most `patience` seconds for that.

        An index that is already built is waited for longer, unless `in_haste`: after a start, none has changed, and to
        open one takes a second.
        """
        key = choice.key
        if key in self._open:
            return
        task = self._opening.get(key)
        if task is None:
            task = self._opening[key] = asyncio.create_task(self._opened(choice))
            task.add_done_callback(lambda done: self._has_opened(key, done))
        await asyncio.wait([task], timeout=patience)
        if self._built.get(key) == 1.0 and not in_haste:
            await asyncio.wait([task], timeout=_OPENING)

    async def _opened(self, choice: TextChoice) -> Corpus:
        sentences = sum(one.sentences for one in choice.used)
        contents = self._contents(choice)
        self._built[choice.key] = 0.0
        report = partial(self._report, choice.key, time.monotonic())
        try:
            from corpus.indexing.shelf import ensure_shelf  # only where there are added texts

            file = await ensure_shelf(self._base.file, choice.key, contents, choice.unused, sentences, report)
            self._built[choice.key] = 1.0
            corpus = await Corpus.open_index(file, transformer=self._base.transformer)
            async with AsyncExitStack() as undo:
                undo.push_async_callback(corpus.close)
                if self._loading is not None:
                    self._loading.begin(corpus)
                if self._warms_up:
                    await corpus.warm_up()
                undo.pop_all()
            return corpus
        finally:
            del self._built[choice.key]

    def _report(self, key: str, since: float, fraction: float) -> None:
        """How much of an index is built: for who added the text that it is built for, and by tenths for the log."""
        self._watching.get(key, unseen)(fraction)
        if int(10 * fraction) > int(10 * self._built[key]) and time.monotonic() - since > _SILENT:
            log.info("shelf is being indexed", percent=round(100 * fraction))
        self._built[key] = fraction

    async def _contents(self, choice: TextChoice) -> AsyncIterator[bytes]:
        """The frozen texts of a choice, fetched one by one."""
        for one in choice.used:
            content = await self._shelves.content(one.owner, one.text_id)
            if content is not None:
                yield content

    def _has_opened(self, key: str, task: asyncio.Task[Corpus]) -> None:
        self._opening.pop(key, None)
        if task.cancelled():
            return
        if error := task.exception():
            where = str(error) if isinstance(error, CorpusError) else type(error).__name__
            log.error("shelf not indexed", error=where)
            self._faults[key] = where
            return
        self._faults.pop(key, None)
        self._open[key] = task.result()
        while len(self._open) > _OPEN:
            _, put_away = self._open.popitem(last=False)
            self._close_later(put_away)

    def _close_later(self, corpus: Corpus) -> None:
        """Close a corpus when nobody can still be using it: an open one would keep the program from ending."""
        self._put_away[corpus] = asyncio.get_running_loop().call_later(_CLOSING, self._close, corpus)

    def _close(self, corpus: Corpus) -> None:
        del self._put_away[corpus]
        task = asyncio.create_task(corpus.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
