"""/library: texts that a server adds, chooses among and removes."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.attachment import Attachment, Attachments
from bot.core.context import Context, Person, Place
from bot.core.reply import Button, Items, Menu, Reply
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from cogs.library import MOST_SENT
from corpus.corpus import Corpus
from tests.conftest import Ask, Press
from tests.corpus.source.readers import files
from tests.logs import capture_logs


def sent(ctx: Context, data: bytes, name: str = "queue.epub", size: int | None = None) -> Context:
    async def read() -> bytes:
        return data

    attachment = Attachment(name, len(data) if size is None else size, read)
    return replace(ctx, attachments=Attachments({name: attachment}))


@pytest.fixture
def ctx(app: App) -> Context:
    return app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))


async def add(app: App, ctx: Context, line: str = "/library add queue.epub", pages: list[str] | None = None) -> Reply:
    """Send the sample book, or one of that title with other pages, and say yes."""
    shown = await answer_line(app, line, sent(ctx, files.epub(pages=pages) if pages else files.epub()))
    assert shown.title == "Add The Bread Queue?", shown.error
    return await app.act("library.add", shown.buttons[0].value, ctx)


async def finds(ask: Ask, words: str) -> list[str]:
    """What /quote shows for words."""
    return [one.reference for one in (await ask(f"/quote {words}")).quotes()]


SNOW = ["<p>Then it snowed.</p>"]


def said(reply: Reply) -> str:
    return "\n".join(line for part in reply.parts if isinstance(part, Items) for line in part.items)


async def test_a_file_is_shown_confirmed_and_looked_up(app: App, ctx: Context, ask: Ask) -> None:
    shown = await answer_line(app, "/library add queue.epub", sent(ctx, files.epub()))
    assert shown.private
    assert "Author: Mary Example" in said(shown)
    assert "7 sentences" in said(shown)
    assert [one.label for one in shown.buttons] == ["Add: our group may use it", "Cancel"]
    assert "bread-queue 4.2" not in await finds(ask, "shelves were bare"), "nobody has said yes yet"
    added = await app.act("library.add", shown.buttons[0].value, ctx)
    assert added.title == "Added"
    assert await finds(ask, "shelves were bare") == ["bread-queue 4.2"]
    assert "bread-queue: The Bread Queue, 53 words, edition" in said(await ask("/library list"))
    edition = (await app.corpus_of(ctx.place)).texts["bread-queue"].edition_hash
    assert f"53 words, edition {edition}, added" in said(await ask("/library list"))
    assert f"edition {edition}:" in repr(await app.act("quote.cite", "bread-queue 4.2", ctx))
    assert "added by Ada on 2026-11-22" in said(await ask("/library list"))
    asked = await app.act("quiz.ask_forget", "", ctx)
    await app.act(asked.buttons[0].action, asked.buttons[0].value, ctx)
    assert app.library
    app.library.shelves.revision._until = 0  # what another process changes is seen a few seconds later
    assert "added by somebody on 2026-11-22" in said(await ask("/library list"))


@pytest.fixture
async def cramped(corpus: Corpus, store: Store, tmp_path: Path) -> AsyncIterator[App]:
    """An app that has no place for the indexes of shelves."""
    copy = shutil.copytree(corpus.file.parent, tmp_path / "cache", ignore=shutil.ignore_patterns("shelves"))
    (copy / "shelves").write_text("no folder")
    alone = await Corpus.open_index(copy / corpus.file.name)
    app = App(FEATURES, alone, store)
    yield app
    assert app.library
    await app.library.close()
    await alone.close()


async def test_whoever_changes_the_texts_hears_that_their_index_could_not_be_built(cramped: App) -> None:
    ctx = cramped.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
    with capture_logs() as lines:
        added = await add(cramped, ctx)
        used = await cramped.act("library.use", "article", ctx)
        removed = await cramped.act("library.remove", "bread-queue", ctx)
    for reply in (added, used, removed):
        assert "the new index could not be built" in str(reply.parts), reply
    assert "here now" not in str(added)
    assert {one["event"] for one in lines} == {"shelf not indexed"}
    assert all("has room" in one["error"] for one in lines)
    assert cramped.library
    (cramped.library.base.file.parent / "shelves").unlink()
    assert "could not be built" not in str((await cramped.act("library.use", "article", ctx)).parts)


async def test_options_say_what_the_file_does_not(app: App, ctx: Context, ask: Ask) -> None:
    line = "/library add queue.epub short_name:bread author:Somebody date:1919"
    await add(app, ctx, line)
    assert "bread: The Bread Queue" in said(await ask("/library list"))


async def test_the_button_works_once_and_for_its_own_server(app: App, ctx: Context) -> None:
    shown = await answer_line(app, "/library add queue.epub", sent(ctx, files.epub()))
    key = shown.buttons[0].value
    elsewhere = app.context(Person("2", "Eve", admin=True), Place("test", "general", "other"))
    assert "Send the file again" in (await app.act("library.add", key, elsewhere)).error
    assert (await app.act("library.add", key, ctx)).title == "Added"
    assert "already added" in (await app.act("library.add", key, ctx)).error


async def test_a_full_shelf_is_said_before_anybody_says_yes(
    app: App, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.core.library.MOST_WORDS", 50)
    reply = await answer_line(app, "/library add queue.epub", sent(ctx, files.epub()))
    assert reply.error
    assert "the shelf would have 53 words; it has room for 50" in reply.error


async def test_cancel_adds_nothing(app: App, ctx: Context) -> None:
    shown = await answer_line(app, "/library add queue.epub", sent(ctx, files.epub()))
    assert (await app.act("library.cancel", shown.buttons[1].value, ctx)).title == "Nothing was added"
    assert (await app.act("library.add", shown.buttons[0].value, ctx)).error


async def test_a_message_with_a_file_does_as_well(app: App, ctx: Context) -> None:
    shown = await app.act_on_message("Add to the library", "read this", sent(ctx, files.epub()))
    assert shown.title == "Add The Bread Queue?"
    assert "no file on this message" in (await app.act_on_message("Add to the library", "read this", ctx)).error


async def test_what_leaves_much_out_needs_another_word(app: App, ctx: Context) -> None:
    notes = "<aside epub:type='footnotes'><p>A note as long as the text is.</p></aside>"
    book = files.epub(pages=["<p>Few words are here.</p>", notes])
    shown = await answer_line(app, "/library add queue.epub", sent(ctx, book))
    assert shown.buttons[0] == Button("Add it anyway", "library.add", shown.buttons[0].value, "danger")


@pytest.mark.parametrize(
    ("data", "size", "says"),
    [
        (b"", None, "This file is empty."),
        (files.zipped({"a": b"b"}), None, "This is a zip file"),
        (b"x", MOST_SENT + 1, "here I take files of up to 10 MB"),
    ],
)
async def test_what_cannot_be_read_is_said_kindly(
    app: App, ctx: Context, data: bytes, size: int | None, says: str
) -> None:
    reply = await answer_line(app, "/library add file", sent(ctx, data, "file", size))
    assert says in reply.error
    assert reply.private


async def test_a_file_that_is_gone_is_said(app: App, ctx: Context) -> None:
    async def read() -> bytes:
        raise OSError("404")

    gone = replace(ctx, attachments=Attachments({"a": Attachment("a", 1, read)}))
    assert "couldn't fetch" in (await answer_line(app, "/library add a", gone)).error


async def test_remove_asks_first(app: App, ctx: Context, ask: Ask, press: Press) -> None:
    await add(app, ctx)
    asked = await ask("/library remove bread-queue")
    assert "Remove The Bread Queue (53 words)" in repr(asked)
    assert await finds(ask, "shelves were bare") == ["bread-queue 4.2"]
    assert (await press("library.remove", "bread-queue")).title == "Removed"
    assert "bread-queue 4.2" not in await finds(ask, "shelves were bare")
    assert (
        await press("library.remove", "bread-queue")
    ).error == "That text is gone already. /library list shows what is there."
    assert "Nothing was added here yet." in (await ask("/library remove bread-queue")).error


async def test_a_text_is_removed_by_its_title_too(app: App, ctx: Context, ask: Ask) -> None:
    await add(app, ctx)
    assert "Remove The Bread Queue (53 words)" in repr(await ask("/library remove the bread queue"))


async def test_a_text_from_elsewhere_can_be_left_aside_instead(ask: Ask, press: Press) -> None:
    reply = await ask("/library remove Article")
    assert "Only texts that were added here can be removed." in reply.error
    (way,) = reply.buttons
    assert way.label == "Stop using article"
    assert "Not in use: article." in repr(await press(way.action, way.value))
    assert not (await ask("/library remove article")).buttons


async def test_a_removed_text_leaves_no_number_to_other_words(app: App, ctx: Context, ask: Ask, press: Press) -> None:
    await add(app, ctx)
    before = [one.words for one in (await ask("/read bread-queue")).quotes()]
    await press("library.remove", "bread-queue")
    added = await add(app, ctx, pages=SNOW)
    assert "/quote bread-queue 5" in said(added)
    for page in (await press("read.page", added.buttons[0].value), await ask("/read bread-queue")):
        assert [(one.reference, one.words) for one in page.quotes()] == [("bread-queue 5.1", "Then it snowed.")]
    for reference in ("bread-queue 4.2", "bread-queue 1"):
        for reply in (await ask(f"/quote {reference}"), await press("quote.cite", reference)):
            assert reply.error == f"“The Bread Queue” has no {reference} any more: an earlier edition had it."
    await press("library.remove", "bread-queue")
    await add(app, ctx)
    assert [one.words for one in (await ask("/read bread-queue")).quotes()] == before
    assert "any more" in (await ask("/quote bread-queue 4.2")).error, "a number that is gone does not come back"


async def test_a_removed_text_that_comes_back_has_its_numbers(app: App, ctx: Context, ask: Ask, press: Press) -> None:
    waiting = await answer_line(app, "/library add queue.epub", sent(ctx, files.epub(pages=SNOW)))
    await add(app, ctx)
    await press("library.remove", "bread-queue")
    assert "Add the file again" in (await press("library.add", waiting.buttons[0].value)).error
    await add(app, ctx)
    assert await finds(ask, "shelves were bare") == ["bread-queue 4.2"]
    assert (await ask("/quote bread-queue 4.2")).error == ""


async def test_shipped_texts_can_be_left_aside_but_not_removed(app: App, ctx: Context, ask: Ask, press: Press) -> None:
    assert "Only texts that were added here" in (await ask("/library remove speech")).error
    assert (
        await press("library.remove", "speech")
    ).error == "That text is gone already. /library list shows what is there."
    await add(app, ctx)
    reply = await ask("/library use bread-queue")
    assert "Not in use: speech and article." in repr(reply)
    assert await finds(ask, "gunpowder") == []
    (menu,) = [part for part in reply.parts if isinstance(part, Menu)]
    assert [one.label for one in menu.choices] == ["Use speech", "Use article", "Stop using bread-queue"]
    await press("library.use", "speech")
    assert await finds(ask, "gunpowder") == ["speech 5.3"]
    assert "(not in use)" in said(await ask("/library list"))
    await press("library.use", "speech")
    assert "At least one text" in (await press("library.use", "bread-queue")).error
    assert (await ask("/library use all")).parts
    assert "There is no text reed" in (await ask("/library use reed")).error
    assert "At least one text" in (await ask("/library use ,")).error
    assert await finds(ask, "gunpowder") == ["speech 5.3"]


async def test_only_those_who_manage_the_server_change_it(app: App, ctx: Context) -> None:
    await add(app, ctx)
    eve = replace(ctx, asker=Person("2", "Eve"))
    for line in ("/library add queue.epub", "/library remove bread-queue", "/library use speech"):
        assert "manage this server" in (await answer_line(app, line, sent(eve, files.epub()))).error
    for action in ("library.add", "library.cancel", "library.remove", "library.use"):
        assert "manage this server" in (await app.act(action, "bread-queue", eve)).error
    assert "manage this server" in (await app.act_on_message("Add to the library", "", eve)).error
    assert "bread-queue" in said(await answer_line(app, "/library list", eve))


async def test_texts_belong_to_a_server(app: App, ctx: Context) -> None:
    alone = replace(ctx, place=Place("test", "dm", None, private=True))
    assert (
        "Texts belong to a server" in (await answer_line(app, "/library add a", sent(alone, files.epub(), "a"))).error
    )
    assert "speech" in said(await answer_line(app, "/library list", alone))


async def test_own_texts_are_completed(app: App, ctx: Context) -> None:
    await add(app, ctx)
    found = await app.suggest("library remove", "text", "bread", ctx)
    assert [one.value for one in found] == ["bread-queue"]
    elsewhere = app.context(Person("2", "Eve", admin=True), Place("test", "general", "other"))
    assert await app.suggest("library remove", "text", "", elsewhere) == ()
