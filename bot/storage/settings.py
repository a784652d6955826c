"""What the bot notes for itself, such as the fingerprint of the commands that it registered last."""

from __future__ import annotations

from bot.storage.session import Session, query


@query("SELECT value FROM settings WHERE key = :key")
async def get_setting(session: Session, key: str) -> str | None:
    """What was last set for a key."""


@query(
    """
    INSERT INTO settings (key, value) VALUES (:key, :value)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    """
)
async def put_setting(tx: Session, key: str, value: str) -> int:
    """Remember a value for a key."""
