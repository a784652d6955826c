"""A platform that is connected and does nothing: fakes of platforms override what they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta

from bot.core.platform import Shard
from bot.core.reply import Reply


class QuietPlatform:
    """Takes whatever is said, keeps nothing, and lets everybody do everything."""

    name = "test"
    swallows = timedelta()
    channel_pace = timedelta()
    recount = timedelta()

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    def is_ready(self) -> bool:
        return True

    def fault(self) -> str:
        return "" if self.is_ready() else "not connected"

    async def server_time(self) -> datetime | None:
        return None

    def shards(self) -> Sequence[Shard]:
        return ()

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return "1"

    async def edit(self, channel: str, message: str, reply: Reply) -> None: ...

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return None

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        return ()

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        return ()

    async def tell(self, person: str, server: str | None, reply: Reply) -> None: ...

    async def servers(self) -> Set[str] | None:
        return None

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None: ...

    async def channel_name(self, channel: str) -> str:
        return f"#{channel}"

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        return {one: f"#{one}" for one in channels}

    def link(self, server: str | None, channel: str, message: str) -> str:
        return ""
