"""Comparing an added text: it is never said to be silent on what it mentions by another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.app import App
from cogs.compare.findings import DIFFERENCES
from corpus.corpus import Corpus
from corpus.note_model import Topic
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.cogs.reading import said
from tests.conftest import Ask
from tests.shelves import Shelf, store_with


def topics(corpus: Corpus) -> list[Topic]:
    """All but the topic that is about the shipped texts themselves."""
    return [one for one in corpus.notes.topics if DIFFERENCES not in one.synonyms]


def mention(name: str) -> str:
    return f"Somebody has written {name} in the margin."


@pytest.fixture(scope="module")
def migrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory, shipped: Corpus) -> Path:
    """A store with a book that has one name of each topic, and a leaflet that has none."""
    book = "\n\n".join(mention(one.synonyms[-1]) for one in topics(shipped))
    texts = {"margins": ("Margins", book), "leaflet": ("A Leaflet", "The lamps were lit early, and nobody minded.")}
    made = [
        propose(read_file("a.txt", f"{words}\n".encode()), About(id=text, title=title, author="Ann"), file="a.txt")
        for text, (title, words) in texts.items()
    ]
    return store_with(migrated, tmp_path_factory.mktemp("book"), shipped, *made)


@pytest.fixture(autouse=True)
def _opened(app: App, shelf: Shelf) -> None:
    shelf.open(app)


@pytest.mark.parametrize("texts", ["", " texts:margins, leaflet"])
async def test_a_text_that_has_another_name_of_a_topic_is_not_said_to_be_silent(
    ask: Ask, shipped: Corpus, texts: str
) -> None:
    for topic in topics(shipped):
        for typed in (topic.name, topic.synonyms[0]):
            reply = await ask(f"/compare topic:{typed}{texts}")
            assert reply.title == topic.name
            assert any(one.text == "margins" for one in reply.quotes())
            silent = [line for line in said(reply).splitlines() if line.endswith("not mention this.")]
            assert any("A Leaflet" in line for line in silent)
            assert not any("Margins" in line for line in silent)


async def test_of_what_sets_the_shipped_texts_apart_other_texts_say_nothing(ask: Ask) -> None:
    reply = await ask(f"/compare {DIFFERENCES}")
    assert {one.text for one in reply.quotes()} == {"speech", "article"}
    assert "Margins" not in said(reply)


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("stalin in speech and article and margins", {"article", "margins"}),
        ("stalin in the speech, margins", {"margins"}),
        ("what do the speech and margins say about stalin", {"margins"}),
        ("stalin texts:article, leaflet", {"article"}),
        ("stalin texts:article, lamps", set()),
        ("stalin in the leaflet", {"article", "margins"}),
        ("lamps in the leaflet", {"leaflet"}),
        ("nobody minded by ann", set()),
    ],
)
async def test_texts_that_are_named_beside_a_topic_are_those_that_are_compared(
    ask: Ask, typed: str, texts: set[str]
) -> None:
    assert {one.text for one in (await ask(f"/compare {typed}")).quotes()} == texts
