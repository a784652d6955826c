"""The open corpus: references, passages and their neighbours."""

from __future__ import annotations

import gc
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import SHIPPED, Corpus, date_parts, date_reading, named_times
from corpus.date_reading import read_dates
from corpus.errors import CorpusError, NotUnderstood
from corpus.language.lazy_pattern import LazyPattern
from corpus.reference import Reference
from tests.corpus.sample import edit, write_sample


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("made") / "sample")


@pytest.fixture(scope="module", params=["shipped", "sample"])
def folder(request: pytest.FixtureRequest, written: Path) -> Path:
    return SHIPPED if request.param == "shipped" else written


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
async def either(folder: Path, cache: Path) -> AsyncIterator[Corpus]:
    """Each corpus in turn: nothing may hold for the shipped one alone."""
    opened = await Corpus.open(folder, cache)
    yield opened
    await opened.close()


@pytest.fixture
async def sample(written: Path, cache: Path) -> AsyncIterator[Corpus]:
    opened = await Corpus.open(written, cache)
    yield opened
    await opened.close()


def read(typed: str) -> Reference:
    reference = Reference.read(typed)
    assert reference is not None
    return reference


async def test_every_sentence_is_found_by_its_reference(either: Corpus) -> None:
    for reference in either.sentences():
        (passage,) = either.passages(read(str(reference)))
        assert passage.reference == reference
        assert passage.words in either.paragraph(reference).words


async def test_the_sentences_of_a_text_are_those_of_all_texts_in_order(either: Corpus) -> None:
    assert [r for text in either.texts for r in either.sentences(text)] == list(either.sentences())


async def test_every_passage_is_the_slice_that_its_own_reference_names(either: Corpus) -> None:
    for text in either.texts.values():
        for paragraph in text.paragraphs:
            passages = either.passages(Reference(text.id, paragraph.number))
            at = 0
            for passage in passages:
                start, end = paragraph.span(passage.reference)
                assert passage.words == paragraph.words[start:end]
                assert paragraph.words[at:start].strip() == ""
                at = end
            assert at == len(paragraph.words.rstrip())


async def test_neighbours_lead_through_a_whole_text_and_back(either: Corpus) -> None:
    for text in either.texts:
        order = list(either.sentences(text))
        assert [either.neighbour(reference, 1) for reference in order] == [*order[1:], None]
        assert [either.neighbour(reference, -1) for reference in order] == [None, *order[:-1]]


async def test_the_neighbours_of_a_range_or_a_paragraph_are_outside_it(sample: Corpus) -> None:
    assert sample.neighbour(read("novel 1.2-3"), 1) == read("novel 2.1")
    assert sample.neighbour(read("novel 1.2-3"), -1) == read("novel 1.1")
    assert sample.neighbour(read("novel 2"), -1) == read("novel 1.3")
    assert sample.neighbour(read("novel 2"), 1) is None


async def test_a_passage_is_cut_where_another_speaker_begins(sample: Corpus) -> None:
    assert [(str(p.reference), p.speaker, p.words) for p in sample.passages(read("novel 2.2-4"))] == [
        ("novel 2.2", "The narrator", "She made paper money, and spent it."),
        ("novel 2.3", "A reader, in the novel", "(“Shame!” cries a reader.)"),
        ("novel 2.4", "The narrator", "The Woodman and the Farmer worked unheeded."),
    ]


async def test_a_range_by_one_speaker_is_one_passage_with_the_spaces_of_the_text(sample: Corpus) -> None:
    (passage,) = sample.passages(read("novel 2.1-2"))
    assert passage.words == "France rolled with exceeding smoothness down hill … She made paper money, and spent it."


@pytest.mark.parametrize(
    ("typed", "meant"), [("novel 1.3-2", "novel 1.2-3"), ("NOVEL 1", "novel 1"), ("novel 1.2-2", "novel 1.2")]
)
async def test_a_reference_is_read_as_the_text_has_it(sample: Corpus, typed: str, meant: str) -> None:
    assert str(sample.resolve(read(typed))) == meant


