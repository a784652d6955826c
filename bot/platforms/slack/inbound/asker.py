"""Who asks on Slack: only an id comes with what they do, so Slack is asked for the rest where somebody needs it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from msgspec.structs import replace

from bot.core.context import Person


@dataclass
class SlackAsker:
    """Somebody who asks; `id` is as the rest of the bot knows them. `find` is awaited at the first need, and once."""

    id: str
    find: Callable[[], Awaitable[Person]]
    _person: Person | None = None

    async def person(self) -> Person:
        if self._person is None:
            self._person = replace(await self.find(), id=self.id)
        return self._person
