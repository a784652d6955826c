"""How often /quote finds what a paraphrase means: `python -m tests.bench.paraphrases`.

With the extra `semantic` installed, it measures that too.

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

FILE = Path(__file__).with_suffix(".toml")


class Paraphrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Typed words and the sentences that a reader would name. Nothing is tuned to those held out."""

    typed: str
    references: tuple[str, ...]
    held_out: bool


class _File(msgspec.Struct, frozen=True):
    paraphrase: tuple[Paraphrase, ...]


def paraphrases() -> tuple[Paraphrase, ...]:
    return msgspec.toml.decode(FILE.read_bytes(), type=_File).paraphrase


async def rank(corpus: Corpus, one: Paraphrase) -> int | None:
    """At which place, from 1, /quote has the first named sentence; None where it has none."""
    found = [str(hit.reference) for hit in (await corpus.hybrid_search(one.typed)).hits]
    return next((place for place, reference in enumerate(found, 1) if reference in one.references), None)


def share(ranks: Sequence[int | None], most: int) -> float:
    return sum(1 for place in ranks if place is not None and place <= most) / len(ranks)


async def measure(corpus: Corpus) -> str:
    """A table of both halves, and the paraphrases of the half for tuning that are not among the first three."""
    lines = ["half        n   hit@1  hit@3  found"]
    missed: list[str] = []
    for name, held_out in (("tuning", False), ("held out", True)):
        half = [one for one in paraphrases() if one.held_out is held_out]
        ranks = [await rank(corpus, one) for one in half]
        shares = "   ".join(f"{share(ranks, most):.2f}" for most in (1, 3, 50))
        lines.append(f"{name:10} {len(half):2}    {shares}")
        if not held_out:
            missed = [one.typed for one, place in zip(half, ranks, strict=True) if place is None or place > 3]
    return "\n".join([*lines, "", "Not among the first three, for tuning:", *(f"  {typed}" for typed in missed)])


async def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        corpus = await Corpus.open(SHIPPED, Path(cache))
        print("With the extra semantic." if corpus.semantic else "Without the extra semantic.")
        print(await measure(corpus))
        await corpus.close()


if __name__ == "__main__":
    asyncio.run(main())
