"""When what comes by local time is due, so that it can be moved after the rules of a time zone have changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from bot.storage.session import Session, query


class LocalTime(Struct, frozen=True):
    """Something that is due at `due_at`, when the clocks of `zone` show `local_time`, on `due_date` if that is kept."""

    id: str
    local_time: str
    zone: str
    due_at: datetime
    due_date: date | None = None


Page = Callable[[Session, str, str, datetime, int], Awaitable[list[LocalTime]]]
Move = Callable[[Session, LocalTime, datetime], Awaitable[bool]]


@query(
    """
    SELECT id, local_time, zone, due_at, due_date FROM schedules
    WHERE platform = :platform AND state = 'active' AND id > :after AND due_at > :now ORDER BY id LIMIT :most
    """
)
async def _schedules(tx: Session, platform: str, after: str, now: datetime, most: int) -> list[LocalTime]:
    """Daily facts."""


@query(
    """
    UPDATE schedules SET due_at = :moved_at
    WHERE id = :id AND due_at = :due_at AND local_time = :local_time AND zone = :zone
    """
)
async def _move_schedule(tx: Session, one: LocalTime, moved_at: datetime) -> bool:
    """Move a daily fact, unless it was changed meanwhile."""


@query(
    """
    SELECT id, local_time, zone, due_at, due_date FROM quiz_schedules
    WHERE platform = :platform AND state = 'active' AND id > :after AND due_at > :now ORDER BY id LIMIT :most
    """
)
async def _quizzes(tx: Session, platform: str, after: str, now: datetime, most: int) -> list[LocalTime]:
    """Quizzes that come by themselves."""


@query(
    """
    UPDATE quiz_schedules SET due_at = :moved_at
    WHERE id = :id AND due_at = :due_at AND local_time = :local_time AND zone = :zone
    """
)
async def _move_quiz(tx: Session, one: LocalTime, moved_at: datetime) -> bool:
    """Move a quiz, unless it was changed meanwhile."""


@query(
    """
    SELECT person AS id, local_time, zone, due_at FROM reminders
    WHERE platform = :platform AND NOT is_closed AND person > :after AND due_at > :now ORDER BY person LIMIT :most
    """
)
async def _reminders(tx: Session, platform: str, after: str, now: datetime, most: int) -> list[LocalTime]:
    """Reminders of reviews."""


@query(
    """
    UPDATE reminders SET due_at = :moved_at
    WHERE person = :id AND due_at = :due_at AND local_time = :local_time AND zone = :zone
    """
)
async def _move_reminder(tx: Session, one: LocalTime, moved_at: datetime) -> bool:
    """Move a reminder, unless it was changed meanwhile."""


TABLES: Final[tuple[tuple[Page, Move], ...]] = (
    (_schedules, _move_schedule),
    (_quizzes, _move_quiz),
    (_reminders, _move_reminder),
)
"""All that comes by local time: a page of what is due later, behind an id, and the way to move one."""
