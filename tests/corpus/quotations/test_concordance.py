"""The concordance: what it finds, counts and shows is what a plain look at the texts does."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.corpus import Corpus
from corpus.language.english import stem
from corpus.quotations.concordance import concordance_line, count_forms, occurrences
from corpus.quotations.token_writer import plain_form
from corpus.work_budget import work_budget

LONGEST_WORD = 25


def looked_for(corpus: Corpus, words: str, *, exactly: bool) -> list[int]:
    index = corpus.token_index
    written, wanted = (
        [plain_form(form) for form in row] if exactly else list(map(stem, keys))
        for row, keys in ((index.forms[:], index.keys[:]), (index.read(words).forms, index.read(words).keys))
    )
    return [n for n in range(len(written) - len(wanted) + 1) if written[n : n + len(wanted)] == wanted]


@pytest.mark.parametrize("exactly", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "revolution",
        "revolutions",
        "the",
        "of the",
        "a few",
        "a coalition with",
        "were isolated",
        "the peasants",
        "zebra",
        "A",
        "it is",
        # Beyond either end of the texts.
        "the of the a few",
        "tsar had kept of the",
        "had kept the",
        "had kept",
    ],
)
async def test_all_places_are_found_and_all_forms_counted(corpus: Corpus, words: str, exactly: bool) -> None:
    index = corpus.token_index
    found = occurrences(index, words, exactly=exactly)
    assert list(found.positions) == looked_for(corpus, words, exactly=exactly)
    if not len(found.positions):
        return
    forms = Counter(
        plain_form(" ".join(index.forms[one : one + found.many])).lower() for one in map(int, found.positions)
    )
    assert count_forms(index, found) == forms


async def test_words_are_looked_for_in_any_form_unless_one_is_asked_for(corpus: Corpus) -> None:
    index = corpus.token_index
    assert occurrences(index, "revolutions") == occurrences(index, "revolution")


async def test_where_time_ran_out_is_said(corpus: Corpus) -> None:
    with work_budget(0):
        found = occurrences(corpus.token_index, "of the")
    assert len(found.positions) == 0
    assert found.until is not None
    assert found.until <= looked_for(corpus, "of the", exactly=False)[0] + 1


@pytest.mark.parametrize("room", [1, 20, 200, 10_000])
async def test_a_line_has_whole_words_around_as_far_as_there_is_room(corpus: Corpus, room: int) -> None:
    index = corpus.token_index
    found = occurrences(index, "of the")
    for position in map(int, found.positions):
        (span,) = index.spans(position, position + 2)
        words = corpus.paragraph(span.reference).words
        before, after = words[: span.start], words[span.end :]
        for most in (room, len(before), len(after)):
            line = concordance_line(index, found, position, most)
            assert (line.reference, line.words) == (span.reference, words[span.start : span.end])
            assert line.is_cut == (line.before != before, line.after != after)
            # Read backwards, what stands before is cut as what stands behind.
            for whole, part in ((before[::-1], line.before[::-1]), (after, line.after)):
                assert whole.startswith(part)
                assert len(part) <= most
                assert part == whole or (whole[len(part)] == " " and len(part) > most - LONGEST_WORD)
                assert part == whole or len(whole) > most
