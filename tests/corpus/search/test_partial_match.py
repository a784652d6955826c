"""Partial matches: what a quick look at a sentence's stems refuses has too little of the query."""

from __future__ import annotations

from random import Random

import pytest

from corpus.corpus import Corpus
from corpus.search.grading import Candidate
from corpus.search.partial_match import PartialMatcher
from corpus.search.query import Query, Term

_OTHERS = (
    "trotsky",
    "kerensky",
    "left",
    "socialist",
    "revolutionaries",
    "zebra",
    "napoleon",
    "1917",
    "counter",
    "anniversary",
)
"""Names, words that have synonyms together, words that the texts lack, and relatives of some."""


def test_a_quick_look_at_its_stems_refuses_no_sentence_that_says_something(shipped: Corpus) -> None:
    lexicon, size = shipped.index._lexicon, shipped.sentence_count()
    sentences = [(one, Candidate(shipped.passages(one)[0].words)) for one in shipped.sentences()]
    words = sorted({word for _, sentence in sentences for word in sentence.forms})
    dice, refused, found = Random(1917), 0, 0
    for _ in range(150):
        own = dice.sample(dice.choice(sentences)[1].forms[:3], 1)
        typed = [*own, *dice.sample(words, dice.randint(0, 3)), *dice.sample(_OTHERS, dice.randint(0, 2))]
        query = lexicon.parse(" ".join(dice.sample(typed, len(typed))))
        quick, slow = PartialMatcher(query, lexicon, size), PartialMatcher(query, lexicon, size)
        slow._fewest = 0
        for may_have_run in (False, True):
            matches = [slow.match(*one, may_have_run=may_have_run) for one in sentences]
            assert [quick.match(*one, may_have_run=may_have_run) for one in sentences] == matches
            refused, found = refused + matches.count(None), found + len(matches) - matches.count(None)
    assert refused
    assert found


@pytest.mark.parametrize("unknown", [(), ("zebra",)])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_terms_without_words_say_nothing(shipped: Corpus, count: int, unknown: tuple[str, ...]) -> None:
    """Nothing makes such terms, but looking for how many stems are enough must end."""
    query = Query("zebra", (), (Term((), ((("petrograd",),),)),) * count, unknown=unknown)
    matcher = PartialMatcher(query, shipped.index._lexicon, shipped.sentence_count())
    reference = next(iter(shipped.sentences()))
    found = matcher.match(reference, Candidate(shipped.passages(reference)[0].words), may_have_run=False)
    assert (found is None) == bool(unknown)
