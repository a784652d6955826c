"""Server rules: whether a server's look-ups are private, and the channels that the bot is kept to."""

from __future__ import annotations

from msgspec import Struct

from bot.storage.session import Session, query


class ServerRules(Struct, frozen=True):
    """A server's rules. `channels` are ids with a space between them; without any, the bot answers everywhere."""

    private_lookups: bool = False
    channels: str = ""

    @property
    def channel_ids(self) -> tuple[str, ...]:
        return tuple(self.channels.split())


@query("SELECT private_lookups, channels FROM server_rules WHERE platform = :platform AND server = :server")
async def _get(session: Session, platform: str, server: str) -> ServerRules | None:
    """What a server decided."""


async def get_rules(session: Session, platform: str, server: str) -> ServerRules:
    """A server's rules; the usual ones where nobody decided anything."""
    return await _get(session, platform, server) or ServerRules()


@query(
    """
    INSERT INTO server_rules (platform, server, private_lookups, channels)
    VALUES (:platform, :server, :private_lookups, :channels)
    ON CONFLICT (platform, server) DO UPDATE SET
        private_lookups = excluded.private_lookups, channels = excluded.channels
    """
)
async def put_rules(tx: Session, platform: str, server: str, rules: ServerRules) -> int:
    """Set a server's rules."""
