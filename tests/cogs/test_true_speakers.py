"""/quote where somebody's words are asked for: theirs, or whose the passage is."""

from __future__ import annotations

import pytest

from tests.cogs.reading import said
from tests.conftest import Ask


@pytest.mark.parametrize("asked", ["by {}", "from {}", "something by {}", "said by {}", "everything {} said"])
async def test_whatever_somebody_said_is_theirs_however_it_is_asked_for(ask: Ask, asked: str) -> None:
    for name in ("Trotsky", "Leon Trotsky", "Троцкий"):
        (quote, *_) = (await ask(f"/quote {asked.format(name)}")).quotes()
        assert quote.speaker == "Leon Trotsky", name
    for name in ("Lenin", "Stalin", "Kerensky", "Avilov"):
        reply = await ask(f"/quote {asked.format(name)}")
        assert not list(reply.quotes()), name
        assert said(reply).startswith("None of the texts names "), name


@pytest.mark.parametrize("words", ["by the time the sun came up", "from scratch", "by hesitations"])
async def test_words_that_begin_like_a_request_for_a_speaker_are_found(ask: Ask, words: str) -> None:
    (quote, *_) = (await ask(f"/quote {words}")).quotes()
    assert words.split()[-1] in quote.words


@pytest.mark.parametrize(
    ("asked", "name", "none"),
    [
        ("what did Trotsky say about Lenin", "Leon Trotsky", "I found nothing on it by Leon Trotsky."),
        ("what does Trotsky think about Stalin?", "Leon Trotsky", "I found nothing on it by Leon Trotsky."),
        ("how did Trotsky describe the bureaucracy", "Leon Trotsky", "I found nothing on it by Leon Trotsky."),
        ("quotes by Trotsky about Lenin", "Leon Trotsky", "I found nothing on it by Leon Trotsky."),
        ("what did Trotsky say about trains", "Leon Trotsky", "I found nothing on it by Leon Trotsky."),
        ("what did Lenin say about Trotsky", "Vladimir Lenin", "None of the texts names Vladimir Lenin as a speaker."),
        ("what did Avilov say about peace", "Boris Avilov", "None of the texts names Boris Avilov as a speaker."),
    ],
)
async def test_a_passage_by_somebody_else_is_said_to_be_theirs(ask: Ask, asked: str, name: str, none: str) -> None:
    reply = await ask(f"/quote {asked}")
    (quote,) = reply.quotes()
    assert quote.speaker != name
    assert reply.private
    assert reply.title == f"Not by {name}"
    assert said(reply).lower().startswith(f"{none} This is by {quote.speaker}.".lower())
    assert reply.buttons[0].label == "Share"
    assert reply.buttons[-1].label == f"About {name}"


@pytest.mark.parametrize(
    "asked",
    [
        "what did Trotsky say about peace", "where did Trotsky mention Avksentiev", "Trotsky's most famous quote",
        "Trotsky's best quote", "give me Trotsky's most important quotes", "a very good quote by Trotsky",
        "quotes by Trotsky about the peasants",
    ],
)  # fmt: skip
async def test_their_own_words_are_shown_to_all(ask: Ask, asked: str) -> None:
    reply = await ask(f"/quote {asked}")
    assert {quote.speaker for quote in reply.quotes()} == {"Leon Trotsky"}
    assert not reply.private


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("what did Kerensky say", "Alexander Kerensky"), ("what did avilov say?", "Boris Avilov"),
        ("What does Stalin say exactly?", "Joseph Stalin"), ("what has Lenin written", "Vladimir Lenin"),
    ],
)  # fmt: skip
async def test_who_says_nothing_is_not_quoted_with_what_others_say_of_them(ask: Ask, asked: str, name: str) -> None:
    reply = await ask(f"/quote {asked}")
    assert reply.private
    assert not list(reply.quotes())
    assert said(reply).startswith(f"None of the texts names {name} as a speaker.\nWhere the texts mention this person:")


@pytest.mark.parametrize("asked", ["what did Trotsky say", "what does Trotsky say?", "what did Trotzki write"])
async def test_whatever_somebody_says_is_in_their_words(ask: Ask, asked: str) -> None:
    assert {quote.speaker for quote in (await ask(f"/quote {asked}")).quotes()} == {"Leon Trotsky"}


@pytest.mark.parametrize("asked", ["what did he say", "what does the article say", "what did the heckler say"])
async def test_a_question_that_names_nobody_is_a_search(ask: Ask, asked: str) -> None:
    assert "as a speaker" not in said(await ask(f"/quote {asked}"))


@pytest.mark.parametrize("asked", ["Trotsky on the train", "what did the article say about Lenin"])
async def test_what_may_be_about_somebody_needs_not_be_theirs(ask: Ask, asked: str) -> None:
    assert not (await ask(f"/quote {asked}")).private
