"""Tokens of others' servers are kept, and a secret of an installation is good once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.storage.installations import Installations
from bot.storage.store import Store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def test_a_token_is_kept_replaced_and_removed(store: Store) -> None:
    kept, other = Installations(store, "slack"), Installations(store, "elsewhere")
    assert await kept.token("T1") is None
    await kept.save("T1", "one")
    await kept.save("T1", "two")
    await kept.save("T2", "three")
    assert (await kept.token("T1"), await kept.token("T2")) == ("two", "three")
    assert await other.token("T1") is None
    await kept.remove("T1")
    assert (await kept.token("T1"), await kept.token("T2")) == (None, "three")


async def test_a_secret_is_good_once_and_for_ten_minutes(store: Store) -> None:
    installations = Installations(store, "slack")
    first, second = await installations.new_state(NOW), await installations.new_state(NOW)
    assert first != second
    assert await installations.take_state(first, NOW + timedelta(minutes=9))
    assert not await installations.take_state(first, NOW + timedelta(minutes=9))
    assert not await installations.take_state(second, NOW + timedelta(minutes=10))
    assert not await installations.take_state("made up", NOW)


async def test_abandoned_installations_are_cleared_away(store: Store) -> None:
    installations = Installations(store, "slack")
    old = await installations.new_state(NOW)
    await installations.new_state(NOW + timedelta(hours=1))
    assert not await installations.take_state(old, NOW)
