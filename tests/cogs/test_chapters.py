"""Chapters with their text, in whatever form people write them: /quote shows how the chapter begins."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.library import owner_of
from bot.core.reply import Heading, Prose, Reply
from cogs.shared.chapters import chapter_from_words
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.conftest import NOW, Ask, Press
from tests.shelves import Shelf, store_with

BOOK = """\
# A Winter in the Town

## Preface

Nobody asked me to write this down, and nobody thanked me for it.

## I
### On the Eve

The lamps were lit early, because the snow had swallowed the afternoon.

The baker had shut his door before four.

## II
### The Morning After

By sunrise the square was white and without a footprint.

The Charter says so in Section 12, and no mayor has read it.
"""
EVE, MORNING = "winter 2", "winter 4"


@pytest.fixture(scope="module")
def migrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory, shipped: Corpus) -> Path:
    about = About(id="winter", title="A Winter in the Town", author="Mary Example")
    made = propose(read_file("w.md", BOOK.encode()), about, file="w.md")
    return store_with(migrated, tmp_path_factory.mktemp("book"), shipped, made)


@pytest.fixture(autouse=True)
def _opened(app: App, shelf: Shelf) -> None:
    shelf.open(app)


def shown(reply: Reply) -> set[str]:
    return {one.reference.partition(".")[0] for one in reply.quotes()}


CHAPTERS = [
    ("winter chapter 1", EVE),
    ("winter chapter 2", MORNING),
    ("Winter, Chapter II", MORNING),
    ("winter ch. ii", MORNING),
    ("winter: chapter two", MORNING),
    ("winter's chapter 2", MORNING),
    ("winter the second chapter", MORNING),
    ("chapter 2 of winter", MORNING),
    ("chapter II in winter", MORNING),
    ("ch. 2 from A Winter in the Town", MORNING),
    ("chapter 2, winter", MORNING),
    ("chapter 2 (winter)", MORNING),
    ("winter (ch. 2)", MORNING),
    ("the second chapter of “A Winter in the Town”", MORNING),
    ("2nd chapter of winter, please", MORNING),
    ("part 2 of winter", MORNING),
    ("winter section 2", MORNING),
    ("Kapitel 2 von winter", MORNING),
    ("winter chapter 2: the morning after", MORNING),
    ("chapter II, the morning after, of winter", MORNING),
    ("a winter in the town chapter 2", MORNING),
    ("winter the morning after", MORNING),
    ("winter, On the Eve", EVE),
    ("winter: preface", "winter 1"),
    ("the beginning of chapter 2 of winter", MORNING),
    ("see winter, chapter 2", MORNING),
    ("show me the second chapter of winter", MORNING),
    ("the preface of winter", "winter 1"),
    ("chapter “On the Eve” of winter", EVE),
    ("the chapter on the eve in winter", EVE),
    ("article the theory of permanent revolution", "article 17"),
    ("article chapter 3", "article 17"),
    ("the last chapter of the article", "article 33"),
    ("the last chapter of winter", MORNING),
    ("winter, final chapter", MORNING),
]
WITH_TEXT = [
    ("text:winter words:chapter 2", MORNING),
    ("text:winter words:chapter 2 of winter", MORNING),
    ("text:winter words:the chapter on the eve", EVE),
]


@pytest.mark.parametrize(("typed", "place"), [*CHAPTERS, *WITH_TEXT])
async def test_a_chapter_is_shown_by_its_opening_and_read_on_from_there(
    ask: Ask, press: Press, typed: str, place: str
) -> None:
    reply = await ask(f"/quote {typed}")
    assert shown(reply) == {place}
    assert not reply.private
    assert isinstance(reply.parts[0], Heading)
    (on,) = [one for one in reply.buttons if one.label == "Read on"]
    assert place in shown(await press(on.action, on.value))


@pytest.mark.parametrize(
    ("typed", "told", "button"),
    [
        ("section 2 of the speech", "The speech has no chapter “section 2”, only paragraphs.", "Read speech 2"),
        ("speech chapter 3", "The speech has no chapter “chapter 3”, only paragraphs.", "Read speech 3"),
        ("speech chapter 99", "The speech has no chapter “chapter 99”, only paragraphs.", "Read from the start"),
        ("article, ch. IX", "The article has no chapter “ch. IX”", "Read from the start"),
        ("chapter 7 of winter", "“A Winter in the Town” has no chapter “chapter 7”", "Read from the start"),
    ],
)
async def test_a_chapter_that_is_not_there_leads_to_what_is(
    ask: Ask, press: Press, typed: str, told: str, button: str
) -> None:
    reply = await ask(f"/quote {typed}")
    assert reply.error.startswith(told)
    (way,) = [one for one in reply.buttons if one.label == button]
    assert [*(await press(way.action, way.value)).quotes()]


@pytest.mark.parametrize("typed", ["section 12 of winter", "winter section 12", "text:winter words:Section 12"])
async def test_a_passage_that_has_the_words_comes_before_saying_that_there_is_no_such_chapter(
    ask: Ask, typed: str
) -> None:
    assert shown(await ask(f"/quote {typed}")) == {"winter 5"}


@pytest.mark.parametrize(
    "typed",
    ["“on the eve” winter", "footprint in winter", "the letter I lost of winter", "revolution, part of the speech"],
)
async def test_other_words_are_looked_for(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert not reply.error
    assert not [one for one in reply.buttons if one.label == "Read on"]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("winter chapter 1 and speech 4", {EVE, "speech 4"}),
        ("winter chapter 1 and chapter 2", {EVE, MORNING}),
        ("chapter I of winter vs chapter II of winter", {EVE, MORNING}),
        ("speech 4 with the second chapter of winter", {MORNING, "speech 4"}),
    ],
)
async def test_chapters_are_compared_by_their_openings(ask: Ask, typed: str, places: set[str]) -> None:
    assert shown(await ask(f"/compare {typed}")) == places


async def test_a_comparison_says_which_chapter_is_not_there(ask: Ask) -> None:
    assert (await ask("/compare winter chapter 9 and chapter 1")).error.startswith(
        "“A Winter in the Town” has no chapter “chapter 9”."
    )


@pytest.mark.parametrize("edge", ["end", "beginning", "start", "opening", "close"])
@pytest.mark.parametrize(("words", "text"), [("town", "winter"), ("coalition", "speech"), ("Red Army", "article")])
async def test_what_has_an_end_may_be_another_thing_than_a_text(ask: Ask, edge: str, words: str, text: str) -> None:
    place = shown(await ask(f"/quote the {edge} of the {text}"))
    assert place
    assert place <= shown(await ask(f"/read {edge} of the {words}"))
    assert place.isdisjoint(shown(await ask(f"/quote the {edge} of the {words}")))


@pytest.mark.parametrize("words", ["army", "about the army", "the red army", "town", "winter in town"])
async def test_words_of_a_title_are_no_text_whose_author_is_asked_for(ask: Ask, words: str) -> None:
    assert (await ask(f"/who wrote {words}")).title != "Authors"


@pytest.mark.parametrize("typed", ["town", "the town", "Example", "winter"])
async def test_reading_takes_words_that_only_one_text_is_called_by(ask: Ask, typed: str) -> None:
    assert "winter 1" in shown(await ask(f"/read {typed}"))
    assert shown(await ask(f"/read {typed} chapter 2")) == {MORNING, "winter 5"}
    assert shown(await ask(f"/quote {typed} 4.1")) == {MORNING}
    assert "winter 1" in shown(await ask("/read mary example"))
    assert "5 paragraphs" in (await ask(f"/read {typed} 99")).error


@pytest.mark.parametrize("typed", ["chapter 2", "the second chapter", "2nd chapter", "the morning after"])
async def test_reading_starts_at_it(ask: Ask, typed: str) -> None:
    assert shown(await ask(f"/read winter {typed}")) == {MORNING, "winter 5"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        *CHAPTERS,
        ("winter", "winter 1"),
        ("a winter in the town", "winter 1"),
        ("winter morning", MORNING),
        ("speech 4.2", "speech 4"),
        ("paragraph 4 of the speech", "speech 4"),
        ("the last paragraph of the speech", "speech 8"),
        ("the end of winter", "winter 5"),
        ("the first paragraph of article", "article 1"),
        ("text:winter paragraph:4", MORNING),
        ("chapter 1 of winter paragraph:4", MORNING),
    ],
)
async def test_reading_starts_wherever_quotations_are_looked_up(ask: Ask, typed: str, place: str) -> None:
    reply = await ask(f"/read {typed}")
    assert not reply.error
    assert next(iter(reply.quotes())).reference.partition(".")[0] == place


async def test_a_long_heading_behind_a_text_is_one_value(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    title = "Of the Position of Lamps in Relation to the Various Other Lights That Were Lit in the Town"
    words = f"# Lamps\n\n## Before\n\nIt was dark.\n\n## {title}\n\nIt was light.\n"
    made = propose(read_file("w.md", words.encode()), About(id="lamps", title="Lamps"), file="w.md")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    for typed in (f"lamps {title}", f"lamps: {title}"):
        assert shown(await ask(f"/read {typed}")) == {"lamps 2"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("chapter 7 of winter", "“A Winter in the Town” has no chapter “chapter 7”"),
        ("speech chapter 99", "None of the texts has a chapter “chapter 99”."),
        ("chapter 2", "Choose a text"),
        ("chapter 4 of zebra", "Choose a text"),
        ("paragraph 99 of the speech", "8 paragraphs"),
        ("zebra 4", "Choose a text"),
    ],
)
async def test_reading_says_what_is_not_there(ask: Ask, typed: str, told: str) -> None:
    assert told in (await ask(f"/read {typed}")).error


async def test_reading_says_where_there_are_no_chapters(ask: Ask) -> None:
    reply = await ask("/read speech chapter 2")
    assert reply.error.startswith("The speech has no chapter “chapter 2”, only")
    assert "Read speech 2" in [one.label for one in reply.buttons]


async def test_a_chapter_half_typed_is_completed(app: App, ctx: Context) -> None:
    found = await app.suggest("quote", "words", "winter chapter 2", ctx)
    assert found[0].value == MORNING


@given(st.lists(st.sampled_from(["winter", "speech", " ", "chapter", "of", "IV", "9", ",", "“", "the", "ch."])))
def test_nothing_typed_raises_anything_else(shipped: Corpus, words: list[str]) -> None:
    for typed in ("".join(words), " ".join(words)):
        try:
            chapter_from_words(shipped, typed)
        except UserError as error:
            assert error.buttons


@pytest.mark.parametrize("unit", ["chapter 1 ", "of ", "speech chapter", " "])
def test_long_words_cost_no_more_than_their_length(shipped: Corpus, unit: str) -> None:
    for length in (120, 200_000):
        started = time.thread_time()
        try:
            chapter_from_words(shipped, (unit * length)[:length])
        except UserError as error:
            assert length == 120, error.sentence
        assert time.thread_time() - started < 0.5


PLAY = """\
ACT ONE

