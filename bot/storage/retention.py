"""What is kept and how long, in one table, and how it is deleted: in small steps, so that nobody waits for it.

Schedules, a person's answers and scores are kept until somebody deletes them: /daily remove, /quiz forget, or a server
that removes the bot.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from bot.storage import made_questions
from bot.storage.session import Session, query

Remove = Callable[[Session, datetime, int], Awaitable[int]]
_DAY: Final = timedelta(days=1)
MOST: Final = 500
"""Rows that one step deletes: some milliseconds of work."""


class Rule(Struct, frozen=True):
    """Something that is kept for a while. `remove` deletes some of what is older than a moment, and says how many."""

    what: str
    kept: timedelta
    remove: Remove


async def step(tx: Session, rule: Rule, now: datetime) -> bool:
    """Delete some of what is too old. True: there may be more."""
    return await rule.remove(tx, now - rule.kept, MOST) >= MOST


async def _remove_deliveries(tx: Session, before: datetime, most: int) -> int:
    """Deliveries, whose facts are counted on: no fact comes twice in a channel before all have come."""
    last = await _nth_delivery(tx, before, most - 1) or before
    await _fold_facts(tx, last)
    return await _delete_deliveries(tx, last)


@query(
    """
    SELECT changed_at FROM deliveries WHERE open_at IS NULL AND changed_at < :before
    ORDER BY changed_at LIMIT 1 OFFSET :most
    """
)
async def _nth_delivery(tx: Session, before: datetime, most: int) -> datetime | None:
    """When the last of so many old deliveries was settled."""


@query(
    """
    INSERT INTO fact_counts (platform, server, channel, fact, times)
    SELECT schedules.platform, schedules.server, schedules.channel, deliveries.fact, COUNT(*)
    FROM deliveries JOIN schedules ON schedules.id = deliveries.schedule_id
    WHERE deliveries.open_at IS NULL AND deliveries.changed_at <= :last
        AND deliveries.fact IS NOT NULL AND (deliveries.state = 'sent' OR deliveries.unsure_from_at IS NOT NULL)
    GROUP BY schedules.platform, schedules.server, schedules.channel, deliveries.fact
    ON CONFLICT (platform, server, channel, fact) DO UPDATE SET times = fact_counts.times + excluded.times
    """
)
async def _fold_facts(tx: Session, last: datetime) -> int:
    """Count the facts of old deliveries."""


@query("DELETE FROM deliveries WHERE open_at IS NULL AND changed_at <= :last")
async def _delete_deliveries(tx: Session, last: datetime) -> int:
    """Delete old deliveries."""


async def _remove_answers(tx: Session, before: datetime, most: int) -> int:
    """Answers of rounds that are over: what counted of them is among the attempts."""
    await _delete_answers(tx, before, most)
    return await _note_tidy(tx, before, most)


@query(
    """
    DELETE FROM round_answers WHERE round IN (
        SELECT id FROM rounds WHERE state = 'over' AND NOT tidy AND started_at < :before
        ORDER BY started_at, id LIMIT :most
    )
    """
)
async def _delete_answers(tx: Session, before: datetime, most: int) -> int:
    """Delete the answers of rounds that are over."""


@query(
    """
    UPDATE rounds SET tidy = TRUE WHERE id IN (
        SELECT id FROM rounds WHERE state = 'over' AND NOT tidy AND started_at < :before
        ORDER BY started_at, id LIMIT :most
    )
    """
)
async def _note_tidy(tx: Session, before: datetime, most: int) -> int:
    """Note that the answers of these rounds are deleted."""


async def _remove_rounds(tx: Session, before: datetime, most: int) -> int:
    """Rounds that are over, with their questions."""
    await _delete_questions(tx, before, most)
    return await _delete_rounds(tx, before, most)


@query(
    """
    DELETE FROM round_questions WHERE round IN (
        SELECT id FROM rounds WHERE state = 'over' AND started_at < :before ORDER BY started_at, id LIMIT :most
    )
    """
)
async def _delete_questions(tx: Session, before: datetime, most: int) -> int:
    """Delete the questions of old rounds."""


@query(
    """
    DELETE FROM rounds WHERE id IN (
        SELECT id FROM rounds WHERE state = 'over' AND started_at < :before ORDER BY started_at, id LIMIT :most
    )
    """
)
async def _delete_rounds(tx: Session, before: datetime, most: int) -> int:
    """Delete old rounds."""


async def _remove_made_questions(tx: Session, before: datetime, most: int) -> int:
    """Questions made from texts that nothing needs any more: each is looked at once a day."""
    checked_at = before + _DAY
    checked = await _note_checked(tx, checked_at, before, most)
    await _delete_made_questions(tx, checked_at)
    return checked


@query(
    """
    UPDATE made_questions SET checked_at = :checked_at WHERE question IN (
        SELECT question FROM made_questions WHERE checked_at < :before ORDER BY checked_at LIMIT :most
    )
    """
)
async def _note_checked(tx: Session, checked_at: datetime, before: datetime, most: int) -> int:
    """Note that some made questions are looked at now."""


@query(
    """
    DELETE FROM made_questions
    WHERE checked_at = :checked_at
        AND NOT EXISTS (SELECT 1 FROM cards WHERE cards.question = made_questions.question)
        AND NOT EXISTS (SELECT 1 FROM round_questions WHERE round_questions.question = made_questions.question)
        AND NOT EXISTS (
            SELECT 1 FROM attempts WHERE attempts.question = made_questions.question AND NOT attempts.on_card
        )
    """
)
async def _delete_made_questions(tx: Session, checked_at: datetime) -> int:
    """Delete made questions that no kept quiz has, and nobody's card, nor an answer that goes onto a card later."""


