"""Plain words: what is nothing but words to look for, as most of what people type is."""

from __future__ import annotations

from cogs.shared.other_words import without_courtesy
from cogs.shared.references import may_be_place
from corpus.chapters import names_division
from corpus.corpus import Corpus
from corpus.names.place_requests import requested_place
from corpus.names.quotation_requests import QuotationRequest, quotation_request
from corpus.search.search_operators import has_operators


def is_plain(corpus: Corpus, typed: str) -> bool:
    """Whether there are only words, and none that would name a place or a text, ask for one, or leave words out."""
    return (
        typed.isascii()
        and typed.replace(" ", "").isalpha()
        and not (corpus.text_names.may_be_in(typed) or names_division(typed) or may_be_place(typed))
        and not has_operators(typed)
        and typed == without_courtesy(typed) == requested_place(typed)
        and quotation_request(typed) != QuotationRequest()
    )
