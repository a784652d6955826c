"""/quote: the exact passage, its source, and the ways on from it."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Code, Menu, Prose, Quote, Reply
from corpus.corpus import Corpus
from tests.conftest import Ask, Press

GUNPOWDER = (
    "Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize the power together”; "
    "but instead moderate Socialists ran to the City Duma to join the counter-revolutionaries."
)


def only_quote(reply: Reply) -> Quote:
    (quote,) = reply.quotes()
    return quote


@pytest.mark.parametrize(
    "typed",
    [
        "speech.4.2",
        "speech 4 2",
        "speech 4:2",
        "speech 4.2-",
        "speech §4.2",
        "speech IV.2",
        "the speech, paragraph 4, sentence 2",
        "paragraph 4, sentence 2 of the speech",
        "Trotsky Opposes Coalition 4.2",
    ],
)
async def test_a_reference_in_any_usual_form_is_its_passage(ask: Ask, typed: str) -> None:
    assert await ask(f"/quote {typed}") == await ask("/quote speech 4.2")


@pytest.mark.parametrize("typed", ["4.2", "§4.2", "¶4", "IV.2", "4:2", "paragraph 4 sentence 2"])
async def test_a_place_without_its_text_is_asked_about(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert "name the text too" in reply.error
    assert "Did you mean speech 4" in reply.error
    assert "or article 4" in reply.error


async def test_one_word_finds_the_whole_sentence_and_its_source(ask: Ask) -> None:
    reply = await ask("/quote gunpowder")
    quote = only_quote(reply)
    assert (quote.words, quote.reference, quote.speaker) == (GUNPOWDER, "speech 5.3", "Leon Trotsky")
    assert quote.source == "Trotsky Opposes Coalition, 8 November 1917"
    assert [quote.words[start:end] for start, end in quote.marks] == ["gunpowder"]
    assert reply.text == "speech"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("/quote speech 4.2", "speech 4.2"),
        ("/quote SPEECH 4.2", "speech 4.2"),
        ("/quote article 14", "article 14.1"),
        ("/quote speech 4", "speech 4.1-3"),
        ("/quote still third shouts", "speech 6.10"),
        ("/quote gunpowdr", "speech 5.3"),
        ("/quote armoured train", "article 15.2"),
        ("/quote text:article ice axe manuscript skull", "article 27.3"),
        ('/quote "the Union of the Oppressed"', "speech 7.6"),
        ("/quote “that’s Leon Trotsky”", "article 1.3"),
    ],
)
async def test_words_and_references_lead_to_their_passage(ask: Ask, typed: str, reference: str) -> None:
    assert only_quote(await ask(typed)).reference == reference


async def test_a_slip_that_was_mended_is_said(ask: Ask) -> None:
    assert Prose("I read gunpowdr as gunpowder.") in (await ask("/quote gunpowdr")).parts


async def test_other_matches_are_counted_and_offered(ask: Ask, press: Press) -> None:
    reply = await ask("/quote peasants")
    said = next(part.words for part in reply.parts if isinstance(part, Prose))
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert f"{len(menu.choices)} other passages match." in said
    other = await press(menu.action, menu.choices[0].value)
    assert only_quote(other).reference == menu.choices[0].value


async def test_nothing_found_is_an_answer_with_a_next_step(ask: Ask) -> None:
    reply = await ask("/quote zebra crossing")
    assert reply.title == "Nothing found"
    assert not reply.error
    assert not list(reply.quotes())
    assert len(reply.parts) >= 2


async def test_a_reference_too_far_tells_how_far_the_text_goes(ask: Ask) -> None:
    reply = await ask("/quote speech 40")
    assert "8 paragraphs" in reply.error
    assert reply.private


async def test_without_words_one_of_the_highlights_another_each_time(ask: Ask, app: App) -> None:
    seen = {only_quote(await ask("/quote")).reference for _ in range(12)}
    assert len(seen) > 6
    assert seen <= {str(one) for one in app.corpus.notes.highlights}


async def test_without_words_in_one_text_stays_in_that_text(ask: Ask) -> None:
    texts = {quote.text for _ in range(20) for quote in (await ask("/quote text:article")).quotes()}
    assert texts == {"article"}


async def test_the_way_on_and_back(ask: Ask, press: Press) -> None:
    here = await ask("/quote speech 5.3")
    values = {button.label: button.value for button in here.buttons}
    assert values["◀ Sentence before"] == "speech 5.2"
    assert values["Sentence after ▶"] == "speech 5.4"
    assert only_quote(await press("quote.show", values["Sentence after ▶"])).reference == "speech 5.4"


async def test_the_ends_of_a_text_are_ends(ask: Ask) -> None:
    first, last = await ask("/quote speech 1.1"), await ask("/quote speech 8.3")
    assert [button.enabled for button in first.buttons[:2]] == [False, True]
    assert [button.enabled for button in last.buttons[:2]] == [True, False]


async def test_in_context_the_passage_is_marked_and_each_voice_is_named(press: Press) -> None:
    reply = await press("quote.context", "speech 6.11")
    speakers = [(quote.reference, quote.speaker) for quote in reply.quotes()]
    assert speakers == [
        ("speech 6.1-9", "Leon Trotsky"),
        ("speech 6.10", "A voice from the hall"),
        ("speech 6.11-12", "Leon Trotsky"),
    ]
    marked = [quote.words[start:end] for quote in reply.quotes() for start, end in quote.marks]
    assert len(marked) == 1
    assert marked[0].startswith("The third- that’s the course")


async def test_citations_name_the_edition_and_the_place(press: Press) -> None:
    reply = await press("quote.cite", "speech 5.3")
    assert reply.private
    labels = {part.label: part.words for part in reply.parts if isinstance(part, Code)}
    assert set(labels) == {"Chicago", "MLA", "APA", "Plain"}
    assert all("speech 5.3" in words for words in labels.values())
    assert all("Bunyan" in labels[style] and "1934" in labels[style] for style in ("Chicago", "MLA", "APA"))


async def test_a_button_of_a_lost_text_is_told_kindly(press: Press) -> None:
    assert "no longer have" in (await press("quote.show", "pamphlet 3")).error


async def test_completion_offers_passages_whose_value_is_a_reference(app: App, ctx: Context, corpus: Corpus) -> None:
    choices = await app.suggest("quote", "words", "gunp", ctx)
    assert choices[0].value == "speech 5.3"
    assert choices[0].label.startswith("speech 5.3: Our party held out its hand")
    assert choices[0].label.endswith("…")
    assert len(choices[0].label) <= 100
