"""What people have learnt: every answer that counted, the question before them, and what they say of questions.

A person is a platform's name, a colon, and the person's id there.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct

from bot.storage import cards, library, quiz_schedules, reminders, review_sessions, round_answers, rounds, schedules
from bot.storage.round import Standing
from bot.storage.session import Session, query


class Attempt(Struct, frozen=True):
    """One answer of a person. `topics` are ids between spaces, `rating` is FSRS's, `round` is empty in a review."""

    question: str
    attempted_at: datetime
    kind: str
    topics: str
    is_right: bool
    rating: int
    round: str = ""


class Where(Struct, frozen=True):
    """Where something was said; `server` is empty in private."""

    platform: str
    server: str
    channel: str


class Review(Struct, frozen=True):
    """The question that somebody has before them; `token` is in its buttons, `asked` is the question as JSON."""

    token: str
    asked: str
    asked_at: datetime


class Report(Struct, frozen=True):
    """What somebody finds wrong with a question."""

    id: str
    question: str
    asked: str
    words: str
    reported_at: datetime


class AnswerCount(Struct, frozen=True):
    """How many answers to questions of a kind and topics there are, and how many are right."""

    kind: str
    topics: str
    answered: int
    right_ones: int


@query(
    """
    SELECT question, attempted_at, kind, topics, is_right, rating, round FROM attempts
    WHERE person = :person ORDER BY attempted_at, question
    """
)
async def attempts(session: Session, person: str) -> list[Attempt]:
    """All that a person has answered, the earliest first."""


@query(
    """
    SELECT question, attempted_at, kind, topics, is_right, rating, round FROM attempts
    WHERE person = :person AND question = :question ORDER BY attempted_at
    """
)
async def attempts_at(session: Session, person: str, question: str) -> list[Attempt]:
    """All that a person has answered to one question, the earliest first."""


@query(
    """
    SELECT kind, topics, COUNT(*) AS answered, SUM(CASE WHEN is_right THEN 1 ELSE 0 END) AS right_ones FROM attempts
    WHERE person = :person GROUP BY kind, topics
    """
)
async def answer_counts(session: Session, person: str) -> list[AnswerCount]:
    """How many answers a person has given, by kind and topics."""


@query("SELECT MAX(attempted_at) AS attempted_at FROM attempts WHERE person = :person AND attempted_at < :before")
async def last_answer_at(session: Session, person: str, before: datetime) -> datetime | None:
    """When a person gave their last answer before a moment, None if they gave none."""


@query(
    """
    UPDATE attempts SET rating = :rating, on_card = FALSE
    WHERE person = :person AND question = :question AND attempted_at = :attempted_at AND is_right
    """
)
async def rate(tx: Session, person: str, question: str, attempted_at: datetime, rating: int) -> bool:
    """Say how well an answer that was right was known; False where there is no such answer."""


async def standings(session: Session, where: Where, since: int, *, channel: bool) -> list[Standing]:
    """How the players of a channel did since a day, counted from 1970, there or in its whole server, in no order."""
    if channel:
        return await _channel_standings(session, where.platform, where.channel, since)
    return await _server_standings(session, where.platform, where.server, where.channel, since)


@query(
    """
    SELECT person,
        (SELECT latest.name FROM scores AS latest
         WHERE latest.platform = :platform AND latest.server = :server AND latest.person = scores.person
         ORDER BY latest.day DESC LIMIT 1) AS name,
        SUM(right_ones) AS right_ones, SUM(answered) AS answered, SUM(asked) AS asked
    FROM scores
    WHERE platform = :platform AND server = :server AND day >= :since
        AND person IN (SELECT here.person FROM scores AS here
                       WHERE here.platform = :platform AND here.channel = :channel)
    GROUP BY person
    """
)
async def _server_standings(session: Session, platform: str, server: str, channel: str, since: int) -> list[Standing]:
    """How those who ever played in a channel did in all rounds of its server.

    Nobody else is named: who plays in private channels only is nobody's business elsewhere.
    """


@query(
    """
    SELECT person,
        (SELECT latest.name FROM scores AS latest
         WHERE latest.platform = :platform AND latest.channel = :channel AND latest.person = scores.person
         ORDER BY latest.day DESC LIMIT 1) AS name,
        SUM(right_ones) AS right_ones, SUM(answered) AS answered, SUM(asked) AS asked
    FROM scores
    WHERE platform = :platform AND channel = :channel AND day >= :since
    GROUP BY person
    """
)
async def _channel_standings(session: Session, platform: str, channel: str, since: int) -> list[Standing]:
    """How everybody did in the rounds of a channel."""


async def put_review(tx: Session, person: str, question: str, asked: str, now: datetime) -> str:
    """Put a question, its id and all of it as JSON, before a person, in place of another; returns its token."""
    token = secrets.token_hex(6)
    await _put_review(tx, person, token, question, asked, now)
    return token


@query(
    """
    INSERT INTO reviews (person, token, question, asked, asked_at)
    VALUES (:person, :token, :question, :asked, :asked_at)
    ON CONFLICT (person) DO UPDATE SET
        token = excluded.token, question = excluded.question, asked = excluded.asked, asked_at = excluded.asked_at
    """
)
async def _put_review(tx: Session, person: str, token: str, question: str, asked: str, asked_at: datetime) -> int:
    """Put a question before a person."""