SCENE I. A quay.

The lamp is lit.

SCENE II. The same.

The lamp goes out.

ACT TWO

SCENE I. A tavern.

The lamp is broken.

SCENE THE SECOND

The lamp is mended.
"""


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("lamp act 1", "lamp 1"),
        ("lamp act 1 scene 2", "lamp 2"),
        ("act II, scene 1 of lamp", "lamp 3"),
        ("lamp act two scene two", "lamp 4"),
    ],
)
async def test_a_scene_is_found_in_its_act_and_numbers_in_words_are_numbers(
    app: App, ctx: Context, ask: Ask, typed: str, place: str
) -> None:
    assert app.library is not None
    made = propose(read_file("l.txt", PLAY.encode()), About(id="lamp"), file="l.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    assert shown(await ask(f"/quote {typed}")) == {place}


SUNRISE = "By sunrise the square was white and without a footprint."


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("(A Winter in the Town, chapter 1)", "You gave chapter 1; it is winter 4.1, in chapter II."),
        ("— Mary Example, A Winter in the Town, ch. III", "You gave ch. III; it is winter 4.1, in chapter II."),
        ("(Mary Example, paragraph 2)", "You gave paragraph 2; it is winter 4.1, in chapter II."),
        ("(A Winter in the Town, chapter 2)", ""),
        ("— Mary Example, Chapter II", ""),
        ("(A Winter in the Town, p. 7)", ""),
        ("(A Winter in the Town, paragraph 4)", ""),
    ],
)
async def test_a_chapter_that_a_quotation_is_not_in_is_said(ask: Ask, source: str, line: str) -> None:
    reply = await ask(f"/check “{SUNRISE}” {source}")
    assert reply.title == "✓ Word for word"
    assert [one.words for one in reply.parts if isinstance(one, Prose) and "You gave" in one.words] == [line] * bool(
        line
    )
