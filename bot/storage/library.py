"""Texts that people added: one shelf for everybody, one for each server, and what a server leaves aside."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final

from msgspec import Struct

from bot.storage import made_questions
from bot.storage.made_questions import MadeQuestion
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.revision import Revision, change_revision
from bot.storage.session import Session, query
from bot.storage.store import Store

_REVISION: Final = "library"
MOST_NUMBERINGS: Final = 50
"""Removed texts of a server's shelf whose numberings are kept, the last ones: as many as a shelf has room for, so that
all of it may be exchanged. Without a bound, who adds and removes ever other texts would fill the store. Everybody's
shelf has none: only whoever runs the bot removes what is there."""


class ShelfText(Struct, frozen=True):
    """A text on a shelf, without its words. `added_by` is a person's name as the platform has it, `person` their id."""

    platform: str
    server: str
    text_id: str
    title: str
    edition: str
    words: int
    sentences: int
    added_by: str
    added_at: datetime
    person: str = ""

    @property
    def owner(self) -> Owner:
        return Owner(self.platform, self.server)


@query(
    """
    INSERT INTO library_texts (
        platform, server, text_id, title, edition, words, sentences, added_by, added_at, person, content
    )
    VALUES (
        :platform, :server, :text_id, :title, :edition, :words, :sentences, :added_by, :added_at, :person, :content
    )
    ON CONFLICT (platform, server, text_id) DO UPDATE SET title = excluded.title, edition = excluded.edition,
        words = excluded.words, sentences = excluded.sentences, added_by = excluded.added_by,
        added_at = excluded.added_at, person = excluded.person, content = excluded.content
    """
)
async def _put_text(tx: Session, text: ShelfText, content: bytes) -> int:
    """Add a text, in place of an earlier edition."""


@query("DELETE FROM library_texts WHERE platform = :platform AND server = :server AND text_id = :text_id")
async def _remove_text(tx: Session, owner: Owner, text_id: str) -> bool:
    """Take a text off its shelf; whether it was there."""


@query(
    """
    SELECT platform, server, text_id, title, edition, words, sentences, added_by, added_at, person FROM library_texts
    WHERE platform = :platform AND server = :server ORDER BY added_at, text_id
    """
)
async def _shelf(session: Session, owner: Owner) -> list[ShelfText]:
    """The texts of one shelf, in the order in which they were added."""


@query("SELECT 1 AS found FROM library_texts WHERE text_id = :text_id AND edition = :edition LIMIT 1")
async def is_on_a_shelf(session: Session, text_id: str, edition: str) -> bool:
    """Whether any shelf has an edition of a text."""


@query("SELECT content FROM library_texts WHERE platform = :platform AND server = :server AND text_id = :text_id")
async def _content(session: Session, owner: Owner, text_id: str) -> bytes | None:
    """A frozen text."""


@query(
    """
    INSERT INTO library_numberings (platform, server, text_id, content, removal)
    VALUES (:platform, :server, :text_id, :content, (
        SELECT COALESCE(MAX(removal), 0) + 1 FROM library_numberings WHERE platform = :platform AND server = :server
    ))
    ON CONFLICT (platform, server, text_id) DO UPDATE SET content = excluded.content, removal = excluded.removal
    """
)
async def _put_numbering(tx: Session, owner: Owner, text_id: str, content: bytes) -> int:
    """Keep the numbering of a text that is removed."""


@query(
    """
    DELETE FROM library_numberings WHERE platform = :platform AND server = :server AND text_id NOT IN (
        SELECT text_id FROM library_numberings WHERE platform = :platform AND server = :server
        ORDER BY removal DESC, text_id LIMIT :kept
    )
    """
)
async def _remove_oldest_numberings(tx: Session, owner: Owner, kept: int) -> int:
    """Forget the numberings of a shelf but those of the texts that were removed last."""


@query("DELETE FROM library_numberings WHERE platform = :platform AND server = :server AND text_id = :text_id")
async def _remove_numbering(tx: Session, owner: Owner, text_id: str) -> int:
    """Forget a numbering: a text that is there has its own, with that of earlier editions."""


@query("SELECT text_id FROM library_numberings WHERE platform = :platform AND server = :server ORDER BY text_id")
async def _removed_ids(session: Session, owner: Owner) -> list[str]:
    """The ids of texts that a shelf had, as far as they are known."""


@query(
    """
    SELECT text_id FROM library_texts WHERE server <> '' UNION SELECT text_id FROM library_numberings WHERE server <> ''
    ORDER BY text_id
    """
)
async def _ids_of_servers(session: Session) -> list[str]:
    """The ids of texts that any server's shelf has or had."""


@query("SELECT content FROM library_numberings WHERE platform = :platform AND server = :server AND text_id = :text_id")
async def _numbering(session: Session, owner: Owner, text_id: str) -> bytes | None:
    """The frozen numbering of a text that was removed."""


@query("SELECT text_id FROM library_unused WHERE platform = :platform AND server = :server ORDER BY text_id")
async def _unused(session: Session, owner: Owner) -> list[str]:
    """The ids of texts that a server's look-ups leave aside."""


