"""Subscriptions: which channel gets a daily fact, and when, in local time; what is next stands beside it in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from secrets import token_hex
from typing import Literal

from msgspec import Struct

from bot.storage.session import Row, Session, read


class Subscription(Struct, frozen=True):
    """One channel's daily fact. It is due next at `due_at`, which is the turn of the local date `due_date`."""

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
    state: Literal["active", "paused", "removed"] = "active"
    reason: str = ""
    told_at: datetime | None = None


def new_id() -> str:
    """An id that no other subscription has."""
    return token_hex(8)


async def put(tx: Session, subscription: Subscription) -> Subscription:
    """Set a subscription up, or change the one that the channel has for its topic: that keeps its id and its ledger."""
    one = subscription
    row = await tx.put_subscription(
        id=one.id,
        platform=one.platform,
        server=one.server,
        channel=one.channel,
        topic=one.topic,
        local_time=one.local_time,
        zone=one.zone,
        days=one.days,
        set_by=one.set_by,
        set_at=one.set_at,
        due_at=one.due_at,
        due_date=one.due_date,
    )
    return read(Subscription, row)


async def get(session: Session, subscription_id: str) -> Subscription | None:
    """A subscription, whatever its state."""
    return _one(await session.get_subscription(id=subscription_id))


async def find(session: Session, platform: str, server: str, channel: str, topic: str) -> Subscription | None:
    """The subscription of a channel for a topic, whatever its state."""
    return _one(await session.find_subscription(platform=platform, server=server, channel=channel, topic=topic))


async def of_server(session: Session, platform: str, server: str) -> list[Subscription]:
    """What a server has set up and not removed, by channel and topic."""
    return _all(await session.server_subscriptions(platform=platform, server=server))


async def broken(session: Session, platform: str, after: str, most: int) -> list[Subscription]:
    """What is paused because a channel is gone or a permission lost, by id, from the one that follows `after`."""
    return _all(await session.broken_subscriptions(platform=platform, after=after, most=most))


async def due(tx: Session, platform: str, now: datetime, most: int) -> list[Subscription]:
    """What is due, the oldest first. No other process gets the same ones until the transaction ends."""
    return _all(await tx.due_subscriptions(platform=platform, now=now, most=most))


async def next_due_at(session: Session, platform: str) -> datetime | None:
    """When anything is due next, None while nothing is set up."""
    row = await session.next_due(platform=platform)
    found: datetime | None = row["due_at"]
    return found


async def advance(tx: Session, subscription_id: str, due_at: datetime, due_date: date) -> None:
    """Set when it is due next."""
    await tx.advance_subscription(id=subscription_id, due_at=due_at, due_date=due_date)


async def pause(tx: Session, subscription_id: str, reason: str, now: datetime) -> bool:
    """Stop posting, tries that wait for their turn included. False: it was not active."""
    changed: int = await tx.pause_subscription(id=subscription_id, reason=reason)
    await tx.skip_retries(subscription_id=subscription_id, reason=reason, changed_at=now)
    return changed > 0


async def resume(tx: Session, subscription_id: str, due_at: datetime, due_date: date) -> bool:
    """Go on posting. False: it was not paused."""
    changed: int = await tx.resume_subscription(id=subscription_id, due_at=due_at, due_date=due_date)
    return changed > 0


async def mend(tx: Session, subscription_id: str, due_at: datetime, due_date: date) -> bool:
    """Go on posting, as what was in the way is gone. False: it was not paused for that."""
    changed: int = await tx.mend_subscription(id=subscription_id, due_at=due_at, due_date=due_date)
    return changed > 0


async def remove(tx: Session, subscription_id: str, reason: str, now: datetime) -> bool:
    """Stop for good. The ledger stays. False: it was removed before."""
    changed: int = await tx.remove_subscription(id=subscription_id)
    await tx.skip_retries(subscription_id=subscription_id, reason=reason, changed_at=now)
    return changed > 0


async def tell(tx: Session, subscription_id: str, now: datetime) -> bool:
    """Note that somebody is being told of the pause. False: somebody was, and is not told again."""
    changed: int = await tx.tell_subscription(id=subscription_id, told_at=now)
    return changed > 0


async def untell(tx: Session, subscription_id: str) -> None:
    """Nobody was told after all, or posts go out again: at the next pause somebody is to be told."""
    await tx.untell_subscription(id=subscription_id)


async def hold_channel(tx: Session, channel: str) -> None:
    """Let nobody else choose for a channel until the transaction ends."""
    await tx.hold_channel(channel=channel)


def _one(row: Row | None) -> Subscription | None:
    return None if row is None else read(Subscription, row)


def _all(rows: Sequence[Row]) -> list[Subscription]:
    return [read(Subscription, row) for row in rows]
