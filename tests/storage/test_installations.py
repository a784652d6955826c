"""Tokens of others' servers are kept, replaced and removed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.storage import cards, learning, reminders, round_settings, schedules, workspace_ids
from bot.storage.cards import Card
from bot.storage.installations import Installations
from bot.storage.learning import Attempt, Where
from bot.storage.reminders import Reminder
from bot.storage.round import RoundSettings
from bot.storage.server_rules import ServerRules, get_rules, put_rules
from bot.storage.store import Store
from tests.storage.test_schedules import put, schedule

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


ADA = "slack:U1"


async def fill(store: Store, person: str, channel: str, server: str, zone: str) -> None:
    """What somebody does in a workspace."""
    async with store.transaction() as tx:
        token = await learning.put_review(tx, person, "q", "{}", NOW)
        attempt = Attempt("q", NOW, "choice", "peace", True, 3)
        await learning.answer_review(tx, person, "Ada", token, attempt, Where("slack", server, channel))
        await learning.put_review(tx, person, "q", "{}", NOW)
        await learning.set_timezone(tx, person, zone)
        await cards.put(tx, person, Card("q", 2, None, 1, 1, NOW, NOW, True, NOW, True, False))
        await reminders.put(tx, Reminder(person, "slack", "18:00", zone, NOW, False))
        await round_settings.put(tx, "slack", server, channel, RoundSettings("", 7, 25, "race"))


async def test_what_a_lone_workspace_has_goes_on_where_it_is_one_of_several(store: Store) -> None:
    before = '{"channel":"C1","set_by":"U1"} {"channel":"C1","set_by":""}'
    mine = schedule("a", platform="slack", server="T1", channel="C1", set_by="U1", previous=before)
    both = schedule("b", platform="slack", server="T1", channel="C2", set_by="U1")
    await put(store, mine, both, schedule("c", platform="slack", server="T1", channel="T1-C2", set_by="T1-U1"))
    await put(store, schedule("d", platform="slack", server="T2", channel="C1"), schedule("e", server="T1"))
    await fill(store, ADA, "C1", "T1", "Asia/Tokyo")
    await fill(store, "slack:U7", "C7", "T2", "Europe/Berlin")
    async with store.transaction() as tx:
        await put_rules(tx, "slack", "T1", ServerRules(channels="C1 C4"))
    for _ in range(2):
        await Installations(store, "slack").save("T1", "token", NOW)
        reader = store.reader
        found = {name: await schedules.get(reader, name) for name in "abcde"}
        assert [one.channel for one in found.values() if one] == ["T1-C1", "C2", "T1-C2", "C1", "channel-e"]
        assert found["a"]
        assert found["a"].set_by == "T1-U1"
        assert found["a"].previous == '{"channel":"T1-C1","set_by":"T1-U1"} {"channel":"T1-C1","set_by":""}'
        assert (await get_rules(reader, "slack", "T1")).channels == "T1-C1 T1-C4"
        assert await learning.timezone(reader, "slack:T1-U1") == "Asia/Tokyo"
        assert await learning.review(reader, "slack:T1-U1")
        assert len(await learning.attempts(reader, "slack:T1-U1")) == 1
        assert len(await cards.of_person(reader, "slack:T1-U1")) == 1
        assert await reminders.get(reader, "slack:T1-U1")
        assert await round_settings.get(reader, "slack", "T1", "T1-C1")
        assert await learning.attempts(reader, ADA) == []
        assert await learning.timezone(reader, "slack:U7") == "Europe/Berlin"


async def test_every_table_with_ids_of_channels_or_people_is_thought_of(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    await (await Store.open(str(file))).close()
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}
    connection.close()
    with_ids = {name for name, has in columns.items() if has & {"channel", "person", "set_by", "starter", "channels"}}
    moved = {one.__name__.strip("_") for one in workspace_ids.MOVES} | {"server_rules"}
    assert with_ids - moved == set()
