"""The pace of posts, for all processes together: when the next one may go out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.storage.session import Session, query

FURTHEST = timedelta(minutes=1)
"""How far ahead a free place may be that many processes take from: further, and the clock was set back since."""
LONGEST_QUEUE = timedelta(minutes=10)
"""The same where places are reserved one behind the other."""


async def take(tx: Session, name: str, most: int, every: timedelta, now: datetime, ahead: timedelta) -> int:
    """Take places, one each `every`, from those that are free until `ahead` from now; returns how many."""
    await _add(tx, name, now)
    free_at = _plausible_start(await _hold(tx, name), now, ahead + FURTHEST)
    taken = max(0, min(most, (now + ahead - free_at) // every))
    if taken:
        await _move(tx, name, free_at + taken * every)
    return taken


async def reserve(tx: Session, name: str, every: timedelta, now: datetime) -> timedelta:
    """Take the next place, whenever it is; returns how long it is until then."""
    await _add(tx, name, now)
    free_at = _plausible_start(await _hold(tx, name), now, LONGEST_QUEUE)
    await _move(tx, name, free_at + every)
    return free_at - now


async def give_back(tx: Session, name: str, places: int, every: timedelta) -> None:
    """Let others have places that were taken and are not needed."""
    await _move(tx, name, await _hold(tx, name) - places * every)


def _plausible_start(free_at: datetime, now: datetime, furthest: timedelta) -> datetime:
    return now if free_at - now > furthest else max(free_at, now)


@query("INSERT INTO pace (name, free_at) VALUES (:name, :now) ON CONFLICT (name) DO NOTHING")
async def _add(tx: Session, name: str, now: datetime) -> int:
    """Begin a pace."""


@query("SELECT free_at FROM pace WHERE name = :name /*lock*/")
async def _hold(tx: Session, name: str) -> datetime:
    """When the next place is free; nobody else takes one until the transaction ends."""


@query("UPDATE pace SET free_at = :free_at WHERE name = :name")
async def _move(tx: Session, name: str, free_at: datetime) -> int:
    """Set when the next place is free."""
