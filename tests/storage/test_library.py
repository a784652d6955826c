"""Shelves in the store, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.library import ShelfText, Shelves
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.retention import RULES, step
from bot.storage.store import Store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADA, EVE = Owner("discord", "1"), Owner("discord", "2")


def row(owner: Owner, text_id: str, edition: str = "abc") -> ShelfText:
    return ShelfText(owner.platform, owner.server, text_id, "Title", edition, 120, 7, "Ada", NOW)


async def test_a_text_is_kept_replaced_and_removed_on_its_own_shelf(store: Store) -> None:
    shelves = Shelves(store)
    for owner in (ADA, EVE, EVERYBODY):
        await shelves.put(row(owner, "book"), owner.server.encode() or b"all")
    await shelves.put(row(ADA, "book", "def"), b"\x00second\xff")
    assert await shelves.texts(ADA) == (row(ADA, "book", "def"),)
    assert await shelves.content(ADA, "book") == b"\x00second\xff"
    assert await shelves.content(EVE, "book") == b"2"
    assert await shelves.content(EVERYBODY, "book") == b"all"
    assert await shelves.content(ADA, "other") is None
    assert await shelves.remove(ADA, "book", b"numbers")
    assert not await shelves.remove(ADA, "book", b"none")
    assert await shelves.texts(ADA) == ()
    assert await shelves.texts(EVE) == (row(EVE, "book"),)
    assert await shelves.numbering(ADA, "book") == b"numbers"
    assert await shelves.numbering(EVE, "book") is None


async def test_of_a_servers_removed_texts_the_last_ones_leave_their_numbers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.library.MOST_NUMBERINGS", 2)
    shelves = Shelves(store)
    for owner in (ADA, EVE, EVERYBODY):
        for text_id in ("d", "c", "b", "d", "a"):
            await shelves.put(row(owner, text_id), b"")
            await shelves.remove(owner, text_id, text_id.encode())
    for owner, known in ((ADA, "ad"), (EVE, "ad"), (EVERYBODY, "abcd")):
        assert [one for one in "abcd" if await shelves.numbering(owner, one) == one.encode()] == list(known)


async def test_a_text_that_is_there_again_has_its_numbers_itself(store: Store) -> None:
    shelves = Shelves(store)
    for owner in (ADA, EVE):
        await shelves.put(row(owner, "book"), b"")
        await shelves.remove(owner, "book", b"numbers")
    await shelves.put(row(ADA, "book"), b"")
    assert await shelves.numbering(ADA, "book") is None
    assert await shelves.numbering(EVE, "book") == b"numbers"


async def test_ids_of_one_shelf_that_would_mean_something_else_on_another(store: Store) -> None:
    shelves = Shelves(store)
    for owner, text_id in ((ADA, "own"), (EVE, "removed"), (EVERYBODY, "shared"), (EVERYBODY, "gone")):
        await shelves.put(row(owner, text_id), b"")
    await shelves.remove(EVE, "removed", b"")
    await shelves.remove(EVERYBODY, "gone", b"")
    assert await shelves.ids_elsewhere(EVERYBODY) == ["own", "removed"]
    assert await shelves.ids_elsewhere(ADA) == ["gone"]


async def test_what_a_server_leaves_aside_is_its_own_business(store: Store) -> None:
    shelves = Shelves(store)
    await shelves.leave_aside(ADA, ["speech", "article"], [])
    await shelves.leave_aside(ADA, ["article"], ["speech"])
    assert await shelves.unused(ADA) == {"article"}
    assert await shelves.unused(EVE) == frozenset()


async def test_a_removed_text_that_was_left_aside_is_used_when_it_comes_back(store: Store) -> None:
    shelves = Shelves(store)
    await shelves.put(row(ADA, "book"), b"")
    await shelves.leave_aside(ADA, ["book"], [])
    await shelves.remove(ADA, "book", b"")
    assert await shelves.unused(ADA) == frozenset()


async def test_what_nobody_confirmed_is_kept_for_a_day_and_goes_with_its_server(store: Store) -> None:
    shelves = Shelves(store)
    old, new = [await shelves.propose(ADA, b"text", at) for at in (NOW, NOW + timedelta(hours=30))]
    rule = next(one for one in RULES if "confirmed" in one.what)
    async with store.transaction() as tx:
        await step(tx, rule, NOW + timedelta(hours=31))
    assert await shelves.take_proposal(ADA, old) is None
    assert await shelves.take_proposal(EVE, new) is None
    assert await shelves.take_proposal(ADA, new) == b"text"
