"""Curated and made questions are sound, and faults are reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from corpus.questions.check import QuestionChecker, are_chronological
from corpus.questions.deck import Deck
from corpus.questions.generate import GENERATED, QuestionGenerator
from corpus.questions.question import GAP, MISQUOTED, TRUE, QuizQuestion, from_curated
from corpus.reference import Reference
from corpus.source.check import CorpusReport, check_corpus
from tests.corpus.sample import edit, write_sample
from tests.samples import EVERYTHING, one_in

MANY = 10_000 if EVERYTHING else 3_000


@pytest.fixture(params=["shipped", "sample"])
def judged(request: pytest.FixtureRequest, shipped: CorpusReport, sample: CorpusReport) -> CorpusReport:
    return {"shipped": shipped, "sample": sample}[request.param]


@pytest.fixture(scope="module")
def maker(shipped: CorpusReport) -> QuestionGenerator:
    return QuestionGenerator(shipped.texts, shipped.notes)


@pytest.fixture(scope="module")
def deck(shipped: CorpusReport) -> Deck:
    return Deck(shipped.texts, shipped.notes)


def test_curated_questions_are_sound(judged: CorpusReport) -> None:
    checker = QuestionChecker(judged.texts, judged.notes)
    found = {one.id: checker.faults(from_curated(one, Random(0))) for one in judged.notes.questions}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_there_are_enough_curated_questions(shipped: CorpusReport) -> None:
    assert len(shipped.notes.questions) >= 120
    assert {one.kind for one in shipped.notes.questions} == {"choice", "who", "text", "open", "date"}


def test_thousands_of_made_questions_are_sound(judged: CorpusReport) -> None:
    checker, maker, dice = (
        QuestionChecker(judged.texts, judged.notes),
        QuestionGenerator(judged.texts, judged.notes),
        Random(1917),
    )
    kinds = [kind for kind in GENERATED if maker.make(kind, dice)]
    faults = cache(checker.faults)  # a small corpus makes a hundred questions again and again
    places: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for number in range(MANY):
        made = maker.make(kinds[number % len(kinds)], dice)
        assert made is not None
        assert faults(made) == (), made
        places[made.kind, len(made.options)][made.options.index(made.answer)] += 1
    assert set(kinds) >= {"gap", "who", "misquoted"}
    for (kind, options), counts in places.items():
        share = counts.total() / options
        # Five standard deviations: no place among the options is more often right than the others.
        assert all(abs(counts[place] - share) < 5 * share**0.5 for place in range(options)), (kind, counts)


def test_the_shipped_corpus_makes_every_kind(maker: QuestionGenerator) -> None:
    made = {kind: {maker.make(kind, Random(seed)) for seed in range(500)} for kind in GENERATED}
    assert all(len(different) > 90 for different in made.values())
    assert {one.kind for different in made.values() for one in different if one} == set(GENERATED)


def test_the_same_dice_make_the_same_question(shipped: CorpusReport, maker: QuestionGenerator) -> None:
    again = QuestionGenerator(shipped.texts, shipped.notes)
    for kind in GENERATED:
        assert maker.make(kind, Random(7)) == again.make(kind, Random(7))


def test_other_words_at_the_same_place_are_another_question(sample: CorpusReport) -> None:
    """Texts of several servers may have the same id, and editions the same numbers."""
    maker, other = QuestionGenerator(sample.texts, sample.notes), QuestionGenerator(sample.texts, sample.notes)
    other._spots = [structs.replace(one, sentence=f"{one.sentence} Indeed.") for one in other._spots]
    other._said = [(reference, f"{words} Indeed.", speaker) for reference, words, speaker in other._said]
    for kind in ("gap", "who", "misquoted"):
        ids, others = ({one.make(kind, Random(seed)) for seed in range(20)} for one in (maker, other))
        assert not {one and one.id for one in ids} & {one and one.id for one in others}


def test_a_misquotation_changes_one_word_and_a_gap_hides_it(maker: QuestionGenerator) -> None:
    dice = Random(3)
    quoted = {maker.make("misquoted", dice) for _ in range(200)}
    assert {one.answer for one in quoted if one} == {TRUE, MISQUOTED}
    for one in quoted:
        assert one is not None
        assert (one.mark == "") == (one.answer == TRUE)


@pytest.fixture
def gap(maker: QuestionGenerator) -> QuizQuestion:
    made = maker.make("gap", Random(1))
    assert made is not None
    return made


def curated(judged: CorpusReport, name: str) -> QuizQuestion:
    return next(from_curated(one, Random(0)) for one in judged.notes.questions if one.id == name)


def spoilt(shipped: CorpusReport, maker: QuestionGenerator, gap: QuizQuestion) -> dict[str, QuizQuestion]:
    """Questions with one thing wrong, by what the check has to say."""
    dice = Random(5)
    rocks, third, heckler, attack = (
        curated(shipped, name) for name in ("drifting-where", "open-haystack", "who-third", "date-attack")
    )
    who, order = maker.make("who", dice), maker.make("order", dice)
    quoted = next(one for one in iter(lambda: maker.make("misquoted", dice), None) if one.answer == TRUE)
    assert who is not None
    assert order is not None
    change = structs.replace
    other = next(one for one in rocks.options if one != rocks.answer)
    return {
        "passage that is not there": change(rocks, references=(Reference("speech", 99),)),
        "cites no passage": change(rocks, references=()),
        "does not say": change(rocks, references=(Reference("speech", 2, 1),)),
        "too": change(rocks, options=(rocks.answer, "the uprising", other)),
        "two options are the same": change(rocks, options=(*rocks.options[:3], f"{rocks.options[0]}!")),
        "not one of the options": change(rocks, options=tuple(one for one in rocks.options if one != rocks.answer)),
        "right as well": change(rocks, accept=(other,)),
        "two to four": change(rocks, options=(*rocks.options, "the shallows")),
        "at most 70": change(rocks, options=(rocks.answer, "x" * 71)),
        "question mark": change(rocks, ask="Where?" * 40),
        "length gives it away": change(rocks, options=(rocks.answer, "far too long a thing to be the rocks at all")),
        "word of the answer is in the question": change(rocks, ask="Who was drifting on the rocks?"),
        "too long to be shown": change(rocks, words="word " * 200),
        "has no options": change(third, options=("Lenin", "Stalin")),
        "the answer is in the question": change(third, ask="Was it Lenin?"),
        "is not by": change(heckler, answer="Leon Trotsky"),
        "Trotskii may be Leon Trotsky": change(heckler, answer="Leon Trotsky", options=("Leon Trotsky", "Trotskii")),
        "reports it": change(heckler, options=(heckler.answer, "Leon Trotsky", "Whoever took down the record")),
        "are there more than once": change(heckler, words="Avilov"),
        "not the passage's": change(who, words=f"{who.words}!"),
        "is not in": change(curated(shipped, "text-coup"), answer="The speech"),
        "isn't a text": change(curated(shipped, "text-coup"), options=("The article", "The letter")),
        "dated": change(attack, answer="21 August 1940"),
        "There is no 31 June": change(attack, answer="31 June 1940"),
        "is not a date": change(attack, answer="the summer"),
        "does not fill the gap": change(gap, words=gap.words.replace(GAP, f"{GAP} {GAP}")),
        "not what the answer says": change(quoted, answer=MISQUOTED),
        "more than one word": change(quoted, words=f"Never {quoted.words}", answer=MISQUOTED),
        "is wrong": change(order, answer=next(one for one in order.options if one != order.answer)),
        "right too": change(order, events=order.events, answer="?"),
        "event that is not there": change(order, events=("nothing", *order.events[1:])),
        "not the event's name": change(order, items=("A. 1917", *order.items[1:])),
    }


def test_each_fault_is_told(shipped: CorpusReport, maker: QuestionGenerator, gap: QuizQuestion) -> None:
    checker = QuestionChecker(shipped.texts, shipped.notes)
    for said, asked in spoilt(shipped, maker, gap).items():
        assert any(said in fault for fault in checker.faults(asked)), (said, checker.faults(asked))


def test_no_order_rests_on_bounds_that_are_disputed(shipped: CorpusReport, maker: QuestionGenerator) -> None:
    disputed = {event.id for event in shipped.notes.events if event.bounds == "disputed"}
    assert {"civil-war", "stalins-appointments"} <= disputed
    made = [maker.make("order", Random(seed)) for seed in range(300)]
    assert all(one is not None and not disputed & set(one.events) for one in made)
    civil_war, congress = (
        next(event for event in shipped.notes.events if event.id == name)
        for name in ("civil-war", "second-congress-of-soviets")
    )
    assert not are_chronological((congress, civil_war))
    assert are_chronological((congress, structs.replace(civil_war, bounds="certain")))


@pytest.mark.parametrize(
    "shout", ["(“Shame! Shame on all of you!” cries a reader.)", "(“Shame! Shame on all of you!”)"]
)
def test_a_made_question_about_a_voice_never_offers_the_record(tmp_path: Path, shout: str) -> None:
    folder = write_sample(tmp_path / "sample")
    edit(folder / "texts" / "novel.txt", "(“Shame!” cries a reader.)", shout)
    edit(folder / "texts" / "novel.txt", "unheeded.", "unheeded. (Loud laughter from the whole house.)")
    (folder / "notes" / "voices.toml").write_text(
        f"""
