"""A server that uses one text of its own, on which nobody has written a note: everything answers."""

from __future__ import annotations

import time

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.library import owner_of
from bot.core.reply import Heading, Menu, Note
from corpus.questions.generate import QuestionGenerator
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.conftest import NOW, Ask
from tests.corpus.source.readers import files

DAYS = [f"On day number {n} the queue was {n} people longer than on the morning before that one." for n in range(60)]


@pytest.fixture
async def alone(app: App, ctx: Context) -> App:
    """The app whose server uses nothing but a book without a note."""
    assert app.library is not None
    pages = [f"<h2>Chapter {n}</h2>" + "".join(f"<p>{one}</p>" for one in DAYS[n * 20 : n * 20 + 20]) for n in range(3)]
    book = propose(read_file("q.epub", files.epub(pages=pages)), About(id="queue"), file="q.epub")
    await app.library.add(owner_of(ctx.place), book, "Ada", NOW)
    await app.library.use(owner_of(ctx.place), ["queue"])
    return app


async def test_every_command_answers_without_an_apology_and_with_no_empty_menu(
    alone: App, ctx: Context, ask: Ask
) -> None:
    assert alone.library is not None
    corpus = await alone.corpus_of(ctx.place)
    for command in alone.commands.values():
        for line in (f"/{command.name}", command.line_in(corpus), f"/{command.name} queue 3"):
            reply = await ask(line)
            assert not reply.incident, line
            if command.name == "library use":
                await alone.library.use(owner_of(ctx.place), ["queue"])  # its example looks things up in all texts
            assert all(part.choices for part in reply.parts if isinstance(part, Menu)), line
            assert "Trotsky" not in "".join(quote.speaker for quote in reply.quotes()), line


async def test_look_ups_answer_from_a_text_without_notes(alone: App, ask: Ask) -> None:
    for line in ("/quote 7 people longer", "/check On day number 7 the queue was 7 people longer", "/read queue 3"):
        assert [one for one in (await ask(line)).quotes() if one.text == "queue"], line
    assert "Chapter 1" in repr(await ask("/read queue"))
    assert "60 times" in (await ask("/word queue")).title


async def test_who_somebody_is_whom_no_note_names(alone: App, ask: Ask) -> None:
    reply = await ask("/who queue")
    assert "No note says who “queue” is." in repr(reply)
    assert any(isinstance(part, Menu) and part.choices for part in reply.parts)


async def test_texts_of_one_title_are_told_apart(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    for one in ("queue", "second"):
        book = propose(read_file("q.epub", files.epub(pages=[f"<p>{DAYS[3]}</p>"])), About(id=one), file="q.epub")
        await app.library.add(owner_of(ctx.place), book, "Ada", NOW)
    reply = await ask("/compare people longer texts:queue, second")
    assert [part.words for part in reply.parts if isinstance(part, Heading)] == [
        "“The Bread Queue” (queue): primary source", "“The Bread Queue” (second): primary source",
    ]  # fmt: skip


async def test_a_passage_stands_in_for_a_fact(alone: App, ask: Ask) -> None:
    assert [one.text for one in (await ask("/fact")).quotes()] == ["queue"]


async def test_questions_are_made_of_a_whole_book_in_good_time(alone: App, ctx: Context) -> None:
    text = (await alone.corpus_of(ctx.place)).texts["queue"]
    letters = "abcdefghijklmnopqrst"
    words = [f"w{letters[n % 20]}{letters[n // 20 % 20]}{letters[n // 400 % 20]}nd" for n in range(4_000)]
    said = "".join(f"<p>In the year the {one}ing of the town was slower than {one}ers said.</p>" for one in words)
    page = f"<html><body>{said}</body></html>".encode()
    big = propose(read_file("b.html", page), About(id="big"), file="b.html")
    since = time.thread_time()
    QuestionGenerator({"queue": text, "big": big.text}, alone.corpus.notes)
    assert time.thread_time() - since < 20


async def test_compare_finds_what_the_editors_did_not_compare(app: App, ctx: Context, ask: Ask) -> None:
    """The editors' comparison says which texts it is about; another text speaks for itself."""
    assert app.library is not None
    page = files.epub(pages=["<p>In the queue nobody believed in a coalition of bakers.</p>"])
    book = propose(read_file("q.epub", page), About(id="queue"), file="q.epub")
    await app.library.add(owner_of(ctx.place), book, "Ada", NOW)
    reply = await ask("/compare coalition")
    assert "queue 1.1" in [quote.reference for quote in reply.quotes()]
    assert "speech 2.2" in [quote.reference for quote in reply.quotes()]
    assert any(
        isinstance(part, Note) and part.words.startswith("On the speech and the article: ") for part in reply.parts
    )


async def test_a_fact_with_words_is_a_passage_with_them(alone: App, ask: Ask) -> None:
    reply = await ask("/fact queue number 7")
    assert any("day number 7 the queue" in one.words for one in reply.quotes())
    reply = await ask("/fact Lenin")
    assert "No passage has “Lenin”." in reply.error
    assert [one.label for one in reply.buttons] == ["Any fact"]
