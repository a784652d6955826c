"""Texts that people added: one shelf for everybody, one for each server, and what a server leaves aside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from msgspec import Struct

from bot.storage.session import read
from bot.storage.store import Store


class Owner(Struct, frozen=True):
    """Whose a shelf is: a server's of a platform, or everybody's."""

    platform: str = ""
    server: str = ""


EVERYBODY: Final = Owner()


class ShelfText(Struct, frozen=True):
    """A text on a shelf, without its words. `added_by` is a person's name as the platform has it."""

    platform: str
    server: str
    text_id: str
    title: str
    edition: str
    words: int
    sentences: int
    added_by: str
    added_at: datetime

    @property
    def owner(self) -> Owner:
        return Owner(self.platform, self.server)


class Shelves:
    """The shelves in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def texts(self, owner: Owner) -> tuple[ShelfText, ...]:
        """The texts of one shelf, in the order in which they were added."""
        rows = await self._store.reader.library_shelf(platform=owner.platform, server=owner.server)
        return tuple(read(ShelfText, row) for row in rows)

    async def content(self, owner: Owner, text_id: str) -> bytes | None:
        """A frozen text; None where the shelf has none of that id."""
        content: bytes | None = await self._store.reader.get_library_content(
            platform=owner.platform, server=owner.server, text_id=text_id
        )
        return content

    async def put(self, text: ShelfText, content: bytes) -> None:
        """Add a text, in place of an earlier edition."""
        columns = {name: getattr(text, name) for name in ShelfText.__struct_fields__}
        async with self._store.transaction() as tx:
            await tx.put_library_text(content=content, **columns)

    async def remove(self, owner: Owner, text_id: str) -> bool:
        """Take a text off its shelf; whether it was there."""
        async with self._store.transaction() as tx:
            await tx.remove_library_unused(platform=owner.platform, server=owner.server, text_id=text_id)
            removed: int = await tx.remove_library_text(platform=owner.platform, server=owner.server, text_id=text_id)
        return bool(removed)

    async def unused(self, owner: Owner) -> frozenset[str]:
        """The ids of texts that a server's look-ups leave aside."""
        rows = await self._store.reader.library_unused(platform=owner.platform, server=owner.server)
        return frozenset(row["text_id"] for row in rows)

    async def leave_aside(self, owner: Owner, aside: Collection[str], used: Collection[str]) -> None:
        """Change what a server's look-ups leave aside and what they use."""
        async with self._store.transaction() as tx:
            for text_id in aside:
                await tx.put_library_unused(platform=owner.platform, server=owner.server, text_id=text_id)
            for text_id in used:
                await tx.remove_library_unused(platform=owner.platform, server=owner.server, text_id=text_id)
