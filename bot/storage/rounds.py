"""Rounds of questions: what of them is kept, and how it changes without a point lost or given twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct, structs

from bot.storage import made_questions
from bot.storage.round import Round, RoundQuestion, State
from bot.storage.round_counting import count_closing
from bot.storage.session import Session, query


async def add(tx: Session, round_: Round, questions: Sequence[RoundQuestion]) -> bool:
    """Keep a new round; False where one is running in the channel."""
    if not await _add(tx, round_):
        return False
    for one in questions:
        is_there = not one.made or await made_questions.keep(tx, round_, one)
        await _add_question(tx, round_.id, one if is_there else structs.replace(one, asked=""))
    return True


@query(
    """
    INSERT INTO rounds
        (id, platform, server, channel, mode, seconds, questions, starter, starter_name, started_at, state, number,
         due_at, closes_at, message, winner, remaining, skipped, late, stopped, tries, version, shown, shown_at,
         lease_ends_at, topic, alone, unanswered, schedule, daily)
    VALUES
        (:id, :platform, :server, :channel, :mode, :seconds, :questions, :starter, :starter_name, :started_at, :state,
         :number, :due_at, :closes_at, :message, :winner, :remaining, :skipped, :late, :stopped, :tries, :version,
         :shown, 0, 0, :topic, :alone, :unanswered, :schedule, :daily)
    ON CONFLICT DO NOTHING
    """
)
async def _add(tx: Session, round_: Round) -> bool:
    """Keep a new round; False where one is running in the channel."""


@query(
    """
    INSERT INTO round_questions (round, number, question, kind, topics, asked)
    VALUES (:round_id, :number, :question, :kind, :topics, :asked)
    """
)
async def _add_question(tx: Session, round_id: str, question_: RoundQuestion) -> int:
    """Keep a question of a round."""


@query("SELECT * FROM rounds WHERE platform = :platform AND channel = :channel AND state <> 'over' AND NOT daily")
async def running(session: Session, platform: str, channel: str) -> Round | None:
    """The round that is running in a channel; questions of the day do not count."""


@query("SELECT * FROM rounds WHERE id = :round_id")
async def get(session: Session, round_id: str) -> Round | None:
    """A round, whatever its state."""


@query("SELECT * FROM rounds WHERE id = :round_id /*lock*/")
async def hold(tx: Session, round_id: str) -> Round | None:
    """A round that nobody else moves on, or answers in, until the transaction ends."""


async def step(tx: Session, round_id: str, step: Callable[[Round], Round], by: Round | None = None) -> Round | None:
    """Move a round on by a pure step, and count the answers where that closes a question.

    `by` is the round as its leaseholder knows it: None where somebody else has it by now, or has moved it on. What
    `step` raises leaves all as it was.
    """
    before = await hold(tx, round_id)
    if before is None or before.state is State.OVER:
        return None
    if by and (by.version, by.lease_owner) != (before.version, before.lease_owner):
        return None
    after = step(before)
    if after.state is State.CLOSING and before.state is not State.CLOSING:
        await count_closing(tx, after)
    return await save_held(tx, after)


async def reopen(tx: Session, round_id: str, step: Callable[[Round], Round]) -> Round | None:
    """Go on with a round that is over; None where it went on already, or another runs in its channel."""
    before = await hold(tx, round_id)
    if before is None or before.state is not State.OVER or await running(tx, before.platform, before.channel):
        return None
    return await save_held(tx, step(before))


async def save_held(tx: Session, after: Round) -> Round:
    """Keep how a held round is now, and return its new version. Raises RuntimeError where it was not held."""
    if not await _save(tx, after):
        raise RuntimeError(f"round {after.id} moved on while it was held")
    return structs.replace(after, version=after.version + 1)


@query(
    """
    UPDATE rounds SET
        state = :state, number = :number, due_at = :due_at, closes_at = :closes_at, message = :message,
        winner = :winner, won_at = :won_at, remaining = :remaining, skipped = :skipped, late = :late,
        stopped = :stopped, tries = :tries, shown = :shown, unanswered = :unanswered,
        unsure_from_at = :unsure_from_at, unsure_to_at = :unsure_to_at, version = version + 1, tidy = FALSE
    WHERE id = :id AND version = :version
    """
)
async def _save(tx: Session, round_: Round) -> bool:
    """Keep how a round is now; False where somebody else has moved it on since it was read."""


@query("SELECT asked FROM round_questions WHERE round = :round_id AND number = :number")
async def question(session: Session, round_id: str, number: int) -> str | None:
    """A question of a round, as JSON; empty where its text was removed."""


class AskedQuestion(Struct, frozen=True):
    """A question's id, and the question as JSON; empty where its text was removed."""

    question: str
    asked: str


@query("SELECT question, asked FROM round_questions WHERE round = :round_id ORDER BY number")
async def questions(session: Session, round_id: str) -> list[AskedQuestion]:
    """The questions of a round, in order."""


