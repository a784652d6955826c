"""The search, through its front door, over the shipped texts and over a small corpus with every grade."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.calendar import HistoricalDate
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.tokens import tokens
from corpus.note_model import Notes, Person
from corpus.reference import Reference
from corpus.search import index as index_module
from corpus.search import reader as reader_module
from corpus.search.grading import GRADES
from corpus.search.index import SearchIndex
from corpus.search.writer import SearchWriter, search_part
from corpus.text_model import Citations, Paragraph, Sentence, Text
from tests.samples import EVERYTHING

LINES = (
    "The grey cat sat on the old mat.",
    "On the mat an old cat sat, grey with age.",
    "Old cats like mats of any color.",
    "A feline lay upon an old rug.",
    "The harbour was empty.",
    "A counter-revolutionary dog barked at Brandenburg.",
    "It is what it is and so on.",
)
SYNONYMS = (("cat", "feline"), ("mat", "rug"), ("the people's enemy", "dog"), ("assassination", "bark"))


def text_of(name: str, lines: tuple[str, ...]) -> Text:
    """A text with one sentence to a paragraph."""
    paragraphs = tuple(
        Paragraph(n, line, (Sentence(1, 0, len(line), "The narrator"),)) for n, line in enumerate(lines, 1)
    )
    citations = Citations("", "", "", "")
    date = HistoricalDate(1917)
    return Text(
        name, f"the {name}", name, "", "The narrator", date, "", "primary", "", (), 0, paragraphs, (), citations
    )


async def index_of(file: Path, texts: dict[str, Text], notes: Notes) -> SearchIndex:
    connection = sqlite3.connect(file)
    writer = SearchWriter(connection)
    for text in texts.values():
        writer.add(search_part(text))
    writer.finish(notes)
    connection.commit()
    connection.close()
    return await SearchIndex.open(file)


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[SearchIndex]:
    texts = {"tale": text_of("tale", LINES), "sequel": text_of("sequel", ("The cat came back.",))}
    people = (Person("brandenburg", "Brandenburg", (), "", ()),)
    opened = await index_of(tmp_path / "a b%20c?.db", texts, Notes(people=people, synonyms=SYNONYMS))
    yield opened
    await opened.close()


def words_of(corpus: Corpus, reference: Reference) -> str:
    (passage,) = corpus.passages(reference)
    return passage.words


async def test_any_four_words_that_occur_once_find_their_sentence_first(corpus: Corpus) -> None:
    """As printed, and as typed: four consecutive words, with and without what is between them."""
    sentences = {reference: words_of(corpus, reference) for reference in corpus.sentences()}
    runs = Counter[str]()
    for words in sentences.values():
        runs.update(run for run, _ in fours(words))
    wrong = []
    for reference, words in sentences.items():
        for run, printed in fours(words):
            if runs[run] == 1:
                for typed in (printed, run):
                    found = await corpus.index.search(typed)
                    if not found.hits or found.hits[0].reference != reference:
                        wrong.append((str(reference), typed))
    assert runs.total() > 1_000
    assert wrong == []


def fours(words: str) -> list[tuple[str, str]]:
    """Each four consecutive words of a sentence, folded, and as printed."""
    found = tokens(words)
    return [
        (" ".join(token.word for token in found[n : n + 4]), words[found[n].start : found[n + 3].end])
        for n in range(len(found) - 3)
    ]


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("gunpowder", "speech 5.3"),
        ("gunpowdr", "speech 5.3"),
        ("GUNPOWDER hand party", "speech 5.3"),
        ("gun powder", "speech 5.3"),
        ("armoured train", "article 15.2"),
        ("Lieber", "speech 3.3"),
        ("that's the course", "speech 6.11"),
        ("Avksentyev", "speech 3.6"),
        ("ice axe in mexico", "article 2.1"),
        ("coup d'etat", "article 9.1"),
        ("coup detat", "article 9.1"),
        ("degenerated workers' state", "article 26.2"),
        ("workers of western europe", "speech 6.11"),
        ("he fights off the guard", "article 28.2"),
        ("Ramon Mercader", "article 27.1"),
    ],
)
async def test_the_shipped_texts_answer_people(corpus: Corpus, typed: str, reference: str) -> None:
    found = await corpus.index.search(typed)
    assert str(found.hits[0].reference) == reference


@pytest.mark.parametrize(
    "typed",
    ["", " ", "zebra", "pizza recipe", "weather today",
     "best pizza in the world",
     "what does Trotsky say about zionism", "1789", "*", "NEAR(", "\x00", "\ud800", "🎉", "؟"],
)  # fmt: skip
async def test_nothing_stays_nothing(corpus: Corpus, typed: str) -> None:
    found = await corpus.index.search(typed)
    assert (found.hits, found.total) == ((), 0)


@pytest.mark.parametrize("typed", ["the", "of the", "it is", "THE"])
async def test_words_that_say_little_are_found_where_nothing_else_was_asked_for(corpus: Corpus, typed: str) -> None:
    found = await corpus.index.search(typed)
    assert found.total > 3
    best = corpus.passages(found.hits[0].reference)[0].words
    assert [best[start:end].lower() for start, end in found.hits[0].marks]


@pytest.mark.parametrize(
    ("typed", "missing", "reference"),
    [
        ("Trotsky on peace", ("Trotsky",), "speech 6.2"),
        ("what did trotsky say about peace", ("Trotsky",), "speech 6.2"),
        ("red army size", ("army", "size"), "article 32.2"),
        ("gunpowder in Our party held out", (), "speech 5.3"),
    ],
)
async def test_what_a_sentence_lacks_is_named_and_the_word_itself_comes_before_a_synonym(
    corpus: Corpus, typed: str, missing: tuple[str, ...], reference: str
) -> None:
    hit = (await corpus.index.search(typed)).hits[0]
    assert (str(hit.reference), hit.missing) == (reference, missing)


async def test_only_words_of_the_texts_are_offered_where_there_are_some(corpus: Corpus) -> None:
    assert (await corpus.index.search("peace and bread")).suggestions == ("peace",)


async def test_near_words_are_offered_where_nothing_is_found(corpus: Corpus) -> None:
    assert "gunpowder" in (await corpus.index.search("gunpow")).suggestions
    assert (await corpus.index.search("gunpowder")).suggestions == ()
    assert (await corpus.index.search("xyzzyq")).suggestions == ()


async def test_better_matches_come_first(small: SearchIndex) -> None:
    found = await small.search("old cat")
    assert [(hit.reference.paragraph, hit.grade) for hit in found.hits] == [
        (2, "verbatim"),
        (1, "words"),
        (3, "inflected"),
        (4, "synonyms"),
    ]
    assert found.total == 4


@pytest.mark.parametrize(
    ("typed", "place", "grade"),
    [
        ("the GREY cat", 1, "verbatim"),
        ("mat, an old", 2, "phrase"),
        ("age cat grey", 2, "words"),
        ("gray ages cats", 2, "inflected"),
        ("harbor", 5, "inflected"),
        ("colours", 3, "inflected"),
        ("counterrevolutionary", 6, "inflected"),
        ("counter revolutionary", 6, "phrase"),
        ("the people's enemy", 6, "synonyms"),
        ("it is what it", 7, "verbatim"),
        ("assasination", 6, "synonyms"),
        ("Brandenburg concertos", 6, "some"),
    ],
)
async def test_how_well_it_matches_is_told(small: SearchIndex, typed: str, place: int, grade: str) -> None:
    hit = (await small.search(typed)).hits[0]
    assert (hit.reference.paragraph, hit.grade) == (place, grade)


FRENCH = (
    "Elle est l’opium du peuple.",
    "Les Anglais vendaient de l'opium.",
    "Un opium sans nom.",
    "Le coup d'État de Brumaire.",
    "Ils s'abstiennent.",
)


@pytest.mark.parametrize(
    ("typed", "places", "marked"),
    [
        ("opium", [1, 2, 3], "l’opium"),
        ("l'opium", [1, 2, 3], "l’opium"),
        ("d'opium", [1, 2, 3], "l’opium"),
        ("l’opium du peuple", [1], "l’opium du peuple"),
        ("opium peuple", [1], "l’opium"),
        ("État", [4], "d'État"),
        ("coup detat", [4], "coup d'État"),
        ("coup d etat", [4], "coup d'État"),
        ("abstiennent", [5], "s'abstiennent"),
    ],
)
@pytest.mark.parametrize("loaded", [False, True])
async def test_an_elided_word_is_found_without_its_article_and_with_another(
    tmp_path: Path, typed: str, places: list[int], marked: str, *, loaded: bool
) -> None:
    opened = await index_of(tmp_path / "i.db", {"tale": text_of("tale", FRENCH)}, Notes())
    if loaded:
        opened.load()
    found = (await opened.search(typed, only_matches=True)).hits
    assert sorted(hit.reference.paragraph for hit in found) == places
    first = next(hit for hit in found if hit.reference.paragraph == places[0])
    start, end = first.marks[0]
    assert marked.startswith(FRENCH[places[0] - 1][start:end])
    await opened.close()


async def test_a_mended_slip_is_told(small: SearchIndex) -> None:
    found = await small.search("harbuor")
    assert [hit.reference.paragraph for hit in found.hits] == [5]
    assert found.corrections == (("harbuor", "harbour"),)
    assert (await small.search("harbor")).corrections == ()


async def test_one_text_alone_is_searched(small: SearchIndex) -> None:
    assert {hit.reference.text for hit in (await small.search("cat")).hits} == {"tale", "sequel"}
    assert [str(hit.reference) for hit in (await small.search("cat", "sequel")).hits] == ["sequel 1.1"]
    for unknown in ("nowhere", "\ud800", '"', ""):
        assert (await small.search("cat", unknown)).hits == await small.complete("cat", unknown) == ()


async def test_what_the_limit_leaves_out_is_counted(corpus: Corpus) -> None:
    everything = await corpus.index.search("coalition")
    few = await corpus.index.search("coalition", limit=2)
    assert few.hits == everything.hits[:2]
    assert few.total == everything.total == len(everything.hits) > 2


async def test_a_quotation_over_the_end_of_a_sentence_finds_both(corpus: Corpus) -> None:
    found = await corpus.index.search("Of this kind of a coalition we can be proud. It has stood the test of fire")
    assert {str(hit.reference) for hit in found.hits[:2]} == {"speech 2.3", "speech 2.4"}


async def test_marks_are_the_words_that_match(corpus: Corpus) -> None:
    found = await corpus.index.search("peasants coalition")
    (hit,) = (hit for hit in found.hits if str(hit.reference) == "speech 3.4")
    words = words_of(corpus, hit.reference)
    assert [words[start:end] for start, end in hit.marks] == ["coalition", "peasants"]


async def test_words_half_typed_find_sentences(corpus: Corpus) -> None:
    for typed in ("gunp", "the gunpow", "with the gunpowder sti", "party gunpow", "Gunpowdr"):
        assert str((await corpus.index.complete(typed))[0].reference) == "speech 5.3", typed
    assert [str(hit.reference) for hit in (await corpus.index.complete("coalition with d", limit=1))] == ["speech 3.3"]
    assert await corpus.index.complete("") == await corpus.index.complete("…") == ()
    assert len(await corpus.index.complete("t", limit=25)) == 25


async def test_one_letter_half_typed_begins_a_word_of_each_sentence_in_a_large_corpus(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_SMALL", 0)
    monkeypatch.setattr(index_module, "_IN_MEMORY", 0)
    for letter in "abdm":
        found = [
            words_of(corpus, hit.reference).lower()
            for hit in await corpus.index.complete(f"peasant coalition {letter}")
        ]
        assert all(f" {letter}" in words and "peasant" in words and "coalition" in words for words in found), letter
        assert found, letter


pieces = st.sampled_from(
    ["the", "coalition", "peasant", "of", "revolutoin", '"', "'", "*", "(", ")", ":", "-", "^", "+", " AND ", " NOT ",
     "NEAR(", "words", "{", "}", "\x00", "\u200b", "\u202e", "\ud83d", "🎉", "…", "é", "%", ";", "--", " "]
)  # fmt: skip
anything = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60), st.lists(pieces, max_size=30).map("".join)
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=5_000 if EVERYTHING else 100,
    deadline=None,
)
@given(typed=anything, limit=st.integers(1, 60), text=st.sampled_from([None, "speech", "article"]))
async def test_any_string_finds_true_places_or_nothing(
    corpus: Corpus, typed: str, limit: int, text: str | None
) -> None:
    found = await corpus.index.search(typed, text, limit)
    completed = await corpus.index.complete(typed, text, limit)
    assert len(found.hits) <= limit
    assert found.total >= len(found.hits)
    assert [GRADES.index(hit.grade) for hit in found.hits] == sorted(GRADES.index(hit.grade) for hit in found.hits)
    for hits in (found.hits, completed):
        assert len({hit.reference for hit in hits}) == len(hits)
        for hit in hits:
            assert text in (None, hit.reference.text)
            assert hit.marks
            assert list(hit.marks) == sorted(hit.marks)
            assert all(0 <= start < end <= len(words_of(corpus, hit.reference)) for start, end in hit.marks)


async def test_long_input_takes_no_longer(corpus: Corpus) -> None:
    everything = " ".join(words_of(corpus, reference) for reference in corpus.sentences())
    for typed in (
        everything,
        "a" * 10_000,
        '"' * 10_000,
        "coalition " * 1_000,
        "\u200b" * 10_000,
        "the " * 2_500,
        "ab-" * 3_000,
    ):
        since = time.process_time()
        await corpus.index.search(typed)
        await corpus.index.complete(typed)
        assert time.process_time() - since < 2


async def test_a_search_out_of_time_answers_with_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [token.word for line in LINES for token in tokens(line)]
    lines = tuple(" ".join(islice(words * 3, n % 40, n % 40 + 30)) for n in range(5_000))
    big = await index_of(tmp_path / "big.db", {"big": text_of("big", lines)}, Notes())
    try:
        monkeypatch.setattr(index_module, "_SHORT", 0)
        monkeypatch.setattr(index_module, "_UNLIMITED", 0)
        monkeypatch.setattr(index_module, "_PATIENCE", 0.0)
        found = await big.search("cat mat old")
        assert found.is_partial
        assert found.hits
        monkeypatch.setattr(index_module, "_PATIENCE", 5.0)
        assert not (await big.search("cat mat old")).is_partial
        assert (await big.search("cat mat old")).total == sum(has_all("cat mat old", line) for line in lines) > 1_000
    finally:
        await big.close()


async def test_words_that_occur_too_often_are_found_unranked(
    small: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = await small.search("cat")
    monkeypatch.setattr(index_module, "_RANKABLE", 0)
    found = await small.search("cat")
    assert not ranked.is_partial
    assert found.is_partial
    assert {hit.reference for hit in found.hits} == {hit.reference for hit in ranked.hits}


async def test_a_search_out_of_time_that_has_nothing_says_so(
    small: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody takes that for "nothing found"."""
    monkeypatch.setattr(index_module, "_PATIENCE", 0.0)
    monkeypatch.setattr(reader_module, "_GRACE", 0.0)
    monkeypatch.setattr(index_module, "_COMPLETION_PATIENCE", 0.0)
    monkeypatch.setattr(index_module, "_SHORT", 0)
    monkeypatch.setattr(index_module, "_UNLIMITED", 0)
    monkeypatch.setattr(index_module, "_SMALL", 0)
    monkeypatch.setattr(reader_module, "_STEPS_ASIDE", 1)
    with pytest.raises(NotUnderstood, match="took too long"):
        await small.search("cat mat old")
    assert await small.complete("cat ma") == ()


