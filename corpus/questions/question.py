"""A quiz question as it is put to people."""

from __future__ import annotations

from random import Random
from typing import Literal

from msgspec import Struct, structs

from corpus.calendar import Calendar
from corpus.note_model import AnswerType, Question
from corpus.reference import Reference

Kind = Literal["choice", "who", "text", "open", "date", "gap", "misquoted", "order"]
KINDS: dict[Kind, str] = {
    "choice": "multiple choice",
    "who": "who said it",
    "text": "which text",
    "open": "open answer",
    "date": "date",
    "gap": "fill the gap",
    "misquoted": "true or misquoted",
    "order": "put in order",
}
"""What each kind is called in messages."""
GAP = "_____"
TRUE, MISQUOTED = "Word for word", "One word is changed"


class QuizQuestion(Struct, frozen=True):
    """A quiz question with its answers in the order in which they are shown; without options, the answer is typed.

    `words` is the passage that the question is about: whole, with a gap, or with a word changed. `references` are the
    passages that prove the answer, `mark` the word in them that was asked for, `events` the ids of the events to be
    put in order, lettered from A.
    """

    id: str
    kind: Kind
    ask: str
    answer: str
    answer_type: AnswerType
    references: tuple[Reference, ...]
    options: tuple[str, ...] = ()
    words: str = ""
    mark: str = ""
    items: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    calendar: Calendar | None = None
    topics: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_generated(self) -> bool:
        """Whether it was made from the corpus, and so is in no notes."""
        return self.kind in ("gap", "misquoted", "order") or self.id.startswith("who-said-")

    def shuffled(self, dice: Random) -> QuizQuestion:
        """The same question, its options in another order."""
        return structs.replace(self, options=tuple(dice.sample(self.options, len(self.options))))


def from_curated(question: Question, dice: Random) -> QuizQuestion:
    """A curated question, its options in an order that the dice choose."""
    options = (question.answer, *question.distractors) if question.distractors else ()
    return QuizQuestion(
        question.id,
        question.kind,
        question.ask,
        question.answer,
        question.answer_type,
        question.references,
        options,
        accept=question.accept,
        calendar=question.calendar,
        topics=question.topics,
        note=question.note,
    ).shuffled(dice)
