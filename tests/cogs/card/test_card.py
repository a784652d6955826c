"""The button Card: a quotation as a picture, whole, with its speaker and source."""

from __future__ import annotations

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Picture, Prose, Quote, Reply
from tests.cogs.shared.drawing.check import opened
from tests.conftest import Ask, Press


def only_picture(reply: Reply) -> Picture:
    picture, by = reply.parts
    assert isinstance(by, Prose)
    assert by.words.startswith("Card by Ada: ")
    assert isinstance(picture, Picture)
    return picture


async def test_a_quotation_has_a_button_that_makes_its_card(app: App, ask: Ask, press: Press) -> None:
    reply = await ask("/quote gunpowder")
    (quote,) = reply.quotes()
    (button,) = [one for one in reply.buttons if one.label == "Card"]
    made = await press(button.action, button.value)
    picture = only_picture(made)
    assert Prose(f"Card by Ada: speech 5.3, edition {app.corpus.texts['speech'].edition_hash}") in made.parts
    assert opened(picture.data).size == (1200, 630)
    assert picture.name == "speech-5.3.png"
    assert picture.alt == f"“{quote.words}” — Leon Trotsky. {quote.source}, speech 5.3."


async def test_what_somebody_else_says_bears_their_name(app: App, press: Press) -> None:
    for person in ("A voice from the hall, in the record", "Whoever took down the record", "The article's author"):
        spoken = [one for one in app.corpus.sentences() if app.corpus.passages(one)[0].speaker == person]
        picture = only_picture(await press("card.make", str(spoken[0])))
        assert person in picture.alt
        assert "— Leon Trotsky" not in picture.alt


async def test_a_passage_of_several_speakers_has_no_card_but_its_first_sentence_has(press: Press) -> None:
    reply = await press("card.make", "speech 6")
    assert "one speaker" in reply.error
    assert isinstance(only_picture(await press(reply.buttons[0].action, reply.buttons[0].value)), Picture)


async def test_a_passage_too_long_for_a_card_is_refused_with_a_shorter_one(app: App, ctx: Context) -> None:
    longest = max(
        (paragraph for text in app.corpus.texts.values() for paragraph in text.paragraphs),
        key=lambda one: len(one.words) if len({sentence.speaker for sentence in one.sentences}) == 1 else 0,
    )
    value = next(str(one.context) for one in app.corpus.sentences() if app.corpus.paragraph(one).words == longest.words)
    reply = await app.act("card.make", value, ctx)
    assert "I never cut a quotation" in reply.error
    assert f"{value}.1" in reply.error
    assert (reply.buttons[0].action, reply.buttons[0].value) == ("card.make", f"{value}.1")


async def test_a_row_of_buttons_fits_every_platform(ask: Ask) -> None:
    reply = await ask("/quote gunpowder")
    assert len(reply.buttons) <= 5
    assert all(isinstance(quote, Quote) for quote in reply.quotes())


async def test_a_card_comes_dark_and_light_and_leads_back_to_its_passage(press: Press) -> None:
    light = await press("card.make", "speech 5.3")
    assert [button.label for button in light.buttons] == ["Context", "Cite", "Dark"]
    dark = await press("card.dark", "speech 5.3")
    assert [button.label for button in dark.buttons] == ["Context", "Cite", "Light"]
    assert only_picture(dark).alt == only_picture(light).alt
    assert only_picture(dark).data != only_picture(light).data
    assert await press("card.light", "speech 5.3") == light
