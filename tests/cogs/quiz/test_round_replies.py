"""What a round says, kept whole."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from msgspec import structs

from bot.core.reply import Reply
from bot.storage.round import CountedAnswer, Round, RoundAnswer, Standing, State
from cogs.quiz.round_replies import closed_question, final_table, open_question
from corpus.corpus import Corpus
from corpus.questions.generate import GeneratedKind, QuestionGenerator
from corpus.questions.question import QuizQuestion, from_curated
from tests import golden
from tests.conftest import NOW

ROUND = Round(
    "0123456789ab", "test", "guild", "general", "everyone", 25, 10, "test:1", "Ada", NOW, State.ASKING, 3, NOW,
    closes_at=NOW + timedelta(seconds=25), message="7",
)  # fmt: skip
ANSWERS = [RoundAnswer("test:1", "Ada", True), RoundAnswer("test:2", "*Boris* @everyone", False)]


def curated(corpus: Corpus, name: str) -> QuizQuestion:
    return next(from_curated(one, Random(1)) for one in corpus.notes.questions if one.id == name)


def made(corpus: Corpus, kind: GeneratedKind) -> QuizQuestion:
    asked = QuestionGenerator(corpus.texts, corpus.notes).make(kind, Random(1917))
    assert asked
    return asked


@pytest.fixture
def said(corpus: Corpus) -> dict[str, Reply]:
    rocks, gap, order = curated(corpus, "drifting-where"), made(corpus, "gap"), made(corpus, "order")
    attempts = [
        CountedAnswer("test:2", "one", is_right=False),
        CountedAnswer("test:2", "two", is_right=False),
        CountedAnswer("test:1", "one", is_right=True),
    ]
    standings = [Standing("test:2", "*Boris* @everyone", 1, 3), Standing("test:1", "Ada", 3, 3)]
    return {
        "quiz-question": open_question(ROUND, rocks, 2, NOW),
        "quiz-gap": open_question(structs.replace(ROUND, mode="race"), gap, 0, NOW),
        "quiz-paused": open_question(
            structs.replace(ROUND, state=State.PAUSED), curated(corpus, "open-haystack"), 1, NOW
        ),
        "quiz-answer": closed_question(ROUND, rocks, corpus, ANSWERS, standings),
        "quiz-order": closed_question(structs.replace(ROUND, late=True), order, corpus, ANSWERS[1:], standings),
        "quiz-table": final_table(ROUND, standings, attempts, {"one": rocks, "two": gap}),
    }


async def test_what_a_round_says_is_kept(said: dict[str, Reply]) -> None:
    assert tuple(said) == golden.QUIZ
    for name, reply in said.items():
        golden.check(name, "reply.json", golden.as_json(reply))
