"""A platform in memory: the messages in its channels, and what may go wrong on the way there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.platform import TryLater, Undelivered
from bot.core.reply import Reply
from tests.fakes.platform import QuietPlatform


class Crash(BaseException):
    """The process dies here."""


class Channels(QuietPlatform):
    """Keeps messages as Discord does: a repeat of a key is swallowed, and history knows the keys.

    `fate` says what happens to the next calls, one after the other: "ok"; an exception that is raised before anything
    is said, or, with `said` True, after it.
    """

    swallows = timedelta(minutes=3)

    def __init__(self) -> None:
        self.messages: dict[str, list[Reply]] = {}
        self.keys: dict[str, str] = {}
        self.told: list[tuple[str, Reply]] = []
        self.notice_servers: list[str | None] = []
        self.private: dict[str, list[Reply]] = {}
        self.expired: set[str] = set()
        self.closed: BaseException | None = None
        self.calls = 0
        self.ready = True
        self.fate: deque[tuple[BaseException, bool] | None] = deque()

    def is_ready(self) -> bool:
        return self.ready

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        assert 0 < len(key) <= 25
        with_after = self._suffer()
        if key not in self.keys or not self.swallows:
            self.keys[key] = str(len(self.messages) + 1)
            self.messages[self.keys[key]] = [reply]
        self._end(with_after)
        return self.keys[key]

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        with_after = self._suffer()
        self.messages[message].append(reply)
        self._end(with_after)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        self._end(self._suffer())
        return self.keys.get(key)

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        if self.closed:
            raise self.closed
        self.told.append((person, reply))
        self.notice_servers.append(server)

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        if receipt in self.expired:
            raise Undelivered("the receipt has expired")
        self.private.setdefault(receipt, []).append(reply)

    def shown(self) -> Iterator[Reply]:
        """The messages in the channels now, the earliest first."""
        return (edits[-1] for edits in self.messages.values())

    @property
    def last(self) -> Reply:
        return list(self.shown())[-1]

    def _suffer(self) -> BaseException | None:
        self.calls += 1
        fate = self.fate.popleft() if self.fate else None
        if fate is None:
            return None
        error, said = fate
        if not said:
            raise error
        return error

    def _end(self, error: BaseException | None) -> None:
        if error is not None:
            raise error


def unreachable(*, said: bool = False) -> tuple[Undelivered, bool]:
    """The platform is out of reach, before or after it took the words."""
    return TryLater("no answer", unknown=True), said
