"""Schedules, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.storage import deliveries, schedules
from bot.storage.claimant import Claimant
from bot.storage.schedules import Schedule
from bot.storage.store import Store

NOW = datetime(2026, 11, 22, 8, 0, 0, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def schedule(id: str, **changes: object) -> Schedule:  # noqa: A002 - the field is called so.
    one = Schedule(
        id=id,
        platform="discord",
        server="guild",
        channel=f"channel-{id}",
        topic="",
        local_time="09:00",
        zone="Europe/Berlin",
        days="1234567",
        set_by="ada",
        set_at=NOW - DAY,
        due_at=NOW,
        due_date=NOW.date(),
    )
    return msgspec.structs.replace(one, **changes)


async def put(store: Store, *several: Schedule) -> None:
    async with store.transaction() as tx:
        for one in several:
            await schedules.put(tx, one)


async def test_what_is_set_up_is_found_again_whole(store: Store) -> None:
    one = schedule("a", topic="october", due_at=NOW + timedelta(microseconds=1))
    await put(store, one)
    assert await schedules.get(store.reader, "a") == one
    assert await schedules.find(store.reader, "discord", "guild", "channel-a", "october") == one
    assert await schedules.find(store.reader, "discord", "guild", "channel-a", "") is None
    assert await schedules.get(store.reader, "b") is None


async def test_setting_up_again_changes_what_is_there_and_wakes_it(store: Store) -> None:
    await put(store, schedule("a"))
    async with store.transaction() as tx:
        assert await schedules.remove(tx, "a", "removed", NOW)
    later = schedule("b", channel="channel-a", local_time="21:30", zone="Asia/Tokyo", due_at=NOW + DAY)
    async with store.transaction() as tx:
        stored = await schedules.put(tx, later)
    assert stored == msgspec.structs.replace(later, id="a")
    assert await schedules.get(store.reader, "a") == stored


async def test_a_server_sees_its_own_and_not_what_it_removed(store: Store) -> None:
    await put(
        store,
        schedule("a", channel="2"),
        schedule("b", channel="1", topic="z"),
        schedule("c", channel="1", topic="b"),
        schedule("d", server="other"),
        schedule("e", platform="slack"),
        schedule("f"),
    )
    async with store.transaction() as tx:
        assert await schedules.remove(tx, "f", "removed", NOW)
        assert not await schedules.remove(tx, "f", "removed", NOW)
    assert [one.id for one in await schedules.of_server(store.reader, "discord", "guild")] == ["c", "b", "a"]


async def test_only_what_is_due_and_active_is_due(store: Store) -> None:
    microsecond = timedelta(microseconds=1)
    await put(
        store,
        schedule("late", due_at=NOW - DAY),
        schedule("now"),
        schedule("soon", due_at=NOW + microsecond),
        schedule("paused", due_at=NOW - DAY),
        schedule("elsewhere", due_at=NOW - DAY, platform="slack"),
    )
    async with store.transaction() as tx:
        await schedules.pause(tx, "paused", "asked", NOW)
        assert [one.id for one in await schedules.due(tx, "discord", NOW, 10)] == ["late", "now"]
        assert [one.id for one in await schedules.due(tx, "discord", NOW, 1)] == ["late"]
        await schedules.advance(tx, "late", NOW + DAY, date(2026, 11, 23))
        await schedules.advance(tx, "now", NOW + DAY, date(2026, 11, 23))
        assert await schedules.due(tx, "discord", NOW, 10) == []
    assert await schedules.next_due_at(store.reader, "discord") == NOW + microsecond


async def test_nothing_is_due_next_where_nothing_is_set_up(store: Store) -> None:
    assert await schedules.next_due_at(store.reader, "discord") is None


async def test_a_pause_has_a_reason_and_is_looked_at_again_when_it_may_be_mended(store: Store) -> None:
    await put(store, *(schedule(name) for name in "abc"), schedule("s", platform="slack"))
    async with store.transaction() as tx:
        assert await schedules.pause_broken(tx, "a", "forbidden", NOW)
        assert not await schedules.pause_broken(tx, "a", "gone", NOW)
        assert await schedules.pause_broken(tx, "s", "gone", NOW)
        assert await schedules.pause(tx, "b", "asked", NOW)
        assert not await schedules.resume(tx, "c", NOW, NOW.date())
        assert [one.id for one in await schedules.untold(tx, "discord", "guild", "ada")] == ["a"]
        [one] = await schedules.claim_checks(tx, "discord", NOW, NOW + DAY, 10)
        assert (one.id, one.state, one.reason, one.check_at, one.checks) == ("a", "paused", "forbidden", NOW + DAY, 1)
        assert await schedules.claim_checks(tx, "discord", NOW, NOW + DAY, 10) == []
        assert await schedules.note_notice(tx, "a", NOW)
        assert await schedules.untold(tx, "discord", "guild", "ada") == []
    assert await schedules.next_check_at(store.reader, "discord") == NOW + DAY
    async with store.transaction() as tx:
        assert await schedules.resume(tx, "a", NOW + DAY, date(2026, 11, 23))
    assert await schedules.get(store.reader, "a") == schedule("a", due_at=NOW + DAY, due_date=date(2026, 11, 23))


async def test_what_recovers_unasked_is_not_told_of_again(store: Store) -> None:
    await put(store, schedule("a"), schedule("b"))
    async with store.transaction() as tx:
        await schedules.pause_broken(tx, "a", "forbidden", NOW)
        await schedules.pause(tx, "b", "asked", NOW)
        assert await schedules.note_notice(tx, "a", NOW)
        assert await schedules.recover(tx, "a", NOW + DAY, date(2026, 11, 23))
        assert not await schedules.recover(tx, "b", NOW + DAY, date(2026, 11, 23))
        await schedules.pause_broken(tx, "a", "forbidden", NOW)
        assert await schedules.untold(tx, "discord", "guild", "ada") == []
        await schedules.clear_notice(tx, "a")
        assert [one.id for one in await schedules.untold(tx, "discord", "guild", "ada")] == ["a"]


@pytest.mark.parametrize("stop", [schedules.pause, schedules.remove])
async def test_stopping_settles_what_waits_for_another_try_but_not_what_is_in_hand(store: Store, stop: object) -> None:
    assert callable(stop)
    await put(store, schedule("a"))
    by = Claimant("one", NOW, NOW + DAY)
    async with store.transaction() as tx:
        waiting = await deliveries.claim(tx, "a", date(2026, 11, 21), NOW, by)
        assert waiting
        await deliveries.mark_failed(tx, waiting, "timeout", NOW, next_at=NOW + DAY)
        assert await deliveries.claim(tx, "a", date(2026, 11, 22), NOW, by)
        assert await stop(tx, "a", "asked", NOW)
    in_hand, settled = await deliveries.history(store.reader, "a", 10)
    assert (in_hand.state, in_hand.open_at) == ("claimed", NOW + DAY)
    assert (settled.state, settled.reason, settled.open_at) == ("skipped", "asked", None)
