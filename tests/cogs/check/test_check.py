"""/check and "Check this quote": the right verdict, the true passage, and whose words they are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Heading, Items, Menu, Note, Prose, Reply
from tests.cogs.test_promises import TYPED, check_quotes
from tests.conftest import Ask, Press

CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."
CONFIRMING = "Verbatim"
EVERY_TIME = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(reply: Reply) -> str:
    return "\n".join(part.words for part in reply.parts if isinstance(part, Prose))


def listed(reply: Reply) -> list[str]:
    return [item for part in reply.parts if isinstance(part, Items) for item in part.items]


def marked(reply: Reply) -> list[str]:
    return [quote.words[start:end] for quote in reply.quotes() for start, end in quote.marks]


@pytest.mark.parametrize(
    ("line", "title", "references"),
    [
        (CRUSH, "Verbatim", ["speech 6.7"]),
        (CRUSH.lower(), "Verbatim but for case", ["speech 6.7"]),
        (CRUSH.upper().replace(",", ""), "Verbatim but for case and punctuation", ["speech 6.7"]),
        ("lived in a high-speed (for the time) armoured train", "Verbatim but for spelling", ["article 15.2"]),
        ("If the rising of the people does not … surely be crushed.", "Verbatim, shortened", ["speech 6.7"]),
        (CRUSH.replace("not ", ""), "Altered", ["speech 6.7"]),
        ("We shall never form a union with them. What are these men but betrayers of the revolution?",
         "Pieced together", ["speech 5.5", "speech 5.4"]),
        ("Our party held out its hand, and said: “Come, let’s seize the power together”", "Altered", ["speech 5.3"]),
        ("It was the best of times, it was the worst of times", "Not in these texts", []),
        ("That is our course.", "Too short to tell", ["speech 7.7"]),
        ("I see no doubt about that. The Russian Revolution will either", "Altered", ["speech 6.8-9"]),
        ("What are these men but betrayers of the revolution? We shall never form a union with them.", "Verbatim",
         ["speech 5.4-5"]),
        ("He won. Trotsky wasn't just a man of action", "Verbatim", ["article 16.3", "article 17.1"]),
    ],
)  # fmt: skip
async def test_each_verdict_has_its_passage(ask: Ask, line: str, title: str, references: list[str]) -> None:
    reply = await ask(f"/check {line}")
    assert reply.title == title
    assert [quote.reference for quote in reply.quotes()] == references


async def test_the_words_that_are_quoted_are_marked(ask: Ask) -> None:
    assert marked(await ask("/check does not crush imperialism, then we")) == ["does not crush imperialism, then we"]
    pieces = ["the rising of the people", "we will surely be crushed"]
    assert marked(await ask(f"/check {' … '.join(pieces)}")) == pieces


async def test_the_words_that_were_changed_are_marked_and_listed(ask: Ask) -> None:
    reply = await ask("/check If the rising of the workers does crush imperialism, then we will never be crushed.")
    assert marked(reply) == ["people", "not", "surely"]
    assert listed(reply) == ["people → workers", "not → left out (negation)", "surely → never (negation)"]
    assert "What was changed is a negation." in said(reply)


@pytest.mark.parametrize(
    ("quotation", "what"),
    [
        ("On August 21, 1940, a man named Ramón Mercader entered", "a date"),
        ("Then, he built an army of six million people from scratch", "a number"),
        ("Comrade Lenin spoke of a coalition with the peasants", "a name"),
        ("We shall form a union with them. What are", "a negation"),
    ],
)
async def test_what_turns_a_sentence_round_is_said_plainly(ask: Ask, quotation: str, what: str) -> None:
    reply = await ask(f"/check {quotation}")
    assert reply.title == "Altered"
    assert f"What was changed is {what}." in said(reply)


async def test_a_negation_left_out_behind_an_elision_is_told(ask: Ask) -> None:
    reply = await ask("/check No, it is … true. Not we but the Provisional Government")
    assert reply.title == "Verbatim, shortened"
    assert "one word. A negation is among what was left out" in said(reply)


@pytest.mark.parametrize(
    ("quotation", "claimed", "right"),
    [
        ("Come, let’s seize the power together", "Trotsky", "The Bolshevik party, as quoted by Trotsky"),
        ("There is still a third!", "Trotsky", "A voice from the hall"),
        ("He ended up in Mexico City, living in a fortified house", "Trotsky", "The article's author"),
        ("Our party held out its hand, with the gunpowder", "Lenin", "Leon Trotsky"),
    ],
)
async def test_the_wrong_speaker_is_corrected(ask: Ask, quotation: str, claimed: str, right: str) -> None:
    reply = await ask(f"/check {quotation} speaker:{claimed}")
    assert reply.title == "Right words, wrong speaker"
    assert f"The speaker is {right}, not {claimed}." in said(reply)


async def test_to_speak_of_somebody_is_not_to_quote_them(ask: Ask) -> None:
    reply = await ask("/check He ended up in Mexico City, living in a fortified house speaker:Trotsky")
    assert "The passage speaks of Leon Trotsky and does not quote them." in said(reply)


@pytest.mark.parametrize("claimed", ["Trotsky", "Bronstein", "leon trotskii", "the speech"])
async def test_the_right_speaker_is_right_in_any_spelling(ask: Ask, claimed: str) -> None:
    reply = await ask(f"/check Our party held out its hand speaker:{claimed}")
    assert reply.title == "Verbatim"
    assert "The speaker is right: Leon Trotsky." in said(reply)


async def test_a_voice_that_the_text_quotes_is_named_with_the_editors_note(ask: Ask) -> None:
    reply = await ask("/check we are brothers-in-arms, we shall be with you to the end")
    assert "The speaker is The Bolshevik party (“we”), as quoted by Trotsky." in said(reply)
    assert any(isinstance(part, Note) for part in reply.parts)


async def test_other_words_get_the_caution_and_a_passage_only_if_it_is_near(ask: Ask) -> None:
    far = await ask("/check Workers of all lands unite, you have nothing to lose but your chains")
    near = await ask("/check the one hope we have is that this revolution will kindle another one in Europe")
    for reply in (far, near):
        assert reply.title == "Not in these texts"
        assert "That says nothing about other sources" in said(reply)
    assert not list(far.quotes())
    assert [quote.reference for quote in near.quotes()] == ["speech 6.6"]
    assert "not what was quoted" in said(near)


async def test_too_few_words_are_counted_and_their_places_offered(ask: Ask, press: Press) -> None:
    reply = await ask("/check the revolution")
    assert "10 places" in said(reply)
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert len(menu.choices) == 10
    assert "evolution" in next(iter((await press(menu.action, menu.choices[3].value)).quotes())).words
    assert "nowhere" in said(await ask("/check zebra"))


async def test_the_buttons_lead_to_context_citation_and_method(ask: Ask, press: Press) -> None:
    reply = await ask(f"/check {CRUSH}")
    assert [button.label for button in reply.buttons] == ["In context", "Cite", "How I check"]
    replies = [await press(button.action, button.value) for button in reply.buttons]
    assert not any(one.error for one in replies)
    assert "imperialism" in " ".join(quote.words for quote in replies[0].quotes())


async def test_long_lists_of_differences_say_how_many_more(ask: Ask) -> None:
    reply = await ask(f"/check {CRUSH.upper()}")
    assert len(listed(reply)) == 12
    assert "And 4 more of the kind." in said(reply)


# A message.


@pytest.mark.parametrize(
    ("message", "title"),
    [
        (f"Trotsky said: “{CRUSH}” What do you think?", "Verbatim"),
        (f'Trotsky said: "{CRUSH}" What do you think?', "Verbatim"),
        (f"look at this\n> {CRUSH}\nwow", "Verbatim"),
        ("> If the rising of the people\n> does not crush imperialism,\nyes", "Verbatim"),
        (f">>> {CRUSH}", "Verbatim"),
        (CRUSH, "Verbatim"),
        (f"> **{CRUSH}**\n— Leon Trotsky, 1917", "Verbatim"),
        (f"> {CRUSH}\n> — Leon Trotsky, speech 6.7 (Trotsky Opposes Coalition, 8 November 1917)", "Verbatim"),
        (f"“{CRUSH}” — Lenin", "Right words, wrong speaker"),
        (f"{CRUSH}\n- Lenin", "Right words, wrong speaker"),
        ("Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize", "Verbatim"),
        ("He told them: “Our party held out its hand, and said: “Come, let’s seize the power”; but”", "Altered"),
        (f"He said “yes” and “{CRUSH.replace('not', 'never')}”", "2 quotations"),
    ],
)  # fmt: skip
async def test_the_quotation_is_taken_out_of_a_message(app: App, ctx: Context, message: str, title: str) -> None:
    assert (await app.act_on_message("Check this quote", message, ctx)).title == title


async def test_each_quotation_of_a_message_is_checked_the_long_ones_first(app: App, ctx: Context) -> None:
    message = f"“yes”, “{CRUSH}”, “{CRUSH.replace('not', 'never')}”, “no” and “perhaps”"
    reply = await app.act_on_message("Check this quote", message, ctx)
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["Verbatim", "Altered", "Too short to tell"]
    assert "quotes 2 more" in said(reply)


@pytest.mark.parametrize("message", ["", "👍", "https://", "“”", "> \n> "])
async def test_a_message_without_words_is_told_kindly(app: App, ctx: Context, message: str) -> None:
    reply = await app.act_on_message("Check this quote", message, ctx)
    assert not reply.incident
    assert "/check" in reply.error or reply.title == "Too short to tell"


@EVERY_TIME
@given(message=TYPED | st.text(alphabet="“”\"'«»>—- \nab", max_size=60))
async def test_no_message_and_no_quotation_raises(app: App, ctx: Context, message: str) -> None:
    for reply in (
        await app.act_on_message("Check this quote", message, ctx),
        await app.run("check", {"quotation": message, "speaker": message}, ctx),
        await app.run("check", {"quotation": f"{CRUSH} {message}"}, ctx),
    ):
        assert not reply.incident
        check_quotes(app.corpus, reply)
        if CONFIRMING in reply.title:
            assert list(reply.quotes())
