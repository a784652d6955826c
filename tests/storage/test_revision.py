"""Revisions: what one process changes, another sees after a few seconds, and asks for no more often."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage import revision
from bot.storage.revision import Revision, RevisionCache
from bot.storage.store import Store


async def change(store: Store, one: Revision) -> None:
    async with store.transaction() as tx:
        await one.change(tx)


async def test_a_change_is_seen_when_the_last_look_is_old(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = Revision(store, "shelves"), Revision(store, "shelves")
    assert await ours.current() is None
    await change(store, theirs)
    assert await ours.current() is None
    monkeypatch.setattr(revision, "FRESH", 0.0)
    late = Revision(store, "shelves")
    first = await late.current()
    assert first
    await change(store, theirs)
    assert await late.current() not in {None, first}


async def test_things_have_revisions_of_their_own(store: Store) -> None:
    await change(store, Revision(store, "shelves"))
    assert await Revision(store, "rules").current() is None


async def test_while_one_looks_the_others_go_on_with_what_was_known(store: Store) -> None:
    rules = Revision(store, "rules")
    await change(store, rules)
    known = await rules.current()
    rules._until -= revision.FRESH
    await change(store, Revision(store, "rules"))
    looks, goes_on = await asyncio.gather(rules.current(), rules.current())
    assert goes_on == known != looks
    assert await rules.current() == looks


def test_a_copy_is_good_for_its_revision_alone() -> None:
    copies = RevisionCache[str, str](9)
    assert copies.get("a", None) is None
    assert copies.put("a", None, "before the first change") == "before the first change"
    assert copies.get("a", None) == "before the first change"
    assert copies.get("a", "1") is None
    copies.put("a", "1", "after it")
    assert (copies.get("a", "1"), copies.get("a", None)) == ("after it", None)
    copies.clear()
    assert copies.get("a", "1") is None


def test_a_copy_is_not_believed_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "KEPT", 0.0)
    copies = RevisionCache[str, str](9)
    copies.put("a", "1", "old")
    assert copies.get("a", "1") is None
