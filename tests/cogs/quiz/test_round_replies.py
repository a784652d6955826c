"""What a round says: some kept whole, and each sentence at the ends of what it is about."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from msgspec import structs

from bot.core.reply import Countdown, Reply, Table
from bot.storage.round import CountedAnswer, Round, RoundAnswer, Standing, State
from cogs.quiz.questions import answer_words
from cogs.quiz.round_replies import answer_of_the_day, closed_question, final_table, open_question, unfinished, verdict
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


def people(count: int, right: int = 1) -> list[Standing]:
    """Players who are equal, in no order."""
    return [Standing(f"test:{n}", f"P{n:02}", right, 3) for n in reversed(range(count))]


def named(first: int, end: int) -> str:
    return ", ".join(f"P{n:02}" for n in range(first, end))


def words(reply: Reply) -> str:
    return " ".join(part.words for part in reply.parts if hasattr(part, "words"))


def closed(corpus: Corpus, answers: int, right: int, standings: list[Standing], **changes: object) -> str:
    """What is under a question that some people answered, the first ones right."""
    given = [RoundAnswer(f"test:{n}", f"P{n:02}", n < right) for n in range(answers)]
    round_ = structs.replace(ROUND, **changes)
    return words(closed_question(round_, curated(corpus, "drifting-where"), corpus, given, standings))


def finished(standings: list[Standing], counted: list[CountedAnswer] | None = None, **changes: object) -> Reply:
    return final_table(structs.replace(ROUND, **changes), standings, counted or [], {})


async def test_who_had_it_is_said_of_any_number(corpus: Corpus) -> None:
    late = "I closed it too late, sorry: right answers count, wrong ones don't."
    for said, changes in (("", {}), (f" {late}", {"late": True})):
        assert f"Nobody answered.{said} " in f"{closed(corpus, 0, 0, [], **changes)} "
        assert f"Nobody got it.{said} " in f"{closed(corpus, 2, 0, [], **changes)} "
        assert f"Right: P00 (1 of 2).{said} " in f"{closed(corpus, 2, 1, [], **changes)} "
        assert f"You got it.{said} " in f"{closed(corpus, 1, 1, [], alone=True, **changes)} "
        assert f"You didn't get it.{said} " in f"{closed(corpus, 1, 0, [], alone=True, **changes)} "
        assert f"You didn't answer.{said} " in f"{closed(corpus, 0, 0, [], alone=True, **changes)} "
    assert late not in closed(corpus, 2, 1, [])
    assert "Skipped (no points)." in closed(corpus, 0, 0, [], skipped=True)
    assert f"Right: {named(0, 15)} (15 of 20)." in closed(corpus, 20, 15, [])
    assert f"Right: {named(0, 15)} and 1 more (16 of 20)." in closed(corpus, 20, 16, [])


async def test_the_standing_names_the_first_five_while_there_is_more_to_come(corpus: Corpus) -> None:
    five = "1. P00 (1), 1. P01 (1), 1. P02 (1), 1. P03 (1), 1. P04 (1)"
    assert f"After 3 questions: {five}." in closed(corpus, 1, 1, people(5))
    assert f"After 3 questions: {five} and 1 more." in closed(corpus, 1, 1, people(6))
    assert "After 1 question: 1. P00 (0)." in closed(corpus, 1, 1, people(1, 0), number=1)
    assert closed(corpus, 1, 1, people(1), alone=True).endswith(" 1 right so far.")
    for over in ({"number": 10}, {"stopped": True}):
        assert "After" not in closed(corpus, 1, 1, people(5), **over)
        assert "so far" not in closed(corpus, 1, 1, people(1), alone=True, **over)


def test_who_won_is_said_of_any_number() -> None:
    one, *others = people(3)
    assert words(finished([structs.replace(one, right_ones=2), *others])).startswith("P02 wins with 2 points!")
    assert words(finished(people(2, 0))).startswith("Nobody got a point this time.")
    assert words(finished(people(2))).startswith("A tie: P00 and P01 have 1 point each.")
    assert words(finished(people(5))).startswith("A tie: P00, P01, P02, P03 and P04 have 1 point each.")
    assert words(finished(people(6, 2))).startswith(f"A tie: {named(0, 5)} and others have 2 points each.")
    assert words(finished(people(1), alone=True)).startswith("You got 1 of 3 right.")


def test_the_table_has_twenty_rows_and_counts_the_rest() -> None:
    for count in (20, 21):
        table, *rest = finished(people(count)).parts[1:]
        assert isinstance(table, Table)
        assert len(table.rows) == 20
        assert table.rows[0] == ("1=", "P00", "1", "3")
        assert [part.words for part in rest if hasattr(part, "words")] == (["And 1 more."] if count == 21 else [])


def test_a_round_that_ends_early_says_why_and_offers_to_go_on() -> None:
    labels = ["Go on", "Review what I missed", "Rematch"]
    for changes, title, first, buttons in (
        ({}, "Quiz over", "P00 wins", labels[1:]),
        ({"stopped": True}, "Quiz stopped", "P00 wins", labels[1:]),
        ({"unanswered": 3}, "Quiz stopped", "Nobody answered the last 3 questions, so I stopped. P00", labels),
        ({"unanswered": 3, "stopped": True}, "Quiz stopped", "P00 wins", labels[1:]),
        ({"unanswered": 2}, "Quiz over", "P00 wins", labels[1:]),
    ):
        reply = finished(people(1), **changes)
        assert (reply.title, [one.label for one in reply.buttons]) == (title, buttons)
        assert words(reply).startswith(first)
        assert [one.label for one in reply.buttons if one.style == "primary"] == buttons[:1]
    assert words(finished([])) == "Nobody answered."
    assert words(finished([], alone=True)) == "You didn't answer."
    assert words(finished([], unanswered=3)) == "Nobody answered the last 3 questions, so I stopped."
    assert [one.label for one in finished([], unanswered=3).buttons] == ["Go on"]
    assert [one.label for one in finished([]).buttons] == ["Start a quiz"]


async def test_the_hardest_is_what_most_missed_and_of_those_what_fewest_had(corpus: Corpus) -> None:
    rocks = curated(corpus, "drifting-where")
    asked = {name: structs.replace(rocks, id=name, ask=f"Was it {name}?") for name in ("one", "two", "three")}
    missed, had = [("a", "one"), ("b", "two"), ("c", "three")], [("b", "one"), ("c", "one"), ("c", "two"), ("a", "two")]
    for more_missed, more_had, hardest in (
        ([], [], "question 3: Was it three?"),
        ([], [("a", "three"), ("b", "three")], "question 1: Was it one?"),
        ([("a", "two")], [], "question 2: Was it two?"),
        ([("x", "gone"), ("y", "gone")], [], "question 3: Was it three?"),
    ):
        counted = [
            CountedAnswer(person, name, is_right=is_right)
            for is_right, given in ((False, missed + more_missed), (True, had + more_had))
            for person, name in given
        ]
        said = words(final_table(ROUND, [Standing(one, one.upper(), 1, 3) for one in "abc"], counted, asked))
        assert f"The hardest was {hardest}" in said
        assert "Answer: the rocks." in said
    alone = final_table(
        structs.replace(ROUND, alone=True), people(1), [CountedAnswer("test:0", "one", is_right=False)], asked
    )
    assert words(alone).endswith("Answer: the rocks.")
    assert "hardest" not in words(final_table(ROUND, people(1), [CountedAnswer("test:0", "one", is_right=True)], asked))


async def test_a_verdict_gives_the_answer_and_ends_each_sentence_once(corpus: Corpus) -> None:
    for asked in (curated(corpus, "drifting-where"), made(corpus, "misquoted"), made(corpus, "order")):
        for is_right, said in ((True, "Right"), (False, "Not quite")):
            answer = f"{said}: the answer is {answer_words(asked)}."
            assert words(verdict(asked, None, is_right=is_right)) == answer
            reply = verdict(asked, Standing("test:1", "Ada", 1, 3), is_right=is_right)
            assert words(reply) == f"{answer} You have 1 of 3 right."
            assert (reply.private, reply.tone) == (True, "good" if is_right else "bad")
        assert ".." not in answer


async def test_an_open_question_tells_how_many_have_answered_and_how_long_there_is(corpus: Corpus) -> None:
    rocks = curated(corpus, "drifting-where")
    for answered, said in (
        (0, "Nobody has answered yet."),
        (1, "One person has answered."),
        (2, "2 people have answered."),
    ):
        assert words(open_question(ROUND, rocks, answered, NOW)).endswith(said)
    late = open_question(ROUND, rocks, 0, NOW + timedelta(seconds=26))
    assert [part.seconds for part in late.parts if isinstance(part, Countdown)] == [0]
    daily = structs.replace(ROUND, daily=True)
    assert {one.action for one in open_question(daily, rocks, 1, NOW).buttons} == {"quiz.answer"}
    assert words(open_question(daily, rocks, 1, NOW)).endswith("One person has answered.")
    answer = answer_of_the_day(daily, rocks, corpus, ANSWERS)
    assert answer.title == "The answer to the question of the day"
    assert "Right: Ada (1 of 2)." in words(answer)
    assert "After" not in words(answer)
    for paused in (True, False):
        assert ("Its schedule is paused" in words(unfinished("I may not", paused=paused))) is paused
    assert "If I lack a permission" in words(unfinished("Discord cannot be reached")), "nobody took one away"
