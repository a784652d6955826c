"""/quote with the operators of search engines: words to leave out, alternatives, beginnings of words."""

from __future__ import annotations

import pytest

from bot.core.reply import Reply
from cogs.shared.references import reference_from_value
from corpus.corpus import Corpus
from corpus.language.tokens import stems, tokens
from corpus.search.search_operators import has_operators
from tests.cogs.reading import lines, said
from tests.conftest import Ask, Press


async def found(reply: Reply, press: Press) -> list[str]:
    """The references of all matches, from the first page to the last."""
    more = next((one for one in reply.buttons if one.label == "All matches"), None)
    if more is None:
        return [quote.reference for quote in reply.quotes()]
    page = await press(more.action, more.value)
    every = lines(page)
    while more := next((one for one in page.buttons if one.label == "Next ▶" and one.enabled), None):
        page = await press(more.action, more.value)
        every += lines(page)
    return [line.partition(":")[0] for line in every]


def has(words: str, asked: str) -> bool:
    """Whether a sentence has a word in any form, or a phrase."""
    flat = " ".join(token.word for token in tokens(words))
    return asked in flat if " " in asked else stems(asked)[0] in stems(words)


@pytest.mark.parametrize(
    ("typed", "searched", "any_of", "without"),
    [
        ("revolution -Russian", "“revolution” without “Russian”", ["revolution"], ["Russian"]),
        ("revolution NOT Russian", "“revolution” without “Russian”", ["revolution"], ["Russian"]),
        ("-Russian revolution", "“revolution” without “Russian”", ["revolution"], ["Russian"]),
        ("Trotsky -Lenin -Stalin", "“Trotsky” without “Lenin” or “Stalin”", ["Trotsky"], ["Lenin", "Stalin"]),
        ("Trotsky -(Lenin OR Stalin)", "“Trotsky” without “Lenin” or “Stalin”", ["Trotsky"], ["Lenin", "Stalin"]),
        ("“the revolution” -“poorest peasants”", "“the revolution” without “poorest peasants”", ["“the revolution”"],
         ["poorest peasants"]),
        ("peasants OR soldiers", "“peasants” or “soldiers”", ["peasants", "soldiers"], []),
        ("peasants | soldiers", "“peasants” or “soldiers”", ["peasants", "soldiers"], []),
        ("gunpowder OR “ice axe”", "“gunpowder” or “ice axe”", ["gunpowder", "“ice axe”"], []),
        ("coalition AND (peasants OR Avilov)", "“coalition” and (“peasants” or “Avilov”)",
         ["coalition peasants", "coalition Avilov"], []),
        ("coalition (peasants OR Avilov) -kulak", "“coalition” and (“peasants” or “Avilov”) without “kulak”",
         ["coalition peasants", "coalition Avilov"], ["kulak"]),
        ("coalition -soldiers", "“coalition” without “soldiers”", ["coalition"], ["soldiers"]),  # the garrison stays
        ("coalition (peasants -Avilov)", "“coalition peasants” without “Avilov”", ["coalition peasants"], ["Avilov"]),
        ("army OR train -Red", "“army” or “train” without “Red”", ["army", "train"], []),
        ("imperial*", "“imperial…”", ["imperialism", "imperialistic"], []),
        ("peace NEAR/5 decree", "“peace decree”", ["peace decree"], []),
    ],
)  # fmt: skip
async def test_operators_are_read_and_what_was_searched_for_is_said(
    ask: Ask, press: Press, corpus: Corpus, typed: str, searched: str, any_of: list[str], without: list[str]
) -> None:
    reply = await ask(f"/quote {typed}")
    assert f"Searched for {searched}." in said(reply)
    assert not reply.private
    plain = {one for words in any_of for one in await found(await ask(f"/quote {words}"), press)}
    words = {one: corpus.passages(reference_from_value(corpus, one))[0].words for one in plain}
    expected = {one for one in plain if not any(has(words[one], other) for other in without)}
    assert sorted(await found(reply, press)) == sorted(expected)
    assert expected
    assert len(expected) < len(plain) or not without


async def test_near_is_said_to_make_no_difference(ask: Ask) -> None:
    assert "NEAR makes no difference" in said(await ask("/quote coalition NEAR peasants"))


