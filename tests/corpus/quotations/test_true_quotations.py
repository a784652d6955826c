"""True quotations: every slice of the texts is confirmed, however it is printed, and what is left out is counted.

`make fuzz` tries all slices and reprints; `make test` the shortest slices, and of the others a share, by turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from tests.corpus.slices import slices, some_slices
from tests.samples import EVERYTHING, one_in

T = TypeVar("T")
EVERY_TIME = settings(
    max_examples=5_000 if EVERYTHING else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def test_any_slice_of_five_words_or_more_is_verbatim(corpus: Corpus) -> None:
    found = list(slices(corpus, one_in(36)))
    assert len(found) > 3_500
    assert [words for words in found if corpus.check_quotation(words).kind != "verbatim"] == []


def in_turn(number: int, quotations: Iterable[T]) -> Iterator[T]:
    """A sixth of what was made of quotations in one of several ways, others in each way."""
    is_tried = one_in(6)
    return (one for row, one in enumerate(quotations, number) if is_tried(row))


# Ways to print the same words. Those of the first group are no difference at all.


def in_quotation_marks(words: str, dice: Random) -> str:
    pair = dice.choice(["“”", '""', "«»", "„“", "''", "‘’"])
    return f"{pair[0]}{words}{pair[1]}"


def with_other_shapes(words: str, dice: Random) -> str:
    """Straight marks for curly ones or the other way, and other dashes."""
    straight = words.translate(str.maketrans("“”‘’", "\"\"''"))
    curly = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"(?=\w)', "“", re.sub(r'(?<=\w)"', "”", words)))
    return dice.choice([straight, curly]).replace("—", dice.choice(["—", " – ", "--", " - "]))


def with_other_spaces(words: str, dice: Random) -> str:
    return re.sub(r"\s+", lambda _: dice.choice(["  ", "\n", "\r\n", " \t", "\u00a0", "\n> ", " "]), words)


def with_other_elisions(words: str, dice: Random) -> str:
    """The text's own elisions, as they are typed."""
    return words.replace("…", dice.choice(["...", "[...]", "[…]", ". . .", "(…)"]))


def with_elisions_around(words: str, dice: Random) -> str:
    return dice.choice([f"… {words}", f"{words}...", f"[…] {words} […]"])


# These are other print: the words are the text's, and the difference is named.


def in_other_case(words: str, dice: Random) -> str:
    return dice.choice([words.upper(), words.lower(), words.title(), words.swapcase(), words[:1].upper() + words[1:]])


def without_the_texts_elisions(words: str, dice: Random) -> str:
    return words.replace(" … ", " ")


def without_marks(words: str, dice: Random) -> str:
    return re.sub('[,;:“”"]', "", words)


SAME = (in_quotation_marks, with_other_shapes, with_other_spaces, with_other_elisions, with_elisions_around)
OTHER = (in_other_case, without_the_texts_elisions, without_marks)


def shortened(words: str, dice: Random) -> str:
    """One or two spans left out, and an elision for each; two words at least stay on either side."""
    found = list(re.finditer(r"\S*\w\S*", words))
    for _ in range(dice.randint(1, 2)):
        if len(found) >= 6:
            first = dice.randrange(2, len(found) - 3)
            last = dice.randrange(first + 1, len(found) - 1)
            mark = dice.choice(["…", "...", "[...]", "[…]", ". . .", "(...)"])
            words = f"{words[: found[first].start()]}{mark} {words[found[last].start() :]}"
            found = list(re.finditer(r"\S*\w\S*", words))
    return words


@pytest.mark.parametrize("reprint", SAME)
async def test_another_shape_of_the_same_print_is_verbatim(
    corpus: Corpus, reprint: Callable[[str, Random], str]
) -> None:
    dice = Random(1917)
    every = (reprint(words, dice) for words in some_slices(corpus, dice, 1_000))
    for typed in in_turn(SAME.index(reprint), every):
        assert corpus.check_quotation(typed).kind == "verbatim", typed


@pytest.mark.parametrize("reprint", OTHER)
async def test_other_print_is_confirmed_and_named(corpus: Corpus, reprint: Callable[[str, Random], str]) -> None:
    dice = Random(1917)
    every = (reprint(words, dice) for words in some_slices(corpus, dice, 1_000))
    for typed in in_turn(OTHER.index(reprint), every):
        verdict = corpus.check_quotation(typed)
        assert verdict.confirms, typed
        assert not any(change.is_of_words for change in verdict.changes)
        # An apostrophe is never dropped here, so that what is left of the marks is none of a word's.
        assert verdict.kind == "verbatim" or verdict.changes, typed


async def test_what_is_left_out_with_an_elision_is_shortened(corpus: Corpus) -> None:
    dice = Random(1917)
    for typed in in_turn(0, (shortened(words, dice) for words in some_slices(corpus, dice, 3_000, 8, 60))):
        verdict = corpus.check_quotation(typed)
        assert verdict.kind in ("shortened", "verbatim", "variants"), typed
        assert (verdict.kind == "shortened") == bool(verdict.elisions)


@EVERY_TIME
@given(seed=st.integers(0, 2**32), ways=st.lists(st.sampled_from(SAME + OTHER), max_size=4), less=st.booleans())
async def test_any_print_of_any_slice_is_confirmed(
    corpus: Corpus, seed: int, ways: list[Callable[[str, Random], str]], less: bool
) -> None:
    dice = Random(seed)
    (typed,) = some_slices(corpus, dice, 1, 8)
    for way in ways:
        typed = way(typed, dice)
    typed = shortened(typed, dice) if less else typed
    assert corpus.check_quotation(typed).confirms, typed
