"""All that is kept about a person, to be shown to them; `learning.forget` deletes it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.storage import cards, learning, review_sessions
from bot.storage.cards import Card
from bot.storage.learning import Attempt, Review
from bot.storage.review_sessions import ReviewSession
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


class KeptRound(Struct, frozen=True):
    """A quiz that a person started, or whose question they were the first to answer."""

    platform: str
    server: str
    channel: str
    started_at: datetime


class KeptAnswer(Struct, frozen=True):
    """What a person answered in a quiz of the last days; `round` is its id."""

    round: str
    number: int
    name: str
    is_right: bool
    answered_at: datetime


class KeptText(Struct, frozen=True):
    """A text that a person added, under their name."""

    platform: str
    server: str
    title: str
    added_by: str
    added_at: datetime


class PersonalData(Struct, frozen=True):
    """All that is kept about a person. `review` is the one that they are in, `question` what it asked last."""

    person: str
    time_zone: str | None
    reminder: str | None
    review: ReviewSession | None
    question: Review | None
    answers: tuple[Attempt, ...]
    cards: tuple[Card, ...]
    scores: tuple[KeptScore, ...]
    reports: tuple[KeptReport, ...]
    schedules: tuple[KeptSchedule, ...]
    rounds: tuple[KeptRound, ...]
    round_answers: tuple[KeptAnswer, ...]
    texts: tuple[KeptText, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return not any(getattr(self, name) for name in self.__struct_fields__ if name != "person")


async def personal_data(tx: Session, person: str) -> PersonalData:
    """All that is kept about a person, who is a platform's name, a colon, and their id there."""
    platform, _, identifier = person.partition(":")
    return PersonalData(
        person,
        await learning.timezone(tx, person),
        await _reminder(tx, person),
        await review_sessions.get(tx, person),
        await learning.review(tx, person),
        tuple(await learning.attempts(tx, person)),
        tuple(await cards.of_person(tx, person)),
        tuple(await _scores(tx, person)),
        tuple(await _reports(tx, person)),
        (*await _schedules(tx, platform, identifier), *await _quiz_schedules(tx, platform, identifier)),
        tuple(await _rounds(tx, person)),
        tuple(await _round_answers(tx, person)),
        tuple(await _texts(tx, person)),
    )


@query(
    """
    SELECT platform, server, channel, started_at FROM rounds
    WHERE starter = :person OR winner = :person ORDER BY started_at, id
    """
)
async def _rounds(tx: Session, person: str) -> list[KeptRound]:
    """The quizzes that a person started or just won a question of."""


@query(
    """
    SELECT round, number, name, is_right, answered_at FROM round_answers
    WHERE person = :person ORDER BY answered_at, round, number
    """
)
async def _round_answers(tx: Session, person: str) -> list[KeptAnswer]:
    """A person's answers in quizzes that are not over for long."""


@query(
    """
    SELECT platform, server, title, added_by, added_at FROM library_texts
    WHERE person = :person ORDER BY added_at, text_id
    """
)
async def _texts(tx: Session, person: str) -> list[KeptText]:
    """The texts that a person added."""


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
