"""What a search finds: hits, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from corpus.errors import OutOfTime
from corpus.reference import Reference
from corpus.search.grading import Grade, Marks


class Hit(Struct, frozen=True):
    """A sentence that was found. `marks` are the slices of its words that matched, `grade` how well it matched.

    `missing` are the words of the query that it does not have, nor anything that stands for them. `is_distinctive`:
    what it has of them is no accident, a person's rare name or many words side by side. It `has_half` where it has
    several of them, or what stands for them, which are half of all that was typed.
    """

    reference: Reference
    marks: Marks
    grade: Grade
    missing: tuple[str, ...] = ()
    is_distinctive: bool = False
    has_half: bool = False


class SearchResult(Struct, frozen=True):
    """What a search found, best first; `total` counts what the limit left out, too.

    `corrections` has the typed words that were taken for others, `unknown` those that the texts do not have;
    `suggestions`, where nothing was found, words that would have been.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_partial: bool = False
    """Whether the search ran out of time: there may be more, and better ones."""
    is_provisional: bool = False
    """Whether it was by word vectors because the transformer is not loaded yet, which may find better ones."""

    @property
    def matches(self) -> list[Hit]:
        """The hits that have all that was asked for, in some form; others are only close."""
        return [hit for hit in self.hits if hit.grade not in ("some", "meaning")]

    def count_others(self, matches: Sequence[Hit]) -> int:
        """How many sentences match besides the first of `matches`, which are those of the hits that do."""
        return self.total - (len(self.hits) - len(matches)) - 1

    def known_matches(self) -> list[Hit]:
        """The same. Raises OutOfTime where there are none, but may be some: that nothing matches would be a guess."""
        if self.is_partial and not self.matches:
            raise OutOfTime
        return self.matches