async def test_a_star_within_quotation_marks_stands_for_any_words(ask: Ask) -> None:
    reply = await ask('/quote "seize * together"')
    assert [quote.reference for quote in reply.quotes()] == ["speech 5.3"]
    assert not reply.private


@pytest.mark.parametrize("typed", ["-coalition", "NOT coalition", "-coalition OR peasants", "peace OR (NOT war)"])
async def test_who_only_says_what_to_leave_out_is_told_to_add_what_to_find(ask: Ask, typed: str) -> None:
    assert "I can only leave words out" in (await ask(f"/quote {typed}")).error


async def test_what_no_sentence_has_leads_to_a_search_without_operators(ask: Ask, press: Press) -> None:
    reply = await ask("/quote gunpowder -party")
    assert reply.private
    assert said(reply) == "No sentence has “gunpowder” without “party”."
    (button,) = reply.buttons
    assert [quote.reference for quote in (await press(button.action, button.value)).quotes()] == ["speech 5.3"]


async def test_a_text_may_be_named_behind_them(ask: Ask, press: Press) -> None:
    reply = await ask("/quote peasants OR army in the article")
    every = await found(reply, press)
    assert every
    assert all(one.startswith("article") for one in every)
    assert every == await found(await ask("/quote peasants OR army text:article"), press)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("brothers-in-arms", "brothers in arms"), ("counter - revolutionary", "counter revolutionary"),
        ("We do NOT say peace will be concluded", "we do not say peace will be concluded"),
        ("**gunpowder**", "gunpowder"), ("*gunpowder*", "gunpowder"), ("||gunpowder||", "gunpowder"),
        ("WORKERS OR PEASANTS", "workers or peasants"), ("- gunpowder", "gunpowder"),
        ("revolution -1917", "revolution 1917"),
        ("-We shall never form a union with them.", "We shall never form a union with them."),
    ],
)  # fmt: skip
async def test_what_only_looks_like_an_operator_is_none(ask: Ask, typed: str, plain: str) -> None:
    reply, as_plain = await ask(f"/quote {typed}"), await ask(f"/quote {plain}")
    assert [quote.reference for quote in reply.quotes()] == [quote.reference for quote in as_plain.quotes()]
    assert "Searched for" not in said(reply)


@pytest.mark.parametrize(
    ("typed", "are_operators"),
    [
        ("战争 -和平", True), ("战争 OR 和平", True), ("מלחמה -שלום", True), ("حرب NOT سلام", True), ("戦* 平和", True),
        ("мир -война", True), ("WAR OR PEACE", False), ("ВОЙНА OR МИР", False), ("ALL POWER | 1917", False),
    ],
)  # fmt: skip
def test_capitals_throughout_are_no_operators_and_a_script_without_capitals_has_some(
    typed: str, are_operators: bool
) -> None:
    assert has_operators(typed) is are_operators


@pytest.mark.parametrize("typed", ["coalition but not peasants", "coalition without peasants", "not peasants"])
async def test_words_for_leaving_out_lead_to_the_minus_sign(ask: Ask, typed: str) -> None:
    assert said(await ask(f"/quote {typed}")).endswith(
        "peasants was looked for, too. To leave it out, put a minus sign before it: -peasants"
    )


async def test_words_that_a_passage_has_with_not_are_no_such_request(ask: Ask) -> None:
    assert "minus sign" not in said(await ask("/quote we do not say"))


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 90 + "a OR b", "a OR " * 39, "-( " * 60, "((((a OR b) c OR d) e OR f) g OR h) i", ") OR (", "a NOT",
        "* OR *",
        "OR NOT AND", '"" OR ""', '-"" peace', "peace -(", "a | | b", "@everyone OR <@1>", "peace OR " + "x" * 180,
    ],
)  # fmt: skip
async def test_odd_ones_are_answered(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert reply.parts or reply.error


@pytest.mark.parametrize("command", ["compare", "fact", "word"])
@pytest.mark.parametrize("typed", ["revolution -Russian", "peasants OR soldiers", "imperial*"])
async def test_where_no_operators_are_read_that_is_said_and_quote_is_a_button(
    ask: Ask, press: Press, command: str, typed: str
) -> None:
    reply = await ask(f"/{command} {typed}")
    assert "Only /quote reads -word, OR, word* and the like." in reply.error
    button = reply.buttons[0]
    assert await press(button.action, button.value) == await ask(f"/quote {typed}")
