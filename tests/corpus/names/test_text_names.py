"""Texts by what people call them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import structs

from corpus.corpus import Corpus
from corpus.names.text_names import TextNames
from corpus.text_model import Text

TITLES = {
    "ten-days": "Ten Days That Shook the World",
    "reed": "The Ten Days: A Diary",
    "dnei": "Десять дней, которые потрясли мир",
    "1984": "1984",
    "moi": "«L’État, c’est moi»",
}


@pytest.fixture
def texts(shipped: Corpus) -> Mapping[str, Text]:
    """Texts of these titles, called by their ids."""
    (some, *_) = shipped.texts.values()
    return {id_: structs.replace(some, id=id_, name=f"the {id_}", title=title) for id_, title in TITLES.items()}


@pytest.fixture
def names(texts: Mapping[str, Text]) -> TextNames:
    return TextNames(texts, lambda _: ())


@pytest.mark.parametrize(
    ("typed", "exact", "beginning"),
    [
        ("reed", "reed", None),
        ("The  REED?", "reed", None),
        ("ten days that shook the world", "ten-days", None),
        ("The Ten Days: a diary", "reed", None),
        ("ten days", None, "ten-days"),
        ("ten days that shook", None, "ten-days"),
        ("the ten days:", None, "ten-days"),
        ("ten", None, None),
        ("десять дней, которые", None, "dnei"),
        ("1984", "1984", None),
        ("", None, None),
        ("days that shook", None, None),
    ],
)
def test_a_text_is_found_by_a_name_or_the_beginning_of_a_title(
    names: TextNames, typed: str, exact: str | None, beginning: str | None
) -> None:
    assert (names.exact(typed), names.beginning(typed)) == (exact, beginning)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("shook", "ten-days"), ("the world", "ten-days"), ("that shook the world", "ten-days"), ("diary", "reed"),
        ("the days diary", "reed"), ("diaries", "reed"), ("example", "moi"), ("Ann Example", "moi"), ("мир", "dnei"),
        ("days", None), ("ten", None), ("the", None), ("1984", None), ("", None),
        ("world diary", None), ("diary 4", None), ("shook 12", None), ("zebra", None),
    ],
)  # fmt: skip
def test_a_text_is_found_by_words_that_no_other_has(texts: Mapping[str, Text], typed: str, text: str | None) -> None:
    by = {
        id_: structs.replace(one, author="Ann Example" if id_ == "moi" else "Leon Trotsky")
        for id_, one in texts.items()
    }
    assert TextNames(by, lambda _: ()).only_with(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("Ann", "moi"), ("ann example's", "moi"), ("Trotsky", None), ("diary", None), ("ann diary", None), ("", None)],
)
def test_a_text_is_found_by_its_author_alone(texts: Mapping[str, Text], typed: str, text: str | None) -> None:
    by = {
        id_: structs.replace(one, author="Ann Example" if id_ == "moi" else "Leon Trotsky")
        for id_, one in texts.items()
    }
    assert TextNames(by, lambda _: ()).only_by(typed) == text


@pytest.mark.parametrize("title", ["a", "A", "The", "What?", "Of the", "..."])
def test_a_text_that_is_called_by_a_small_word_is_not_named_beside_others(shipped: Corpus, title: str) -> None:
    (some, *_) = shipped.texts.values()
    names = TextNames({"note": structs.replace(some, id="note", name=title, title=title)}, lambda _: ())
    assert names.or_author(title) is None
    assert names.or_author("note") == "note"


def test_a_beginning_of_several_titles_names_none(texts: Mapping[str, Text]) -> None:
    another = structs.replace(texts["ten-days"], id="another", title="Ten Days in a Madhouse")
    assert TextNames({**texts, "another": another}, lambda _: ()).beginning("ten days") is None


@pytest.mark.parametrize(
    "around", ["{}", "chapter 4 of {}", "{}’s chapter 4", "{}, on the eve", "the eve ({})", '"{}":4']
)
def test_whatever_a_text_is_called_may_be_in_what_has_it(
    names: TextNames, texts: Mapping[str, Text], around: str
) -> None:
    for text in texts.values():
        for name in (text.id, text.title, text.name):
            for form in (name, name.upper(), name.lower(), f"the {name}"):
                assert names.may_be_in(around.format(form)), form


@pytest.mark.parametrize("typed", ["", "gunpowder", "the world that shook", "what is a diary?", "дней", "1917"])
def test_most_words_name_no_text(names: TextNames, typed: str) -> None:
    assert not names.may_be_in(typed)
