"""What is kept of words that people type."""

from __future__ import annotations

from collections import Counter

from corpus.language.caching import LONGEST_WORD, word_cache


def test_a_word_is_worked_out_once_and_nothing_long_is_kept() -> None:
    asked = Counter[str]()

    @word_cache(2)
    def length(word: str) -> int:
        asked[word] += 1
        return len(word)

    word, long = "a" * LONGEST_WORD, "a" * (LONGEST_WORD + 1)
    assert [length(one) for one in (word, long, word, long)] == [40, 41, 40, 41]
    assert (asked[word], asked[long]) == (1, 2)
    assert [length(one) for one in ("b", "c", word)] == [1, 1, 40]
    assert asked[word] == 2
