"""Deliveries: the ledger of daily facts, one row for a subscription and local date, and never a second.

A row is claimed by a process for the length of a lease, then settled as sent, skipped or failed. A lease that runs out
means that its process died or hangs: another takes the row over, and since the post may have gone out, as `unsure`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

from bot.storage.session import Row, Session, read


class Delivery(Struct, frozen=True):
    """Post history for one local day.

    `unsure` says that an earlier try may have reached the channel: look there before posting again. `retry_at` is when
    the row may be taken up: the end of the lease while it is claimed, the next try after a failure, None once settled.
    """

    subscription_id: str
    local_date: date
    due_at: datetime
    state: Literal["claimed", "sent", "skipped", "failed"]
    reason: str
    nonce: str
    tries: int
    unsure: bool
    changed_at: datetime
    fact: str | None = None
    message: str | None = None
    owner: str | None = None
    retry_at: datetime | None = None


class Claim(Struct, frozen=True):
    """Who claims, when, and until when. `owner` names one process and no other, living or dead."""

    owner: str
    now: datetime
    until: datetime


def nonce(subscription_id: str, local_date: date) -> str:
    """24 characters that every try of a delivery shares, and no other delivery has: a Discord nonce may have 25."""
    return blake2b(f"{subscription_id} {local_date.isoformat()}".encode(), digest_size=12).hexdigest()


async def claim(tx: Session, subscription_id: str, local_date: date, due_at: datetime, by: Claim) -> Delivery | None:
    """Take a local day's delivery, for whoever asks first. None: the ledger has that day already."""
    row = await tx.claim_delivery(
        subscription_id=subscription_id,
        local_date=local_date,
        due_at=due_at,
        nonce=nonce(subscription_id, local_date),
        owner=by.owner,
        retry_at=by.until,
        changed_at=by.now,
    )
    return _one(row)


async def skip_day(
    tx: Session, subscription_id: str, local_date: date, due_at: datetime, reason: str, now: datetime
) -> bool:
    """Write into the ledger that a day has no post, and why. False: the ledger has that day already."""
    changed: int = await tx.skip_day(
        subscription_id=subscription_id,
        local_date=local_date,
        due_at=due_at,
        nonce=nonce(subscription_id, local_date),
        reason=reason,
        changed_at=now,
    )
    return changed > 0


async def take_over(tx: Session, platform: str, most: int, by: Claim) -> list[Delivery]:
    """Claim what waits for another try and what a dead process left, the longest due first."""
    rows = await tx.take_over_deliveries(platform=platform, now=by.now, most=most, owner=by.owner, retry_at=by.until)
    return sorted(_all(rows), key=lambda one: (one.due_at, one.subscription_id))


async def choose_fact(tx: Session, delivery: Delivery, fact: str) -> bool:
    """Note the fact before it is posted, so that every try posts the same. False: somebody else has the delivery."""
    changed: int = await tx.choose_fact(
        subscription_id=delivery.subscription_id,
        local_date=delivery.local_date,
        owner=delivery.owner,
        tries=delivery.tries,
        fact=fact,
    )
    return changed > 0


async def sent(tx: Session, delivery: Delivery, message: str, now: datetime) -> bool:
    """It is posted, as `message`. False, here and below: somebody else has the delivery, and nothing is changed."""
    return await _settle(tx, delivery, "sent", now, message=message)


async def skipped(tx: Session, delivery: Delivery, reason: str, now: datetime) -> bool:
    """It is not posted and will not be, and that is nobody's fault."""
    return await _settle(tx, delivery, "skipped", now, reason=reason)


async def failed(
    tx: Session, delivery: Delivery, reason: str, now: datetime, *, retry_at: datetime | None, unsure: bool
) -> bool:
    """A try failed. The next is at `retry_at`, None after the last; `unsure`: the post may be there all the same."""
    return await _settle(tx, delivery, "failed", now, reason=reason, retry_at=retry_at, unsure=unsure)


async def get(session: Session, subscription_id: str, local_date: date) -> Delivery | None:
    """Post history for a local day, None if nothing yet."""
    return _one(await session.get_delivery(subscription_id=subscription_id, local_date=local_date))


async def history(session: Session, subscription_id: str, most: int) -> list[Delivery]:
    """Post history for the last days, the latest first."""
    return _all(await session.delivery_history(subscription_id=subscription_id, most=most))


async def last_date(session: Session, subscription_id: str) -> date | None:
    """The latest local date in the ledger: a changed schedule goes on after it."""
    found: str | None = await session.last_delivery_date(subscription_id=subscription_id)
    return None if found is None else date.fromisoformat(found)


async def next_retry_at(session: Session, platform: str) -> datetime | None:
    """When any delivery may be taken up next, None if all are settled."""
    row = await session.next_retry(platform=platform)
    return row["retry_at"] if row else None


async def facts_posted(session: Session, platform: str, server: str, channel: str) -> Mapping[str, int]:
    """How often each fact was posted in a channel, by any of its subscriptions. What is on its way counts."""
    rows = await session.facts_of_channel(platform=platform, server=server, channel=channel)
    return {row["fact"]: row["times"] for row in rows}


async def facts_of_day(session: Session, platform: str, server: str, channel: str, day: date) -> Set[str]:
    """The facts that a channel got, or was to get, on a local date."""
    rows = await session.facts_of_day(platform=platform, server=server, channel=channel, local_date=day)
    return {row["fact"] for row in rows}


async def _settle(
    tx: Session,
    delivery: Delivery,
    state: str,
    now: datetime,
    *,
    reason: str = "",
    message: str | None = None,
    unsure: bool = False,
    retry_at: datetime | None = None,
) -> bool:
    changed: int = await tx.settle_delivery(
        subscription_id=delivery.subscription_id,
        local_date=delivery.local_date,
        owner=delivery.owner,
        tries=delivery.tries,
        state=state,
        reason=reason,
        message=message,
        unsure=unsure,
        retry_at=retry_at,
        changed_at=now,
    )
    return changed > 0


def _one(row: Row | None) -> Delivery | None:
    return None if row is None else read(Delivery, row)


def _all(rows: Sequence[Row]) -> list[Delivery]:
    return [read(Delivery, row) for row in rows]
