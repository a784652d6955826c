"""How often /quote finds what a paraphrase means: `python -m tests.bench.paraphrases`.

With the extra `semantic` installed, it measures the transformer, too.

hit@k is the share of paraphrases of which one of the first k sentences found is one that a reader would name.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.search.embeddings import has_transformer

SETS = ("paraphrases", "half_remembered", "own_words", "recalled")
"""Files beside this one. Only the author of the first had read the thesaurus; the last is held out as a whole."""


class Paraphrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Typed words and the sentences that a reader would name. Nothing is tuned to those held out."""

    typed: str
    references: tuple[str, ...]
    held_out: bool


class ParaphraseSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Paraphrases, and questions about other things, which should find nothing."""

    paraphrase: tuple[Paraphrase, ...]
    unrelated: tuple[str, ...] = ()


def read_set(name: str) -> ParaphraseSet:
    return msgspec.toml.decode(Path(__file__).with_name(f"{name}.toml").read_bytes(), type=ParaphraseSet)


async def rank(corpus: Corpus, one: Paraphrase) -> int | None:
    """At which place, from 1, /quote has the first named sentence; None where it has none."""
    found = [str(hit.reference) for hit in (await corpus.hybrid_search(one.typed)).hits]
    return next((place for place, reference in enumerate(found, 1) if reference in one.references), None)


def share(ranks: Sequence[int | None], most: int) -> float:
    return sum(1 for place in ranks if place is not None and place <= most) / len(ranks)


async def false_answers(corpus: Corpus, unrelated: Sequence[str]) -> float:
    """The share of questions about other things that find something."""
    found = [await corpus.hybrid_search(typed) for typed in unrelated]
    return sum(bool(one.hits) for one in found) / len(found)


async def measure(corpus: Corpus, name: str) -> list[str]:
    """A row for each half of a set that it has, and one for the false answers."""
    found = read_set(name)
    rows = []
    for half, held_out in (("tuning", False), ("held out", True)):
        ranks = [await rank(corpus, one) for one in found.paraphrase if one.held_out is held_out]
        if not ranks:
            continue
        shares = "   ".join(f"{share(ranks, most):.2f}" for most in (1, 3, 50))
        rows.append(f"{name:16} {half:10} {len(ranks):2}    {shares}")
    if found.unrelated:
        rows.append(f"{name:16} false answers    {await false_answers(corpus, found.unrelated):.2f}")
    return rows


async def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        for transformer in (False, True) if has_transformer() else (False,):
            corpus = await Corpus.open(SHIPPED, Path(cache), transformer=transformer)
            print("With the transformer:" if transformer else "With word vectors:")
            print("set              half        n   hit@1  hit@3  found")
            for name in SETS:
                print("\n".join(await measure(corpus, name)))
            await corpus.close()


if __name__ == "__main__":
    asyncio.run(main())
