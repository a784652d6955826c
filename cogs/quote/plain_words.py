"""Plain words: what is nothing but words to look for, as most of what people type is."""

from __future__ import annotations

import re
from typing import Final

from cogs.shared.other_words import POLITE_WORDS, without_courtesy
from cogs.shared.references import may_be_place
from corpus.chapters import KIND_WORDS, names_division
from corpus.corpus import Corpus
from corpus.language.lazy_pattern import lazy_pattern
from corpus.names.place_requests import requested_place
from corpus.names.quotation_requests import IN_REQUESTS, QuotationRequest, quotation_request
from corpus.position import NAMES
from corpus.reference import NUMBER_WORDS
from corpus.search.search_operators import has_operators

_TELLING_WORDS: Final = POLITE_WORDS | KIND_WORDS | NUMBER_WORDS
_TELLING: Final = lazy_pattern("|".join(map(re.escape, (*NAMES, *IN_REQUESTS))))
_ROMAN: Final = "ivxl"
"""With no such word, nothing of this and no Roman number, words name no place and ask for no quotation: so do most."""


def is_plain(corpus: Corpus, typed: str) -> bool:
    """Whether there are only words, and none that would name a place or a text, ask for one, or leave words out."""
    lower = typed.lower()
    words = lower.split(" ")
    if not (typed.isascii() and all(map(str.isalpha, words)) and corpus.text_names.first_words.isdisjoint(words)):
        return False
    if requested_place(typed) != typed or not (typed == lower or not has_operators(typed)):
        return False
    # One expression for both would be tried at each letter.
    if _TELLING_WORDS.isdisjoint(words) and all(word.strip(_ROMAN) for word in words) and not _TELLING.search(lower):
        return True
    return (
        not (names_division(typed) or may_be_place(typed))
        and typed == without_courtesy(typed)
        and quotation_request(typed) != QuotationRequest()
    )
