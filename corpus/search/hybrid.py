"""Hybrid search: full text first, then editors' topics and sentence embeddings, by reciprocal rank fusion.

Whatever is found is a passage. Words that a passage has are never outdone by a likeness.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from corpus.reference import Reference
from corpus.search.search_result import Hit, SearchResult

if TYPE_CHECKING:
    from corpus.search.semantic import Neighbours

_EXACT = ("verbatim", "phrase", "words", "inflected")
_ALIKE = 10  # sentences that are found by meaning alone
_DAMPING = 5  # of reciprocal rank fusion: its authors' 60 is for long rankings, of which the first place says little


def says_enough(result: SearchResult) -> bool:
    """Whether the words that sentences have tell which is meant: one has all of them, or the best has half.

    Whoever types so many of its words has a sentence in mind, which others alike in meaning would only outdo.
    """
    return any(hit.grade in _EXACT for hit in result.hits) or any(hit.has_half for hit in result.hits[:1])


def fused(
    result: SearchResult, topic: Sequence[Reference], nearest: Neighbours, text: str | None = None
) -> SearchResult:
    """A full-text result with the sentences of a topic, and with those alike in meaning, of one text or of all.

    Sentences that have all the words stand first, in the order of the search; the others are ranked by all three.
    """
    exact = [hit for hit in result.hits if hit.grade in _EXACT]
    others = [hit for hit in result.hits if hit.grade not in _EXACT and not _is_accident(hit, nearest)]
    known = {one: Hit(one, (), "meaning") for one in nearest.alike[:_ALIKE]}
    known |= {one: Hit(one, (), "some") for one in topic} | {hit.reference: hit for hit in others}
    stand_first = {hit.reference for hit in exact}
    ranked = (one for one in _ranked(known, others, topic, nearest) if text in (None, one.text))
    hits = (*exact, *(known[one] for one in ranked if one not in stand_first))
    total = result.total + len(hits) - len(result.hits)
    return structs.replace(result, hits=hits, total=total, is_provisional=nearest.is_provisional)


def _ranked(
    known: Collection[Reference], others: Sequence[Hit], topic: Sequence[Reference], nearest: Neighbours
) -> Collection[Reference]:
    """What is known, the best first."""
    if len(known) < 2:
        return known
    by_words = [hit.reference for hit in others]
    distinctive = [hit.reference for hit in others if hit.is_distinctive]
    by_meaning, by_paraphrase = nearest.rankings()
    # Meaning says more than that a sentence has some of the words, and so does a name: they count two or three times.
    rankings = [by_words, topic, *2 * [distinctive], *3 * [by_meaning], *3 * [by_paraphrase]]
    return reciprocal_rank_fusion(rankings, known)


def _is_accident(hit: Hit, nearest: Neighbours) -> bool:
    """Whether a sentence has but some common words of what was asked for, and means something else."""
    return hit.grade == "some" and not hit.is_distinctive and nearest.is_remote(hit.reference)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Reference]], wanted: Container[Reference] | None = None
) -> list[Reference]:
    """Several rankings, each without repeats, as one: what stands high in any of them, and higher where in several.

    Only what is `wanted` has to be scored, where not all is.
    """
    places: dict[int, dict[Reference, int]] = {}
    scores: dict[Reference, float] = {}
    for ranking in rankings:
        # The same ranking may count several times: to walk through each once saves a tenth of half-remembered words.
        if id(ranking) not in places:
            places[id(ranking)] = _places(ranking, wanted)
        for reference, place in places[id(ranking)].items():
            scores[reference] = scores.get(reference, 0) + 1 / (_DAMPING + place)
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _places(ranking: Sequence[Reference], wanted: Container[Reference] | None) -> dict[Reference, int]:
    """The places, from 1, of what is wanted."""
    places = enumerate(ranking, 1)
    return {reference: place for place, reference in places if wanted is None or reference in wanted}
