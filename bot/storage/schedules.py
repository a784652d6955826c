"""Schedules: which channel gets a daily fact, and when, in local time; what is next is beside it in UTC."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from secrets import token_hex

from msgspec import Struct

from bot.storage.deliveries import skip_retries
from bot.storage.session import Session, query


class State(StrEnum):
    """Whether a schedule posts."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


class Schedule(Struct, frozen=True):
    """One channel's daily fact. It is due next at `due_at`, which is the turn of the local date `due_date`.

    While it is paused for something that may be mended, it is looked at again at `check_at`, as `checks` times before.
    `refusals` are the days in a row on which its channel refused the post for no reason that a look there shows.
    With `thread`, each post opens a thread; `mention` is the id of a role that it mentions. `previous` is what the last
    change replaced, as JSON; empty where there was nothing.
    """

    id: str
    platform: str
    server: str
    channel: str
    topic: str
    local_time: str
    zone: str
    days: str
    set_by: str
    set_at: datetime
    due_at: datetime
    due_date: date
    state: State = State.ACTIVE
    reason: str = ""
    told_at: datetime | None = None
    check_at: datetime | None = None
    checks: int = 0
    refusals: int = 0
    thread: bool = False
    mention: str = ""
    previous: str = ""


def new_id() -> str:
    """An id that no other schedule has."""
    return token_hex(8)


@query(
    """
    INSERT INTO schedules (
        id, platform, server, channel, topic, local_time, zone, days, set_by, set_at, due_at, due_date, state, reason,
        thread, mention, previous
    ) VALUES (
        :id, :platform, :server, :channel, :topic, :local_time, :zone, :days, :set_by, :set_at, :due_at, :due_date,
        'active', '', :thread, :mention, :previous
    )
    ON CONFLICT (platform, server, channel, topic) DO UPDATE SET
        local_time = excluded.local_time,
        zone = excluded.zone,
        days = excluded.days,
        set_by = excluded.set_by,
        set_at = excluded.set_at,
        due_at = excluded.due_at,
        due_date = excluded.due_date,
        state = excluded.state,
        reason = excluded.reason,
        thread = excluded.thread,
        mention = excluded.mention,
        previous = excluded.previous,
        told_at = NULL,
        check_at = NULL,
        checks = 0,
        refusals = 0
    RETURNING *
    """
)
async def put(tx: Session, schedule: Schedule) -> Schedule:
    """Set a schedule up, or change and wake the one that the channel has for its topic: it keeps its id and ledger."""


@query("SELECT * FROM schedules WHERE id = :schedule_id")
async def get(session: Session, schedule_id: str) -> Schedule | None:
    """A schedule, whatever its state."""


@query(
    """
    SELECT * FROM schedules
    WHERE platform = :platform AND server = :server AND channel = :channel AND topic = :topic
    """
)
async def find(session: Session, platform: str, server: str, channel: str, topic: str) -> Schedule | None:
    """The schedule of a channel for a topic, whatever its state."""


@query(
    """
    SELECT * FROM schedules
    WHERE platform = :platform AND server = :server AND state <> 'removed'
    ORDER BY channel, topic
    """
)
async def of_server(session: Session, platform: str, server: str) -> list[Schedule]:
    """What a server has set up and not removed, by channel and topic."""


@query(
    """
    WITH claimed AS (
        SELECT id FROM schedules
        WHERE platform = :platform AND check_at IS NOT NULL AND check_at <= :now
        ORDER BY check_at
        LIMIT :most
        /*skip locked*/
    )
    UPDATE schedules SET check_at = :until, checks = checks + 1
    WHERE id IN (SELECT id FROM claimed)
    RETURNING *
    """
)
async def claim_checks(tx: Session, platform: str, now: datetime, until: datetime, most: int) -> list[Schedule]:
    """What is paused and to be looked at again, for this process alone until `until`."""


@query("SELECT MIN(check_at) AS check_at FROM schedules WHERE platform = :platform AND check_at IS NOT NULL")
async def next_check_at(session: Session, platform: str) -> datetime | None:
    """When anything that is paused is to be looked at next."""


@query(
    """
    UPDATE schedules SET check_at = :check_at
    WHERE id = :schedule_id AND check_at IS NOT NULL
    """
)
async def check_again(tx: Session, schedule_id: str, check_at: datetime) -> int:
    """Set when a schedule is looked at next, unless somebody has paused it meanwhile."""


@query(
    """
    SELECT * FROM schedules
    WHERE platform = :platform AND server = :server AND set_by = :set_by
        AND state = 'paused' AND check_at IS NOT NULL AND told_at IS NULL
    ORDER BY id
    """
)
async def untold(session: Session, platform: str, server: str, set_by: str) -> list[Schedule]:
    """What somebody has set up in a server and is to hear of, as it cannot go on."""


@query(
    "SELECT COUNT(*) AS active FROM schedules WHERE platform = :platform AND server = :server AND state <> 'removed'"
)
async def count_of_server(session: Session, platform: str, server: str) -> int:
    """How many schedules a server has."""


@query(
    """
    SELECT * FROM schedules
    WHERE platform = :platform AND state = 'active' AND due_at <= :now
    ORDER BY due_at
    LIMIT :most
    /*skip locked*/
    """
)
async def due(tx: Session, platform: str, now: datetime, most: int) -> list[Schedule]:
    """What is due, the oldest first. No other process gets the same ones until the transaction ends."""


