"""Nothing long that people type stays in memory."""

from __future__ import annotations

import tracemalloc

from corpus.corpus import Corpus
from corpus.language.tokens import stems


async def test_long_words_are_not_kept(corpus: Corpus) -> None:
    index = corpus.token_index
    tracemalloc.start()
    try:
        for number in range(200):
            long = f"{'x' * 20_000}{number}"
            stems(long)
            index.read(f"{long} {'!' * 20_000} {long}")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000
