"""A deck of questions for a round or a review: all kinds mixed, none twice, none that is not sound."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from random import Random

from corpus.note_model import Notes, Question
from corpus.questions.check import QuestionChecker
from corpus.questions.generate import GENERATED, QuestionGenerator
from corpus.questions.question import KINDS, QuizQuestion, from_curated
from corpus.text_model import Text

_TRIES = 60
"""How often a kind is made in one round; with few places in a corpus, the same question may come again."""


class Deck:
    """Deals questions from one corpus: curated ones and ones made on the spot. `count`: how often words are there."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes, count: Callable[[str], int] | None = None) -> None:
        self._checker = QuestionChecker(texts, notes, count)
        self._maker = QuestionGenerator(texts, notes)
        self._curated = {question.id: question for question in notes.questions}

    def deal(
        self, count: int, dice: Random, topic: str | None = None, lately: Collection[str] = ()
    ) -> tuple[QuizQuestion, ...]:
        """Up to `count` questions, fewer where a topic has no more; those asked `lately` only after all others.

        No passage comes twice: each answer shows its own, and so would answer the second question.
        """
        kinds = dice.sample(list(KINDS), len(KINDS))
        dealt: list[QuizQuestion] = []
        repeated: list[QuizQuestion] = []
        _take({kind: self._fresh(kind, dice, topic, lately, repeated) for kind in kinds}, count, dealt)
        _take({kind: self._stale(kind, dice, topic, lately, repeated) for kind in kinds}, count, dealt)
        return tuple(dealt)

    def curated(self, name: str, dice: Random) -> QuizQuestion | None:
        """The question of the notes that has this id, its options shuffled again."""
        question = self._curated.get(name)
        return from_curated(question, dice) if question else None

    def is_sound(self, asked: QuizQuestion) -> bool:
        """Whether the corpus still bears out a question that was made or kept earlier."""
        return not self._checker.faults(asked)

    def _fresh(
        self, kind: str, dice: Random, topic: str | None, lately: Collection[str], repeated: list[QuizQuestion]
    ) -> Iterator[QuizQuestion]:
        """Those not asked lately; of those that are made, the others go onto the list."""
        made = _set_aside(self._make_questions(kind, dice, topic), lately, repeated)
        fresh = [one for one in self._of_kind(kind, topic) if one.id not in lately]
        for one in dice.sample(fresh, len(fresh)):
            yield from self._sound(from_curated(one, dice))
            if kind in GENERATED:  # a kind that is both in the notes and made takes turns
                yield from (question for question in [next(made, None)] if question)
        yield from made

    def _stale(
        self, kind: str, dice: Random, topic: str | None, lately: Collection[str], repeated: list[QuizQuestion]
    ) -> Iterator[QuizQuestion]:
        stale = [one for one in self._of_kind(kind, topic) if one.id in lately]
        for one in dice.sample(stale, len(stale)):
            yield from self._sound(from_curated(one, dice))
        yield from (one for one in repeated if one.kind == kind)

    def _of_kind(self, kind: str, topic: str | None) -> list[Question]:
        return [one for one in self._curated.values() if one.kind == kind and topic in (None, *one.topics)]

    def _make_questions(self, kind: str, dice: Random, topic: str | None) -> Iterator[QuizQuestion]:
        for one in GENERATED:
            tries = 0
            while one == kind and tries < _TRIES:
                tries += 1
                if question := self._maker.make(one, dice, topic):
                    yield from self._sound(question)

    def _sound(self, asked: QuizQuestion) -> Iterator[QuizQuestion]:
        if self.is_sound(asked):
            yield asked


def _set_aside(
    made: Iterator[QuizQuestion], lately: Collection[str], repeated: list[QuizQuestion]
) -> Iterator[QuizQuestion]:
    for one in made:
        if one.id in lately:
            repeated.append(one)
        else:
            yield one


def _take(piles: dict[str, Iterator[QuizQuestion]], count: int, dealt: list[QuizQuestion]) -> None:
    """Deal from the piles in turn until there are enough or there is nothing left."""
    while piles and len(dealt) < count:
        for kind in list(piles):
            if len(dealt) == count:
                break
            # What shares a passage with a question that was dealt would share it later too.
            fresh = (one for one in piles[kind] if not any(_share(one, other) for other in dealt))
            if question := next(fresh, None):
                dealt.append(question)
            else:
                del piles[kind]


def _share(one: QuizQuestion, other: QuizQuestion) -> bool:
    return any(mine.overlaps(yours) for mine in one.references for yours in other.references)
