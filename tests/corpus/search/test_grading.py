"""Which words of a sentence are marked for words half typed."""

from __future__ import annotations

import pytest

from corpus.language.tokens import Phrase
from corpus.search.grading import Candidate

SENTENCE = Candidate("France rolled with exceeding smoothness, exceeding all; smooth it was.")


def marked(marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [SENTENCE.words[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("exceeding", "smo"), ["exceeding smoothness"]),
        (("exceeding",), ["exceeding", "exceeding"]),
        (("exceeding", "a"), ["exceeding all"]),
        (("exceed", "smo"), []),
        (("with", "exceeding", "smoothness"), ["with exceeding smoothness"]),
        (("smo",), ["smoothness", "smooth"]),
        (("smoothness", "with"), []),
    ],
)
def test_only_the_last_word_of_a_phrase_may_be_half_typed(words: Phrase, found: list[str]) -> None:
    assert marked(SENTENCE.prefix_marks(words)) == found


def test_scattered_words_are_marked_in_any_form_and_order() -> None:
    assert marked(SENTENCE.word_marks({"roll"}, "smo")) == ["rolled", "smoothness", "smooth"]