@query("SELECT token, asked, asked_at FROM reviews WHERE person = :person")
async def review(session: Session, person: str) -> Review | None:
    """The question that a person has before them."""


async def answer_review(tx: Session, person: str, name: str, token: str, attempt: Attempt, where: Where) -> bool:
    """Count the answer to the question before a person; False where it was answered, or is another by now."""
    if not await _end_review(tx, person, token):
        return False
    await _add_attempt(tx, person, name, attempt, where)
    return True


@query("DELETE FROM reviews WHERE person = :person AND token = :token")
async def _end_review(tx: Session, person: str, token: str) -> bool:
    """Take the question from before a person."""


@query(
    """
    INSERT INTO attempts
        (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel)
    VALUES
        (:person, :question, :attempted_at, :name, :kind, :topics, :is_right, :rating, :round, :platform, :server,
         :channel)
    ON CONFLICT DO NOTHING
    """
)
async def _add_attempt(tx: Session, person: str, name: str, attempt: Attempt, where: Where) -> int:
    """Keep an answer."""


@query("SELECT timezone FROM learners WHERE person = :person")
async def timezone(session: Session, person: str) -> str | None:
    """The name of the zone that a person has set."""


@query(
    """
    INSERT INTO learners (person, timezone) VALUES (:person, :name)
    ON CONFLICT (person) DO UPDATE SET timezone = excluded.timezone
    """
)
async def set_timezone(tx: Session, person: str, name: str) -> int:
    """Keep the name of a person's zone."""


async def report(tx: Session, person: str, where: Where, report: Report, since: datetime, most: int) -> bool:
    """Keep what somebody finds wrong; False where they have made so many reports since then."""
    # Two that come at once must not both be the last one that is allowed.
    await tx.hold(f"reports of {person}")
    if await _count_reports(tx, person, since) >= most:
        return False
    await _add_report(tx, person, where, report)
    return True


@query(
    """
    INSERT INTO question_reports (id, platform, server, channel, question, asked, person, words, reported_at)
    VALUES (:id, :platform, :server, :channel, :question, :asked, :person, :words, :reported_at)
    """
)
async def _add_report(tx: Session, person: str, where: Where, report: Report) -> int:
    """Keep what somebody finds wrong."""


@query("SELECT COUNT(*) AS reports FROM question_reports WHERE person = :person AND reported_at >= :since")
async def _count_reports(session: Session, person: str, since: datetime) -> int:
    """How many reports a person has made."""


@query(
    """
    SELECT id, question, asked, words, reported_at FROM question_reports
    WHERE platform = :platform AND server = :server ORDER BY reported_at DESC, id LIMIT :most OFFSET :skip
    """
)
async def reports(session: Session, platform: str, server: str, most: int, skip: int) -> list[Report]:
    """Reports of a server, the latest first."""


@query("SELECT COUNT(*) AS reports FROM question_reports WHERE platform = :platform AND server = :server")
async def count_reports(session: Session, platform: str, server: str) -> int:
    """How many reports a server has."""


@query("DELETE FROM question_reports WHERE id = :report_id AND platform = :platform AND server = :server")
async def settle_report(tx: Session, report_id: str, where: Where) -> bool:
    """Do away with a report of a server; False where there is none."""


async def forget(tx: Session, person: str) -> None:
    """Delete all that is kept about a person.

    Rounds first, as whoever closes a question holds its round first; then texts and the question before the person, as
    whoever asks or counts an answer does. So what they have begun is deleted here, and nothing is counted after.
    """
    await rounds.hold_of_person(tx, person)
    await rounds.forget_starter(tx, person)
    await rounds.forget_winner(tx, person)
    await round_answers.forget_answers(tx, person)
    await library.forget_adder(tx, person)
    await _forget_reviews(tx, person)
    # Answers before cards: whoever is putting answers on cards has them locked, and writes the cards.
    for forget_rows in (
        _forget_attempts,
        cards.forget,
        review_sessions.end,
        reminders.remove,
        _forget_scores,
        _forget_learner,
        _forget_reports,
    ):
        await forget_rows(tx, person)
    # A schedule knows its setter by the platform's own id.
    platform, _, identifier = person.partition(":")
    await schedules.forget_setter(tx, platform, identifier)
    await quiz_schedules.forget_setter(tx, platform, identifier)


@query("DELETE FROM attempts WHERE person = :person")
async def _forget_attempts(tx: Session, person: str) -> int:
    """Forget what a person answered."""


@query("DELETE FROM scores WHERE person = :person")
async def _forget_scores(tx: Session, person: str) -> int:
    """Forget how a person did in rounds."""


@query("DELETE FROM reviews WHERE person = :person")
async def _forget_reviews(tx: Session, person: str) -> int:
    """Forget the question before a person."""


@query("DELETE FROM learners WHERE person = :person")
async def _forget_learner(tx: Session, person: str) -> int:
    """Forget a person's time zone."""


@query("DELETE FROM question_reports WHERE person = :person")
async def _forget_reports(tx: Session, person: str) -> int:
    """Forget what a person found wrong."""
