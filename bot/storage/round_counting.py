"""What was answered to a question, made to count: once, as the question closes, for who knows it and for the scores."""

from __future__ import annotations

from bot.storage.round import EPOCH, RIGHT_RATING, WRONG_RATING, Round
from bot.storage.session import Session, query


async def count_closing(tx: Session, after: Round) -> None:
    """Make what was answered to the question that is closing count, once and for all."""
    if after.skipped or after.late:
        await _drop_answers(tx, after.id, after.number, right_too=after.skipped)
    await _count_answers(tx, after.id, after.number, RIGHT_RATING, WRONG_RATING)
    if not after.skipped:
        await _score(tx, after.id, after.number, (after.closes_at - EPOCH).days, late=after.late)


@query("DELETE FROM round_answers WHERE round = :round_id AND number = :number AND (:right_too OR NOT is_right)")
async def _drop_answers(tx: Session, round_id: str, number: int, *, right_too: bool) -> int:
    """Drop answers that do not count."""


@query(
    """
    INSERT INTO attempts
        (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel)
    SELECT answers.person, asked.question, answers.answered_at, answers.name, asked.kind, asked.topics,
        answers.is_right,
        CASE WHEN answers.is_right THEN CAST(:right_rating AS INTEGER) ELSE CAST(:wrong_rating AS INTEGER) END,
        rounds.id, rounds.platform, rounds.server, rounds.channel
    FROM round_answers AS answers
    JOIN round_questions AS asked ON asked.round = answers.round AND asked.number = answers.number
    JOIN rounds ON rounds.id = answers.round
    WHERE answers.round = :round_id AND answers.number = :number
    ON CONFLICT DO NOTHING
    """
)
async def _count_answers(tx: Session, round_id: str, number: int, right_rating: int, wrong_rating: int) -> int:
    """Make answers count."""


@query(
    """
    INSERT INTO scores (platform, server, channel, person, day, name, right_ones, answered, asked)
    SELECT attempts.platform, attempts.server, attempts.channel, attempts.person, :day,
        (SELECT latest.name FROM attempts AS latest
         WHERE latest.round = :round_id AND latest.person = attempts.person
         ORDER BY latest.attempted_at DESC LIMIT 1),
        SUM(CASE WHEN attempts.question = asked.question AND attempts.is_right THEN 1 ELSE 0 END),
        SUM(CASE WHEN attempts.question = asked.question THEN 1 ELSE 0 END),
        1
    FROM attempts
    JOIN round_questions AS asked ON asked.round = :round_id AND asked.number = :number
    WHERE attempts.round = :round_id AND (NOT :late OR attempts.question = asked.question)
        AND 1 < (SELECT COUNT(DISTINCT players.person) FROM attempts AS players WHERE players.round = :round_id)
    GROUP BY attempts.platform, attempts.server, attempts.channel, attempts.person
    ON CONFLICT (platform, channel, person, day) DO UPDATE SET
        name = excluded.name,
        right_ones = scores.right_ones + excluded.right_ones,
        answered = scores.answered + excluded.answered,
        asked = scores.asked + excluded.asked
    """
)
async def _score(tx: Session, round_id: str, number: int, day: int, *, late: bool) -> int:
    """Score a question for everybody who takes part in its round; one that closed late, for who had it right.

    Nobody is scored as long as only one person has played in the round: whoever plays alone wins against nobody.
    """
