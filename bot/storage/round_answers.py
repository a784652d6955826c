"""What people answer to the questions of rounds: taken while a question is open, and read once it has counted."""

from __future__ import annotations

from datetime import datetime

from bot.storage.round import AnswerGiven, AnswerReceipt, CountedAnswer, Receipt, Round, RoundAnswer, Standing
from bot.storage.rounds import hold, save_held
from bot.storage.session import Session, query
from bot.storage.store import Store


async def answer(store: Store, given: AnswerGiven) -> Receipt | None:
    """Take an answer, in `everyone` mode in place of an earlier one; None where there is no such round."""

    async def take(tx: Session) -> Receipt | None:
        before = await hold(tx, given.round)
        if before is None:
            return None
        after = given.step(before)
        if after is None:
            return Receipt(False, before)
        put = _put_answer if before.mode == "everyone" else _add_answer
        if not await put(tx, given.round, given.number, given.answered_at, given.receipt, given.answer):
            return Receipt(False, before)
        if before.winner and after.winner != before.winner:
            await _drop_answer(tx, given.round, given.number, before.winner)
        if await everybody_answered(tx, before):
            after = given.complete(after)
        return Receipt(True, await save_held(tx, after) if after is not before else after)

    return await store.grouped.change(given.round, take)


@query(
    """
    INSERT INTO round_answers (round, number, person, name, is_right, answered_at, receipt)
    VALUES (:round_id, :number, :person, :name, :is_right, :answered_at, :receipt)
    ON CONFLICT (round, number, person) DO UPDATE
    SET name = excluded.name, is_right = excluded.is_right, answered_at = excluded.answered_at,
        receipt = excluded.receipt
    """
)
async def _put_answer(
    tx: Session, round_id: str, number: int, answered_at: datetime, receipt: str, answer: RoundAnswer
) -> bool:
    """Take an answer in place of an earlier one."""


@query(
    """
    INSERT INTO round_answers (round, number, person, name, is_right, answered_at, receipt)
    VALUES (:round_id, :number, :person, :name, :is_right, :answered_at, :receipt)
    ON CONFLICT (round, number, person) DO NOTHING
    """
)
async def _add_answer(
    tx: Session, round_id: str, number: int, answered_at: datetime, receipt: str, answer: RoundAnswer
) -> bool:
    """Take a first answer; False where the person has answered."""


@query("DELETE FROM round_answers WHERE round = :round_id AND number = :number AND person = :person")
async def _drop_answer(tx: Session, round_id: str, number: int, person: str) -> int:
    """Drop the answer of somebody who was not the fastest after all."""


_PLAYING = 2
"""Questions in a row that somebody leaves out, after which nobody waits for them any more."""


async def everybody_answered(session: Session, round_: Round) -> bool:
    """Whether everybody who plays has answered the round's question: who has answered one of the last two."""
    if round_.daily:
        return False
    if round_.alone:
        return await count_answers(session, round_.id, round_.number) > 0
    since = round_.number - _PLAYING
    if not await _has_players(session, round_.id, round_.number, since):
        return False
    return not await _is_awaited(session, round_.id, round_.number, since)


@query("SELECT 1 AS found FROM round_answers WHERE round = :round_id AND number >= :since AND number < :number LIMIT 1")
async def _has_players(session: Session, round_id: str, number: int, since: int) -> bool:
    """Whether anybody has answered one of the last questions."""


@query(
    """
    SELECT 1 AS found FROM round_answers AS before
    WHERE before.round = :round_id AND before.number >= :since AND before.number < :number
        AND NOT EXISTS (SELECT 1 FROM round_answers AS given
                        WHERE given.round = :round_id AND given.number = :number AND given.person = before.person)
    LIMIT 1
    """
)
async def _is_awaited(session: Session, round_id: str, number: int, since: int) -> bool:
    """Whether anybody who answered one of the last questions has not answered this one."""


async def take_receipts(tx: Session, round_id: str, number: int, since: datetime) -> list[AnswerReceipt]:
    """By what those who answered since a moment can be told more; each is given out once."""
    found = await _receipts(tx, round_id, number, since)
    await _forget_receipts(tx, round_id, number)
    return found


@query(
    """
    SELECT person, receipt, is_right FROM round_answers
    WHERE round = :round_id AND number = :number AND receipt <> '' AND answered_at >= :since
    ORDER BY answered_at, person
    """
)
async def _receipts(tx: Session, round_id: str, number: int, since: datetime) -> list[AnswerReceipt]:
    """By what those who answered since a moment can be told more, the earliest first."""


@query("UPDATE round_answers SET receipt = '' WHERE round = :round_id AND number = :number AND receipt <> ''")
async def _forget_receipts(tx: Session, round_id: str, number: int) -> int:
    """Forget by what those who answered could be told more."""


@query(
    """
    SELECT person, name, is_right FROM round_answers
    WHERE round = :round_id AND number = :number ORDER BY answered_at, person
    """
)
async def answers(session: Session, round_id: str, number: int) -> list[RoundAnswer]:
    """All answers to a question, the earliest first."""


@query("SELECT COUNT(*) AS answered FROM round_answers WHERE round = :round_id AND number = :number")
async def count_answers(session: Session, round_id: str, number: int) -> int:
    """How many have answered a question."""


@query(
    """
    SELECT person,
        (SELECT name FROM attempts AS latest WHERE latest.round = :round_id AND latest.person = attempts.person
         ORDER BY attempted_at DESC LIMIT 1) AS name,
        COUNT(*) FILTER (WHERE is_right) AS right_ones, COUNT(*) AS answered, COUNT(*) AS asked
    FROM attempts WHERE round = :round_id GROUP BY person
    """
)
async def standings(session: Session, round_id: str) -> list[Standing]:
    """How everybody did who answered in a round, in no order, each by their latest name."""


@query("SELECT person, question, is_right FROM attempts WHERE round = :round_id")
async def counted(session: Session, round_id: str) -> list[CountedAnswer]:
    """Each answer that counted in a round."""


@query("SELECT question FROM attempts WHERE round = :round_id AND person = :person AND NOT is_right")
async def missed(session: Session, round_id: str, person: str) -> list[str]:
    """The ids of the questions that a person answered wrongly in a round."""


@query("DELETE FROM round_answers WHERE person = :person")
async def forget_answers(tx: Session, person: str) -> int:
    """Forget what a person answered in rounds under way."""
