"""Requests for a quotation, taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.quotation_requests import QuotationRequest, quotation_request


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("a quote", QuotationRequest()),
        ("quote of the day", QuotationRequest()),
        ("a quote about peace", QuotationRequest("peace")),
        ("Please give me a  good quotation on peace and war?", QuotationRequest("peace and war")),
        ("is there a passage where he lies", QuotationRequest("he lies")),
        ("quotes by Lenin", QuotationRequest("", "Lenin")),
        ("words of Lenin on peace", QuotationRequest("peace", "Lenin")),
        ("Lenin quotes", QuotationRequest("", "Lenin")),
        ("Stalin's quote about death", QuotationRequest("death", "Stalin")),
        ("where is the train mentioned", QuotationRequest("the train")),
        *((typed, None) for typed in ("", "peace", "quoted", "quote unquote peace", "where is the train", "a" * 201)),
    ],
)
def test_a_request_is_taken_apart(typed: str, request_: QuotationRequest | None) -> None:
    assert quotation_request(typed) == request_


@given(st.text(max_size=250))
def test_nothing_typed_raises(typed: str) -> None:
    quotation_request(typed)


@pytest.mark.parametrize("unit", ["quote ", "quotes by ", "a ", "please ", "can you ", "where is ", "x's "])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (200, 200_000):
        started = time.thread_time()
        quotation_request((unit * length)[:length])
        assert time.thread_time() - started < 0.2
