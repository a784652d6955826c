"""What both databases are to the store."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from msgspec import Struct

from bot.storage.session import Session


class Connections(Struct, frozen=True):
    """How many connections to the database are in use, and how many wait for use."""

    used: int
    idle: int


class Transactional(Protocol):
    """What can be read, and changed in transactions."""

    reader: Session
    errors: tuple[type[Exception], ...]

    def transaction(self) -> AbstractAsyncContextManager[Session]: ...


class Database(Transactional, Protocol):
    """An open database."""

    def connections(self) -> Connections: ...

    async def close(self) -> None: ...
