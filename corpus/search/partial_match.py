"""Partial matches: which sentences have so much of what was asked for that it says something, and how much it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Literal, NamedTuple

from corpus.reference import Reference
from corpus.search.grading import Candidate, Marks, TermForms, term_forms
from corpus.search.lexicon import Lexicon
from corpus.search.query import Query, Term
from corpus.search.search_result import Hit

_RARE = 0.1  # of all sentences: a name that stands in more of them, and more than FEW, says nothing by itself
_FEW = 3
_SEVERAL = 2  # words: that a sentence has one of two tells little
_OTHER_WORD = 0.3  # of the weight of the word itself

Likeness = Literal["word", "synonym", "relative"]
"""What a sentence has of a term: the word itself in some form, a synonym, or another word of its root."""


class AskedTerm(NamedTuple):
    """A term of a query, how often it can stand in the texts, and whether it is a rare name, and a person's."""

    term: Term
    frequency: int
    is_name: bool
    is_person: bool

    def weight(self, likeness: Likeness) -> float:
        """Its weight in a ranking: more for a rare word, less for another word than the one typed."""
        return (1 if likeness == "word" else _OTHER_WORD) / max(1, self.frequency)


class PartialMatch(NamedTuple):
    """A sentence with some of the words.

    It is the better the longer the run of words, the greater their weight, and the fewer others it has.
    """

    merit: tuple[int, float, int]
    hit: Hit


class PartialMatcher:
    """Matches sentences with a query of which they need not have all. `size` is how many sentences there are."""

    def __init__(self, query: Query, lexicon: Lexicon, size: int) -> None:
        self._query, self._lexicon = query, lexicon
        self.terms = list(self._asked_terms(max(_FEW, _RARE * size)))
        self._sizes = [len(one.term.words) for one in self.terms]
        self._asked_for = sum(self._sizes)
        self._forms = [term_forms(one.term) for one in self.terms]
        self._starts: dict[str, list[int]] = {}
        """Which terms begin with a stem in one of their forms, by their places in the query."""
        for place, forms in enumerate(self._forms):
            for key in forms.starts:
                self._starts.setdefault(key, []).append(place)
        self._start_stems = frozenset(self._starts)
        self._fewest = self._fewest_stems()

    def _asked_terms(self, rare: float) -> Iterator[AskedTerm]:
        # Where something else is named that the texts do not have, a topic is not what was meant, but a person may be.
        is_elsewhere = self._query.names_something_else
        for term in self._query.terms:
            known = self._lexicon.facts(term)
            is_rare = known.frequency <= rare
            is_name = known.is_person if is_elsewhere else known.is_name
            yield AskedTerm(term, known.frequency, is_rare and is_name, is_rare and known.is_person)

    def match(self, reference: Reference, candidate: Candidate, *, may_have_run: bool) -> PartialMatch | None:
        """The match of a sentence; None where it has too little."""
        run = candidate.longest_run(self._query.words) if may_have_run else ()
        # Most sentences have nothing of most terms, and too little of the query even if they had all of the others.
        stems = candidate.stems_among(self._start_stems)
        if not run and len(stems) < self._fewest:
            return None
        likely = {place for key in stems for place in self._starts[key]}
        if not run and not self._says_something(likely):
            return None
        found: dict[int, Likeness] = {}
        for place in sorted(likely):
            if likeness := _likeness(candidate, self._forms[place]):
                found[place] = likeness
        if not run and not self._says_something(found):
            return None
        return self._match(reference, candidate, run, found)

    def _match(
        self, reference: Reference, candidate: Candidate, run: Marks, found: Mapping[int, Likeness]
    ) -> PartialMatch:
        """The match of a sentence that has these terms, by their places."""
        terms = self.terms
        lacking = [one.term.words for place, one in enumerate(terms) if found.get(place, "relative") == "relative"]
        missing = tuple(map(self._lexicon.surface_form, chain.from_iterable(lacking)))
        has = self._asked_for - len(missing)
        hit = Hit(
            reference,
            run or candidate.marks([self._forms[place] for place in found], synonyms=True),
            "some",
            missing,
            is_distinctive=bool(run) or any(terms[place].is_person for place in found),
            has_half=has >= _SEVERAL and 2 * has >= len(self._query.words),
        )
        weight = sum([terms[place].weight(likeness) for place, likeness in found.items()])
        return PartialMatch((sum(end - start for start, end in run), weight, -len(candidate.tokens)), hit)

    def _fewest_stems(self) -> int:
        """Of how many stems at which terms begin a sentence needs some, at least, to say something.

        One more than there are where all of them say nothing.
        """
        most = max(map(len, self._starts.values()), default=1) * max(self._sizes, default=1)
        has_name = any(one.is_name for one in self.terms)
        there_are = len(self._start_stems)
        enough = (n for n in range(there_are + 1) if self._is_enough(n * most, has_name=has_name))
        return next(enough, there_are + 1)

    def _says_something(self, found: Iterable[int]) -> bool:
        """Whether terms that a sentence has are enough of the query."""
        has, has_name = 0, False
        for place in found:
            has += self._sizes[place]
            has_name = has_name or self.terms[place].is_name
        return self._is_enough(has, has_name=has_name)

    def _is_enough(self, has: int, *, has_name: bool) -> bool:
        """Whether so many words are enough of the query: half of them, or more where one is unknown.

        A name that is rare counts twice: of all that stands around it, it is what was meant.
        """
        return 2 * (has + has_name) > self._asked_for or (not self._query.unknown and 2 * has >= self._asked_for)


def _likeness(candidate: Candidate, term: TermForms) -> Likeness | None:
    """What a sentence has of a term; None where it has nothing."""
    if candidate.has_parts(term):
        return "word"
    if candidate.has_any(term.synonyms):
        return "synonym"
    return "relative" if candidate.has_any(term.relatives) else None