@query(
    """
    SELECT question FROM rounds JOIN round_questions ON round_questions.round = rounds.id
    WHERE platform = :platform AND server = :server AND started_at >= :since
        AND (:server <> '' OR channel = :channel)
    """
)
async def lately_asked(session: Session, platform: str, server: str, channel: str, since: datetime) -> list[str]:
    """The ids of the questions of a server's rounds since then; without a server, of the channel's."""


@query(
    """
    WITH claimed AS (
        SELECT id FROM rounds
        WHERE platform = :platform AND state <> 'over' AND due_at <= :now AND lease_ends_at <= :now
        ORDER BY due_at LIMIT :most /*skip locked*/
    )
    UPDATE rounds SET lease_ends_at = :until, lease_owner = :owner
    WHERE id IN (SELECT id FROM claimed)
    RETURNING *
    """
)
async def claim(tx: Session, platform: str, now: datetime, owner: str, until: datetime, most: int) -> list[Round]:
    """Rounds with something to do, for this process alone until it releases them or the lease ends."""


@query(
    """
    SELECT MIN(CASE WHEN lease_ends_at > due_at THEN lease_ends_at ELSE due_at END) AS due_at FROM rounds
    WHERE platform = :platform AND state <> 'over' AND due_at > 0
    """
    # By the term with 0 SQLite takes the index of what is under way, not one of all rounds that ever were.
)
async def next_due_at(session: Session, platform: str) -> datetime | None:
    """When anything is to be done about a round next."""


@query("UPDATE rounds SET lease_ends_at = :until WHERE id = :round_id AND lease_owner = :owner")
async def renew(tx: Session, round_id: str, owner: str, until: datetime) -> bool:
    """Make a lease longer. False: somebody else has the round."""


@query("UPDATE rounds SET lease_ends_at = 0, lease_owner = NULL WHERE id = :round_id AND lease_owner = :owner")
async def release(tx: Session, round_id: str, owner: str) -> bool:
    """Let others have the round."""


_OUTDATED = """
    ((state = 'asking' AND NOT daily AND shown_at < :recount
        AND closes_at - CAST(seconds AS BIGINT) * 1000000 < :recount)
        OR shown <> (SELECT COUNT(*) FROM round_answers
                     WHERE round_answers.round = rounds.id AND round_answers.number = rounds.number))
"""


@query(
    f"""
    SELECT * FROM rounds
    WHERE platform = :platform AND state <> 'over' AND state IN ('asking', 'paused') AND message <> ''
        AND shown_at <= :before AND due_at > :now
        AND {_OUTDATED}
    LIMIT :most
    """  # noqa: S608 - puts in only the constant _OUTDATED; values are bound.
)
async def unshown(
    session: Session, platform: str, now: datetime, before: datetime, recount: datetime, most: int
) -> list[Round]:
    """Rounds whose message is out of date, and was not edited since `before`: by how many have answered or, where it
    was not edited since `recount`, by the seconds that are left.
    """


@query(
    f"""
    WITH claimed AS (
        SELECT id FROM rounds
        WHERE platform = :platform AND state <> 'over' AND state IN ('asking', 'paused') AND message <> ''
            AND shown_at <= :before AND due_at > :now
            AND {_OUTDATED}
        LIMIT :most /*skip locked*/
    )
    UPDATE rounds SET shown_at = :now
    WHERE id IN (SELECT id FROM claimed)
    RETURNING *
    """  # noqa: S608 - puts in only the constant _OUTDATED; values are bound.
)
async def claim_unshown(
    tx: Session, platform: str, now: datetime, before: datetime, recount: datetime, most: int
) -> list[Round]:
    """Rounds whose message is out of date: nobody else has them until they may be edited again."""


@query("UPDATE rounds SET shown = :shown WHERE id = :round_id AND number = :number AND state = :state")
async def note_shown(tx: Session, round_id: str, number: int, state: State, shown: int) -> int:
    """The message shows so many answers now."""


@query(
    """
    SELECT COUNT(*) AS running FROM rounds
    WHERE platform = :platform AND server = :server AND state <> 'over' AND NOT daily
    """
)
async def count_running(session: Session, platform: str, server: str) -> int:
    """How many rounds a server has under way."""


@query(
    """
    SELECT id FROM rounds
    WHERE id IN (
        SELECT id FROM rounds WHERE starter = :person
        UNION SELECT id FROM rounds WHERE winner = :person
        UNION SELECT round FROM round_answers WHERE person = :person
    )
    ORDER BY id /*lock*/
    """
)
async def hold_of_person(tx: Session, person: str) -> list[str]:
    """Hold the rounds that a person started, won or answered in, in the order in which everybody holds rounds."""


@query("UPDATE rounds SET starter = '', starter_name = 'somebody' WHERE starter = :person")
async def forget_starter(tx: Session, person: str) -> int:
    """Forget who started rounds."""


@query("UPDATE rounds SET winner = '-' WHERE winner = :person")
async def forget_winner(tx: Session, person: str) -> int:
    """Forget who won races."""