async def _remove_reviews(tx: Session, before: datetime, most: int) -> int:
    """Reviews that somebody began and left, with the question that they never answered."""
    await _delete_review_sessions(tx, before, most)
    return await _delete_reviews(tx, before, most)


@query("DELETE FROM reviews WHERE person IN (SELECT person FROM reviews WHERE asked_at < :before LIMIT :most)")
async def _delete_reviews(tx: Session, before: datetime, most: int) -> int:
    """Questions that somebody was asked alone and never answered."""


@query(
    """
    DELETE FROM review_sessions
    WHERE person IN (SELECT person FROM review_sessions WHERE started_at < :before LIMIT :most)
    """
)
async def _delete_review_sessions(tx: Session, before: datetime, most: int) -> int:
    """Reviews that somebody began and left."""


@query(
    """
    DELETE FROM question_reports
    WHERE id IN (SELECT id FROM question_reports WHERE reported_at < :before LIMIT :most)
    """
)
async def _remove_reports(tx: Session, before: datetime, most: int) -> int:
    """Reports that nobody settled."""


@query("DELETE FROM pace WHERE name IN (SELECT name FROM pace WHERE free_at < :before LIMIT :most)")
async def _remove_paces(tx: Session, before: datetime, most: int) -> int:
    """Paces that nobody keeps to any more."""


@query(
    """
    DELETE FROM library_proposals WHERE proposal_id IN (
        SELECT proposal_id FROM library_proposals WHERE made_at < :before LIMIT :most
    )
    """
)
async def _remove_proposals(tx: Session, before: datetime, most: int) -> int:
    """Texts that were shown, and that nobody said a word about."""


@query("DELETE FROM received WHERE id IN (SELECT id FROM received WHERE received_at < :before LIMIT :most)")
async def _remove_received(tx: Session, before: datetime, most: int) -> int:
    """Ids of what a platform sent, and will not send again."""


class Departure(Struct, frozen=True):
    """A server that removed the bot."""

    platform: str
    server: str


async def _remove_departed(tx: Session, before: datetime, most: int) -> int:
    """All that is kept of one server that removed the bot. Who answered there keeps what they have learnt."""
    gone = await _departed(tx, before)
    if gone is None:
        return 0
    for forget in _FORGET_SERVER:
        await forget(tx, gone)
    return most


