"""Cards: when each question is to come again to each person, as spaced repetition has it.

A card follows from the answers of its person to its question. Answers wait until somebody puts them on their card, so
that a round of a thousand people closes without a thousand cards: `take_pending` says whose question has such answers.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.storage.owner import Owner
from bot.storage.session import Session, query


class Card(Struct, frozen=True):
    """One question as one person knows it.

    `state` (1 learning, 2 review, 3 relearning), `step`, `stability` and `difficulty` are FSRS's. A card that is
    `in_days` is due from the start of its day, any other at its minute. `met_at` is when the person had the question
    first, which was in a review or in a round. It was `missed` where the last answer was wrong, and given in a round.
    """

    question: str
    state: int
    step: int | None
    stability: float
    difficulty: float
    due_at: datetime
    reviewed_at: datetime
    in_days: bool
    met_at: datetime
    met_in_review: bool
    missed: bool


class CardCount(Struct, frozen=True):
    """How many cards there are and are due, of one question, or (`question` is empty) of all that were made here."""

    question: str
    known: int
    due: int


class DueCard(Struct, frozen=True):
    """What is said of a card before its question is read.

    `made`: the question is not in the notes, but was made from a text that is looked up where somebody asks.
    """

    question: str
    due_at: datetime
    in_days: bool
    made: bool


_MADE_HERE = """
    made_questions.question = cards.question AND (made_questions.text_id = '' OR EXISTS (
        SELECT 1 FROM made_question_shelves AS shelves
        WHERE shelves.question = cards.question
            AND (shelves.server = '' OR (shelves.platform = :platform AND shelves.server = :server))
    ))
"""


@query(
    """
    INSERT INTO cards
        (person, question, state, step, stability, difficulty, due_at, reviewed_at, in_days, met_at, met_in_review,
         missed)
    VALUES
        (:person, :question, :state, :step, :stability, :difficulty, :due_at, :reviewed_at, :in_days, :met_at,
         :met_in_review, :missed)
    ON CONFLICT (person, question) DO UPDATE SET
        state = excluded.state, step = excluded.step, stability = excluded.stability,
        difficulty = excluded.difficulty, due_at = excluded.due_at, reviewed_at = excluded.reviewed_at,
        in_days = excluded.in_days, met_at = excluded.met_at, met_in_review = excluded.met_in_review,
        missed = excluded.missed
    """
)
async def put(tx: Session, person: str, card: Card) -> int:
    """Keep a card, in place of the one that was."""


@query("SELECT * FROM cards WHERE person = :person AND question = :question")
async def get(session: Session, person: str, question: str) -> Card | None:
    """The card of a question, as of the answers that are on it."""


@query("SELECT * FROM cards WHERE person = :person ORDER BY question")
async def of_person(session: Session, person: str) -> list[Card]:
    """All cards of a person."""


@query("DELETE FROM cards WHERE person = :person")
async def forget(tx: Session, person: str) -> int:
    """Forget what a person knows."""


@query("SELECT TRUE AS pending FROM attempts WHERE person = :person AND NOT on_card LIMIT 1")
async def has_pending(session: Session, person: str) -> bool:
    """Whether any answer of a person is not on its card yet."""


@query(
    """
    UPDATE attempts SET on_card = TRUE
    WHERE person = :person AND NOT on_card AND question IN (
        SELECT question FROM attempts WHERE person = :person AND NOT on_card ORDER BY question LIMIT :most
    )
    RETURNING question
    """
)
async def take_pending(tx: Session, person: str, most: int) -> list[str]:
    """The questions, some more than once, whose cards are to be computed again in this transaction."""


@query(
    f"""
    SELECT cards.question, due_at, in_days, made_questions.question IS NOT NULL AS made
    FROM cards LEFT JOIN made_questions ON {_MADE_HERE}
    WHERE person = :person AND due_at < :tomorrow AND (in_days OR due_at <= :now)
    ORDER BY due_at, cards.question LIMIT :most OFFSET :skip
    """  # noqa: S608 - puts in only the constant _MADE_HERE; values are bound.
)
async def due(
    session: Session, person: str, shelf: Owner, now: datetime, tomorrow: datetime, most: int, skip: int
) -> list[DueCard]:
    """Cards that are due now, the longest due first; `tomorrow` is when the person's next day begins."""


@query(
    f"""
    SELECT cards.question, due_at, in_days, made_questions.question IS NOT NULL AS made
    FROM cards LEFT JOIN made_questions ON {_MADE_HERE}
    WHERE person = :person AND due_at > :now AND NOT (in_days AND due_at < :tomorrow)
    ORDER BY due_at, cards.question LIMIT :most OFFSET :skip
    """  # noqa: S608 - puts in only the constant _MADE_HERE; values are bound.
)
async def coming(
    session: Session, person: str, shelf: Owner, now: datetime, tomorrow: datetime, most: int, skip: int
) -> list[DueCard]:
    """Cards that are due later, the next first."""


@query(
    f"""
    SELECT cards.question, due_at, in_days, made_questions.question IS NOT NULL AS made
    FROM cards LEFT JOIN made_questions ON {_MADE_HERE}
    WHERE person = :person AND missed AND due_at > :now
    ORDER BY due_at, cards.question LIMIT :most OFFSET :skip
    """  # noqa: S608 - puts in only the constant _MADE_HERE; values are bound.
)
async def missed(session: Session, person: str, shelf: Owner, now: datetime, most: int, skip: int) -> list[DueCard]:
    """Cards of what was missed in a round, and is not due by itself."""


@query("SELECT COUNT(*) AS met FROM cards WHERE person = :person AND met_in_review AND met_at >= :since")
async def count_met(session: Session, person: str, since: datetime) -> int:
    """How many questions a person met for the first time since then, in a review."""


@query(
    """
    SELECT question FROM cards
    WHERE person = :person
        AND NOT EXISTS (SELECT 1 FROM made_questions WHERE made_questions.question = cards.question)
    """
)
async def known(session: Session, person: str) -> list[str]:
    """The ids of the questions that a person has met, without those that were made: as many as notes have, at most."""


@query(
    f"""
    SELECT CASE WHEN made_questions.question IS NULL THEN cards.question ELSE '' END AS question,
        COUNT(*) AS known,
        SUM(CASE WHEN due_at < :tomorrow AND (in_days OR due_at <= :now) THEN 1 ELSE 0 END) AS due
    FROM cards LEFT JOIN made_questions ON {_MADE_HERE}
    WHERE person = :person
    GROUP BY CASE WHEN made_questions.question IS NULL THEN cards.question ELSE '' END
    """  # noqa: S608 - puts in only the constant _MADE_HERE; values are bound.
)
async def counts(session: Session, person: str, shelf: Owner, now: datetime, tomorrow: datetime) -> list[CardCount]:
    """How many cards a person has, and how many are due."""