@query(
    """
    SELECT * FROM schedules WHERE platform = :platform AND state = 'active'
    ORDER BY due_at
    LIMIT :most
    """
)
async def next_due(session: Session, platform: str, most: int) -> list[Schedule]:
    """What is due next, the oldest first."""


@query("SELECT MIN(due_at) AS due_at FROM schedules WHERE platform = :platform AND state = 'active'")
async def next_due_at(session: Session, platform: str) -> datetime | None:
    """When anything is due next, None while nothing is set up."""


@query("UPDATE schedules SET due_at = :due_at, due_date = :due_date WHERE id = :schedule_id")
async def advance(tx: Session, schedule_id: str, due_at: datetime, due_date: date) -> int:
    """Set when it is due next."""


@query("UPDATE schedules SET mention = '' WHERE id = :schedule_id")
async def mention_nobody(tx: Session, schedule_id: str) -> int:
    """Post without a mention from now on."""


async def pause(tx: Session, schedule_id: str, reason: str, now: datetime) -> bool:
    """Stop posting until somebody resumes it, tries that wait for their turn included. False: it was so already."""
    paused = await _pause(tx, schedule_id, reason)
    await skip_retries(tx, schedule_id, reason, now)
    return paused


@query(
    """
    UPDATE schedules SET state = 'paused', reason = :reason, check_at = NULL, checks = 0
    WHERE id = :schedule_id AND (state = 'active' OR check_at IS NOT NULL)
    """
)
async def _pause(tx: Session, schedule_id: str, reason: str) -> bool:
    """Stop posting; what would go on by itself once it is mended stops as well."""


@query(
    """
    UPDATE schedules SET state = 'paused', reason = :reason, check_at = :check_at, checks = 0
    WHERE id = :schedule_id AND state = 'active'
    """
)
async def pause_broken(tx: Session, schedule_id: str, reason: str, check_at: datetime) -> bool:
    """Stop posting until what is wrong is mended; tries wait for that too. False: it was not active."""


@query(
    """
    UPDATE schedules SET
        state = 'active', reason = '', told_at = NULL, check_at = NULL, checks = 0, refusals = 0,
        due_at = :due_at, due_date = :due_date
    WHERE id = :schedule_id AND state = 'paused'
    """
)
async def resume(tx: Session, schedule_id: str, due_at: datetime, due_date: date) -> bool:
    """Go on posting. False: it was not paused."""


@query(
    """
    UPDATE schedules SET
        state = 'active', reason = '', check_at = NULL, checks = 0, due_at = :due_at, due_date = :due_date
    WHERE id = :schedule_id AND state = 'paused' AND reason IN ('gone', 'forbidden', 'refused', 'left', 'unreadable')
    """
)
async def recover(tx: Session, schedule_id: str, due_at: datetime, due_date: date) -> bool:
    """Go on posting, as what was in the way is gone. False: it was not paused for that.

    Nobody asked for it: who was told of the pause is not told again, should it turn out not to be mended.
    """


async def remove(tx: Session, schedule_id: str, reason: str, now: datetime) -> bool:
    """Stop for good. The ledger stays. False: it was removed before."""
    removed = await _remove(tx, schedule_id)
    await skip_retries(tx, schedule_id, reason, now)
    return removed


@query(
    """
    UPDATE schedules SET state = 'removed', reason = '', check_at = NULL
    WHERE id = :schedule_id AND state <> 'removed'
    """
)
async def _remove(tx: Session, schedule_id: str) -> bool:
    """Stop for good."""


@query("UPDATE schedules SET told_at = :now WHERE id = :schedule_id AND told_at IS NULL")
async def note_notice(tx: Session, schedule_id: str, now: datetime) -> bool:
    """Note that somebody was told of the pause."""


@query("UPDATE schedules SET told_at = NULL, refusals = 0 WHERE id = :schedule_id")
async def clear_notice(tx: Session, schedule_id: str) -> int:
    """Posts go out again: at the next pause somebody is to be told."""


@query("UPDATE schedules SET refusals = refusals + 1 WHERE id = :schedule_id RETURNING refusals")
async def note_refusal(tx: Session, schedule_id: str) -> int:
    """Count a day on which the channel refused the post; returns how many there were in a row."""


async def forget_setter(tx: Session, platform: str, person: str) -> None:
    """Forget that a person set schedules up, also before somebody else changed them."""
    await _forget_setter(tx, platform, person)
    await _forget_earlier_setter(tx, platform, f'"set_by":"{person}"')


@query(
    """
    UPDATE schedules SET previous = replace(previous, :quoted, '"set_by":""')
    WHERE platform = :platform AND previous <> '' AND previous LIKE '%' || :quoted || '%'
    """
)
async def _forget_earlier_setter(tx: Session, platform: str, quoted: str) -> int:
    """Forget a person in what schedules were before they were changed."""


@query("UPDATE schedules SET set_by = '' WHERE set_by = :person AND platform = :platform")
async def _forget_setter(tx: Session, platform: str, person: str) -> int:
    """Forget who set schedules up."""
