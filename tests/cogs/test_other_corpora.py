"""The features over other corpora: without notes, and with so many texts that an answer cannot name them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Items, Menu, Prose, Reply
from bot.platforms.discord.rendering.render import render as on_discord
from bot.platforms.slack.rendering.render import render as on_slack
from bot.platforms.typed_commands import answer_line
from cogs import FEATURES
from cogs.fact import facts_on
from corpus.corpus import Corpus
from corpus.indexing import index_files
from tests.cogs.reading import said
from tests.conftest import NOW
from tests.reach import everything_in_reach

LOOK_UPS = (
    "/quote", "/quote zebra", "/quote the", "/quote elephant", "/event", "/event zebra", "/event 1917", "/event today",
    "/who zebra", "/word zebra", "/word elephant", "/compare", "/compare zebra", "/compare elephant", "/read book-1",
    "/read the Das Buch 1", "/sources", "/help", "/fact", "/fact today", "/export", "/timeline", "/timeline 1917",
    "/check The zebra of book one sleeps in the shade.",
)  # fmt: skip
ABOUT = """\
id = "book-{number}"
order = {number}
name = "Das Buch {number}"
title = "Das Buch {number}"
author = ""
speaker = "The author"
edition = "As found"
kind = "secondary"
description = ""
sources = []
colour = 0x123456
metadata = []
headings = []

[citations]
chicago = "{{reference}}"
mla = "{{reference}}"
apa = "{{reference}}"
plain = "{{reference}}"
"""


def folder_of(folder: Path, texts: int) -> Path:
    """A corpus of short texts, with no note on any of them."""
    (folder / "notes").mkdir(parents=True)
    (folder / "texts").mkdir()
    for number in range(1, texts + 1):
        words = f"The zebra of book {number} sleeps in the shade.\n\nNobody wakes the zebra.\n"
        (folder / "texts" / f"book-{number}.txt").write_text(words)
        (folder / "texts" / f"book-{number}.toml").write_text(ABOUT.format(number=number))
    return folder


@pytest.fixture(scope="module", params=[1, 60], ids=["one text", "sixty texts"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("other")
    return index_files.ensure(folder_of(place / "corpus", request.param), place / "cache")


@pytest.fixture
async def other(index: Path) -> AsyncIterator[App]:
    corpus = await Corpus.open_index(index)
    yield App(FEATURES, corpus, clock=lambda: NOW, dice=Random(1))
    await corpus.close()


def context(app: App) -> Context:
    return app.context(Person("1", "Ada"), Place("test", "general", "guild"))


def size(reply: Reply) -> int:
    """Lines, roughly: what a reply shows before anything is pressed."""
    lists = sum(len(part.items) for part in reply.parts if isinstance(part, Items))
    menus = sum(len(part.choices) for part in reply.parts if isinstance(part, Menu) and part.listed)
    return lists + menus + len(list(reply.quotes())) + sum(isinstance(part, Prose) for part in reply.parts)


@pytest.mark.parametrize("line", LOOK_UPS)
async def test_no_answer_fails_or_grows_with_the_corpus(other: App, line: str) -> None:
    reply = await answer_line(other, line, context(other))
    assert not reply.incident
    assert size(reply) <= 25
    assert len(on_discord(reply, {})) == 1
    assert len(on_slack(reply)) == 1
    assert (
        not said(reply).rstrip().endswith(":") or any(isinstance(part, Menu) for part in reply.parts) or reply.buttons
    )


async def test_no_text_is_said_to_be_silent_that_was_not_looked_through(other: App) -> None:
    """A search finds the first fifty passages, and those of some texts are not among them."""
    assert "mention" not in said(await answer_line(other, "/compare zebra", context(other)))


async def test_whatever_can_be_reached_answers(tmp_path: Path) -> None:
    corpus = await Corpus.open(folder_of(tmp_path / "corpus", 1), tmp_path / "cache")
    try:
        app = App(FEATURES, corpus, clock=lambda: NOW, dice=Random(1))
        async for reply in everything_in_reach(app, context(app)):
            assert not reply.incident
            # Lists may quote, so that their words stay as they are on Slack, which has workspaces.
            listed = [one for part in reply.parts if isinstance(part, Items) for one in part.items]
            assert not [one for one in listed if "server" in one]
    finally:
        await corpus.close()


async def test_a_text_is_known_by_its_name_in_any_case(other: App) -> None:
    for typed in ("DAS BUCH 1", "das buch 1", "the Das Buch 1", "BOOK-1"):
        reply = await other.run("quote", {"words": "zebra", "text": typed}, context(other))
        assert {quote.text for quote in reply.quotes()} == {"book-1"}


async def test_an_error_names_a_few_texts_only(other: App) -> None:
    error = (await other.run("quote", {"words": "zebra", "text": "pamphlet"}, context(other))).error
    assert len(error) < 100


async def test_a_passage_that_stands_in_for_a_fact_can_be_read_alone(tmp_path: Path) -> None:
    said = (
        "In November the workers of the town took the bridges, the bank and the station.",
        "Осенью рабочие города заняли мосты, вокзал, почту и большой банк на старой площади.",
    )
    other = (
        "He had never seen so many boats on the river as he saw on that morning.",
        "“In November the workers of the town took the bridges, the bank and the whole station.",
        "[Enter a soldier, who looks for the bridges, the bank, the station and the whole army.]",
        "In November the workers of the town had nothing but the bridges, the bank and this",
    )
    folder = folder_of(tmp_path / "corpus", 1)
    (folder / "texts" / "book-1.txt").write_text("\n\n".join((*said, *other)), encoding="utf-8")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        facts = facts_on(corpus, "")
        assert [corpus.passages(one.references[0])[0].words for one in facts] == list(said)
    finally:
        await corpus.close()


@pytest.mark.parametrize(("words", "author"), [("שלום לכל העולם.", "Ada"), ("Peace to all the world.", "托洛茨基")])
async def test_a_card_that_cannot_be_read_is_refused_for_that_reason(tmp_path: Path, words: str, author: str) -> None:
    folder = folder_of(tmp_path / "corpus", 1)
    about = (folder / "texts" / "book-1.toml").read_text().replace('speaker = "The author"', f'speaker = "{author}"')
    (folder / "texts" / "book-1.toml").write_text(about, encoding="utf-8")
    (folder / "texts" / "book-1.txt").write_text(f"{words}\n", encoding="utf-8")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        app = App(FEATURES, corpus, clock=lambda: NOW, dice=Random(1))
        error = (await app.act("card.make", "book-1 1.1", context(app))).error
        assert "typeface" in error
        assert "long" not in error
    finally:
        await corpus.close()
