"""Deliveries: the ledger of daily facts, one row for a schedule and local date, and never a second.

A row is claimed by a process under a lease, then settled as sent, skipped or failed. A lease that runs out means that
its process died or hangs: another takes the row over, and looks for the post first where a try was under way.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b

from msgspec import Struct

from bot.storage.claimant import Claimant
from bot.storage.session import Session, query


class State(StrEnum):
    """What became of a day."""

    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class Delivery(Struct, frozen=True):
    """Post history for one local day.

    Between `unsure_from_at` and `unsure_to_at` an earlier try may have reached the channel: look there before posting
    again. `open_at` is when the row may be taken up: the end of the lease while it is claimed, the next try after a
    failure, None once settled. `owner` and `tries` are the lease's fence. `quoted` are the passages that the fact rests
    on, with their editions.
    """

    schedule_id: str
    local_date: date
    due_at: datetime
    state: State
    reason: str
    nonce: str
    tries: int
    changed_at: datetime
    fact: str | None = None
    quoted: str = ""
    message: str | None = None
    owner: str | None = None
    open_at: datetime | None = None
    unsure_from_at: datetime | None = None
    unsure_to_at: datetime | None = None


def nonce(schedule_id: str, local_date: date) -> str:
    """24 characters that every try of a delivery shares, and no other delivery has: a Discord nonce may have 25."""
    return blake2b(f"{schedule_id} {local_date.isoformat()}".encode(), digest_size=12).hexdigest()


async def claim(
    tx: Session,
    schedule_id: str,
    local_date: date,
    due_at: datetime,
    by: Claimant,
    unsure: tuple[datetime, datetime] | None = None,
) -> Delivery | None:
    """Claim a local day's delivery for the first process that asks. None: the ledger has that day already.

    `unsure` is when it may have been posted although the ledger does not say so.
    """
    first, last = unsure or (None, None)
    return await _claim(tx, schedule_id, local_date, due_at, nonce(schedule_id, local_date), by, first, last)


@query(
    """
    INSERT INTO deliveries (
        schedule_id, local_date, due_at, state, reason, nonce, owner, tries, open_at, changed_at, unsure_from_at,
        unsure_to_at
    ) VALUES (
        :schedule_id, :local_date, :due_at, 'claimed', '', :nonce, :owner, 1, :until, :now, :first, :last
    )
    ON CONFLICT (schedule_id, local_date) DO NOTHING
    RETURNING *
    """
)
async def _claim(
    tx: Session,
    schedule_id: str,
    local_date: date,
    due_at: datetime,
    nonce: str,
    by: Claimant,
    first: datetime | None,
    last: datetime | None,
) -> Delivery | None:
    """Take a local day's delivery."""


async def skip_day(
    tx: Session, schedule_id: str, local_date: date, due_at: datetime, reason: str, now: datetime
) -> bool:
    """Write into the ledger that a day has no post, and why. False: the ledger has that day already."""
    return await _skip_day(tx, schedule_id, local_date, due_at, nonce(schedule_id, local_date), reason, now)


@query(
    """
    INSERT INTO deliveries (schedule_id, local_date, due_at, state, reason, nonce, tries, changed_at)
    VALUES (:schedule_id, :local_date, :due_at, 'skipped', :reason, :nonce, 0, :now)
    ON CONFLICT (schedule_id, local_date) DO NOTHING
    """
)
async def _skip_day(
    tx: Session, schedule_id: str, local_date: date, due_at: datetime, nonce: str, reason: str, now: datetime
) -> bool:
    """Write into the ledger that a day has no post."""


async def take_over(tx: Session, platform: str, most: int, by: Claimant) -> list[Delivery]:
    """Claim what waits for another try and what a dead process left, the longest due first."""
    rows = await _take_over(tx, platform, most, by)
    return sorted(rows, key=lambda one: (one.due_at, one.schedule_id))


