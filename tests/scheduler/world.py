"""A world in which processes die at any moment: simulated time, a database without threads, a hub that outlives all."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bot.core.platform import TryLater
from bot.core.reply import Reply
from bot.scheduler.loop import Scheduler
from bot.storage import deliveries, schedules
from bot.storage.database import Connections
from bot.storage.session import Query, Session
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.scheduler.hub import Connection, Hub, daily

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
_NO_LOG = b"\1\1"
"""Which version of SQLite's file format writes and reads a file: that with a write-ahead log is no memory's."""


class Dead(BaseException):
    """The process has died; nothing catches this."""


class Process:
    """One process. At each point that it passes it may die, and from then on it does nothing more."""

    def __init__(self, dice: Random, risk: float) -> None:
        self.dice = dice
        self.risk = risk
        self.alive = True

    def is_dead(self) -> bool:
        return not self.alive

    def passes(self, point: str) -> None:
        if self.alive and self.dice.random() < self.risk:
            self.alive = False
        if not self.alive:
            raise Dead(point)


class InlineSession(Session):
    """Queries over an SQLite connection, answered at once: a thread would be most of the time that a test takes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        return self._connection.execute(query.sql, values).fetchall()

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        return self._connection.execute(query.sql, values).rowcount

    async def execute(self, statement: str) -> None:
        self._connection.execute(statement)

    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        self._connection.executemany(query.sql, rows)

    async def snapshot(self) -> None: ...

    async def hold(self, name: str) -> None: ...


class InlineDatabase:
    """An SQLite database in memory. No session waits for anything: no transaction is between another's steps."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, file: Path | str = ":memory:") -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.reader: Session = InlineSession(self.connection)

    @classmethod
    def of_file(cls, file: Path) -> InlineDatabase:
        """What is in a store's file, and goes there, with what a store asks of its connection."""
        made = cls(file)
        made.connection.executescript("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF")
        return made

    @classmethod
    def copy_of(cls, file: Path) -> InlineDatabase:
        """What is in a store's file, which stays as it is, with what a store asks of its connection."""
        made = cls()
        made.connection.deserialize(_content(file))
        made.connection.execute("PRAGMA foreign_keys = ON")
        return made

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.reader
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def connections(self) -> Connections:
        return Connections(used=1, idle=0)

    async def close(self) -> None:
        self.connection.close()


@cache
def _content(file: Path) -> bytes:
    """A database as a file without a log beside it has it: to open the file takes longer than the rest of a copy."""
    with closing(sqlite3.connect(file)) as kept:
        content = bytearray(kept.serialize())
    content[18:20] = _NO_LOG
    return bytes(content)


class MortalDatabase:
    """A database as a process that may die sees it: before a transaction, just before it is committed, just after."""

    def __init__(self, database: InlineDatabase, process: Process) -> None:
        self.database = database
        self.process = process
        self.reader = database.reader
        self.errors = database.errors

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        self.process.passes("before a transaction")
        async with self.database.transaction() as tx:
            yield tx
            self.process.passes("before the commit")
        self.process.passes("after the commit")

    def connections(self) -> Connections:
        return self.database.connections()

    async def close(self) -> None: ...


class MortalConnection(Connection):
    """A connection of a process that may die before and after each call, while the network loses calls and answers."""

    def __init__(self, world: World, process: Process) -> None:
        super().__init__(world.hub)
        self.world = world
        self.process = process

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        self._departs()
        message = await super().post(channel, reply, key)
        self._arrives()
        return message

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        self._departs()
        message = await super().find(channel, key, since, until)
        self._arrives()
        return message

    def _departs(self) -> None:
        self.process.passes("before the send")
        self.world.now += SECOND * self.process.dice.random()
        if self.process.dice.random() < self.process.risk:
            raise TryLater("busy", self.process.dice.choice([None, 30.0]))
        if self.process.dice.random() < self.process.risk:
            raise TryLater("lost on the way", unknown=True)

    def _arrives(self) -> None:
        self.process.passes("after the send")
        if self.process.dice.random() < self.process.risk:
            self.world.now += 20 * SECOND
            raise TryLater("lost answer", unknown=True)


@dataclass
class World:
    """Time, a database, a hub, and processes that come and go. `away` are the long times in which there was none."""

    corpus: Corpus
    database: InlineDatabase
    now: datetime
    dice: Random
    risk: float = 0.02
    remembers: timedelta = timedelta()
    away: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hub = Hub(lambda: self.now, self.remembers)
        self.store = Store(self.database)

    async def live(self, end: datetime, processes: int = 1) -> None:
        """Let so many processes run at a time, and others take their place when they die, until `end`."""
        running: list[tuple[Process, Scheduler]] = []
        while self.now < end:
            running = [one for one in running if one[0].alive]
            while len(running) < processes:
                running.append(self._start())
            for process, facts in self.dice.sample(running, len(running)):
                await self._step(process, facts)
            if not any(process.alive for process, _ in running):
                self._nobody()
            self.now = max(self.now, await self._next_at()) + 5 * SECOND * self.dice.random()
        await self._settle()

    async def _settle(self) -> None:
        """Let a process that does not die end what the others began."""
        self.risk = 0.0
        for _ in range(3):
            await self._step(*self._start())
            self.now += HOUR

    def _start(self) -> tuple[Process, Scheduler]:
        process = Process(self.dice, self.risk)
        store = Store(MortalDatabase(self.database, process))
        return process, daily(store, self.corpus, [MortalConnection(self, process)], clock=lambda: self.now)

    async def _step(self, process: Process, facts: Scheduler) -> None:
        try:
            while process.alive and await facts.step(self.now):
                self.now += SECOND / 4
        except Dead:
            pass

    def _nobody(self) -> None:
        """It takes a moment until a process is there again, or days."""
        if self.dice.random() < 0.9:
            self.now += 5 * MINUTE * self.dice.random()
            return
        back = self.now + timedelta(days=5) * self.dice.random()
        # Who comes back to die at once was not there.
        left = self.away.pop()[0] if self.away and self.now - self.away[-1][1] < 15 * MINUTE else self.now
        self.away.append((left, back))
        self.now = back

    async def _next_at(self) -> datetime:
        due_at = await schedules.next_due_at(self.database.reader, "test")
        retry_at = await deliveries.next_open_at(self.database.reader, "test")
        return min(at for at in (due_at, retry_at, self.now + timedelta(days=1)) if at)
