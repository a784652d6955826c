"""A text that somebody added, without a note: cards, citations, exports, quizzes and timelines are of it as well."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Code, File, Picture, Reply
from bot.platforms.discord.rendering.render import render as on_discord
from bot.platforms.slack.rendering.render import render as on_slack
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.indexing.build import build_index
from corpus.note_model import Notes
from corpus.reference import Reference
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.cogs.quiz.hall import ADA, BORIS, Hall
from tests.cogs.quiz.test_round import answer, words
from tests.cogs.reading import said
from tests.cogs.shared.drawing.check import opened
from tests.conftest import NOW
from tests.corpus.source.readers import files

pytest_plugins = ("tests.databases",)
ODD = "{0} of {reference.__class__}: “Ada” *& co* <@1> @everyone {"
BAKING = (
    ("kneaded", "carried", "counted", "guarded", "divided", "weighed", "baked", "hid", "sold", "stole"),
    ("loaves", "sacks", "baskets", "ovens", "candles", "coins", "letters", "wagons", "horses", "barrels"),
    ("harbour", "market", "chapel", "bakery", "bridge", "prison", "theatre", "mill", "school", "station"),
)
PAGES = [
    *(f"<p>{words}</p>" for paragraphs in files.CHAPTERS.values() for words in paragraphs),
    *(f"<p>Before dawn the neighbours {did} their {what} behind the old {where}, and nobody asked them why.</p>"
      for did, what, where in zip(*BAKING, strict=True)),
]  # fmt: skip
TITLES = {"of a book": (files.TITLE, files.AUTHOR, "March 1919"), "odd": (ODD, "", "")}


@pytest.fixture(scope="module", params=TITLES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of one text that was added from a file, and of nothing else."""
    title, author, _ = TITLES[request.param]
    document = read_file("q.epub", files.epub(pages=PAGES))
    if not author:
        document = read_file("q.html", "".join(PAGES).encode())
    text = propose(document, About(id="queue", title=title), file="q.epub").text
    return build_index([text], Notes(), tmp_path_factory.mktemp("added"), "added")


@pytest.fixture
async def added(index: Path) -> AsyncIterator[Corpus]:
    corpus = await Corpus.open_index(index)
    yield corpus
    await corpus.close()


@pytest.fixture
def own(added: Corpus, store: Store) -> App:
    return App(FEATURES, added, store, clock=lambda: NOW, dice=Random(1917))


@pytest.fixture
def asked(own: App) -> Context:
    return own.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))


def shows(reply: Reply) -> None:
    """Fails unless every platform shows it."""
    assert not reply.error
    assert on_discord(reply, {})
    assert on_slack(reply)


async def test_a_card_of_it_names_the_speaker_the_text_and_the_edition(own: App, asked: Context) -> None:
    text = own.corpus.texts["queue"]
    for action in ("card.make", "card.dark"):
        reply = await own.act(action, "queue 4.2", asked)
        (picture,) = [part for part in reply.parts if isinstance(part, Picture)]
        assert opened(picture.data).size == (1200, 630)
        assert picture.alt.startswith(f"“By one the shelves were bare.” — {text.speaker}. {text.title}")
        assert f"queue 4.2, edition {text.edition_hash}" in said(reply)
        shows(reply)


async def test_each_style_cites_it_by_what_the_file_says(own: App, asked: Context) -> None:
    text = own.corpus.texts["queue"]
    reply = await own.act("quote.cite", "queue 4.2", asked)
    citations = {part.label: part.words for part in reply.parts if isinstance(part, Code)}
    assert citations.keys() == {"Chicago", "MLA", "APA", "Plain"}
    for citation in citations.values():
        assert text.title in citation
        assert text.author in citation
        assert citation.count("queue 4.2") == 1
        assert str(text.date.year if text.date else "") in citation
    assert "n.d." in citations["APA"] or text.date
    shows(reply)


async def test_what_needs_notes_says_so_in_a_sentence(own: App, asked: Context) -> None:
    for line, about in {
        "/export anki": "questions or facts",
        "/export calendar": "events",
        "/export questions csv": "questions",
        "/export facts csv": "facts",
        "/timeline": "events",
        "/timeline 1848": "events",
        "/event 1848": "events",
    }.items():
        reply = await answer_line(own, line, asked)
        assert f"There are no notes on {about} in these texts" in reply.error + said(reply), line
        assert not reply.buttons, line
    (file,) = [part for part in (await answer_line(own, "/export notes json", asked)).parts if isinstance(part, File)]
    assert json.loads(file.data)["editions"] == {"queue": own.corpus.texts["queue"].edition_hash}


async def test_a_quiz_on_it_is_played_to_its_end_and_shows_its_passages(added: Corpus, sqlite_url: str) -> None:
    async with Hall(added, sqlite_url) as hall:
        reply = await hall.say("/quiz start questions:5")
        assert not reply.error
        for _ in range(5):
            asked = await hall.asked(await hall.until("asking"))
            assert asked.is_generated
            assert {one.text for one in asked.references} == {"queue"}
            await answer(hall, ADA, asked, rightly=True)
            await answer(hall, BORIS, asked, rightly=False)
            await hall.step(60)
        await hall.play_out()
        shown = "\n".join(words(one) for one in hall.channels.shown())
        assert "Ada" in shown
        for quote in (quote for one in hall.channels.shown() for quote in one.quotes()):
            reference = Reference.read(quote.reference)
            assert reference is not None
            assert quote.words in added.texts["queue"].words_at(reference)
        hall.now += timedelta(days=1)
        assert "Review" in (await hall.say("/quiz review")).title
