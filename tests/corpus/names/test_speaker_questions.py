"""What somebody said of something: the speaker's own words first, found without the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.names.speaker_questions import speaker_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("what did Trotsky say about peace?", ("Trotsky", "peace")),
        ("What does Leon Trotsky think of the peasants", ("Leon Trotsky", "the peasants")),
        ("Trotsky on the peasants", ("Trotsky", "the peasants")),
        ("trotsky about peace", ("trotsky", "peace")),
        ("what did he write on coalition", ("he", "coalition")),
    ],
)
def test_a_question_has_a_name_and_a_topic(typed: str, asked: tuple[str, str]) -> None:
    assert speaker_question(typed) == asked


@pytest.mark.parametrize("typed", ["gunpowder", "on the peasants", "Trotsky on", "what did Trotsky say", "", "about"])
def test_other_words_are_no_such_question(typed: str) -> None:
    assert speaker_question(typed) is None


@given(st.text(max_size=300))
def test_nothing_typed_raises(typed: str) -> None:
    asked = speaker_question(typed)
    assert asked is None or (asked.name and asked.topic)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("what did trotsky say about peace", {"speech 6.2", "speech 6.1", "speech 6.4"}),
        (
            "Trotsky on the peasants",
            {f"speech {place}" for place in ("3.4", "3.5", "1.9", "2.2", "3.6", "4.2")},
        ),
        ("what did Lev Bronstein say about imperialism", {"speech 6.3", "speech 6.7"}),
    ],
)
async def test_the_speakers_own_words_come_first(corpus: Corpus, typed: str, first: set[str]) -> None:
    found = await corpus.hybrid_search(typed)
    assert str(found.hits[0].reference) in first
    assert not found.hits[0].missing


async def test_who_is_no_speaker_is_looked_for_like_any_word(corpus: Corpus) -> None:
    found = await corpus.hybrid_search("Avilov on coalition")
    words = corpus.passages(found.hits[0].reference)[0].words
    assert "Avilov" in words
