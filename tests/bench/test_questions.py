"""The measurements of answers: what they ask, and how they tell what they found."""

from __future__ import annotations

import json
from itertools import islice

from corpus.corpus import Corpus
from tests.bench.questions import Questions
from tests.bench.timing import Comparison, as_json, percentile, table


def test_no_question_is_asked_twice_and_every_run_asks_the_same(shipped: Corpus) -> None:
    one, other = Questions(shipped), Questions(shipped)
    for name in ("quotations", "half_typed", "events", "topics"):
        asked = list(islice(getattr(one, name), 300))
        assert len(set(asked)) == 300
        assert asked == list(islice(getattr(other, name), 300))


def test_the_ratio_comes_first_and_the_json_has_the_same() -> None:
    rows = [Comparison("/quote, p50", "ms", 2.0, 2.5)]
    assert table(rows, "bare").splitlines()[1].split() == ["/quote,", "p50", "1.25", "2.50", "2.00", "ms"]
    assert json.loads(json.dumps(as_json(rows)))["/quote, p50"] == {
        "ratio": 1.25,
        "ours": 2.5,
        "base": 2.0,
        "unit": "ms",
    }
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
