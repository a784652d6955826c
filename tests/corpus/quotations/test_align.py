"""Alignment: the passage that an altered quotation is nearest to, wherever it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from corpus.corpus import Corpus
from corpus.quotations import align
from corpus.quotations.align import matching_blocks, nearest_alignment
from corpus.quotations.parse import readings
from corpus.quotations.token_index import TokenIndex
from corpus.work_budget import work_budget

ODD = "zqxjk"
FAR = 200  # words from a passage: what is there is no part of it

Disturb = Callable[[TokenIndex, int, list[str]], list[str]]
"""Changes the words of a passage, which begins at a position."""


def passages(index: TokenIndex, many: int, step: int) -> list[int]:
    """Where passages of so many words begin that lie in one text."""
    starts = range(0, len(index.keys) - many, step)
    return [start for start in starts if start + many <= index.bounds(start)[1]]


@cache
def rare_phrases(index: TokenIndex, many: int) -> list[int]:
    """Where so many words begin that occur once each."""
    once = [index.times(key) == 1 for key in index.keys[:]]
    return [n for n in range(index.size - many + 1) if all(once[n : n + many])]


def far_from(start: int, places: list[int]) -> list[int]:
    return [place for place in places if abs(place - start) > FAR]


def added(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    return [word for n, one in enumerate(own) for word in ([one, ODD] if n % 2 else [one])]


def changed(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    return [ODD if n % 4 == 3 else one for n, one in enumerate(own)]


def changed_and_cut(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """A fifth of the words left out in the middle, without an elision."""
    return changed(index, start, own[: len(own) * 2 // 5] + own[len(own) * 3 // 5 :])


def with_rare_words(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """Words added that say more about where to look than most of the passage's own, each from somewhere else."""
    places = Random(start).sample(far_from(start, rare_phrases(index, 1)), len(own) // 3)
    return [word for n, one in enumerate(own) for word in ([one, index.forms[places[n // 3]]] if n % 3 == 2 else [one])]


def with_a_rare_phrase(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """Three words added that are side by side somewhere else."""
    broken = [word for n, one in enumerate(own) for word in ([one, ODD] if n % 3 == 2 else [one])]
    place = Random(start).choice(far_from(start, rare_phrases(index, 3)))
    middle = len(broken) // 2
    return [*broken[:middle], *index.forms[place : place + 3], *broken[middle:]]


@pytest.mark.parametrize(
    ("disturb", "many", "step"),
    [(added, 15, 5), (changed, 15, 5), (changed_and_cut, 80, 80), (with_rare_words, 30, 20),
     (with_a_rare_phrase, 12, 20)],
)  # fmt: skip
async def test_no_disturbance_hides_a_passage(corpus: Corpus, disturb: Disturb, many: int, step: int) -> None:
    index = corpus.token_index
    for start in passages(index, many, step):
        own = index.forms[start : start + many]
        typed = disturb(index, start, own)
        parsed = next(readings(index, " ".join(typed)))
        found = nearest_alignment(index, parsed.words, matching_blocks(index, parsed.words))
        assert found is not None
        kept = [word for word in typed if word in own]
        assert len(found.equal) >= len(kept), (start, typed)
        assert found.start < start + many
        assert found.end > start


def last_piece(index: TokenIndex, typed: str) -> int:
    """Where the last piece of a quotation is said to be."""
    return matching_blocks(index, next(readings(index, typed)).words)[-1].start


async def test_of_several_places_the_next_behind_the_piece_before_counts(corpus: Corpus) -> None:
    """Or else one that begins a sentence, or else the first."""
    index = corpus.token_index
    phrase = "a coalition with the"
    places = index.find(phrase.split()).tolist()
    begun = [place for place in places if index.starts_sentence(place)]
    assert len(places) == 5
    assert places[0] != begun[0] != places[-1]
    before = [(place - 9, place) for place in places]
    for start, expected in [*before, (places[-1] + 9, begun[0])]:
        piece = index.forms[start : start + 4]
        assert len(index.find(index.keys[start : start + 4])) == 1
        assert last_piece(index, f"{' '.join(piece)} {ODD} {phrase}") == expected
    assert last_piece(index, phrase) == begun[0]
    assert last_piece(index, "kind of a coalition") == index.find(["kind", "of", "a", "coalition"])[0]


def spanned(index: TokenIndex, typed: list[str]) -> tuple[int, int] | None:
    """From where to where the pieces of a quotation lead, where there is no time to look further."""
    words = next(readings(index, " ".join(typed))).words
    blocks = matching_blocks(index, words)
    with work_budget(0):
        found = nearest_alignment(index, words, blocks)
    return (found.start, found.end) if found else None


@pytest.mark.parametrize(("gap", "odd", "is_spanned"), [(10, 1, True), (11, 1, False), (11, 2, True), (2, 3, True)])
async def test_pieces_in_a_row_are_a_passage_of_twice_as_many_words_at_most(
    corpus: Corpus, gap: int, odd: int, is_spanned: bool
) -> None:
    index = corpus.token_index
    tried = 0
    for start in passages(index, 10 + gap, 30):
        one, other = index.forms[start : start + 4], index.forms[start + 4 + gap : start + 8 + gap]
        if len(index.find([*map(str.lower, one)])) == len(index.find([*map(str.lower, other)])) == 1:
            typed = [*one, *[ODD] * odd, *other]
            assert spanned(index, typed) == ((start, start + 8 + gap) if is_spanned else None), typed
            assert spanned(index, [*other, *[ODD] * odd, *one]) is None
            assert spanned(index, [*one, ODD]) is None
            tried += 1
    assert tried > 5


async def test_a_passage_is_within_one_text(corpus: Corpus) -> None:
    index = corpus.token_index
    for start, end in {index.bounds(n) for n in range(index.size - 1)}:
        first, last = index.forms[start : start + 9], index.forms[end - 9 : end]
        begun, ended = [*first[:4], ODD, *first[5:]], [*last[:4], ODD, *last[5:]]
        assert spanned(index, begun) == (start, start + 9)
        assert spanned(index, ended) == (end - 9, end)
        assert spanned(index, [ODD, *begun]) is spanned(index, [*ended, ODD]) is None
        assert spanned(index, [*begun, ODD]) == (start, start + 10)
        assert spanned(index, [ODD, *ended]) == (end - 10, end)
        assert end == index.size - 1 or spanned(index, [*last[5:], *index.forms[end + 1 : end + 5]]) is None


async def test_words_that_occur_too_often_in_all_say_nothing_of_where_to_look(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = corpus.token_index
    words = next(readings(index, f"{ODD} Coyoacán {ODD} revolution {ODD}")).words
    once = index.times("coyoacan")
    assert 0 < once < index.times("revolution")
    for most, is_found in ((once - 1, False), (once, True)):
        monkeypatch.setattr(align, "_MOST_VOTES", most)
        assert bool(nearest_alignment(index, words, [])) == is_found


async def test_words_that_were_changed_do_not_move_a_passage(corpus: Corpus) -> None:
    """Also at either end of a text."""
    index = corpus.token_index
    bounds = {index.bounds(n) for n in range(index.size - 1)}
    for start in (*passages(index, 12, 60), *(first for first, _ in bounds), *(end - 12 for _, end in bounds)):
        own = changed(index, start, index.forms[start : start + 12])
        marks = ("." if index.starts_sentence(n + 1) else "" for n in range(start, start + 12))
        words = next(readings(index, " ".join(map(str.__add__, own, marks)))).words
        found = nearest_alignment(index, words, [])
        assert found
        assert (found.start, found.end, len(found.equal)) == (start, start + 12, 9)
