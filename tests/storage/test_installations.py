"""Tokens of others' servers are kept, replaced and removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.storage.installations import Installations
from bot.storage.store import Store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def test_a_token_is_kept_replaced_and_removed(store: Store) -> None:
    kept, other = Installations(store, "slack"), Installations(store, "elsewhere")
    assert await kept.token("T1") is None
    await kept.save("T1", "one", NOW)
    await kept.save("T1", "two", NOW)
    await kept.save("T2", "three", NOW)
    assert (await kept.token("T1"), await kept.token("T2")) == ("two", "three")
    assert await other.token("T1") is None
    assert await kept.remove("T1", NOW)
    assert not await kept.remove("T1", NOW)
    assert (await kept.token("T1"), await kept.token("T2")) == (None, "three")


async def test_late_news_of_a_removal_leaves_a_newer_installation_alone(store: Store) -> None:
    installations = Installations(store, "slack")
    await installations.save("T1", "old", NOW)
    await installations.save("T1", "new", NOW + timedelta(minutes=5))
    assert not await installations.remove("T1", NOW + timedelta(minutes=1))
    assert await installations.token("T1") == "new"
    assert await installations.remove("T1", NOW + timedelta(minutes=6))