@query(
    """
    INSERT INTO library_unused (platform, server, text_id) VALUES (:platform, :server, :text_id)
    ON CONFLICT (platform, server, text_id) DO NOTHING
    """
)
async def _put_unused(tx: Session, owner: Owner, text_id: str) -> int:
    """Leave a text aside in a server's look-ups."""


@query("DELETE FROM library_unused WHERE platform = :platform AND server = :server AND text_id = :text_id")
async def _remove_unused(tx: Session, owner: Owner, text_id: str) -> int:
    """Use a text in a server's look-ups again."""


@query(
    """
    INSERT INTO library_proposals (proposal_id, platform, server, made_at, content)
    VALUES (:proposal_id, :platform, :server, :made_at, :content)
    """
)
async def _put_proposal(tx: Session, proposal_id: str, owner: Owner, made_at: datetime, content: bytes) -> int:
    """Keep a text until somebody says that it may be added."""


@query(
    """
    DELETE FROM library_proposals WHERE proposal_id = :proposal_id AND platform = :platform AND server = :server
    RETURNING content
    """
)
async def _take_proposal(tx: Session, proposal_id: str, owner: Owner) -> bytes | None:
    """A text that waited, for its own server, once."""


async def forget_adder(tx: Session, person: str) -> None:
    """Forget who added texts, in all processes."""
    if await _forget_adder(tx, person):
        await change_revision(tx, _REVISION)


@query("UPDATE library_texts SET added_by = 'somebody', person = '' WHERE person = :person")
async def _forget_adder(tx: Session, person: str) -> int:
    """Forget who added texts."""


class Shelves:
    """The shelves in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.revision = Revision(store, _REVISION)

    async def texts(self, owner: Owner) -> tuple[ShelfText, ...]:
        """The texts of one shelf, in the order in which they were added."""
        return tuple(await _shelf(self._store.reader, owner))

    async def content(self, owner: Owner, text_id: str) -> bytes | None:
        """A frozen text; None where the shelf has none of that id."""
        return await _content(self._store.reader, owner, text_id)

    async def put(self, text: ShelfText, content: bytes, outdated: Collection[str] = ()) -> None:
        """Add a text, in place of an earlier edition; `outdated` are the questions whose words went with that."""
        async with self._store.transaction() as tx:
            await _put_text(tx, text, content)
            if outdated:
                await made_questions.forget_outdated(tx, text.platform, text.server, text.text_id, outdated)
            await _remove_numbering(tx, text.owner, text.text_id)
            await self.revision.change(tx)

    async def remove(self, owner: Owner, text_id: str, numbering: bytes) -> bool:
        """Take a text off its shelf, with all words of it, and keep its frozen numbering; whether it was there."""
        async with self._store.transaction() as tx:
            removed = await _remove_text(tx, owner, text_id)
            if removed:
                await _put_numbering(tx, owner, text_id, numbering)
                if owner != EVERYBODY:
                    await _remove_oldest_numberings(tx, owner, MOST_NUMBERINGS)
                await _remove_unused(tx, owner, text_id)
                await made_questions.forget_text(tx, owner.platform, owner.server, text_id)
                await self.revision.change(tx)
            return removed

    async def questions(self, owner: Owner, text_id: str) -> list[MadeQuestion]:
        """The questions that were made from a text."""
        return await made_questions.of_text(self._store.reader, owner.platform, owner.server, text_id)

    async def numbering(self, owner: Owner, text_id: str) -> bytes | None:
        """The frozen numbering of a text that was removed; None where there was none, or too many came behind it."""
        return await _numbering(self._store.reader, owner, text_id)

    async def ids_elsewhere(self, owner: Owner) -> list[str]:
        """Ids that no new text of a shelf may have: those of removed texts of everybody's, whose references would
        get other words; for everybody's shelf, those that any server's has or had, where they mean its own text."""
        if owner == EVERYBODY:
            return await _ids_of_servers(self._store.reader)
        return await _removed_ids(self._store.reader, EVERYBODY)

    async def propose(self, owner: Owner, content: bytes, now: datetime) -> str:
        """Keep a text until somebody says that it may be added, a day at most; returns the id of the proposal."""
        proposal_id = secrets.token_hex(8)
        async with self._store.transaction() as tx:
            await _put_proposal(tx, proposal_id, owner, now, content)
        return proposal_id

    async def take_proposal(self, owner: Owner, proposal_id: str) -> bytes | None:
        """A text that waits for that owner's word, once; None where there is none of that id."""
        async with self._store.transaction() as tx:
            return await _take_proposal(tx, proposal_id, owner)

    async def unused(self, owner: Owner) -> frozenset[str]:
        """The ids of texts that a server's look-ups leave aside."""
        return frozenset(await _unused(self._store.reader, owner))

    async def leave_aside(self, owner: Owner, aside: Collection[str], used: Collection[str]) -> None:
        """Change what a server's look-ups leave aside and what they use."""
        async with self._store.transaction() as tx:
            for text_id in aside:
                await _put_unused(tx, owner, text_id)
            for text_id in used:
                await _remove_unused(tx, owner, text_id)
            await self.revision.change(tx)
