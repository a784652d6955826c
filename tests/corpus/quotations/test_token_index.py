"""The token index: what it finds in its arrays is what a plain look through all words finds."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from corpus.corpus import Corpus
from corpus.quotations import token_arrays, token_index
from corpus.quotations.concordance import occurrences
from corpus.quotations.token_index import TokenIndex


def looked_for(written: Sequence[str], words: Sequence[str]) -> list[int]:
    return [n for n in range(len(written) - len(words) + 1) if written[n : n + len(words)] == words]


def some_runs(index: TokenIndex, written: Sequence[str]) -> list[list[str]]:
    """Runs of words as they stand, of words from anywhere, and across the end of a text."""
    dice = Random(1917)
    starts = [dice.randrange(len(written) - 9) for _ in range(200)]
    found = [list(written[start : start + dice.randint(1, 8)]) for start in starts]
    found += [[dice.choice(written) for _ in range(dice.randint(1, 3))] for _ in range(100)]
    return [[word for word in run if word] for run in found if any(run)]


async def test_words_side_by_side_are_found_wherever_they_stand(corpus: Corpus) -> None:
    index = corpus.token_index
    written = index.keys[:]
    assert len(written) == index.size
    for run in some_runs(index, written):
        assert index.find(run).tolist() == looked_for(written, run), run


async def test_words_of_a_large_corpus_are_found_part_by_part(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_index, "_FEW", 0)
    monkeypatch.setattr(token_index, "_AT_ONCE", 20)
    monkeypatch.setattr(token_arrays, "_FEW", 0)
    monkeypatch.setattr(token_arrays, "_RUN", 500)
    await test_words_side_by_side_are_found_wherever_they_stand(corpus)


async def test_words_are_the_same_one_by_one_as_in_slices(corpus: Corpus) -> None:
    index = corpus.token_index
    for column in (index.keys, index.forms, index.punctuation):
        whole = column[:]
        assert [column[n] for n in range(0, index.size, 7)] == whole[::7]
        assert column[40:90] == whole[40:90]


async def test_sentences_start_where_the_texts_cut_them(corpus: Corpus) -> None:
    index = corpus.token_index
    places = [spans[0].reference for n in range(index.size) if (spans := index.spans(n, n + 1))]
    firsts = [n for n, one in enumerate(places) if not n or places[n - 1] != one]
    gaps = [n for n, key in enumerate(index.keys[:]) if not key]
    starts = [n for n in range(index.size) if index.starts_sentence(n) and n not in gaps]
    assert [index.spans(n, n + 1)[0].reference for n in starts] == [places[n] for n in firsts]


async def test_counts_by_text_are_of_the_positions(corpus: Corpus) -> None:
    for words in ("the", "of the", "Trotsky", "revolution", "zebra"):
        found = occurrences(corpus.token_index, words)
        texts = [corpus.token_index.text_of(one) for one in found.positions]
        assert corpus.token_index.count_by_text(found.positions) == {
            one: texts.count(one) for one in dict.fromkeys(texts)
        }
