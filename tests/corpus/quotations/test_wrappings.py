"""However a quotation is pasted: a true one is confirmed, an altered one never is.

`make fuzz` tries each quotation in each wrapping; `make test` one of ten in each, others each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.quotations.verdict import VerdictKind
from tests.corpus.quotations.test_misquotations import misquoted
from tests.corpus.quotations.wrappings import INNER, WRAPPINGS, Wrapping
from tests.corpus.slices import some_slices
from tests.samples import EVERYTHING, one_in

EVERY_TIME = settings(
    max_examples=5_000 if EVERYTHING else 30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CONFIRMED = {"verbatim", "shortened", "variants", "wrong speaker"}
inner = st.lists(st.sampled_from(INNER), max_size=2, unique=True)
outer = st.lists(st.sampled_from(WRAPPINGS), max_size=1)


def kinds(corpus: Corpus, message: str) -> set[VerdictKind]:
    return {one.verdict.kind for one in corpus.quotation_checker.check(message)}


def whole_words(words: str) -> bool:
    """Whether a slice ends where its quotation marks and brackets do: else nobody can tell which marks are whose."""
    pairs = ("“”", "()", "[]")
    return words.count('"') % 2 == 0 and all(words.count(pair[0]) == words.count(pair[1]) for pair in pairs)


def in_turn(many: int, wrap: Wrapping, quotations: Iterable[str], dice: Random) -> Iterator[str]:
    """One in `many` quotations as it is pasted: others with each wrapping, so that each of them is there with some."""
    is_tried, row = one_in(many), WRAPPINGS.index(wrap)
    pasted = [wrap(words, dice) for words in quotations]
    return (message for number, message in enumerate(pasted) if is_tried(row + number))


@pytest.mark.parametrize("wrap", WRAPPINGS)
async def test_a_true_quotation_is_confirmed(corpus: Corpus, wrap: Wrapping) -> None:
    dice = Random(1917)
    for message in in_turn(5, wrap, filter(whole_words, some_slices(corpus, dice, 100, 6)), dice):
        assert kinds(corpus, message) <= CONFIRMED, message


@pytest.mark.parametrize("wrap", WRAPPINGS)
async def test_an_altered_quotation_is_never_confirmed(corpus: Corpus, wrap: Wrapping) -> None:
    dice = Random(1917)
    for message in in_turn(10, wrap, (words for _, words in misquoted(corpus, dice, 80)), dice):
        assert not kinds(corpus, message) <= CONFIRMED, message


@EVERY_TIME
@given(seed=st.integers(0, 2**32), inside=inner, around=outer)
async def test_any_wrapping_of_a_true_quotation_is_confirmed(
    corpus: Corpus, seed: int, inside: list[Wrapping], around: list[Wrapping]
) -> None:
    dice = Random(seed)
    words = next(filter(whole_words, some_slices(corpus, dice, 1_000, 6)))
    for wrap in (*inside, *around):
        words = wrap(words, dice)
    assert kinds(corpus, words) <= CONFIRMED, words


@EVERY_TIME
@given(seed=st.integers(0, 2**32), inside=inner, around=outer)
async def test_no_wrapping_makes_an_altered_quotation_true(
    corpus: Corpus, seed: int, inside: list[Wrapping], around: list[Wrapping]
) -> None:
    dice = Random(seed)
    ((_, words),) = misquoted(corpus, dice, 1)
    for wrap in (*inside, *around):
        words = wrap(words, dice)
    assert not kinds(corpus, words) <= CONFIRMED, words
