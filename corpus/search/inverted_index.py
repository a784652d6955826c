"""An inverted index in memory: which sentences of a small corpus have which words, found and ranked as FTS5 does.

To ask SQLite takes longer than to look a few words up in a dict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache, reduce
from operator import and_

from corpus.index_file import IndexFile
from corpus.language.spelling import words_beginning
from corpus.language.tokens import Phrase
from corpus.reference import Reference
from corpus.search.bm25 import idf, length_norms, term_score
from corpus.search.expressions import AndQuery, ButNotQuery, Column, Expression, OrQuery, PhraseQuery
from corpus.search.grading import Candidate
from corpus.search.reader import SentenceReader

_SENTENCES = """
SELECT id, tag, sentence.text, sentence.paragraph, number, words FROM sentence JOIN source USING (text) ORDER BY id
"""

_KEPT = 500  # terms of which the sentences are known: a quarter of a megabyte

Counts = Mapping[int, int]
"""How often sentences have a phrase, by their ids."""


class InvertedIndex(SentenceReader):
    """Sentences by their words and stems. Any thread may read it; it never runs out of time."""

    ran_out = False

    def __init__(self, sentences: Iterable[tuple[int, str, Reference, str]]) -> None:
        """Of sentences: their ids, the tags of their texts, their references and their words, in order."""
        self._sentences: dict[int, tuple[Reference, Candidate]] = {}
        self._postings: dict[Column, dict[str, dict[int, int]]] = {"words": {}, "stems": {}, "source": {}}
        for number, tag, reference, words in sentences:
            candidate = Candidate(words)
            self._sentences[number] = reference, candidate
            self._add("words", number, candidate.forms)
            self._add("stems", number, candidate.stems)
            self._add("source", number, (tag,))
        self._words = sorted(self._postings["words"])
        # A term matches the same sentences in each query, and in one it is looked for several times.
        self._any_of = lru_cache(maxsize=_KEPT)(self._any)
        self._norms = length_norms({number: 2 * len(one.tokens) + 1 for number, (_, one) in self._sentences.items()})

    def _add(self, column: Column, number: int, words: Phrase) -> None:
        for word, times in Counter(words).items():
            self._postings[column].setdefault(word, {})[number] = times

    def find(self, expression: Expression, limit: int) -> list[int]:
        return sorted(self._matches(expression))[:limit]

    def rank(self, expression: Expression, limit: int) -> list[int]:
        found = self._matches(expression)
        if len(found) < 2:
            return [*found][:limit]
        scores = dict.fromkeys(found, 0.0)
        self._add_scores(expression, found, scores)
        return sorted(sorted(found), key=scores.__getitem__, reverse=True)[:limit]

    def shortlist(self, expression: Expression, limit: int) -> list[int]:
        found = self._matches(expression)
        return [*found] if len(found) <= limit else self.rank(expression, limit)  # to rank takes most of it

    def count(self, expression: Expression) -> int:
        return len(self._matches(expression))

    def candidates(self, sentences: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        return [self._sentences[one] for one in sentences]

    def _matches(self, expression: Expression) -> Set[int]:
        """The ids of the sentences that match."""
        if isinstance(expression, PhraseQuery):
            return self._begun(expression.words) if expression.is_prefix else self._counts(expression).keys()
        if isinstance(expression, ButNotQuery):
            return self._matches(expression.wanted) - self._matches(expression.without)
        if isinstance(expression, OrQuery):
            return self._any_of(expression)
        return _common(map(self._matches, expression.parts))

    def _any(self, expression: OrQuery) -> Set[int]:
        return frozenset[int]().union(*map(self._matches, expression.parts))

    def _add_scores(self, expression: Expression, within: Set[int], scores: dict[int, float]) -> None:
        """Adds what each phrase tells, in order, to the scores of some sentences in which it helps them match.

        Of what belongs together, only sentences count that have all of it.
        """
        if isinstance(expression, PhraseQuery):
            counts = self._counts(expression)
            # In which text a sentence stands does not make it better.
            if counts and expression.column != "source":
                telling = idf(len(self._sentences), len(counts))
                for number in counts.keys() & within:
                    scores[number] += term_score(telling, counts[number], self._norms[number])
            return
        if isinstance(expression, ButNotQuery):
            self._add_scores(expression.wanted, within & self._matches(expression), scores)
            return
        if isinstance(expression, AndQuery):
            within = within & self._matches(expression)
        for part in expression.parts:
            self._add_scores(part, within, scores)

    def _counts(self, phrase: PhraseQuery) -> Counts:
        postings = self._postings[phrase.column]
        if phrase.is_prefix:
            return self._prefix_counts(phrase.words)  # seldom needed: completions are not ranked
        if len(phrase.words) == 1:
            return postings.get(phrase.words[0], {})
        both = _common(postings.get(word, {}).keys() for word in phrase.words)
        found = {
            number: self._sentences[number][1].times(phrase.words, stemmed=phrase.column == "stems") for number in both
        }
        return {number: times for number, times in found.items() if times}

    def _prefix_counts(self, words: Phrase) -> Counts:
        """How often sentences have words side by side of which the last is only begun."""
        counts = Counter[int]()
        for word in words_beginning(self._words, words[-1]):
            counts.update(self._counts(PhraseQuery("words", (*words[:-1], word))))
        return counts

    def _begun(self, words: Phrase) -> Set[int]:
        """The sentences that have words side by side of which the last is only begun."""
        postings = self._postings["words"]
        found: Set[int] = set().union(*(postings[word] for word in words_beginning(self._words, words[-1])))
        if len(words) == 1:
            return found
        found = _common([*(postings.get(word, {}).keys() for word in words[:-1]), found])
        return {number for number in found if self._sentences[number][1].prefix_marks(words)}


def _common(groups: Iterable[Set[int]]) -> Set[int]:
    """What is in all of them."""
    return reduce(and_, groups)


def read_inverted_index(index: IndexFile) -> InvertedIndex:
    """The inverted index of all sentences of an index."""
    rows = index.rows(_SENTENCES)
    return InvertedIndex((number, tag, Reference(*place), words) for number, tag, *place, words in rows)
