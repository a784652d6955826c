"""Rate limits as Discord has them: of a route and its channel or webhook, and of the whole bot."""

from __future__ import annotations

import hashlib
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.fakes.faults import Fault, rate_limit

_CHANNEL = r"(channels/\d+)/messages"
_ROUTES = {
    "posts": re.compile(rf"POST {_CHANNEL}"),
    "edits": re.compile(rf"PATCH {_CHANNEL}/\d+"),
    "webhook": re.compile(r"(?:POST|PATCH|DELETE) (webhooks/\d+/[^/]+)(?:/messages/[^/]+)?"),
}
_EXEMPT = re.compile(r"\w+ (?:interactions|webhooks)/")
"""Answers to interactions do not count for the limit of the whole bot."""


@dataclass
class _Window:
    start: float = 0.0
    used: int = 0

    def take(self, most: int, seconds: float, now: float) -> tuple[int, float]:
        """How many are left after one more, less than none where it is too many; and when the window ends."""
        if now - self.start >= seconds:
            self.start, self.used = now, 0
        self.used += 1
        return most - self.used, self.start + seconds - now


@dataclass
class RateLimits:
    """So many requests in so many seconds, for each kind of route. `exceeded` are the requests that were too many."""

    most: dict[str, tuple[int, float]] = field(
        default_factory=lambda: {"posts": (5, 5.0), "edits": (5, 5.0), "webhook": (5, 2.0)}
    )
    of_the_bot: tuple[int, float] = (50, 1.0)
    exceeded: list[str] = field(default_factory=list)
    _windows: defaultdict[str, _Window] = field(default_factory=lambda: defaultdict(_Window))

    def take(self, method: str, path: str) -> tuple[dict[str, str], Fault | None]:
        """The headers that say how much is left, and the refusal where nothing is."""
        asked, now = f"{method} {path}", time.monotonic()
        if not _EXEMPT.match(asked):
            left, after = self._windows["the bot"].take(*self.of_the_bot, now)
            if left < 0:
                self.exceeded.append(asked)
                return {}, rate_limit(after, for_all=True)
        for kind, route in _ROUTES.items():
            if found := route.fullmatch(asked):
                return self._take_of(kind, found[1], asked, now)
        return {}, None

    def _take_of(self, kind: str, major: str, asked: str, now: float) -> tuple[dict[str, str], Fault | None]:
        most, seconds = self.most[kind]
        left, after = self._windows[f"{kind} {major}"].take(most, seconds, now)
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(left, 0)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": hashlib.blake2b(kind.encode(), digest_size=16).hexdigest(),
        }
        if left < 0:
            self.exceeded.append(asked)
            return headers, rate_limit(after)
        return headers, None
