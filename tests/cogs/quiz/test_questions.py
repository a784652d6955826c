"""Questions as the quiz shows them: what is asked, the proof, and what the editors add."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import pytest
from msgspec import structs

from bot.core.reply import Button, Items, Note, Prose, Quote
from cogs.quiz.questions import answer_words, options, proof, question_parts
from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.questions.generate import GENERATED, QuestionGenerator
from corpus.questions.question import GAP, MISQUOTED, TRUE, QuizQuestion, from_curated


@pytest.fixture(scope="module")
def made(shipped: Corpus) -> list[QuizQuestion]:
    """Twenty questions of each kind that is made."""
    generator = QuestionGenerator(shipped.texts, shipped.notes)
    return [one for kind in GENERATED for seed in range(20) if (one := generator.make(kind, Random(seed)))]


def dates(corpus: Corpus) -> list[QuizQuestion]:
    return [from_curated(one, Random(0)) for one in corpus.notes.questions if one.kind == "date"]


def prose(corpus: Corpus, asked: QuizQuestion) -> list[str]:
    """What its proof says, without the passages."""
    return [part.words for part in proof(corpus, asked) if isinstance(part, Prose)]


async def test_the_proof_shows_every_passage_and_the_editors_note(corpus: Corpus) -> None:
    noted = 0
    for question in corpus.notes.questions:
        parts = proof(corpus, from_curated(question, Random(0)))
        shown = {part.reference for part in parts if isinstance(part, Quote)}
        assert shown == {str(one.reference) for place in question.references for one in corpus.passages(place)}
        assert [part.words for part in parts if isinstance(part, Note)] == ([question.note] if question.note else [])
        noted += bool(question.note)
    assert noted > 20


async def test_the_proof_marks_the_word_that_was_asked_for_where_it_stood(
    corpus: Corpus, made: list[QuizQuestion]
) -> None:
    for asked in made:
        if asked.kind == "order":
            continue
        [quote] = [part for part in proof(corpus, asked) if isinstance(part, Quote)]
        marked = [quote.words[start:end] for start, end in quote.marks]
        assert marked == ([asked.mark] if asked.mark else [])
        for start, end in quote.marks:
            assert asked.words.startswith(quote.words[:start])
            assert asked.words.endswith(quote.words[end:])
        elsewhere = structs.replace(asked, mark=f"{asked.mark}?")
        assert [part.marks for part in proof(corpus, elsewhere) if isinstance(part, Quote)] == [()]


async def test_the_answer_is_said_in_words(corpus: Corpus, made: list[QuizQuestion]) -> None:
    for asked in made:
        said = answer_words(asked)
        assert prose(corpus, asked)[0] == f"Answer: {said}"
        if asked.kind == "order":
            assert said.split("; ") == [line.partition(": ")[0] for line in prose(corpus, asked)[1:]]
        else:
            assert said == asked.answer + (f". The text has: {asked.mark}" if asked.answer == MISQUOTED else "")


async def test_an_order_is_proved_by_the_dates_from_the_first_to_the_last(
    corpus: Corpus, made: list[QuizQuestion]
) -> None:
    events = {event.name: event for event in corpus.notes.events}
    for asked in (one for one in made if one.kind == "order"):
        lines = prose(corpus, asked)[1:]
        chain = [events[line.partition(": ")[0]] for line in lines]
        assert sorted(event.id for event in chain) == sorted(asked.events)
        assert all((one.until or one.date).last < other.date.first for one, other in pairwise(chain))
        assert [line.endswith(" (date added by the editors).") for line in lines] == [
            event.dated_by == "editors" for event in chain
        ]
        quoted = [part.reference for part in proof(corpus, asked) if isinstance(part, Quote)]
        assert quoted == [str(one.reference) for event in chain for one in corpus.passages(event.references[0])]


async def test_of_a_text_that_is_left_aside_no_passage_is_shown(corpus: Corpus, made: list[QuizQuestion]) -> None:
    speech = {"speech": corpus.texts["speech"]}
    without_article = Corpus(speech, corpus.notes, corpus.index, IndexFile(corpus.file))
    for asked in made:
        said = prose(without_article, asked)
        gone = any(one.text != "speech" for one in asked.references)
        assert ("The passage can't be looked up here any more." in said) == (gone and not asked.events)
        assert len(said) == (4 if asked.events else 1 + gone)
        shown = [part.text for part in proof(without_article, asked) if isinstance(part, Quote)]
        assert shown == ["speech" for one in asked.references if one.text == "speech"]


async def test_a_date_is_proved_by_what_happened_then_or_by_the_date_of_the_text(corpus: Corpus) -> None:
    said = {asked.id: prose(corpus, asked)[1:] for asked in dates(corpus)}
    assert said["date-kronstadt"] == ["The Kronstadt Rebellion: March 1921 (date added by the editors)."]
    assert all(len(lines) == 1 for lines in said.values()), said
    for asked in dates(corpus):
        [line] = said[asked.id]
        assert set(asked.answer.split()) <= set(re.findall(r"\w+", line))
        other = structs.replace(asked, answer="3 March 1801")
        assert prose(corpus, other) == ["Answer: 3 March 1801"]


def test_only_words_that_somebody_said_look_like_a_quotation(made: list[QuizQuestion]) -> None:
    for asked in made:
        ask, *rest = question_parts(asked)
        assert ask == Prose(asked.ask)
        match asked.kind:
            case "order":
                assert rest == [Items(asked.items)]
            case "who":
                assert rest == [Prose(f"“{asked.words}”")]
            case _:
                assert rest == [Prose(asked.words)]
                assert (GAP in asked.words) == (asked.kind == "gap")


async def test_each_option_is_a_button_and_an_open_answer_is_typed(corpus: Corpus, made: list[QuizQuestion]) -> None:
    quoted = structs.replace(next(one for one in made if one.kind == "misquoted"), options=(TRUE, MISQUOTED))
    assert options(quoted, "pick", "type", "round.3", enabled=False) == (
        Button(TRUE, "pick", "round.3.0", enabled=False, option=True),
        Button(MISQUOTED, "pick", "round.3.1", enabled=False, option=True),
    )
    [typed] = options(dates(corpus)[0], "pick", "type", "round.3")
    assert (typed.action, typed.value, typed.enabled, bool(typed.ask)) == ("type", "round.3", True, True)
