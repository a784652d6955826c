"""/read, /sources, /help: the texts whole, what they are, and what the bot can do."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Code, Heading, Items, Menu, Prose, Reply
from bot.platforms.typed_commands import parse_line
from corpus.reference import Reference
from tests.conftest import Ask, Press


async def pages_of(app: App, ctx: Context, text: str) -> list[Reply]:
    pages = [await app.run("read", {"text": text}, ctx)]
    while (on := pages[-1].buttons[1]).enabled:
        pages.append(await app.act(on.action, on.value, ctx))
    return pages


@pytest.mark.parametrize("text", ["speech", "article"])
async def test_paging_shows_every_sentence_once_and_in_order(app: App, ctx: Context, text: str) -> None:
    pages = await pages_of(app, ctx, text)
    shown = [quote.words for page in pages for quote in page.quotes()]
    paragraphs = range(1, len(app.corpus.texts[text].paragraphs) + 1)
    whole = [one.words for number in paragraphs for one in app.corpus.passages(Reference(text, number))]
    assert shown == whole


@pytest.mark.parametrize("text", ["speech", "article"])
async def test_paging_back_shows_the_same_pages(app: App, ctx: Context, text: str) -> None:
    pages = await pages_of(app, ctx, text)
    back = [pages[-1]]
    while (button := back[-1].buttons[0]).enabled:
        back.append(await app.act(button.action, button.value, ctx))
    assert back[::-1] == pages


async def test_reading_starts_at_a_paragraph(ask: Ask) -> None:
    reply = await ask("/read article 17")
    assert next(iter(reply.quotes())).reference.startswith("article 17")
    assert Heading("The Theory of Permanent Revolution", "article") in reply.parts


@pytest.mark.parametrize(
    "typed",
    [
        "speech 4.2",
        "the speech 4",
        "The speech, paragraph 4",
        "speech ¶4",
        "speech IV.2",
        "text:the speech paragraph:4.2",
    ],
)
async def test_reading_starts_at_the_paragraph_of_any_reference(ask: Ask, typed: str) -> None:
    assert await ask(f"/read {typed}") == await ask("/read speech 4")


async def test_chapters_can_be_gone_to(ask: Ask, press: Press) -> None:
    menu = next(part for part in (await ask("/read article")).parts if isinstance(part, Menu))
    assert len(menu.choices) == 6
    reply = await press(menu.action, menu.choices[3].value)
    assert Heading("The Bitter Rivalry and the Ice Axe", "article") in reply.parts


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/read", "needs text"),
        ("/read pamphlet", "speech or article"),
        ("/read speech 99", "8 paragraphs"),
        ("/read speech 0", "whole number"),
        ("/read speech two", "whole number"),
        ("/read speech 4-6", "whole number"),
        ("/read the pamphlet 4", "speech"),
    ],
)
async def test_mistakes_are_told_with_what_would_be_right(ask: Ask, typed: str, told: str) -> None:
    assert told in (await ask(typed)).error


async def test_sources_name_edition_kind_and_omissions(ask: Ask) -> None:
    reply = await ask("/sources")
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The speech: primary source", "The article: secondary source"]
    prose = [part.words for part in reply.parts if isinstance(part, Prose)]
    assert any("(Moscow, 1957), pp. 84-87." in words for words in prose)
    assert any("1934), pp. 135-137." in words for words in prose)
    items = "\n".join(item for part in reply.parts if isinstance(part, Items) for item in part.items)
    assert "Comments are closed." in items
    assert "MSNBC" in items


async def test_help_lists_every_command_with_its_usage(ask: Ask, app: App) -> None:
    items = "\n".join(item for part in (await ask("/help")).parts if isinstance(part, Items) for item in part.items)
    for one in app.commands.values():
        assert f"{one.usage}: {one.description}" in items


async def test_every_command_is_explained_with_an_example_that_it_understands(ask: Ask, app: App) -> None:
    for one in app.commands.values():
        explained = await ask(f"/help {one.name}")
        example = next(part.words for part in explained.parts if isinstance(part, Code))
        call = parse_line(example, app.commands)
        assert call.name == one.name
        one.read(call.arguments, app.corpus)
        assert not (await ask(example)).incident, example


async def test_help_on_what_is_not_there_says_so(ask: Ask) -> None:
    assert "/help lists" in (await ask("/help fly")).error