[[voice]]
speaker = "A reader"
kind = "{"stage direction" if "cries" in shout else "interjection"}"
anchor = {{ text = "novel", words = "{shout}" }}

[[voice]]
speaker = "The record"
kind = "stage direction"
anchor = {{ text = "novel", words = "(Loud laughter from the whole house.)" }}
""",
        encoding="utf-8",
    )
    report = check_corpus(folder)
    assert report.faults == ()
    generator = QuestionGenerator(report.texts, report.notes)
    made = {one for seed in range(400) if (one := generator.make("who", Random(seed)))}
    voices = {"A reader", "The record"}
    assert {one.answer for one in made} > voices
    for one in made:
        assert one.answer not in voices or not ({"The record"} - {one.answer}) & set(one.options)


@pytest.mark.parametrize("author", ["L. D. Trotsky", "Lev Bronstein"])
def test_no_other_name_of_the_speaker_is_offered(shipped: CorpusReport, author: str) -> None:
    """A text that a server adds names its author as its file does, not as the notes do."""
    speech = shipped.texts["speech"]
    paragraphs = (structs.replace(one, words=one.words.title(), voices=()) for one in speech.paragraphs)
    said = tuple(
        structs.replace(one, sentences=tuple(structs.replace(sentence, speaker=author) for sentence in one.sentences))
        for one in paragraphs
    )
    texts = {**shipped.texts, "own": structs.replace(speech, id="own", speaker=author, paragraphs=said)}
    generator = QuestionGenerator(texts, shipped.notes)
    made = [one for seed in range(30) if (one := generator.make("who", Random(seed)))]
    assert sum(one.answer == author for one in made) > 5
    assert all(len(one.options) == 4 for one in made)
    assert [one for one in made if {"Leon Trotsky", author} <= set(one.options)] == []


def test_what_fills_the_gap_in_another_passage_is_not_offered(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    twice = "unheeded. The old farmer walked along that garden. The old farmer walked along that meadow."
    edit(folder / "texts" / "novel.txt", "unheeded.", twice)
    report = check_corpus(folder)
    checker, generator = QuestionChecker(report.texts, report.notes), QuestionGenerator(report.texts, report.notes)
    made = {one for seed in range(400) if (one := generator.make("gap", Random(seed)))}
    both = [one for one in made if {"garden", "meadow"} <= set(one.options) and one.words.startswith("The old farmer")]
    assert both
    assert {checker.faults(one)[0].removeprefix("meadow").removeprefix("garden") for one in both} == {
        " fills the gap elsewhere"
    }


def test_a_round_mixes_kinds_and_never_answers_itself(deck: Deck) -> None:
    for seed in range(30):
        dealt = deck.deal(30, Random(seed))
        assert len(dealt) == 30
        assert len({one.kind for one in dealt}) == 8
        cited = [reference for one in dealt if not one.events for reference in one.references]
        assert len(cited) == len(set(cited))
        assert all(deck.is_sound(one) for one in dealt)


def test_a_round_keeps_to_its_topic(shipped: CorpusReport, deck: Deck) -> None:
    is_tried = one_in(3)
    for topic in (one for number, one in enumerate(shipped.notes.topics) if is_tried(number)):
        dealt = deck.deal(10, Random(1), topic.id)
        assert dealt
        assert all(topic.id in one.topics for one in dealt)


def test_what_was_asked_lately_comes_last(deck: Deck) -> None:
    lately: set[str] = set()
    for topic, count in ((None, 30), ("coalition", 6), ("coalition", 6)):
        dealt = {one.id for one in deck.deal(count, Random(1), topic, lately)}
        assert len(dealt) == count
        assert not dealt & lately
        lately |= dealt
    assert lately & {one.id for one in deck.deal(30, Random(1), "coalition", lately)}


def test_the_deck_knows_the_notes(deck: Deck) -> None:
    asked = deck.curated("drifting-where", Random(1))
    assert asked is not None
    assert asked.answer == "the rocks"
    assert deck.curated("nothing", Random(1)) is None
