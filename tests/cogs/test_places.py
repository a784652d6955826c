"""Places in chapters and plays, and whatever people put around a place: /quote, /read and /compare go there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.reply import Reply
from corpus.corpus import Corpus
from corpus.names.place_requests import requested_place
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.conftest import Ask
from tests.shelves import Shelf, store_with

BOOK = """\
# A Winter in the Town

## I
### On the Eve

The lamps were lit early. The snow had swallowed the afternoon.

The baker had shut his door before four. Nobody asked him why.

## II
### The Morning After

By sunrise the square was white.

Nobody had crossed it. The mayor stayed in bed.

The tram did not run until noon.

## Appendix to Chapter II
### 2
#### What the Baker Said

There was no flour.
"""
PLAY = """\
# The Harbour

## ACT I
### SCENE I. A street.

MARTHA. The trams have stopped again tonight.

PETER. Nobody runs them any more.

### SCENE II. The harbour.

MARTHA. The boats will not wait for us.

PETER. I am too old to walk so far.

## ACT II
### SCENE I. A room.

MARTHA. You danced until the morning came.

PETER. The committee danced with me.

### SCENE II. The harbour.

MARTHA. There will be another one.

PETER. It will not dance at all.
"""


@pytest.fixture(scope="module")
def migrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory, shipped: Corpus) -> Path:
    books = ((BOOK, "winter"), (PLAY, "harbour"))
    made = [
        propose(read_file("w.md", file.encode()), About(id=id_, author="Mary Example"), file="w.md")
        for file, id_ in books
    ]
    return store_with(migrated, tmp_path_factory.mktemp("books"), shipped, *made)


@pytest.fixture(autouse=True)
def _opened(app: App, shelf: Shelf) -> None:
    shelf.open(app)


def first(reply: Reply) -> str:
    return next(iter(reply.quotes())).reference.partition("-")[0]


WITHIN = {
    "winter chapter 2 paragraph 2": "winter 4",
    "winter chapter 2, paragraph 2": "winter 4",
    "winter, chapter II, second paragraph": "winter 4",
    "winter ch. 2 §2": "winter 4",
    "winter ch. 2 ¶ 2": "winter 4",
    "winter chapter 2 para. two": "winter 4",
    "winter chapter 2.2": "winter 4",
    "winter chapter 2:2": "winter 4",
    "winter chapter II.2": "winter 4",
    "chapter 2 paragraph 2 of winter": "winter 4",
    "paragraph 2 of chapter 2 of winter": "winter 4",
    "the second paragraph of chapter 2 of winter": "winter 4",
    "2nd paragraph in the second chapter of winter": "winter 4",
    "winter Kapitel 2 Absatz 2": "winter 4",
    "the last paragraph of chapter 1 of winter": "winter 2",
    "winter chapter 1, last paragraph": "winter 2",
    "winter chapter 2, last paragraph": "winter 5",
    "the end of chapter 1 of winter": "winter 2",
    "second paragraph of on the eve of winter": "winter 2",
}
SENTENCES = {
    "winter chapter 2 paragraph 2 sentence 2": "winter 4.2",
    "sentence 2 of paragraph 2 of chapter 2 of winter": "winter 4.2",
    "the last sentence of chapter 1 of winter": "winter 2.2",
    "winter chapter 2, sentence 3": "winter 4.2",
}
SCENES = {
    "harbour act 2": "harbour 5",
    "harbour act II scene II": "harbour 7",
    "harbour act 2, scene 2": "harbour 7",
    "harbour act two, scene two": "harbour 7",
    "harbour act II, sc. ii": "harbour 7",
    "harbour II.ii": "harbour 7",
    "harbour II, ii": "harbour 7",
    "harbour I.ii": "harbour 3",
    "harbour act 1 scene 2": "harbour 3",
    "act 2 scene 2 of harbour": "harbour 7",
    "scene 2 of act 2 of harbour": "harbour 7",
    "the second scene of the second act of harbour": "harbour 7",
    "harbour Akt 2 Szene 2": "harbour 7",
    "harbour act 2 scene 2 paragraph 2": "harbour 8",
    "act II scene II": "harbour 7",
    "act 2, scene 2": "harbour 7",
    "second scene of act 2, last paragraph": "harbour 8",
}
SEVERAL = {
    "winter chapters 1-2": "winter 1",
    "winter chapters 1 to 2": "winter 1",
    "chapters I–II of winter": "winter 1",
    "winter chapter 1 to chapter 2": "winter 1",
    "harbour acts 1-2": "harbour 1",
}


@pytest.mark.parametrize(("typed", "place"), [*WITHIN.items(), *SCENES.items(), *SEVERAL.items()])
async def test_quote_and_read_go_to_a_place_in_a_chapter(ask: Ask, typed: str, place: str) -> None:
    for command in ("quote", "read"):
        assert first(await ask(f"/{command} {typed}")).partition(".")[0] == place


@pytest.mark.parametrize(("typed", "place"), SENTENCES.items())
async def test_a_sentence_in_a_chapter_is_quoted_and_read_from_its_paragraph(ask: Ask, typed: str, place: str) -> None:
    (quoted,) = (await ask(f"/quote {typed}")).quotes()
    assert quoted.reference == place
    assert first(await ask(f"/read {typed}")).startswith(place.partition(".")[0])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("text:winter paragraph:chapter 2", "winter 3"),
        ("paragraph:chapter 2 text:winter", "winter 3"),
        ("text:winter paragraph:chapter 2 paragraph 2", "winter 4"),
        ("text:winter chapter 2", "winter 3"),
        ("text:winter paragraph:the morning after", "winter 3"),
        ("text:harbour paragraph:act 2, scene 2", "harbour 7"),
        ("text:speech paragraph:4 to 6", "speech 4"),
        ("paragraph:4 text:speech", "speech 4"),
        ("paragraph:4 speech", "speech 4"),
        ("paragraph:4.2 the speech", "speech 4"),
        ("winter chapters 1 and 2", "winter 1"),
        ("harbour acts 1, 2 and 3", "harbour 1"),
        ("winter chapters 1, 2, and 3", "winter 1"),
    ],
)
async def test_values_of_several_words_need_no_quotation_marks(ask: Ask, typed: str, place: str) -> None:
    assert first(await ask(f"/read {typed}")).partition(".")[0] == place


PLACES = {"speech 4.2": "speech 4.2", "chapter 2 of winter": "winter 3.1", "paragraph 4 of the speech": "speech 4.1"}
REQUESTS = (
    "show me {}", "give me {}", "read me {}", "can you show me {}?", "could you please read {}", "please show {}",
    "what's in {}", "what is in {}?", "what does {} say", "what does {} say?", "what did {} say", "where is {}",
    "where can i find {}", "I want to see {}", "i'd like {}", "go to {}", "take me to {}", "see {}", "open {}",
    "what {} says", "tell me what's in {}", "zeig mir {}", "was steht in {}?", "wo ist {}", "was sagt {}", "from {}",
)  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS)
async def test_what_is_said_around_a_place_makes_no_difference(ask: Ask, request_: str) -> None:
    for typed, place in PLACES.items():
        assert first(await ask(f"/quote {request_.format(typed)}")) == place
        assert first(await ask(f"/read {request_.format(typed)}")).partition(".")[0] == place.partition(".")[0]


@pytest.mark.parametrize(
    "typed",
    ["show me gunpowder", "what does Trotsky say about gunpowder", "where is the gunpowder", "read me the gunpowder"],
)
async def test_requests_for_words_are_looked_for(ask: Ask, typed: str) -> None:
    assert [one for one in (await ask(f"/quote {typed}")).quotes() if "gunpowder" in one.words]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("winter chapters 1 and 2", {"winter 1", "winter 3"}),
        ("chapters I & II of winter", {"winter 1", "winter 3"}),
        ("chapters 2, 1 and 2 of winter", {"winter 1", "winter 3"}),
        ("chapter 1 and chapter 2 of the article", {"article 5", "article 10"}),
        ("4.2 and speech 5.1", {"speech 4", "speech 5"}),
        ("article 4.2 and 5.1", {"article 4", "article 5"}),
        ("article 4.2 and 5.1 of the speech", {"article 4", "speech 5"}),
        ("winter chapter 2 paragraph 2 and speech 4", {"winter 4", "speech 4"}),
        ("harbour act 1 scene 2 and act 2 scene 2", {"harbour 3", "harbour 7"}),
        ("show me winter chapter 1 and speech 4", {"winter 1", "speech 4"}),
    ],
)
async def test_places_in_chapters_are_compared(ask: Ask, typed: str, places: set[str]) -> None:
    reply = await ask(f"/compare {typed}")
    assert {one.reference.partition(".")[0] for one in reply.quotes()} == places


@pytest.mark.parametrize(
    ("typed", "told", "button"),
    [
        ("winter chapter 2 paragraph 9", "“chapter 2” of “A Winter in the Town” has 3 paragraphs", "Read winter 3"),
        ("winter chapter 1 paragraph 3", "“chapter 1” of “A Winter in the Town” has 2 paragraphs", "Read winter 1"),
        ("what's in chapter 9 of the article", "The article has no chapter “chapter 9”", "Read from the start"),
        ("harbour act 3", "“The Harbour” has no chapter “act 3”", "Read from the start"),
        ("harbour act 2 scene 3", "“The Harbour” has no chapter “act 2 scene 3”", "Read from the start"),
    ],
)
async def test_a_place_that_is_not_there_leads_to_what_is(ask: Ask, typed: str, told: str, button: str) -> None:
    for command in ("quote", "read"):
        reply = await ask(f"/{command} {typed}")
        if command == "quote" or not reply.error.startswith("None of the texts has"):
            assert reply.error.startswith(told)
            assert button in [one.label for one in reply.buttons]


@given(st.lists(st.sampled_from([*" ,.?", "show me", "what", "does", "say", "in", "was steht", "speech 4"])))
def test_nothing_typed_raises(words: list[str]) -> None:
    assert requested_place("".join(words)) in "".join(words) or requested_place("".join(words)) in " ".join(
        "".join(words).split()
    )


@pytest.mark.parametrize("unit", ["show me ", "what ", "what does ", " ", "in "])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (160, 200_000):
        started = time.thread_time()
        requested_place((unit * length)[:length])
        assert time.thread_time() - started < 0.5
