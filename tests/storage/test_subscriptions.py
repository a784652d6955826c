"""Subscriptions, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.storage import deliveries, subscriptions
from bot.storage.deliveries import Claim
from bot.storage.sqlite import SqliteSession
from bot.storage.store import Store
from bot.storage.subscriptions import Subscription

NOW = datetime(2026, 11, 22, 8, 0, 0, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def subscription(id: str, **changes: object) -> Subscription:  # noqa: A002 - the field is called so
    one = Subscription(
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


async def put(store: Store, *several: Subscription) -> None:
    async with store.transaction() as tx:
        for one in several:
            await subscriptions.put(tx, one)


async def test_what_is_set_up_is_found_again_whole(store: Store) -> None:
    one = subscription("a", topic="october", due_at=NOW + timedelta(microseconds=1))
    await put(store, one)
    assert await subscriptions.get(store.reader, "a") == one
    assert await subscriptions.find(store.reader, "discord", "guild", "channel-a", "october") == one
    assert await subscriptions.find(store.reader, "discord", "guild", "channel-a", "") is None
    assert await subscriptions.get(store.reader, "b") is None


async def test_setting_up_again_changes_what_is_there_and_wakes_it(store: Store) -> None:
    await put(store, subscription("a"))
    async with store.transaction() as tx:
        assert await subscriptions.remove(tx, "a", "removed", NOW)
    later = subscription("b", channel="channel-a", local_time="21:30", zone="Asia/Tokyo", due_at=NOW + DAY)
    async with store.transaction() as tx:
        stored = await subscriptions.put(tx, later)
    assert stored == msgspec.structs.replace(later, id="a")
    assert await subscriptions.get(store.reader, "a") == stored


async def test_a_server_sees_its_own_and_not_what_it_removed(store: Store) -> None:
    await put(
        store,
        subscription("a", channel="2"),
        subscription("b", channel="1", topic="z"),
        subscription("c", channel="1", topic="b"),
        subscription("d", server="other"),
        subscription("e", platform="slack"),
        subscription("f"),
    )
    async with store.transaction() as tx:
        assert await subscriptions.remove(tx, "f", "removed", NOW)
        assert not await subscriptions.remove(tx, "f", "removed", NOW)
    assert [one.id for one in await subscriptions.of_server(store.reader, "discord", "guild")] == ["c", "b", "a"]


async def test_only_what_is_due_and_active_is_due(store: Store) -> None:
    microsecond = timedelta(microseconds=1)
    await put(
        store,
        subscription("late", due_at=NOW - DAY),
        subscription("now"),
        subscription("soon", due_at=NOW + microsecond),
        subscription("paused", due_at=NOW - DAY),
        subscription("elsewhere", due_at=NOW - DAY, platform="slack"),
    )
    async with store.transaction() as tx:
        await subscriptions.pause(tx, "paused", "asked", NOW)
        assert [one.id for one in await subscriptions.due(tx, "discord", NOW, 10)] == ["late", "now"]
        assert [one.id for one in await subscriptions.due(tx, "discord", NOW, 1)] == ["late"]
        await subscriptions.advance(tx, "late", NOW + DAY, date(2026, 11, 23))
        await subscriptions.advance(tx, "now", NOW + DAY, date(2026, 11, 23))
        assert await subscriptions.due(tx, "discord", NOW, 10) == []
    assert await subscriptions.next_due_at(store.reader, "discord") == NOW + microsecond


async def test_nothing_is_due_next_where_nothing_is_set_up(store: Store) -> None:
    assert await subscriptions.next_due_at(store.reader, "discord") is None


async def test_a_pause_has_a_reason_and_is_told_once(store: Store) -> None:
    await put(store, subscription("a"), subscription("b"))
    async with store.transaction() as tx:
        assert await subscriptions.pause(tx, "a", "forbidden", NOW)
        assert not await subscriptions.pause(tx, "a", "gone", NOW)
        assert await subscriptions.tell(tx, "a", NOW)
        assert not await subscriptions.tell(tx, "a", NOW + DAY)
        assert not await subscriptions.resume(tx, "b", NOW, NOW.date())
    [one] = await subscriptions.broken(store.reader, "discord", "", 10)
    assert (one.id, one.state, one.reason, one.told_at) == ("a", "paused", "forbidden", NOW)
    async with store.transaction() as tx:
        assert await subscriptions.resume(tx, "a", NOW + DAY, date(2026, 11, 23))
    again = await subscriptions.get(store.reader, "a")
    assert again == subscription("a", due_at=NOW + DAY, due_date=date(2026, 11, 23))


async def test_what_may_be_mended_is_found_page_by_page(store: Store) -> None:
    await put(store, *(subscription(name) for name in "abcdef"), subscription("s", platform="slack"))
    async with store.transaction() as tx:
        for name, reason in (("a", "gone"), ("b", "asked"), ("c", "forbidden"), ("d", "gone"), ("s", "gone")):
            await subscriptions.pause(tx, name, reason, NOW)
        assert await subscriptions.remove(tx, "d", "removed", NOW)
    assert [one.id for one in await subscriptions.broken(store.reader, "discord", "", 1)] == ["a"]
    assert [one.id for one in await subscriptions.broken(store.reader, "discord", "a", 9)] == ["c"]


async def test_what_is_mended_unasked_is_not_told_of_again(store: Store) -> None:
    await put(store, subscription("a"), subscription("b"))
    async with store.transaction() as tx:
        await subscriptions.pause(tx, "a", "forbidden", NOW)
        await subscriptions.pause(tx, "b", "asked", NOW)
        assert await subscriptions.tell(tx, "a", NOW)
        assert await subscriptions.mend(tx, "a", NOW + DAY, date(2026, 11, 23))
        assert not await subscriptions.mend(tx, "b", NOW + DAY, date(2026, 11, 23))
        await subscriptions.pause(tx, "a", "forbidden", NOW)
        assert not await subscriptions.tell(tx, "a", NOW)
        await subscriptions.untell(tx, "a")
        assert await subscriptions.tell(tx, "a", NOW)


@pytest.mark.parametrize("stop", [subscriptions.pause, subscriptions.remove])
async def test_stopping_settles_what_waits_for_another_try_but_not_what_is_in_hand(store: Store, stop: object) -> None:
    assert callable(stop)
    await put(store, subscription("a"))
    by = Claim("one", NOW, NOW + DAY)
    async with store.transaction() as tx:
        waiting = await deliveries.claim(tx, "a", date(2026, 11, 21), NOW, by)
        assert waiting
        await deliveries.failed(tx, waiting, "timeout", NOW, retry_at=NOW + DAY, unsure=True)
        assert await deliveries.claim(tx, "a", date(2026, 11, 22), NOW, by)
        assert await stop(tx, "a", "asked", NOW)
    in_hand, settled = await deliveries.history(store.reader, "a", 10)
    assert (in_hand.state, in_hand.retry_at) == ("claimed", NOW + DAY)
    assert (settled.state, settled.reason, settled.retry_at) == ("skipped", "asked", None)


async def test_what_is_due_is_found_by_an_index(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    assert isinstance(store.reader, SqliteSession)
    for name, index in (
        ("due_subscriptions", "subscriptions_due"),
        ("next_due", "subscriptions_due"),
        ("take_over_deliveries", "deliveries_open"),
        ("next_retry", "deliveries_open"),
        ("broken_subscriptions", "subscriptions_broken"),
    ):
        query = store.reader._queries[name]
        plan = msgspec.structs.replace(query, sql=f"EXPLAIN QUERY PLAN {query.sql}")
        steps = " ".join(step["detail"] for step in await store.reader.fetch(plan, dict.fromkeys(query.parameters, 1)))
        assert f"INDEX {index}" in steps
        assert "TEMP B-TREE" not in steps
    await store.close()
