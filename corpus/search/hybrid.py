"""Passages for words half remembered: the exact search first, then what is meant, fused by rank.

Whatever is found is a passage. Words that a passage has are never outdone by a likeness.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import chain

from corpus.corpus import Corpus
from corpus.reference import Reference
from corpus.search.index import Found, Hit

_EXACT = ("verbatim", "phrase", "words", "inflected")
_DAMPING = 60  # of reciprocal rank fusion, as its authors chose it


async def recall(corpus: Corpus, words: str, text: str | None = None) -> Found:
    """Sentences for typed words, best first, of one text or of all.

    Those that have all the words stand first, in the order of the search; the others are ranked by the search, by the
    topic of that name, and by their meaning where a model is installed.
    """
    found = await corpus.index.search(words, text)
    exact = [hit for hit in found.hits if hit.grade in _EXACT]
    others = [hit.reference for hit in found.hits if hit.grade not in _EXACT]
    meant = await _meant(corpus, words) if not exact else ()
    rankings = [others, _topic(corpus, words), meant]
    known = {hit.reference: hit for hit in found.hits}
    ranked = [known.get(one) or Hit(one, (), "some") for one in fused(rankings) if text in (None, one.text)]
    hits = (*exact, *(hit for hit in ranked if hit not in exact))
    more = len(hits) - len(found.hits)
    return Found(hits, found.total + more, found.read_as, () if hits else found.near)


def fused(rankings: Iterable[Sequence[Reference]]) -> list[Reference]:
    """Several rankings as one: what stands high in any of them, and higher where it does in several."""
    scores: dict[Reference, float] = {}
    for ranking in rankings:
        for place, reference in enumerate(dict.fromkeys(ranking), 1):
            scores[reference] = scores.get(reference, 0) + 1 / (_DAMPING + place)
    return sorted(scores, key=lambda one: -scores[one])


def _topic(corpus: Corpus, words: str) -> list[Reference]:
    """The sentences of the topic that the editors know by these words."""
    topic = corpus.finder.topic(words)
    return list(chain.from_iterable(corpus.each(one) for one in topic.references)) if topic else []


async def _meant(corpus: Corpus, words: str) -> Sequence[Reference]:
    if not words.strip():
        return ()
    return await asyncio.to_thread(lambda: corpus.meanings.nearest(words) if corpus.meanings else ())
