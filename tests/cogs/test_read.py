"""/read, /sources, /help: the texts whole, what they are, and what the bot can do."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Code, Heading, Menu, Reply
from bot.platforms.typed_commands import parse_line
from corpus.reference import Reference
from tests.cogs.reading import lines, said
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


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("last", 8),
        ("the end", 8),
        ("last paragraph", 8),
        ("second to last", 7),
        ("first", 1),
        ("the beginning", 1),
        ("from 3", 3),
        ("3 to the end", 3),
        ("3 onwards", 3),
    ],
)
async def test_reading_starts_at_a_position(ask: Ask, typed: str, number: int) -> None:
    assert await ask(f"/read speech {typed}") == await ask(f"/read speech {number}")


async def test_chapters_can_be_gone_to(ask: Ask, press: Press) -> None:
    (menu,) = [
        part for part in (await ask("/read article")).parts if isinstance(part, Menu) and part.action == "read.page"
    ]
    assert len(menu.choices) == 6
    reply = await press(menu.action, menu.choices[3].value)
    assert Heading("The Bitter Rivalry and the Ice Axe", "article") in reply.parts


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/read", "Please add the text, for example: /read"),
        ("/read pamphlet", "speech or article"),
        ("/read speech 99", "8 paragraphs"),
        ("/read speech 0", "whole number"),
        ("/read speech nine", "8 paragraphs"),
        ("/read article forty-five", "38 paragraphs"),
        ("/read 4", "Did you mean speech 4 or article 4?"),
        ("/read 4-5", "Did you mean speech 4-5 or article 4-5?"),
        ("/read 99", "Choose a text"),
        ("/read speech tomorrow", "None of the texts has a chapter “tomorrow”"),
        ("/read article peace", "/quote finds the words in the texts."),
        ("/read speech permanent revolution", "The speech has no chapter “permanent revolution”"),
        ("/read speech 4-99", "8 paragraphs"),
        ("/read the pamphlet 4", "speech"),
    ],
)
async def test_mistakes_are_told_with_what_would_be_right(ask: Ask, typed: str, told: str) -> None:
    assert told in (await ask(typed)).error


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("speech 4", "speech 4"),
        ("speech 4.2", "speech 4"),
        ("speech 4.2-3", "speech 4"),
        ("the speech", "speech 1"),
        ("The Article", "article 1"),
        ("the speech 4", "speech 4"),
        ("speech four", "speech 4"),
        ("speech paragraph 4", "speech 4"),
        ("text:speech paragraph:4", "speech 4"),
        ("speech ¶4", "speech 4"),
        ("article twenty-one", "article 21"),
    ],
)
async def test_a_place_in_any_usual_form(ask: Ask, typed: str, reference: str) -> None:
    reply = await ask(f"/read {typed}")
    first = next(iter(reply.quotes())).reference
    assert first.partition(".")[0] == reference


async def test_a_page_lets_its_paragraphs_be_quoted(ask: Ask, press: Press) -> None:
    (menu, *_) = [part for part in (await ask("/read speech 4")).parts if isinstance(part, Menu)]
    assert next(iter((await press(menu.action, menu.choices[0].value)).quotes())).reference == "speech 4.1-3"


async def test_sources_are_described_at_a_glance_for_the_asker_alone(ask: Ask, press: Press) -> None:
    reply = await ask("/sources")
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The speech: primary source", "The article: secondary source"]
    assert reply.private
    assert "Comments are closed." not in "\n".join([said(reply), *lines(reply)])
    assert any("1934), pp. 135-137" in line for line in lines(reply))
    shared = await press("sources.share", "1")
    assert (shared.private, shared.parts) == (False, reply.parts)


@pytest.mark.parametrize(
    "typed", ["article", "the article", "text:article", "Leon Trotsky: What Most People Get Wrong"]
)
async def test_one_text_is_described_alone(ask: Ask, press: Press, typed: str) -> None:
    reply = await ask(f"/sources {typed}")
    assert [part.words for part in reply.parts if isinstance(part, Heading)] == ["The article: secondary source"]
    assert [one.label for one in reply.buttons] == ["Read the article", "Details of the article", "All texts", "Share"]
    shared = await press(reply.buttons[-1].action, reply.buttons[-1].value)
    assert (reply.private, shared.private, shared.parts) == (True, False, reply.parts)


async def test_the_details_of_a_text_have_its_sources_and_omissions(ask: Ask, press: Press) -> None:
    speech, article = await press("sources.show", "speech 1"), await press("sources.show", "article 1")
    assert "(Moscow, 1957), pp. 84-87." in said(speech)
    assert "1934), pp. 135-137." in said(speech)
    omitted = "\n".join([*lines(speech), *lines(article)])
    assert "Comments are closed." in omitted
    assert "MSNBC" in omitted
    assert (await press("sources.show", "pamphlet 1")).error


async def test_help_is_short_and_leads_to_every_command(ask: Ask, press: Press, app: App) -> None:
    reply = await ask("/help")
    assert reply.private
    assert len(lines(reply)) <= 5
    (menu,) = [part for part in reply.parts if isinstance(part, Menu)]
    reached = set()
    for choice in menu.choices:
        shown = await press(menu.action, choice.value)
        groups = [part for part in shown.parts if isinstance(part, Menu)]
        reached |= {one.value for group in groups for one in group.choices} or {choice.value}
    assert reached == set(app.commands)


async def test_help_can_be_shared(ask: Ask, press: Press) -> None:
    for typed in ("", "quote", "daily"):
        reply = await ask(f"/help {typed}")
        (share,) = [one for one in reply.buttons if one.label == "Share"]
        shared = await press(share.action, share.value)
        assert (shared.private, shared.title, shared.parts) == (False, reply.title, reply.parts)


async def test_help_on_a_group_is_about_that_group(ask: Ask, app: App) -> None:
    reply = await ask("/help daily")
    assert reply.title == "/daily"
    assert [line.partition(" ")[2] for line in lines(reply)] == [
        name.removeprefix("daily ") for name in app.commands if name.startswith("daily ")
    ]


async def test_every_command_is_explained_with_an_example_that_it_understands(ask: Ask, app: App) -> None:
    for one in app.commands.values():
        explained = await ask(f"/help {one.name}")
        example = next(part.words for part in explained.parts if isinstance(part, Code))
        call = parse_line(example, app.commands)
        assert call.name == one.name
        if one.example_in(app.corpus) or not one.lacks({}):
            one.parse(call.arguments, app.corpus)
        assert not (await ask(example)).incident, example


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("qoute", "quote"), ("/evnt", "event"), ("quiz strat", "quiz start"), ("timelines", "timeline")],
)
async def test_help_on_a_misspelt_command_leads_to_it(ask: Ask, press: Press, typed: str, meant: str) -> None:
    reply = await ask(f"/help {typed}")
    assert f"Did you mean /{meant}?" in reply.error
    (way,) = reply.buttons
    assert (await press(way.action, way.value)).title == f"/{meant}"


@pytest.mark.parametrize("typed", ["all", "everything", "Commands", "me", "me!", "list"])
async def test_help_on_everything_is_the_start(ask: Ask, typed: str) -> None:
    assert await ask(f"/help {typed}") == await ask("/help")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("quiz strat", "quiz start"), ("quiz reveiw 5", "quiz review"), ("library lst", "library list"),
     ("daily prewiev", "daily preview"), ("Quiz Scroes", "quiz scores"), ("library ad", "library add")],
)  # fmt: skip
async def test_a_misspelt_command_of_a_group_leads_to_it(ask: Ask, typed: str, meant: str) -> None:
    assert f"Did you mean /{meant}?" in (await ask(f"/{typed}")).error


@pytest.mark.parametrize("typed", ["quiz", "quiz quantum", "library", "daily xyz"])
async def test_another_word_behind_a_group_lists_its_commands(ask: Ask, typed: str) -> None:
    assert (await ask(f"/{typed}")).error.startswith("Choose one of these: ")


async def test_help_on_what_is_not_there_says_so(ask: Ask) -> None:
    assert "/help lists" in (await ask("/help fly")).error


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("The Theory of Permanent Revolution", 17),
        ("permanent revolution", 17),
        ("architect of the october revolution", 5),
        ("speech chapter 1", None),
        ("page 2", None),
        ("nonsense", None),
        ("of the", None),
    ],
)
async def test_reading_starts_at_a_chapter_that_there_is(ask: Ask, typed: str, number: int | None) -> None:
    reply = await ask(f"/read article {typed}")
    if number:
        assert reply == await ask(f"/read article {number}")
    else:
        assert reply.error.startswith(f"None of the texts has a chapter “{typed}”.")


async def test_what_is_no_place_at_all_is_told_how_to_write_one(ask: Ask) -> None:
    assert (await ask("/read article …")).error.startswith("Write the paragraph as a whole number")


@pytest.mark.parametrize("typed", ["all", "Both", "all texts", "everything", "alle", "les deux", "все", "texts?"])
async def test_the_sources_of_all_texts_are_those_without_a_text(ask: Ask, typed: str) -> None:
    assert await ask(f"/sources {typed}") == await ask("/sources")
    assert await ask(f"/sources text:{typed}") == await ask("/sources")
