"""Servers that removed the bot: all they have pauses at once, and is forgotten some time later."""

from __future__ import annotations

from datetime import datetime

from bot.storage import quiz_schedules
from bot.storage.session import Session, query


async def leave(tx: Session, platform: str, server: str, now: datetime) -> None:
    """A server has removed the bot: pause its schedules and end its rounds."""
    await _add(tx, platform, server, now)
    await _pause_schedules(tx, platform, server)
    await quiz_schedules.pause_departed(tx, platform, server)
    await _end_rounds(tx, platform, server)


async def come_back(tx: Session, platform: str, server: str, now: datetime) -> None:
    """A server has added the bot again: what it had goes on."""
    if await _remove(tx, platform, server):
        await _check_schedules(tx, platform, server, now)
        await quiz_schedules.resume_returned(tx, platform, server, now)


@query(
    """
    SELECT server FROM schedules WHERE platform = :platform
    UNION SELECT server FROM quiz_schedules WHERE platform = :platform
    UNION SELECT server FROM rounds WHERE platform = :platform
    UNION SELECT server FROM round_settings WHERE platform = :platform
    UNION SELECT server FROM scores WHERE platform = :platform
    UNION SELECT server FROM library_texts WHERE platform = :platform
    UNION SELECT server FROM library_numberings WHERE platform = :platform
    UNION SELECT server FROM server_rules WHERE platform = :platform
    EXCEPT SELECT server FROM departures WHERE platform = :platform
    EXCEPT SELECT ''
    """
    # What is kept of direct messages has no server.
)
async def servers_of(reader: Session, platform: str) -> list[str]:
    """The servers of which something is kept that only a member of them can have created."""


@query("SELECT server FROM departures WHERE platform = :platform")
async def departed(reader: Session, platform: str) -> list[str]:
    """The servers that have removed the bot."""


@query("INSERT INTO departures (platform, server, left_at) VALUES (:platform, :server, :now) ON CONFLICT DO NOTHING")
async def _add(tx: Session, platform: str, server: str, now: datetime) -> int:
    """Note that a server has removed the bot."""


@query("DELETE FROM departures WHERE platform = :platform AND server = :server")
async def _remove(tx: Session, platform: str, server: str) -> bool:
    """Note that a server has the bot; False where it always had."""


@query(
    """
    UPDATE schedules SET state = 'paused', reason = 'left', check_at = NULL
    WHERE platform = :platform AND server = :server
        AND (state = 'active' OR (state = 'paused' AND reason IN ('gone', 'forbidden', 'refused')))
    """
)
async def _pause_schedules(tx: Session, platform: str, server: str) -> int:
    """Stop posting in a server."""


@query(
    """
    UPDATE schedules SET check_at = :now, checks = 0
    WHERE platform = :platform AND server = :server AND state = 'paused' AND reason = 'left'
    """
)
async def _check_schedules(tx: Session, platform: str, server: str, now: datetime) -> int:
    """Look whether a server's schedules can go on."""


@query(
    """
    UPDATE rounds SET state = 'over', version = version + 1
    WHERE platform = :platform AND server = :server AND state <> 'over'
    """
)
async def _end_rounds(tx: Session, platform: str, server: str) -> int:
    """End the rounds of a server."""
