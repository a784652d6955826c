"""Remarks that people make in a chat before and behind a quotation are no words of it."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found

WORDS = "He thought the USSR was doomed unless the rest of the world joined in."
CHANGED = (WORDS.replace("unless", "until"), WORDS.replace("He", "Stalin"), WORDS.replace("in.", "us."))


@pytest.mark.parametrize(
    "remark",
    [
        "wow, {}", "Wow! “{}”", "wow {}", "TIL {}", "TIL: „{}\"", "TIL that {}", "FYI: {}", "Today I learned that {}",
        "Did you know? {}", "hey guys, ”{}”", "omg {}", "Fun fact: {}", "tl;dr {}", "hmm... {}", "TIL\n{}", "{} lol",
        "“{}” wow!", "{}, right?", '"{}" tbh', "{} (wow)", "{} - so true", "{} /s", "{}\nThoughts?", "“{}” source?",
        "wow, {} lol",
    ],
)  # fmt: skip
async def test_they_are_left_out_of_words_true_or_not(corpus: Corpus, remark: str) -> None:
    (checked,) = corpus.quotation_checker.check(remark.format(WORDS))
    assert is_found(checked)
    assert checked.claim.words.strip(' “”„".') == WORDS[:-1]
    for changed in CHANGED:
        assert not any(map(is_found, corpus.quotation_checker.check(remark.format(changed))))


@pytest.mark.parametrize("remark", ["wow, {}", "TIL that {}", "Interesting: {}"])
async def test_what_is_within_a_sentence_is_none(corpus: Corpus, remark: str) -> None:
    words = "crisscrossed Russia. It had its own printing press"
    assert not any(map(is_found, corpus.quotation_checker.check(remark.format(words))))
