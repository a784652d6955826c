"""The ledger of deliveries, on both databases: one for a local day, however many processes ask at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.storage import deliveries, schedules
from bot.storage.claimant import Claimant
from bot.storage.deliveries import Delivery, State
from bot.storage.store import Store
from tests.processes import LOADED
from tests.storage.test_schedules import DAY, NOW, put, schedule

TODAY = date(2026, 11, 22)
LEASE = timedelta(minutes=2)
OWNERS = [f"process {n}" for n in range(4)]


def by(owner: str, now: datetime = NOW) -> Claimant:
    return Claimant(owner, now, now + LEASE)


async def claim(store: Store, owner: str, day: date = TODAY, id: str = "a") -> Delivery:  # noqa: A002 - a field's name.
    async with store.transaction() as tx:
        claimed = await deliveries.claim(tx, id, day, NOW, by(owner))
    assert claimed is not None
    return claimed


@pytest.fixture
async def store(store: Store) -> Store:
    await put(store, schedule("a"), schedule("b"))
    return store


async def test_a_local_day_is_claimed_once(store: Store) -> None:
    first = await claim(store, "one")
    assert first == Delivery(
        schedule_id="a",
        local_date=TODAY,
        due_at=NOW,
        state=State.CLAIMED,
        reason="",
        nonce=deliveries.nonce("a", TODAY),
        tries=1,
        changed_at=NOW,
        owner="one",
        open_at=NOW + LEASE,
    )
    async with store.transaction() as tx:
        assert await deliveries.claim(tx, "a", TODAY, NOW, by("two")) is None
        assert not await deliveries.skip_day(tx, "a", TODAY, NOW, "too late", NOW)
        assert await deliveries.claim(tx, "a", TODAY + DAY, NOW, by("two"))
        assert await deliveries.claim(tx, "b", TODAY, NOW, by("two"))
    assert await deliveries.get(store.reader, "a", TODAY) == first


async def test_a_skipped_day_is_in_the_ledger_with_its_reason(store: Store) -> None:
    async with store.transaction() as tx:
        assert await deliveries.skip_day(tx, "a", TODAY, NOW, "too late", NOW + DAY)
        assert await deliveries.claim(tx, "a", TODAY, NOW, by("one")) is None
    found = await deliveries.get(store.reader, "a", TODAY)
    assert found
    assert (found.state, found.reason, found.due_at, found.changed_at) == ("skipped", "too late", NOW, NOW + DAY)


async def test_what_was_sent_stays_sent(store: Store) -> None:
    claimed = await claim(store, "one")
    async with store.transaction() as tx:
        assert await deliveries.note_try(tx, claimed, "fact-1", "", NOW, NOW)
        assert await deliveries.mark_sent(tx, claimed, "message-1", NOW)
        assert not await deliveries.mark_failed(tx, claimed, "late news", NOW, next_at=NOW)
        assert not await deliveries.note_try(tx, claimed, "fact-2", "", NOW, NOW)
        assert await deliveries.take_over(tx, "discord", 10, by("two", NOW + DAY)) == []
    found = await deliveries.get(store.reader, "a", TODAY)
    assert found
    assert (found.state, found.message, found.fact, found.open_at) == ("sent", "message-1", "fact-1", None)
    assert await deliveries.next_open_at(store.reader, "discord") is None


async def test_a_lease_that_ran_out_passes_the_delivery_on_with_a_warning(store: Store) -> None:
    first = await claim(store, "one")
    async with store.transaction() as tx:
        assert await deliveries.note_try(tx, first, "fact-1", "", NOW, NOW + LEASE)
        assert await deliveries.take_over(tx, "discord", 10, by("two", NOW + LEASE - timedelta(microseconds=1))) == []
        [second] = await deliveries.take_over(tx, "discord", 10, by("two", NOW + LEASE))
        assert await deliveries.take_over(tx, "discord", 10, by("three", NOW + LEASE)) == []
    assert (second.unsure_from_at, second.unsure_to_at) == (NOW, NOW + LEASE)
    assert (second.owner, second.tries, second.nonce, second.fact) == ("two", 2, first.nonce, "fact-1")
    async with store.transaction() as tx:
        assert not await deliveries.mark_sent(tx, first, "message-1", NOW)
        assert not await deliveries.mark_skipped(tx, msgspec.structs.replace(first, owner="two"), "old try", NOW)
        assert await deliveries.mark_sent(tx, second, "message-2", NOW)


async def test_a_failure_is_tried_again_at_its_time(store: Store) -> None:
    first = await claim(store, "one")
    later = NOW + timedelta(minutes=1)
    async with store.transaction() as tx:
        assert await deliveries.mark_failed(tx, first, "busy", NOW, next_at=later)
    assert await deliveries.next_open_at(store.reader, "discord") == later
    async with store.transaction() as tx:
        assert await deliveries.take_over(tx, "discord", 10, by("two")) == []
        [second] = await deliveries.take_over(tx, "discord", 10, by("two", later))
        assert second.unsure_from_at is None
        assert await deliveries.mark_failed(tx, second, "lost answer", later, next_at=later, unsure=(NOW, later))
        [third] = await deliveries.take_over(tx, "discord", 10, by("two", later))
        assert (third.unsure_to_at, third.tries, third.state) == (later, 3, "claimed")
        assert await deliveries.mark_failed(tx, third, "gone", later, next_at=None)
        assert await deliveries.take_over(tx, "discord", 10, by("two", later + DAY)) == []
    found = await deliveries.get(store.reader, "a", TODAY)
    assert found
    assert (found.state, found.reason, found.owner) == ("failed", "gone", None)


async def test_the_longest_due_are_taken_over_first(store: Store) -> None:
    days = [TODAY + n * DAY for n in (2, 0, 1)]
    async with store.transaction() as tx:
        for day in days:
            instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
            await deliveries.claim(tx, "a", day, instant, Claimant("one", instant, instant))
        found = await deliveries.take_over(tx, "discord", 2, by("two", NOW + 9 * DAY))
    assert [one.local_date for one in found] == sorted(days)[:2]


async def test_history_is_the_latest_first(store: Store) -> None:
    for n in range(3):
        await claim(store, "one", TODAY + n * DAY)
    await claim(store, "one", id="b")
    found = await deliveries.history(store.reader, "a", 2)
    assert [one.local_date for one in found] == [TODAY + 2 * DAY, TODAY + DAY]


async def test_the_facts_of_a_channel_are_those_of_all_its_schedules(store: Store) -> None:
    await put(store, schedule("c", channel="channel-a", topic="october"), schedule("d", server="other"))
    async with store.transaction() as tx:
        for id_, day, fact in (("a", 0, "one"), ("a", 1, "two"), ("c", 0, "one"), ("c", 1, "lost"), ("b", 0, "else")):
            one = await deliveries.claim(tx, id_, TODAY + day * DAY, NOW, by("one"))
            assert one
            await deliveries.note_try(tx, one, fact, "", NOW, NOW)
            if fact == "lost":
                await deliveries.mark_failed(tx, one, "gone", NOW, next_at=None)
            elif day == 0:
                await deliveries.mark_sent(tx, one, "message", NOW)
    assert await deliveries.facts_posted(store.reader, "discord", "guild", "channel-a") == {"one": 2, "two": 1}
    assert await deliveries.facts_posted(store.reader, "discord", "guild", "channel-z") == {}
    assert await deliveries.facts_of_day(store.reader, "discord", "guild", "channel-a", TODAY) == {"one"}
    assert await deliveries.facts_of_day(store.reader, "discord", "guild", "channel-a", TODAY - DAY) == set()


def test_a_nonce_is_short_and_of_its_delivery_alone() -> None:
    nonces = {deliveries.nonce(f"id-{n}", TODAY + m * DAY) for n in range(50) for m in range(50)}
    assert len(nonces) == 2500
    assert {len(one) for one in nonces} == {24}


def _work(url: str, owner: str) -> list[tuple[str, str]]:
    """What one process gets hold of: what is due, then what others left behind, until nothing is left."""

    async def work() -> list[tuple[str, str]]:
        store = await Store.open(url)
        mine: list[tuple[str, str]] = []
        await store.set_setting(owner, "ready")
        while None in [await store.get_setting(one) for one in OWNERS]:  # noqa: ASYNC110 - the others are processes.
            await asyncio.sleep(0.01)
        while True:
            async with store.transaction() as tx:
                found = await schedules.due(tx, "discord", NOW, 7)
                for one in found:
                    claimed = await deliveries.claim(tx, one.id, one.due_date, one.due_at, by(owner))
                    mine += [("new", one.id)] if claimed else []
                    await schedules.advance(tx, one.id, NOW + DAY, one.due_date + DAY)
                left = await deliveries.take_over(tx, "discord", 7, by(owner))
                mine += [("left", one.schedule_id) for one in left]
            if not found and not left and await _nothing_open(store):
                break
            await asyncio.sleep(0.01)
        await store.close()
        return mine

    return asyncio.run(work())


async def _nothing_open(store: Store) -> bool:
    due_at = await schedules.next_due_at(store.reader, "discord")
    retry_at = await deliveries.next_open_at(store.reader, "discord")
    return (due_at is None or due_at > NOW) and (retry_at is None or retry_at > NOW)


async def test_a_lease_is_renewed_and_released_by_its_owner_alone(store: Store) -> None:
    first = await claim(store, "one")
    async with store.transaction() as tx:
        assert await deliveries.renew(tx, first, NOW + DAY)
        assert await deliveries.take_over(tx, "discord", 10, by("two", NOW + LEASE)) == []
        assert not await deliveries.release(tx, msgspec.structs.replace(first, owner="two"), NOW)
        assert await deliveries.release(tx, first, NOW)
        [second] = await deliveries.take_over(tx, "discord", 10, by("two"))
        assert second.unsure_from_at is None
        assert not await deliveries.renew(tx, first, NOW + DAY)
        assert not await deliveries.note_try(tx, first, "fact", "", NOW, NOW)
        assert not await deliveries.release(tx, first, NOW)


async def test_four_processes_share_the_work_and_no_delivery(store: Store, database_url: str) -> None:
    names = [f"{n:03}" for n in range(200)]
    await put(store, *(schedule(name, due_at=NOW - timedelta(seconds=int(name))) for name in names))
    dead = Claimant("dead", NOW - DAY, NOW - LEASE)
    async with store.transaction() as tx:
        for name in names:
            await deliveries.claim(tx, name, TODAY - DAY, NOW - DAY, dead)
    work = [(database_url, owner) for owner in OWNERS]
    with LOADED.Pool(4) as processes:
        shares = await asyncio.to_thread(processes.starmap, _work, work, 1)
    done = [one for share in shares for one in share]
    assert sorted(done) == sorted([("new", name) for name in [*names, "a", "b"]] + [("left", name) for name in names])
    assert sum(1 for share in shares if share) > 1
