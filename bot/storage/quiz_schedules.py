"""Quizzes that come by themselves: in which channel, when in local time, and of which kind."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from secrets import token_hex
from typing import Literal

from msgspec import Struct

from bot.storage.round import Mode
from bot.storage.session import Session, query

Kind = Literal["quiz", "question"]


class State(StrEnum):
    """Whether a schedule begins anything."""

    ACTIVE = "active"
    PAUSED = "paused"


class QuizSchedule(Struct, frozen=True):
    """One channel's quizzes of a kind. The next is due at `due_at`, which is the turn of the local date `due_date`.

    A "question" is one question at `local_time`, whose answer comes at `answer_time` of the same day. `outcome` says
    why the last one did not come about, if it did not; `alone`: nobody but one person is in the channel. `reason` says
    why it is paused or, while it is active, why it was paused at `due_at`.
    """

    id: str
    platform: str
    server: str
    channel: str
    kind: Kind
    topic: str
    questions: int
    seconds: int
    mode: Mode
    local_time: str
    answer_time: str
    zone: str
    days: str
    set_by: str
    setter_name: str
    due_at: datetime
    due_date: date
    alone: bool = False
    state: State = State.ACTIVE
    reason: str = ""
    outcome: str = ""

    def round_id(self, day: date) -> str:
        """The id of the round of a local day, the same in every process."""
        return blake2b(f"{self.id} {day.isoformat()}".encode(), digest_size=6).hexdigest()


def new_id() -> str:
    """An id that no other schedule has."""
    return token_hex(6)


@query(
    """
    INSERT INTO quiz_schedules
        (id, platform, server, channel, kind, topic, questions, seconds, mode, local_time, answer_time, zone, days,
         set_by, setter_name, state, reason, due_at, due_date, lease_ends_at, outcome, alone)
    VALUES
        (:id, :platform, :server, :channel, :kind, :topic, :questions, :seconds, :mode, :local_time, :answer_time,
         :zone, :days, :set_by, :setter_name, :state, :reason, :due_at, :due_date, 0, :outcome, :alone)
    ON CONFLICT (platform, server, channel, kind) DO UPDATE SET
        topic = excluded.topic, questions = excluded.questions, seconds = excluded.seconds, mode = excluded.mode,
        local_time = excluded.local_time, answer_time = excluded.answer_time, zone = excluded.zone,
        days = excluded.days, set_by = excluded.set_by, setter_name = excluded.setter_name, state = excluded.state,
        reason = excluded.reason, due_at = excluded.due_at, due_date = excluded.due_date, outcome = excluded.outcome
    RETURNING *
    """
)
async def put(tx: Session, schedule: QuizSchedule) -> QuizSchedule:
    """Set a schedule up, or change the one that the channel has of its kind."""


@query("SELECT * FROM quiz_schedules WHERE platform = :platform AND server = :server ORDER BY channel, kind")
async def of_server(session: Session, platform: str, server: str) -> list[QuizSchedule]:
    """The schedules of a server."""


@query("SELECT * FROM quiz_schedules WHERE id = :schedule_id /*lock*/")
async def hold(tx: Session, schedule_id: str) -> QuizSchedule | None:
    """A schedule that nobody else changes until the transaction ends."""


@query("SELECT MIN(due_at) AS due_at FROM quiz_schedules WHERE platform = :platform AND state = 'active'")
async def next_due_at(session: Session, platform: str) -> datetime | None:
    """When anything is due next."""


@query(
    """
    WITH claimed AS (
        SELECT id FROM quiz_schedules
        WHERE platform = :platform AND state = 'active' AND due_at <= :now AND lease_ends_at <= :now
        ORDER BY due_at LIMIT :most /*skip locked*/
    )
    UPDATE quiz_schedules SET lease_ends_at = :until
    WHERE id IN (SELECT id FROM claimed)
    RETURNING *
    """
)
async def claim(tx: Session, platform: str, now: datetime, until: datetime, most: int) -> list[QuizSchedule]:
    """What is due, for this process alone until a moment."""


@query(
    """
    UPDATE quiz_schedules SET due_at = :due_at, due_date = :due_date, outcome = :outcome, reason = ''
    WHERE id = :schedule_id
    """
)
async def advance(tx: Session, schedule_id: str, due_at: datetime, due_date: date, outcome: str) -> int:
    """Set when an active schedule is due next, and what became of the last."""


@query("UPDATE quiz_schedules SET state = 'paused', reason = :reason WHERE id = :schedule_id AND state = 'active'")
async def pause(tx: Session, schedule_id: str, reason: str) -> bool:
    """Begin nothing any more. False: it was not active."""


@query(
    """
    UPDATE quiz_schedules SET state = 'active', reason = '', due_at = :due_at, due_date = :due_date
    WHERE id = :schedule_id AND state = 'paused'
    """
)
async def resume(tx: Session, schedule_id: str, due_at: datetime, due_date: date) -> bool:
    """Go on. False: it was not paused."""


@query("DELETE FROM quiz_schedules WHERE id = :schedule_id")
async def remove(tx: Session, schedule_id: str) -> bool:
    """Delete a schedule."""


@query(
    """
    UPDATE quiz_schedules SET set_by = '', setter_name = 'somebody' WHERE set_by = :person AND platform = :platform
    """
)
async def forget_setter(tx: Session, platform: str, person: str) -> int:
    """Forget who set schedules up."""


@query(
    """
    UPDATE quiz_schedules SET state = 'paused', reason = 'left'
    WHERE platform = :platform AND server = :server AND state = 'active'
    """
)
async def pause_departed(tx: Session, platform: str, server: str) -> int:
    """Pause the schedules of a server that removed the bot."""


@query(
    """
    UPDATE quiz_schedules SET state = 'active', reason = CASE WHEN due_at < :now THEN reason ELSE '' END
    WHERE platform = :platform AND server = :server AND state = 'paused' AND reason = 'left'
    """
)
async def resume_returned(tx: Session, platform: str, server: str, now: datetime) -> int:
    """Go on in a server that added the bot again; what was due meanwhile is too late, for that reason."""
