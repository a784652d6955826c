"""Chapters by number and by heading."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.chapters import act_and_scene, chapter_end, chapter_place, each_of_several, first_of_several
from corpus.corpus import Corpus
from corpus.names.headings import HeadingIndex
from corpus.text_model import Text

HEADINGS = (
    "Preface", "Chapter I\nBackground", "Chapter II\nThe Coming Storm", "APPENDIX TO CHAPTER I",
    "Act I\nScene 1. A gate",
    "Act II\nScene 1. A room", "Scene 2", "IV\nProletarians", "Kapitel 7", "Part the last",
)  # fmt: skip


@pytest.fixture
def book(shipped: Corpus) -> Text:
    paragraphs = shipped.texts["article"].paragraphs
    return replace(
        shipped.texts["article"],
        paragraphs=tuple(replace(paragraphs[n], heading=heading) for n, heading in enumerate(HEADINGS)),
    )


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("chapter 1", 1),
        ("Chapter II", 2),
        ("chapter two", 2),
        ("ch. 2", 2),
        ("Kapitel 2", 2),
        ("the coming storm", 2),
        ("storms", 2),
        ("appendix to chapter 1", 3),
        ("act 1", 4),
        ("act II, scene 1", 5),
        ("scene two", 6),
        ("chapter 4", 7),
        ("proletarians", 7),
        ("chapter 7", 8),
        *((typed, None) for typed in ("book 4", "appendix 4", "scene 4", "volume 4")),
        *(
            ("last chapter", 8),
            ("the final act", 5),
            ("last scene of act 1", 4),
            ("last scene", 6),
            ("letzte Szene", 6),
        ),
        *((typed, None) for typed in ("last book", "last appendix")),
        ("march 2", None),
        *((typed, None) for typed in ("section 2", "canto 2", "appendix 1", "volume 7")),
        ("chapter", 1),
        *((typed, None) for typed in ("chapter 9", "act 3", "the", "", "storm at sea", "a" * 121)),
    ],
)
def test_a_chapter_is_found_by_its_number_and_by_its_words(book: Text, typed: str, place: int | None) -> None:
    assert chapter_place(book, typed) == place


@pytest.mark.parametrize(
    ("headings", "place"),
    [
        (("Chapter I", "Chapter II", "Appendix to Chapter I", "Appendix to Chapter II"), 1),
        (("I", "II", "III", "Notes on Chapter III"), 2),
        (("Part One\nChapter 1", "Chapter 2", "Part Two\nChapter 1", "Notes to Chapter 2"), 2),
        (("The First Chapter", "The Second Chapter", "After the second chapter"), 1),
    ],
)
def test_what_only_names_a_chapter_is_not_the_last(shipped: Corpus, headings: tuple[str, ...], place: int) -> None:
    words = shipped.texts["article"].paragraphs
    paragraphs = tuple(replace(words[n], heading=heading) for n, heading in enumerate(headings))
    assert chapter_place(replace(shipped.texts["article"], paragraphs=paragraphs), "the last chapter") == place


UNNUMBERED = ("", "Before the storm", "", "The storm", "", "", "After it", "What is left", "")


@pytest.mark.parametrize("kind", ["chapter {}", "section {}", "part {}", "the {}. chapter", "the {}. part"])
def test_headings_without_numbers_are_counted(shipped: Corpus, kind: str) -> None:
    words = shipped.texts["article"].paragraphs
    paragraphs = tuple(replace(words[n], heading=heading) for n, heading in enumerate(UNNUMBERED))
    text = replace(shipped.texts["article"], paragraphs=paragraphs)
    starts = [n for n, heading in enumerate(UNNUMBERED) if heading]
    ordinals = ("first", "2nd", "third", "4th", "fifth")
    for number, ordinal in enumerate(ordinals, 1):
        typed = kind.replace("{}.", ordinal).format(number)
        place = chapter_place(text, typed)
        assert place == (starts[number - 1] if number <= len(starts) else None)
        if place is not None:
            assert chapter_end(text, place, typed) == [*starts, len(UNNUMBERED)][number]
    assert chapter_place(text, "last chapter") == starts[-1]
    for other in ("act 2", "chapter 0", "chapter 2 scene 1", "storm chapter 2"):
        assert chapter_place(text, other) is None


KINDS_OF_NUMBERS = {
    "none is named": (
        ("I\nBourgeois", "II\nProletarians"),
        {"chapter 2": 1, "part 2": 1, "section 2": 1, "book 2": 1, "appendix 1": None, "volume 1": None},
    ),
    "another is named": (
        ("Part One\n1", "2", "Part Two\n3"),
        {"part 2": 2, "chapter 1": 0, "chapter 2": 1, "chapter 3": 2, "section 2": None, "appendix 1": None},
    ),
    "its own heading names it": (
        ("I\nBackground", "II\nThe Storm", "Appendix to Chapter I\n1", "2\nWages"),
        {"chapter 1": 0, "chapter 2": 1, "appendix 1": 2, "appendix to chapter 1": 2, "part 1": None, "act 2": None},
    ),
}


@pytest.mark.parametrize(("headings", "places"), KINDS_OF_NUMBERS.values(), ids=KINDS_OF_NUMBERS)
def test_a_number_alone_is_that_of_a_division_that_the_text_may_have(
    book: Text, headings: tuple[str, ...], places: dict[str, int | None]
) -> None:
    text = replace(book, paragraphs=tuple(replace(book.paragraphs[n], heading=h) for n, h in enumerate(headings)))
    assert {typed: chapter_place(text, typed) for typed in places} == places


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chapter 2", ["Chapter II The Coming Storm"]),
        ("ch. two", ["Chapter II The Coming Storm"]),
        ("the coming storm", ["Chapter II The Coming Storm"]),
        ("chapter I", ["Chapter I Background"]),
        ("appendix to chapter 1", ["APPENDIX TO CHAPTER I"]),
        ("zebra", []),
    ],
)
def test_a_heading_is_found_among_all_texts(book: Text, typed: str, found: list[str]) -> None:
    assert [one.words for one in HeadingIndex({book.id: book}).with_words(typed)] == found


@given(st.text(max_size=130) | st.lists(st.sampled_from(["act", "ii", " ", "chapter", "9", "."])).map("".join))
def test_nothing_typed_raises(shipped: Corpus, typed: str) -> None:
    chapter_place(shipped.texts["article"], typed)


@pytest.mark.parametrize("unit", ["act 1 ", "chapter", "ii", " "])
def test_long_words_cost_no_more_than_their_length(shipped: Corpus, unit: str) -> None:
    for length in (120, 200_000):
        started = time.thread_time()
        chapter_place(shipped.texts["article"], (unit * length)[:length])
        assert time.thread_time() - started < 0.5


@pytest.mark.parametrize("unit", ["chapter 1, 1", "chapters 1 and 1", "1", "iv", "act 1-", ", and "])
def test_ranges_and_lists_cost_no_more_than_their_length(unit: str) -> None:
    for length in (120, 200_000):
        typed = f"chapter 1, {unit * length}"[:length]
        started = time.thread_time()
        first_of_several(typed, of_lists=True)
        each_of_several(typed)
        act_and_scene(typed)
        assert time.thread_time() - started < 0.5
