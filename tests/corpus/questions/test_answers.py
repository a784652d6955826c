"""What people type: forgiven where they mean the answer, and never where they do not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from corpus.calendar import Calendar, HistoricalDate
from corpus.errors import NotUnderstood
from corpus.language.typed_numbers import read_number
from corpus.note_model import Person
from corpus.questions.answers import AnswerChecker
from corpus.questions.question import QuizQuestion, from_curated
from corpus.source.check import CorpusReport
from tests.samples import one_in

TABLE = tomllib.loads(Path(__file__).with_name("typed_answers.toml").read_text(encoding="utf-8"))
VERDICTS = ("right", "wrong", "unclear")


@pytest.fixture(scope="module")
def questions(shipped: CorpusReport) -> dict[str, QuizQuestion]:
    return {question.id: from_curated(question, Random(0)) for question in shipped.notes.questions}


@pytest.fixture(scope="module")
def judge_(shipped: CorpusReport) -> AnswerChecker:
    return AnswerChecker(shipped.notes.people)


def verdict(judge: AnswerChecker, asked: QuizQuestion, typed: str) -> str:
    try:
        return "right" if judge.is_right(asked, typed) else "wrong"
    except NotUnderstood:
        return "unclear"


@pytest.mark.parametrize("kind", TABLE)
def test_the_table_has_enough_of_each_kind(kind: str) -> None:
    cases = [(case["question"], typed) for case in TABLE[kind] for name in VERDICTS for typed in case.get(name, ())]
    assert len(cases) >= 200
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("expected", VERDICTS)
@pytest.mark.parametrize("kind", TABLE)
def test_typed_answers_are_judged_as_the_table_says(
    kind: str, expected: str, questions: dict[str, QuizQuestion], judge_: AnswerChecker
) -> None:
    cases = [(case["question"], typed) for case in TABLE[kind] for typed in case.get(expected, ())]
    judged = [(name, typed, verdict(judge_, questions[name], typed)) for name, typed in cases]
    assert [one for one in judged if one[2] != expected] == []


def test_every_answer_answers_its_question_and_no_distractor_does(
    questions: dict[str, QuizQuestion], judge_: AnswerChecker
) -> None:
    for asked in questions.values():
        for form in (asked.answer, *asked.accept):
            assert verdict(judge_, asked, form) == "right", (asked.id, form)
        for other in set(asked.options) - {asked.answer}:
            assert verdict(judge_, asked, other) == "wrong", (asked.id, other)


def test_a_name_in_any_form_is_its_owner_and_nobody_else(
    shipped: CorpusReport, questions: dict[str, QuizQuestion], judge_: AnswerChecker
) -> None:
    """Each name of somebody else in one of the forms, others with each question."""
    frames = ("{}", "“{}”", "I think it was {}")
    is_tried = one_in(len(frames))
    of_people = [asked for asked in questions.values() if asked.kind == "open" and asked.answer_type == "person"]
    names = [(person, name) for person in shipped.notes.people for name in (person.name, *person.aliases)]
    for (row, asked), (column, (person, name)) in product(enumerate(of_people), enumerate(names)):
        is_meant = asked.answer in (person.name, *person.aliases)
        tried = [frame for number, frame in enumerate(frames) if is_meant or is_tried(row + column + number)]
        told = {verdict(judge_, asked, frame.format(name.upper())) for frame in tried}
        if not is_meant:
            assert told == {"wrong"}, (asked.id, name)
        elif name in (asked.answer, *asked.accept):
            assert told == {"right"}, (asked.id, name)


def test_a_list_of_every_name_is_wrong(
    shipped: CorpusReport, questions: dict[str, QuizQuestion], judge_: AnswerChecker
) -> None:
    names = [person.name for person in shipped.notes.people]
    for asked in questions.values():
        if asked.answer_type == "person":
            for between in (", ", " ", " or ", "/", "; "):
                assert verdict(judge_, asked, between.join(names)) == "wrong"
                assert verdict(judge_, asked, between.join((asked.answer, "Nobody"))) == "wrong"


@given(
    st.dates(date(1600, 1, 1), date(2100, 12, 31)),
    st.integers(-40, 40).filter(bool),
    st.sampled_from(["julian", "gregorian"]),
    st.sampled_from(["{0.day} {1} {0.year}", "{1} {0.day}, {0.year}", "{0.year}-{0.month:02}-{0.day:02}"]),
)
def test_a_date_some_days_off_is_wrong(day: date, off: int, calendar: Calendar, form: str) -> None:
    meant = HistoricalDate(day.year, day.month, day.day)
    there = meant.old_style if calendar == "julian" else meant
    asked = QuizQuestion("it", "date", "When?", str(there), "date", (), calendar=calendar)
    other = HistoricalDate(*(day + timedelta(days=off)).timetuple()[:3])
    judge = AnswerChecker(())

    def typed(one: HistoricalDate, style: str) -> str:
        return f"{form.format(one, str(one).split()[1])} {style}"

    for right in (typed(meant, ""), typed(meant, "NS"), typed(meant.old_style, ""), typed(meant.old_style, "OS")):
        assert verdict(judge, asked, right) == "right"
    for wrong in (typed(other, "NS"), typed(other.old_style, "OS")):
        assert verdict(judge, asked, wrong) == "wrong"
    if other not in (meant, HistoricalDate(*_fields(meant.old_style))):
        assert verdict(judge, asked, typed(other, "")) == "wrong"


def _fields(one: HistoricalDate) -> tuple[int, int | None, int | None]:
    return one.year, one.month, one.day


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_a_number_is_only_itself(meant: int, said: int) -> None:
    asked = QuizQuestion("it", "open", "How many?", f"{meant:,}", "number", ())
    assert (verdict(AnswerChecker(()), asked, str(said)) == "right") == (said == meant)
    assert verdict(AnswerChecker(()), asked, str(meant)) == "right"


def roman(number: int) -> str:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    written = ""
    for value, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (number // value)
        number %= value
    return written


FORMS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "comma": lambda number: f"{number:,}",
    "space": lambda number: f"{number:,}".replace(",", " "),
    "narrow space": lambda number: f"{number:,}".replace(",", "\u202f"),
    "apostrophe": lambda number: f"{number:,}".replace(",", "’"),
    "underscore": lambda number: f"{number:_}",
    "points": lambda number: f"{number:,}".replace(",", ".") if number > 999_999 else str(number),
    "decimals": lambda number: f"{number}.0",
    "power": lambda number: f"{number}e0",
    "about": lambda number: f"about {number:,}",
    "sign": lambda number: f"~{number}",
    "unit": lambda number: f"{number} ppl",
    "roman": lambda number: roman(number) if 1 < number < 4000 else str(number),
}


@given(
    st.integers(0, 5_000) | st.integers(0, 10**9),
    st.integers(0, 5_000) | st.integers(0, 10**9),
    st.sampled_from(sorted(FORMS)),
)
def test_a_number_in_any_form_is_itself_and_no_other(meant: int, other: int, form: str) -> None:
    asked = QuizQuestion("it", "open", "How many people?", f"{meant:,}", "number", ())
    assert verdict(AnswerChecker(()), asked, FORMS[form](meant)) == "right"
    if other != meant:
        assert verdict(AnswerChecker(()), asked, FORMS[form](other)) in ("wrong", "unclear")


@pytest.mark.parametrize("typed", ["5.000", "5,000"])
def test_a_point_or_a_comma_that_reads_in_two_ways_is_asked_about(typed: str) -> None:
    five, thousands = (QuizQuestion("it", "open", "How many?", many, "number", ()) for many in ("5", "5000"))
    assert {verdict(AnswerChecker(()), asked, typed) for asked in (five, thousands)} == {"right", "unclear"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("a hundred and five", 105),
        ("two hundred thousand", 200_000),
        ("2 million 300 thousand", 2_300_000),
        ("ninety-nine", 99),
        ("twelve hundred", 1200),
    ],
)
def test_a_number_in_words_is_read(typed: str, number: int) -> None:
    read = read_number(typed)
    assert read is not None
    assert read.value == number


@pytest.mark.parametrize(("length", "expected"), [(120, "right"), (121, "wrong"), (1000, "wrong")])
def test_what_is_longer_than_any_answer_is_wrong(length: int, expected: str) -> None:
    asked = QuizQuestion("it", "open", "What did they ask for?", "bread", "thing", ())
    assert verdict(AnswerChecker(()), asked, "bread".ljust(length, "!")) == expected


@pytest.mark.parametrize(
    "ask", ["Ann Bee was born as whom?", "As whom was Ann Bee born?", "Whom do we know as Ann Bee?"]
)
def test_where_the_question_gives_a_name_another_is_asked_for(ask: str) -> None:
    people = [Person("ann", "Ann Bee", ("Anna Sea",), "", ()), Person("bo", "Bo", ("Bob",), "", ())]
    asked = QuizQuestion("it", "open", ask, "Anna Sea", "person", ())
    judge = AnswerChecker(people)
    assert [verdict(judge, asked, typed) for typed in ("Anna Sea", "Ann Bee", "Bo")] == ["right", "wrong", "wrong"]
    assert verdict(judge, structs.replace(asked, ask="Who was it?"), "Ann Bee") == "right"


@pytest.mark.parametrize("typed", ["Leon D. Trotsky", "Leon Davidovich Trotsky", "Trotsky, Leon D.", "L. D. Trotsky"])
def test_an_initial_or_a_patronymic_in_the_middle_does_not_matter(typed: str) -> None:
    asked = QuizQuestion("it", "open", "Who?", "Leon Trotsky", "person", ())
    assert verdict(AnswerChecker([Person("trotsky", "Leon Trotsky", (), "", ())]), asked, typed) == "right"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("L. D. Trotsky", "Leon Trotsky", True),
        ("Trotsky, Leon", "Leon Trotsky", True),
        ("Lev Bronstein", "Leon Trotsky", True),
        ("Comrade Lenin", "Vladimir Ulyanov", True),
        ("K. Marx", "Karl Marx", True),
        ("Karl Marx and Friedrich Engels", "Karl Marx", True),
        ("Karl Marx", "Groucho Marx", False),
        ("First Citizen", "Second Citizen", False),
        ("The article's author", "Leon Trotsky", False),
        ("Vladimir Lenin", "Leon Trotsky", False),
    ],
)
def test_two_names_may_be_one_persons(judge_: AnswerChecker, one: str, other: str, expected: bool) -> None:
    assert judge_.may_be_same(one, other) == judge_.may_be_same(other, one) == expected


@given(typed=st.text() | st.text(st.sampled_from("trotsky lenin 1940 aug,.-/()not5 million"), max_size=200))
def test_no_string_raises(typed: str, questions: dict[str, QuizQuestion], judge_: AnswerChecker) -> None:
    for asked in questions.values():
        if not asked.options:
            assert verdict(judge_, asked, typed) in VERDICTS