async def test_searches_at_once_do_not_disturb_each_other(corpus: Corpus) -> None:
    typed = ["gunpowder", "ice axe", "coalition peasants", "zebra", "Lieber"] * 4
    alone = [await corpus.index.search(words) for words in typed]
    assert list(await asyncio.gather(*(corpus.index.search(words) for words in typed))) == alone


async def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.db").write_bytes(b"no database " * 100)
    with pytest.raises(sqlite3.DatabaseError):
        await SearchIndex.open(tmp_path / "index.db")


def has_all(words: str, line: str) -> bool:
    return {token.stem for token in tokens(words)} <= {token.stem for token in tokens(line)}


async def test_a_sentence_that_says_little_comes_behind_others_of_its_grade(corpus: Corpus) -> None:
    found = await corpus.index.search("peasants")
    words = [corpus.passages(hit.reference)[0].words for hit in found.hits if hit.grade == found.hits[0].grade]
    assert "Which peasants? …" in words
    assert len(words[0].split()) >= 5


async def test_a_large_corpus_finds_the_closest_first_as_a_small_one_does(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks for the closest ways first, and no further than it must."""
    queries = ("revolution", "gunpowder", "the workers", "power of the soviets", "coalition", "he lived on a train")
    small = [await corpus.index.search(one, limit=limit) for one in queries for limit in (3, 500)]
    monkeypatch.setattr(index_module, "_SMALL", 0)
    large = [await corpus.index.search(one, limit=limit) for one in queries for limit in (3, 500)]
    for one, other in zip(small, large, strict=True):
        assert [hit.grade for hit in one.hits] == [hit.grade for hit in other.hits]
        assert len(one.hits) <= 3 or {hit.reference for hit in one.hits} == {hit.reference for hit in other.hits}
        assert one.total == other.total
