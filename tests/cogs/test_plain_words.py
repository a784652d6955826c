"""Plain words, which are only looked for: no place, request or search with operators is among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.quote.plain_words import is_plain
from cogs.shared.chapters import named_chapter
from cogs.shared.compared_passages import compared_passages
from cogs.shared.other_words import without_courtesy, without_text_name
from cogs.shared.references import TextId, paragraphs_from_words, reference_from_words
from corpus.corpus import Corpus
from corpus.names.place_requests import requested_place
from corpus.names.quotation_requests import QuotationRequest, quotation_request
from corpus.search.quoted_phrases import quoted_query, without_marks
from corpus.search.search_operators import read_operators

WORDS = (
    "peace", "gunpowder", "Trotsky", "the", "of", "in", "from", "and", "to", "speech", "article", "a", "what", "does",
    "say", "show", "me", "please", "thanks", "chapter", "act", "scene", "II", "ii", "iv", "four", "second", "last",
    "first", "final", "sentence", "paragraph", "line", "words", "end", "beginning", "how", "quote", "quotes", "random",
    "surprise", "anything", "OR", "NOT", "NEAR", "compare", "text", "see", "friend", "many", "declined", "Party", "not",
    "Act", "ten", "where", "is", "do", "Any",
)  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["gunpowder", "peace land bread", "Kerensky peace", "all power to the soviets", "who walked out of the hall"],
)
def test_words_to_look_for_are_plain(shipped: Corpus, typed: str) -> None:
    assert is_plain(shipped, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "speech", "show me the speech", "peace in the speech", "peace please", "chapter four", "II ii", "speech four",
        "the last sentence of the speech", "peace OR war", "a quote", "surprise me", "anything", "“peace”", "4.2",
        "peace -war", "peac*", "peace?",
    ],
)  # fmt: skip
def test_what_may_be_more_is_not(shipped: Corpus, typed: str) -> None:
    assert not is_plain(shipped, typed)


@pytest.mark.parametrize("link", ["in", "from", "by", "according to"])
def test_nothing_is_by_whom_only_a_title_names(shipped: Corpus, link: str) -> None:
    """“Attacks by the Red Army” are none that the article reports, whose title has it."""
    named = without_text_name(shipped, f"attacks {link} the Red Army", in_part=True)
    assert named == (("attacks by the Red Army", None) if link == "by" else ("attacks", "article"))
    assert without_text_name(shipped, "attacks by Leon", in_part=True) == ("attacks", "speech")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join))
def test_plain_words_are_nothing_else(shipped: Corpus, typed: str) -> None:
    if not is_plain(shipped, typed):
        return
    assert typed == without_courtesy(typed) == without_marks(typed) == requested_place(typed)
    assert without_text_name(shipped, typed) == (typed, None)
    assert quotation_request(typed) != QuotationRequest()
    assert reference_from_words(shipped, typed) is None
    assert paragraphs_from_words(shipped, typed) is None
    assert named_chapter(shipped, typed) is None
    assert not compared_passages(shipped, typed)
    assert TextId.exact(typed, shipped) is None
    assert read_operators(typed) is None
    assert quoted_query(typed) is None