@query("SELECT platform, server FROM departures WHERE left_at < :before ORDER BY left_at LIMIT 1")
async def _departed(tx: Session, before: datetime) -> Departure | None:
    """A server that removed the bot before a moment."""


@query(
    """
    DELETE FROM deliveries
    WHERE schedule_id IN (SELECT id FROM schedules WHERE platform = :platform AND server = :server)
    """
)
async def _forget_deliveries(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM schedules WHERE platform = :platform AND server = :server")
async def _forget_schedules(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM fact_counts WHERE platform = :platform AND server = :server")
async def _forget_counts(tx: Session, gone: Departure) -> int: ...


@query(
    """
    DELETE FROM round_answers
    WHERE round IN (SELECT id FROM rounds WHERE platform = :platform AND server = :server)
    """
)
async def _forget_answers(tx: Session, gone: Departure) -> int: ...


@query(
    """
    DELETE FROM round_questions
    WHERE round IN (SELECT id FROM rounds WHERE platform = :platform AND server = :server)
    """
)
async def _forget_questions(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM rounds WHERE platform = :platform AND server = :server")
async def _forget_rounds(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM round_settings WHERE platform = :platform AND server = :server")
async def _forget_round_settings(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM quiz_schedules WHERE platform = :platform AND server = :server")
async def _forget_quiz_schedules(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM scores WHERE platform = :platform AND server = :server")
async def _forget_scores(tx: Session, gone: Departure) -> int: ...


@query(
    """
    UPDATE attempts SET server = '', channel = '', round = '', name = ''
    WHERE platform = :platform AND server = :server
    """
)
async def _forget_attempts(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM question_reports WHERE platform = :platform AND server = :server")
async def _forget_reports(tx: Session, gone: Departure) -> int: ...


async def _forget_made_questions(tx: Session, gone: Departure) -> None:
    await made_questions.forget_server(tx, gone.platform, gone.server)


@query("DELETE FROM library_texts WHERE platform = :platform AND server = :server")
async def _forget_texts(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM library_numberings WHERE platform = :platform AND server = :server")
async def _forget_numberings(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM library_unused WHERE platform = :platform AND server = :server")
async def _forget_unused(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM library_proposals WHERE platform = :platform AND server = :server")
async def _forget_proposals(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM server_rules WHERE platform = :platform AND server = :server")
async def _forget_rules(tx: Session, gone: Departure) -> int: ...


@query("DELETE FROM departures WHERE platform = :platform AND server = :server")
async def _forget_departure(tx: Session, gone: Departure) -> int: ...


_FORGET_SERVER = (
    _forget_deliveries,
    _forget_schedules,
    _forget_counts,
    _forget_answers,
    _forget_questions,
    _forget_rounds,
    _forget_round_settings,
    _forget_quiz_schedules,
    _forget_scores,
    _forget_attempts,
    _forget_reports,
    _forget_made_questions,
    _forget_texts,
    _forget_numberings,
    _forget_unused,
    _forget_proposals,
    _forget_rules,
    _forget_departure,
)

RULES: Final = (
    Rule("settled days of daily facts", 400 * _DAY, _remove_deliveries),
    Rule("answers of quizzes that are over", _DAY, _remove_answers),
    Rule("quizzes and their questions", 90 * _DAY, _remove_rounds),
    Rule("questions made from texts that no kept quiz and nobody's review has any more", _DAY, _remove_made_questions),
    Rule("reviews that nobody went on with", 90 * _DAY, _remove_reviews),
    Rule("reports of questions", 400 * _DAY, _remove_reports),
    Rule("paces", _DAY, _remove_paces),
    Rule("the numbers under which Slack sent something", _DAY, _remove_received),
    Rule("texts that nobody confirmed", _DAY, _remove_proposals),
    Rule("everything of a server that removed the bot", 30 * _DAY, _remove_departed),
)