@pytest.mark.parametrize(
    ("typed", "sentence", "near"),
    [
        ("novel 40", "The novel has 2 paragraphs, so there is no novel 40.", ("novel 2",)),
        ("letter 0", "The letter has 4 paragraphs, so there is no letter 0.", ("letter 1",)),
        ("novel 1.9", "Paragraph 1 of the novel has 3 sentences, so there is no novel 1.9.", ("novel 1.3", "novel 1")),
        (
            "letter 2.1-4",
            "Paragraph 2 of the letter has 1 sentence, so there is no letter 2.1-4.",
            ("letter 2.1", "letter 2"),
        ),
        ("novel 1.0", "Paragraph 1 of the novel has 3 sentences, so there is no novel 1.0.", ("novel 1.1", "novel 1")),
        ("speech 1", "There is no text “speech”.", ("novel", "letter")),
    ],
)
async def test_a_reference_past_the_end_is_told_with_what_there_is(
    sample: Corpus, typed: str, sentence: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(NotUnderstood) as told:
        sample.passages(read(typed))
    assert str(told.value) == sentence
    assert told.value.near == near


async def test_what_is_near_can_be_typed(sample: Corpus) -> None:
    @given(
        st.sampled_from(["novel", "letter"]),
        st.integers(0, 10**6),
        st.none() | st.integers(0, 10**6),
        st.integers(0, 9),
    )
    def check(text: str, paragraph: int, first: int | None, last: int) -> None:
        try:
            sample.passages(Reference(text, paragraph, first, last if first is not None else None))
        except NotUnderstood as told:
            for near in told.near:
                assert sample.passages(read(near))

    check()


async def test_a_corpus_that_does_not_check_does_not_open(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    edit(folder / "notes" / "facts.toml", '"large jaw"', '"little jaw"')
    with pytest.raises(CorpusError):
        await Corpus.open(folder, tmp_path / "cache")


async def test_an_open_corpus_stays_open_while_another_process_builds(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    before = await Corpus.open(folder, tmp_path / "cache")
    edit(folder / "texts" / "novel.toml", "0x123456", "0x123457")
    after = await Corpus.open(folder, tmp_path / "cache")
    await after.close()
    assert (await before.index.search("woodman")).hits
    await before.close()


async def test_the_words_of_the_corpus_are_found_in_its_index(sample: Corpus) -> None:
    found = await sample.index.search("exceeding smoothness")
    assert [str(hit.reference) for hit in found.hits] == ["novel 2.1"]
    assert [person.id for person in sample.finder.people("farmer george")] == ["king"]


async def test_a_warm_corpus_has_loaded_what_the_first_question_needs(sample: Corpus) -> None:
    assert not sample.semantic.is_quick
    await sample.warm_up()
    assert sample.semantic.is_quick
    for made in ("_people", "_topics", "_events", "_dated", "_said", "event_dates"):
        assert made in vars(sample.finder)
    for made in ("_intervals", "_earliest_first", "_latest_first"):
        assert made in vars(sample.finder.event_dates)


async def test_the_first_question_with_a_number_waits_for_no_pattern_of_dates(sample: Corpus) -> None:
    modules = (date_reading, date_parts, named_times)
    patterns = [one for module in modules for one in vars(module).values() if isinstance(one, LazyPattern)]
    for one in patterns:
        for name in vars(one).keys() - {"_arguments"}:
            delattr(one, name)
    await sample.warm_up()
    compiled = [one for one in patterns if "pattern" in vars(one)]
    assert compiled
    assert read_dates("90 talks intellectual war") is None
    assert [one for one in patterns if "pattern" in vars(one)] == compiled


async def test_questions_are_made_once_and_go_with_their_corpus(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    opened = [await Corpus.open(folder, tmp_path / "cache") for _ in range(4)]
    made = [one.deck for one in opened]
    assert [one.deck for one in opened] == made
    left = [weakref.ref(one) for one in made]
    for one in opened:
        await one.close()
    del made, opened, one
    gc.collect()
    assert not any(deck() for deck in left)
