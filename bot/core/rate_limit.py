"""Rate limits: token buckets, so that no person and no server can take all of the bot.

They are kept by each process: on Discord one process serves a server, and elsewhere a limit that is larger by the
number of processes is still a limit. Nothing of what was asked is kept.
"""

from __future__ import annotations

from math import ceil

from msgspec import Struct

from bot.bounded_dict import BoundedDict
from bot.core.context import Context

_MOST = 20_000
"""Buckets that are kept: the least recently used go first, and they are full again."""


class Limit(Struct, frozen=True):
    """A bucket's size and how much flows back into it each second."""

    size: float
    a_second: float


PERSON = Limit(30, 0.5)
"""Thirty answers at once, then one every two seconds: more than anybody reads, less than a script sends."""
SERVER = Limit(600, 10)
"""What three hundred people do who look something up in the same minute."""


class TokenBuckets:
    """Buckets by key, all of one limit."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._levels = BoundedDict[str, tuple[float, float]](_MOST)

    def wait(self, level: float, cost: float) -> float:
        """The seconds until a bucket at a level has `cost`; 0 where it has."""
        lacking = min(cost, self._limit.size) - level
        return lacking / self._limit.a_second if lacking > 0 else 0.0

    def put(self, key: str, level: float, now: float) -> None:
        """Keep the level that a bucket has now."""
        self._levels[key] = level, now

    def level(self, key: str, now: float) -> float:
        """How full a bucket is."""
        known = self._levels.get(key)
        if known is None:
            return self._limit.size
        level, then = known
        # A clock that was set back fills nothing, and empties nothing either.
        return min(self._limit.size, level + max(0.0, now - then) * self._limit.a_second)


class RateLimits:
    """What a person, and all people of a server together, may ask for."""

    def __init__(self) -> None:
        self._people, self._servers = TokenBuckets(PERSON), TokenBuckets(SERVER)

    def wait(self, ctx: Context, cost: float) -> int:
        """The whole seconds that the asker has to wait; 0 where the answer may be given, which is then counted.

        An answer that either limit refuses counts for neither.
        """
        now, place = ctx.now.timestamp(), ctx.place
        asked = [(self._people, f"{place.platform}:{ctx.asker.id}")]
        if place.server:
            asked.append((self._servers, f"{place.platform}:{place.server}"))
        levels = [(buckets, key, buckets.level(key, now)) for buckets, key in asked]
        if seconds := max([buckets.wait(level, cost) for buckets, _, level in levels]):
            return ceil(seconds)
        for buckets, key, level in levels:
            buckets.put(key, level - cost, now)
        return 0
