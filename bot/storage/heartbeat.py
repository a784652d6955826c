"""The heartbeat: a note, made anew each minute, that a process uses the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from bot.storage.session import Session
from bot.storage.settings import get_setting, put_setting

KEY: Final = "heartbeat"
"""The setting that holds it."""


_FRESH: Final = timedelta(minutes=2)
"""A note that was made no longer ago is of a process that still runs, or was killed just now."""


class Note(Struct, frozen=True):
    """When the store was last in use, whether it was put away in order, and its last downtime: from when until when."""

    at: datetime
    in_order: bool = False
    downtime: tuple[datetime, datetime] | None = None

    def as_json(self) -> str:
        return msgspec.json.encode(self).decode()


NEVER: Final = Note(datetime(1970, 1, 1, tzinfo=UTC))
"""That of a store which is from a backup: nothing is known of what was done since, however short that was."""


async def last_note(session: Session) -> Note | None:
    """The note that was last made; None where there is none yet."""
    kept = await get_setting(session, KEY)
    return msgspec.json.decode(kept, type=Note) if kept else None


async def put_note(tx: Session, note: Note) -> None:
    """Make the note anew."""
    await put_setting(tx, KEY, note.as_json())


async def is_in_use(session: Session, now: datetime) -> bool:
    """Whether a process uses the store, as far as its heartbeat says."""
    note = await last_note(session)
    return note is not None and not note.in_order and now - note.at < _FRESH
