"""/quote with quotation marks: the exact phrase, on every platform, and what comes close where none has it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Menu, Prose, Reply
from cogs.shared.references import reference_from_value
from corpus.corpus import Corpus
from corpus.language.tokens import tokens
from tests.conftest import Ask, Press

PAIRS = ('""', "“”", "„“", "„”", "«»", "»«", "「」", "❝❞", "″″")
SINGLE = ("‘’", "''", "‚‘", "`´")
"""Marks that are apostrophes where other words are beside them."""
BESIDE = (
    ("", ""),
    ("", " Trotsky"),
    ("Trotsky: ", ""),
    ("who said ", "?"),
    ("please find ", "!"),
    ("", " in the speech"),
)
BETRAYERS = "betrayers of the revolution"


def said(reply: Reply) -> str:
    return "\n".join(part.words for part in reply.parts if isinstance(part, Prose))


def listed(reply: Reply) -> list[str]:
    return [choice.value for part in reply.parts if isinstance(part, Menu) for choice in part.choices]


def references(reply: Reply) -> list[str]:
    return [quote.reference for quote in reply.quotes()]


@pytest.mark.parametrize("typed", ["revol*", "kindle revol*", "crush imper*"])
async def test_a_word_half_typed_within_marks_leads_to_a_search_without_them(
    ask: Ask, press: Press, typed: str
) -> None:
    reply = await ask(f"/quote “{typed}”")
    assert "Without the marks" in said(reply)
    (button,) = reply.buttons
    assert button.label == typed
    assert (await press(button.action, button.value)).quotes()


@pytest.mark.parametrize(
    ("marks", "before", "after"),
    [*((marks, *beside) for marks in PAIRS for beside in BESIDE), *((marks, "", "") for marks in SINGLE)],
)
async def test_quotation_marks_mean_the_phrase(ask: Ask, marks: str, before: str, after: str) -> None:
    reply = await ask(f"/quote {before}{marks[0]}{BETRAYERS}{marks[1]}{after}")
    assert references(reply) == ["speech 5.4"]
    assert not reply.private
    (quote,) = reply.quotes()
    assert [quote.words[start:end] for start, end in quote.marks][:1] == [BETRAYERS]
    other_order = await ask(f"/quote {before}{marks[0]}of the revolution betrayers{marks[1]}{after}")
    assert other_order.private


async def test_every_platform_hands_the_marks_on(ask: Ask, app: App, ctx: Context) -> None:
    """A line, as the terminal and Slack send it, and options, as Discord does."""
    line = await ask(f'/quote "{BETRAYERS}"')
    assert line == await app.run("quote", {"words": f'"{BETRAYERS}"'}, ctx)
    assert line == await ask(f'/quote words:"{BETRAYERS}" text:speech')
    assert references(line) == ["speech 5.4"]


def slices(corpus: Corpus, dice: Random, many: int) -> Iterator[tuple[str, str, str]]:
    """References, words side by side in their sentence, and the same with two of them in the other order."""
    while many:
        reference = corpus.sentence_at(dice.randrange(corpus.sentence_count()))
        words = corpus.passages(reference)[0].words
        found = tokens(words)
        if len(found) < 4 or any(mark in words for mark in "“”\"'‘’…"):
            continue
        start = dice.randrange(len(found) - 3)
        some = [words[one.start : one.end] for one in found[start : start + 3]]
        swapped = " ".join([some[1], some[0], some[2]])
        yield str(reference), words[found[start].start : found[start + 2].end], swapped
        many -= 1


async def test_what_is_shown_publicly_has_the_phrase_and_nothing_else_is(ask: Ask, corpus: Corpus) -> None:
    for reference, phrase, swapped in slices(corpus, Random(1917), 60):
        reply = await ask(f'/quote "{phrase}"')
        assert not reply.private
        wanted = " ".join(one.word for one in tokens(phrase))
        (quote,) = reply.quotes()
        assert wanted in " ".join(one.word for one in tokens(quote.words)), (reference, phrase)
        other = await ask(f'/quote "{swapped}"')
        if corpus.count_verbatim(swapped) == 0:
            assert other.private, swapped


async def test_a_phrase_that_no_sentence_has_leads_to_those_with_all_the_words(ask: Ask, press: Press) -> None:
    reply = await ask('/quote "seize power"')
    assert reply.private
    assert reply.title == "No exact match"
    assert "No sentence has “seize power” word for word. This one has all the words:" in said(reply)
    assert references(reply) == ["speech 5.3"]
    assert reply.buttons[0].label == "Share"
    more = next(one for one in reply.buttons if one.label == "All matches")
    assert listed(await press(more.action, more.value))


async def test_all_matches_of_a_phrase_have_it(ask: Ask, press: Press, corpus: Corpus) -> None:
    reply = await ask('/quote "the revolution"')
    more = next(one for one in reply.buttons if one.label == "All matches")
    found = listed(await press(more.action, more.value))
    assert len(found) == 10
    for one in found:
        assert "the revolution" in corpus.passages(reference_from_value(corpus, one))[0].words.casefold()


async def test_a_phrase_that_another_text_has_is_shown_from_there(ask: Ask) -> None:
    reply = await ask(f'/quote "{BETRAYERS}" in the article')
    assert reply.private
    assert f"No sentence of the article has “{BETRAYERS}” word for word. Elsewhere:" in said(reply)
    assert listed(reply) == ["speech 5.4"]


async def test_words_beside_a_phrase_that_its_sentence_lacks_are_named(ask: Ask) -> None:
    reply = await ask(f'/quote "{BETRAYERS}" gunpowder men')
    assert reply.private
    assert references(reply) == ["speech 5.4"]
    assert "The closest lacks “gunpowder”:" in said(reply)


@pytest.mark.parametrize("marks", ['""', "“”", ["", ""]])
async def test_a_pasted_passage_is_found_across_sentences(ask: Ask, marks: str) -> None:
    pasted = "What are these men but betrayers of the revolution? We shall never form a union with them."
    assert references(await ask(f"/quote {marks[0]}{pasted}{marks[1]}")) == ["speech 5.4-5"]
    voices = "and said: “Come, let’s seize the power together”; but instead moderate Socialists ran to the City Duma"
    assert references(await ask(f"/quote {marks[0]}{voices}{marks[1]}")) == ["speech 5.3"]


@pytest.mark.parametrize("typed", ['""', "“”", '"', '" "'])
async def test_marks_without_words_are_no_search(ask: Ask, typed: str) -> None:
    assert (await ask(f"/quote {typed}")).quotes()


async def test_a_reference_in_marks_is_its_passage(ask: Ask) -> None:
    assert references(await ask('/quote "speech 4.2"')) == ["speech 4.2"]


@pytest.mark.parametrize("beside", ["Lenin", "by Lenin", "said Lenin", "V. I. Lenin", "Stalin"])
@pytest.mark.parametrize(
    ("phrase", "reference", "speaker"),
    [
        (BETRAYERS, "speech 5.4", "Leon Trotsky"),
        ("seize the power", "speech 5.3", "the Bolshevik party, as quoted by Trotsky"),
        ("still a third", "speech 6.10", "a voice from the hall"),
        ("an ice axe", "article 2.1", "the article's author"),
    ],
)
async def test_a_name_beside_a_phrase_is_whose_words_it_is_said_to_be(
    ask: Ask, beside: str, phrase: str, reference: str, speaker: str
) -> None:
    reply = await ask(f"/quote “{phrase}” {beside}")
    name = "Joseph Stalin" if beside == "Stalin" else "Vladimir Lenin"
    assert reply.private
    assert reply.title == f"Not by {name}"
    assert said(reply).splitlines()[0] == (
        f"No sentence with “{phrase}” is by {name} or has that name. Here it is said by {speaker}."
    )
    assert references(reply) == [reference]
    assert reply.buttons[-1].label == f"About {name}"
    asked = await ask(f"/who said “{phrase}”")
    assert f"Said by {speaker}:" in said(asked)


async def test_a_phrase_is_found_by_the_name_of_whoever_is_quoted(ask: Ask) -> None:
    for name in ("Bolsheviks", "Trotsky", "the Bolshevik party"):
        reply = await ask(f"/quote “seize the power” {name}")
        assert (references(reply), reply.private) == (["speech 5.3"], False), name
