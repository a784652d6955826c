"""Hybrid search: full text first, then editors' topics and sentence embeddings, by reciprocal rank fusion.

Whatever is found is a passage. Words that a passage has are never outdone by a likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.reference import Reference
from corpus.search.index import Hit, SearchResult

_EXACT = ("verbatim", "phrase", "words", "inflected")
_DAMPING = 60  # of reciprocal rank fusion, as its authors chose it


def has_all_words(result: SearchResult) -> bool:
    """Whether a sentence has every word that was asked for, no synonym among them."""
    return any(hit.grade in _EXACT for hit in result.hits)


def fused(result: SearchResult, rankings: Iterable[Sequence[Reference]], text: str | None = None) -> SearchResult:
    """A full-text result together with other rankings, best first, of one text or of all.

    Sentences that have all the words stand first, in the order of the search; the others are ranked by the search and
    by the other rankings.
    """
    exact = [hit for hit in result.hits if hit.grade in _EXACT]
    others = [hit.reference for hit in result.hits if hit.grade not in _EXACT]
    known = {hit.reference: hit for hit in result.hits}
    ranked = (
        known.get(one) or Hit(one, (), "some")
        for one in reciprocal_rank_fusion([others, *rankings])
        if text in (None, one.text)
    )
    hits = (*exact, *(hit for hit in ranked if hit not in exact))
    total = result.total + len(hits) - len(result.hits)
    return SearchResult(hits, total, result.corrections, () if hits else result.suggestions)


def reciprocal_rank_fusion(rankings: Iterable[Sequence[Reference]]) -> list[Reference]:
    """Several rankings as one: what stands high in any of them, and higher where it does in several."""
    scores: dict[Reference, float] = {}
    for ranking in rankings:
        for place, reference in enumerate(dict.fromkeys(ranking), 1):
            scores[reference] = scores.get(reference, 0) + 1 / (_DAMPING + place)
    return sorted(scores, key=lambda one: -scores[one])
