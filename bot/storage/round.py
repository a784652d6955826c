"""What a round of questions is, and its questions, answers and standings: plain frozen values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from msgspec import Struct


class State(StrEnum):
    """What a round waits for, or has under way."""

    ANNOUNCING = "announcing"
    WAITING = "waiting"
    OPENING = "opening"
    ASKING = "asking"
    CLOSING = "closing"
    PAUSED = "paused"
    ENDING = "ending"
    OVER = "over"


Mode = Literal["everyone", "race"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = EPOCH
"""The time of what has not happened: no question closes then."""
RIGHT_RATING, WRONG_RATING = 3, 1
"""What an answer says of how well it is known, as FSRS counts: 1 not at all, 2 hardly, 3 well, 4 easily."""


class Round(Struct, frozen=True):
    """A round and its state. At `due_at` something is to be done about it; what, its `state` says.

    `number` counts the questions from 1; `closes_at` is when the open one closes; `message` is the message that shows
    it, and `shown` how many answers it says there are, -1 where it is out of date; `winner` is the person who closed
    the question in a race, by a press at `won_at`, or `-` once forgotten; `skipped` questions count for nobody, of
    `late` ones only right answers do, as nobody could mend a wrong one while we were away; `remaining` are the
    microseconds that a pause has saved; `tries` counts the failures to say what is to be said next, and between
    `unsure_from_at` and `unsure_to_at` it may have been said; `schedule` began it, if it has one; a `daily` one is a
    question of the day, and runs beside others; `alone`: one person plays, where nobody else is; `unanswered` counts
    the questions in a row that nobody answered; `version` grows with each change and is the lease's fence, beside
    `lease_owner`.
    """

    id: str
    platform: str
    server: str
    channel: str
    mode: Mode
    seconds: int
    questions: int
    starter: str
    starter_name: str
    started_at: datetime
    state: State
    number: int
    due_at: datetime
    closes_at: datetime = NEVER
    message: str = ""
    winner: str = ""
    remaining: int = 0
    skipped: bool = False
    late: bool = False
    stopped: bool = False
    tries: int = 0
    version: int = 0
    shown: int = 0
    unsure_from_at: datetime | None = None
    unsure_to_at: datetime | None = None
    lease_owner: str | None = None
    won_at: datetime | None = None
    topic: str = ""
    alone: bool = False
    unanswered: int = 0
    schedule: str = ""
    daily: bool = False


class RoundSettings(Struct, frozen=True):
    """What somebody chose for a round: the id of a topic or nothing, how many questions, seconds for each, and how."""

    topic: str
    questions: int
    seconds: int
    mode: Mode


class RoundQuestion(Struct, frozen=True):
    """A question of a round: `asked` is the whole question as JSON, `topics` are ids between spaces.

    `made`: it is not in the notes; `text_id` is the text of a shelf that it was made from, if any.
    """

    number: int
    question: str
    asked: str
    kind: str
    topics: str
    made: bool = False
    text_id: str = ""


class RoundAnswer(Struct, frozen=True):
    """What one person has answered to one question."""

    person: str
    name: str
    is_right: bool


class AnswerGiven(Struct, frozen=True):
    """An answer on its way. `step` moves the round on, or leaves it, or is None where the question takes no answer;
    `complete` moves it on where everybody who plays has answered. By `receipt` its sender can be told more.
    """

    round: str
    number: int
    answer: RoundAnswer
    answered_at: datetime
    step: Callable[[Round], Round | None]
    complete: Callable[[Round], Round]
    receipt: str = ""


class AnswerReceipt(Struct, frozen=True):
    """By what somebody who answered can be told more."""

    person: str
    receipt: str
    is_right: bool


class Receipt(NamedTuple):
    """Whether an answer was taken, and the round: after it, or as it was when the answer was refused."""

    taken: bool
    round: Round


class Standing(Struct, frozen=True):
    """How one person did: right answers among those given, and among what was asked while the person took part."""

    person: str
    name: str
    right_ones: int
    answered: int
    asked: int = 0


class CountedAnswer(Struct, frozen=True):
    """An answer that counted in a round."""

    person: str
    question: str
    is_right: bool
