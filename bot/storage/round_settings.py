"""How the last quiz of a channel was set up: the next one is like it, unless somebody wants another."""

from __future__ import annotations

from bot.storage.round import RoundSettings
from bot.storage.session import Session, query


@query(
    """
    SELECT topic, questions, seconds, mode FROM round_settings
    WHERE platform = :platform AND server = :server AND channel = :channel
    """
)
async def get(session: Session, platform: str, server: str, channel: str) -> RoundSettings | None:
    """How the last quiz of a channel was set up."""


@query(
    """
    INSERT INTO round_settings (platform, server, channel, topic, questions, seconds, mode)
    VALUES (:platform, :server, :channel, :topic, :questions, :seconds, :mode)
    ON CONFLICT (platform, server, channel) DO UPDATE SET
        topic = excluded.topic, questions = excluded.questions, seconds = excluded.seconds, mode = excluded.mode
    """
)
async def put(tx: Session, platform: str, server: str, channel: str, settings: RoundSettings) -> int:
    """Keep how a quiz of a channel is set up."""