@query(
    """
    WITH claimed AS (
        SELECT schedule_id, local_date FROM deliveries
        WHERE open_at IS NOT NULL AND open_at <= :now
            AND EXISTS (SELECT 1 FROM schedules WHERE id = schedule_id AND platform = :platform)
        ORDER BY open_at
        LIMIT :most
        /*skip locked*/
    )
    UPDATE deliveries SET
        state = 'claimed',
        owner = :owner,
        tries = tries + 1,
        open_at = :until
    WHERE (schedule_id, local_date) IN (SELECT schedule_id, local_date FROM claimed)
    RETURNING *
    """
)
async def _take_over(tx: Session, platform: str, most: int, by: Claimant) -> list[Delivery]:
    """Claim what waits, in no order."""


@query(
    """
    UPDATE deliveries SET fact = :chosen, quoted = :passages, unsure_from_at = :first, unsure_to_at = :last
    WHERE schedule_id = :schedule_id AND local_date = :local_date
        AND state = 'claimed' AND owner = :owner AND tries = :tries
    """
)
async def note_try(
    tx: Session, delivery: Delivery, chosen: str, passages: str, first: datetime, last: datetime
) -> bool:
    """Note before a post what is posted, so that every try posts the same, and when it may come to the channel.

    False: somebody else has the delivery.
    """


@query(
    """
    UPDATE deliveries SET open_at = :until
    WHERE schedule_id = :schedule_id AND local_date = :local_date
        AND state = 'claimed' AND owner = :owner AND tries = :tries
    """
)
async def renew(tx: Session, delivery: Delivery, until: datetime) -> bool:
    """Make a lease longer. False: somebody else has the delivery, or it is settled."""


@query(
    """
    UPDATE deliveries SET open_at = :now, owner = NULL
    WHERE schedule_id = :schedule_id AND local_date = :local_date
        AND state = 'claimed' AND owner = :owner AND tries = :tries
    """
)
async def release(tx: Session, delivery: Delivery, now: datetime) -> bool:
    """Let others have a delivery that is not settled."""


@query(
    """
    UPDATE deliveries SET open_at = :now
    WHERE schedule_id = :schedule_id AND state = 'failed' AND open_at IS NOT NULL
    """
)
async def reopen(tx: Session, schedule_id: str, now: datetime) -> int:
    """Try at once what failed, as what was in the way is gone."""


class Outcome(Struct, frozen=True):
    """What became of a try. `next_at` is when the next one comes, None for none."""

    outcome: State
    why: str = ""
    posted: str | None = None
    next_at: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None


class StateCount(Struct, frozen=True):
    """How many deliveries are in a state."""

    state: State
    number: int


@query(
    """
    SELECT state, SUM(counted) AS number FROM (
        SELECT state, COUNT(*) AS counted FROM deliveries WHERE open_at IS NOT NULL GROUP BY state
        UNION ALL
        SELECT state, COUNT(*) FROM deliveries WHERE open_at IS NULL AND changed_at >= :since GROUP BY state
    ) AS counts
    GROUP BY state
    """
)
async def count_by_state(session: Session, since: datetime) -> list[StateCount]:
    """How many are open, and how many were settled since a moment, by their states."""


@query(
    """
    UPDATE deliveries SET
        state = :outcome,
        reason = :why,
        message = :posted,
        unsure_from_at = :first,
        unsure_to_at = :last,
        open_at = :next_at,
        owner = NULL,
        changed_at = :now
    WHERE schedule_id = :schedule_id AND local_date = :local_date
        AND state = 'claimed' AND owner = :owner AND tries = :tries
    """
)
async def settle(tx: Session, delivery: Delivery, outcome: Outcome, now: datetime) -> bool:
    """Enter what became of a try. False: somebody else has the delivery, and nothing is changed.

    One whose lease ran out must not overwrite what its successor found out.
    """


async def mark_sent(tx: Session, delivery: Delivery, message: str, now: datetime) -> bool:
    """Settle it: it is posted, as `message`."""
    return await settle(tx, delivery, Outcome(State.SENT, posted=message), now)


