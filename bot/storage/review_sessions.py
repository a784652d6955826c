"""Reviews that people are in: what they began with, and how it went so far."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.storage.session import Session, query


class ReviewSession(Struct, frozen=True):
    """A person's review: since when, on which topic (empty for all), and how many questions it had to begin with."""

    started_at: datetime
    topic: str
    planned: int


class RatingCount(Struct, frozen=True):
    """How many answers of a review have a rating, and how many of them are right."""

    rating: int
    answered: int
    right_ones: int


@query(
    """
    INSERT INTO review_sessions (person, started_at, topic, planned) VALUES (:person, :started_at, :topic, :planned)
    ON CONFLICT (person) DO UPDATE SET
        started_at = excluded.started_at, topic = excluded.topic, planned = excluded.planned
    """
)
async def put(tx: Session, person: str, begun: ReviewSession) -> int:
    """Begin a review, in place of another."""


@query("SELECT started_at, topic, planned FROM review_sessions WHERE person = :person")
async def get(session: Session, person: str) -> ReviewSession | None:
    """The review that a person is in."""


@query("DELETE FROM review_sessions WHERE person = :person")
async def end(tx: Session, person: str) -> int:
    """End a person's review."""


@query(
    """
    SELECT rating, COUNT(*) AS answered, SUM(CASE WHEN is_right THEN 1 ELSE 0 END) AS right_ones FROM attempts
    WHERE person = :person AND round = '' AND attempted_at >= :since GROUP BY rating ORDER BY rating
    """
)
async def ratings(session: Session, person: str, since: datetime) -> list[RatingCount]:
    """How a person's answers in reviews since then are rated."""
