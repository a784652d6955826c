"""Reminders: who wants to hear, once a day at most, that reviews are due."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.storage.session import Session, query


class Reminder(Struct, frozen=True):
    """One person's reminder: looked at next at `due_at`, which is `local_time` in their zone.

    It is `is_closed` where they take no direct messages, until they have heard so.
    """

    person: str
    platform: str
    local_time: str
    zone: str
    due_at: datetime
    is_closed: bool = False


@query(
    """
    INSERT INTO reminders (person, platform, local_time, zone, due_at, is_closed)
    VALUES (:person, :platform, :local_time, :zone, :due_at, :is_closed)
    ON CONFLICT (person) DO UPDATE SET
        local_time = excluded.local_time, zone = excluded.zone, due_at = excluded.due_at, is_closed = excluded.is_closed
    """
)
async def put(tx: Session, reminder: Reminder) -> int:
    """Keep a person's reminder."""


@query("SELECT * FROM reminders WHERE person = :person")
async def get(session: Session, person: str) -> Reminder | None:
    """A person's reminder."""


@query("DELETE FROM reminders WHERE person = :person")
async def remove(tx: Session, person: str) -> bool:
    """Remind a person no more; False where nobody was to."""


@query("SELECT MIN(due_at) AS due_at FROM reminders WHERE platform = :platform AND NOT is_closed")
async def next_due_at(session: Session, platform: str) -> datetime | None:
    """When anybody is to be reminded next."""


@query(
    """
    SELECT * FROM reminders WHERE platform = :platform AND NOT is_closed AND due_at <= :now
    ORDER BY due_at LIMIT :most /*skip locked*/
    """
)
async def due(tx: Session, platform: str, now: datetime, most: int) -> list[Reminder]:
    """Who is to be reminded now; no other process gets the same until the transaction ends."""


@query("UPDATE reminders SET is_closed = TRUE WHERE person = :person")
async def close(tx: Session, person: str) -> int:
    """Note that a person takes no direct messages."""
