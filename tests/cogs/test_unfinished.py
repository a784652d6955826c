"""What breaks off where something should come: each command asks for it, with an example that has an answer."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.errors import Mistyped, UserError
from cogs.shared.unfinished import _FORMS, _LAST_WORDS, refuse_unfinished
from corpus.corpus import Corpus
from tests.conftest import Ask

BROKEN_OFF = [
    *("/who said", "/who who said?", "/who who said that", "/who whose words are", "/who was", "/who is", "/who who"),
    *("/event when was", "/event when did", "/event how long ago was the", "/event how many years ago"),
    *("/event days until", "/quote quotes on", "/who said that"),
    *("/event what happened on", "/event what happened before the", "/event after", "/event the day before"),
    *("/event between 1905 and", "/event from 1905 to", "/event days between 1905 and the"),
    *("/quote quotes by", "/quote a quote from", "/quote what did Trotsky say about", "/quote who said"),
    *("/compare Trotsky and", "/compare Lenin vs", "/compare peace versus", "/compare what do the texts say about"),
    *("/compare between", "/compare the difference between", "/compare speech and", "/compare speech vs the"),
    *("/compare speech and article and", "/compare the speech with", "/compare differences between the speech and"),
    *("/timeline from 1905 to", "/timeline from 1905 until the", "/timeline between 1905 and", "/timeline between"),
    *("/timeline since", "/timeline until", "/timeline from", "/timeline before", "/timeline after the"),
    *("/timeline of", "/timeline events since", "/timeline from March 1917 to", "/event since", "/event between"),
    *("/fact about", "/fact a fact on", "/word the word", "/word define", "/word how often is", "/quiz start 5 about"),
    *("/check According to Lenin,", "/check As Lenin once said", "/check Lenin said:", "/check Lenin:"),
    *("/check per Lenin", "/check in the words of karl marx"),
]  # fmt: skip


@pytest.mark.parametrize("line", BROKEN_OFF)
async def test_what_is_missing_is_asked_for(ask: Ask, line: str) -> None:
    reply = await ask(line)
    assert re.search(r"(?:what|whom|[Ww]ho|When|Which word)\? Please add [a-z ,’']+(?:, as in: .+|\.)$", reply.error), (
        reply
    )
    assert reply.private


@pytest.mark.parametrize("line", BROKEN_OFF)
async def test_its_example_has_an_answer(ask: Ask, line: str) -> None:
    _, found, example = (await ask(line)).error.partition(", as in: ")
    if found and line.split()[0] not in ("/quiz", "/event") and example.startswith("/"):
        reply = await ask(example)
        assert not reply.error, example
        assert "ound" not in reply.title, example


@pytest.mark.parametrize(
    "line",
    [
        *("/who said gunpowder", "/who who wrote", "/who wrote", "/who Trotsky", "/event when was Trotsky born"),
        *("/event between 1905 and 1917", "/quote words", "/quote quotes by Trotsky", "/quote what did Trotsky say"),
        *("/quote “who said”", "/compare Trotsky and Lenin", "/fact", "/word words", "/word said", "/event first"),
        *("/timeline", "/timeline 1917", "/timeline since 1917", "/timeline from 1905 to 1917", "/compare both texts"),
        *("/timeline from 1917 on", "/timeline November 1917 on", "/event from 1917 on"),
        *("/check We shall never form a union with them", "/check our revolution will kindle a European revolution"),
    ],
)
async def test_what_is_whole_is_answered(ask: Ask, line: str) -> None:
    assert "Please add" not in (await ask(line)).error


@pytest.mark.parametrize(
    "command", ["who", "event", "timeline", "quote", "compare", "fact", "word", "quiz start", "check"]
)
@pytest.mark.parametrize("unit", ["between ", "quotes by ", "a ", "and "])
def test_long_words_cost_no_more_than_their_length(shipped: Corpus, command: str, unit: str) -> None:
    for length in (120, 200_000):
        started = time.thread_time()
        try:
            refuse_unfinished(shipped, command, (unit * length)[:length])
        except UserError as error:
            assert "Please add" in error.sentence
        assert time.thread_time() - started < 0.5


def _breaking_off() -> st.SearchStrategy[tuple[str, str]]:
    """A command whose last words are known, and something that one of its forms takes."""
    patterns = [(command, form.pattern.pattern) for command in _LAST_WORDS for form in _FORMS[command]]
    ascii_letters = st.characters(codec="ascii")
    return st.sampled_from(patterns).flatmap(
        lambda one: st.tuples(
            st.just(one[0]),
            st.from_regex(re.compile(one[1], re.IGNORECASE), fullmatch=True, alphabet=ascii_letters),
        )
    )


@given(_breaking_off())
def test_whatever_a_form_takes_ends_with_a_known_word(shipped: Corpus, one: tuple[str, str]) -> None:
    command, typed = one
    assume(" ".join(typed.split()) == typed and len(typed) <= 100)
    with pytest.raises(Mistyped):
        refuse_unfinished(shipped, command, typed)
