"""All that is kept about a person, to be shown to them; `learning.forget` deletes it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.storage import cards, learning
from bot.storage.cards import Card
from bot.storage.learning import Attempt
from bot.storage.session import Session, query


class KeptScore(Struct, frozen=True):
    """How a person did in a channel's rounds on a day: `day` counts from 1970, `name` is what they were called then."""

    platform: str
    server: str
    channel: str
    day: int
    name: str
    right_ones: int
    answered: int
    asked: int


class KeptReport(Struct, frozen=True):
    """What a person found wrong with a question."""

    question: str
    words: str
    reported_at: datetime


class KeptSchedule(Struct, frozen=True):
    """A daily fact, or a quiz that comes by itself, that a person set up in a channel."""

    platform: str
    server: str
    channel: str


class PersonalData(Struct, frozen=True):
    """All that is kept about a person."""

    person: str
    time_zone: str | None
    reminder: str | None
    answers: tuple[Attempt, ...]
    cards: tuple[Card, ...]
    scores: tuple[KeptScore, ...]
    reports: tuple[KeptReport, ...]
    schedules: tuple[KeptSchedule, ...]


async def personal_data(tx: Session, person: str) -> PersonalData:
    """All that is kept about a person, who is a platform's name, a colon, and their id there."""
    platform, _, identifier = person.partition(":")
    return PersonalData(
        person,
        await learning.timezone(tx, person),
        await _reminder(tx, person),
        tuple(await learning.attempts(tx, person)),
        tuple(await cards.of_person(tx, person)),
        tuple(await _scores(tx, person)),
        tuple(await _reports(tx, person)),
        (*await _schedules(tx, platform, identifier), *await _quiz_schedules(tx, platform, identifier)),
    )


@query(
    """
    SELECT platform, server, channel, day, name, right_ones, answered, asked FROM scores
    WHERE person = :person ORDER BY day, channel
    """
)
async def _scores(tx: Session, person: str) -> list[KeptScore]:
    """A person's scores."""


@query("SELECT local_time FROM reminders WHERE person = :person")
async def _reminder(tx: Session, person: str) -> str | None:
    """The time of a person's day at which they are reminded."""


@query("SELECT question, words, reported_at FROM question_reports WHERE person = :person ORDER BY reported_at")
async def _reports(tx: Session, person: str) -> list[KeptReport]:
    """A person's reports."""


@query("SELECT platform, server, channel FROM schedules WHERE set_by = :identifier AND platform = :platform")
async def _schedules(tx: Session, platform: str, identifier: str) -> list[KeptSchedule]:
    """The schedules that a person set up."""


@query("SELECT platform, server, channel FROM quiz_schedules WHERE set_by = :identifier AND platform = :platform")
async def _quiz_schedules(tx: Session, platform: str, identifier: str) -> list[KeptSchedule]:
    """The quizzes that come by themselves, and that a person set up."""