async def mark_skipped(tx: Session, delivery: Delivery, reason: str, now: datetime) -> bool:
    """Settle it: it is not posted and will not be, and that is nobody's fault."""
    return await settle(tx, delivery, Outcome(State.SKIPPED, reason), now)


async def mark_failed(
    tx: Session,
    delivery: Delivery,
    reason: str,
    now: datetime,
    *,
    next_at: datetime | None = None,
    unsure: tuple[datetime, datetime] | None = None,
) -> bool:
    """Enter a failed try. The next is at `next_at`, None after the last; `unsure` is when it may have posted."""
    return await settle(tx, delivery, Outcome(State.FAILED, reason, None, next_at, *(unsure or ())), now)


@query(
    """
    UPDATE deliveries SET state = 'skipped', reason = :reason, open_at = NULL, changed_at = :now
    WHERE schedule_id = :schedule_id AND state = 'failed' AND open_at IS NOT NULL AND unsure_from_at IS NULL
    """
)
async def skip_retries(tx: Session, schedule_id: str, reason: str, now: datetime) -> int:
    """Give up tries that wait for their turn; where one may have posted, the next one looks and then gives up."""


@query("SELECT * FROM deliveries WHERE schedule_id = :schedule_id AND local_date = :local_date")
async def get(session: Session, schedule_id: str, local_date: date) -> Delivery | None:
    """Post history for a local day, None if nothing yet."""


@query("SELECT * FROM deliveries WHERE schedule_id = :schedule_id ORDER BY local_date DESC LIMIT :most")
async def history(session: Session, schedule_id: str, most: int) -> list[Delivery]:
    """Post history for the last days, the latest first."""


@query(
    # No join: SQLite would begin it with all schedules there are.
    """
    SELECT open_at FROM deliveries
    WHERE open_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM schedules WHERE id = schedule_id AND platform = :platform)
    ORDER BY open_at
    LIMIT 1
    """
)
async def next_open_at(session: Session, platform: str) -> datetime | None:
    """When any delivery may be taken up next, None if all are settled."""


class FactCount(Struct, frozen=True):
    """How often a fact was posted."""

    fact: str
    times: int


async def facts_posted(session: Session, platform: str, server: str, channel: str) -> Mapping[str, int]:
    """How often each fact was posted in a channel, by any of its schedules. What is on its way counts."""
    return {one.fact: one.times for one in await _facts_posted(session, platform, server, channel)}


@query(
    """
    SELECT fact, CAST(SUM(times) AS BIGINT) AS times FROM (
        SELECT deliveries.fact AS fact, COUNT(*) AS times
        FROM schedules
        JOIN deliveries ON deliveries.schedule_id = schedules.id
        WHERE schedules.platform = :platform
            AND schedules.server = :server
            AND schedules.channel = :channel
            AND deliveries.fact IS NOT NULL
            AND (deliveries.state IN ('sent', 'claimed') OR deliveries.open_at IS NOT NULL
                OR deliveries.unsure_from_at IS NOT NULL)
        GROUP BY deliveries.fact
        UNION ALL
        SELECT fact, times FROM fact_counts WHERE platform = :platform AND server = :server AND channel = :channel
    ) AS counted
    GROUP BY fact
    """
)
async def _facts_posted(session: Session, platform: str, server: str, channel: str) -> list[FactCount]:
    """How often each fact was posted in a channel."""


async def facts_of_day(session: Session, platform: str, server: str, channel: str, day: date) -> Set[str]:
    """The facts that a channel got, or was to get, on a local date."""
    return set(await _facts_of_day(session, platform, server, channel, day))


@query(
    """
    SELECT deliveries.fact AS fact
    FROM schedules
    JOIN deliveries ON deliveries.schedule_id = schedules.id
    WHERE schedules.platform = :platform
        AND schedules.server = :server
        AND schedules.channel = :channel
        AND deliveries.local_date = :day
        AND deliveries.fact IS NOT NULL
    """
)
async def _facts_of_day(session: Session, platform: str, server: str, channel: str, day: date) -> list[str]:
    """The facts of a local date."""
