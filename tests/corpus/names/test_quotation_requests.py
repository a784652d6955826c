"""Requests for a quotation, taken apart."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.quotation_requests import QuotationRequest, fact_request, quotation_request
from corpus.names.word_questions import asked_word


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("a quote", QuotationRequest()),
        ("quote of the day", QuotationRequest()),
        ("a quote about peace", QuotationRequest("peace")),
        ("Please give me a  good quotation on peace and war?", QuotationRequest("peace and war")),
        ("is there a passage where he lies", QuotationRequest("he lies")),
        ("a random quote", QuotationRequest()),
        ("surprise me", QuotationRequest()),
        ("quotes by Lenin", QuotationRequest("", "Lenin")),
        *(
            (f"{many} quotes by Lenin", QuotationRequest("", "Lenin"))
            for many in ("3", "three", "a few", "several", "12")
        ),
        ("give me three quotes about peasants", QuotationRequest("peasants")),
        ("can you find two passages on peace", QuotationRequest("peace")),
        ("words of Lenin on peace", QuotationRequest("peace", "Lenin")),
        ("Lenin quotes", QuotationRequest("", "Lenin")),
        ("Stalin's quote about death", QuotationRequest("death", "Stalin")),
        ("where is the train mentioned", QuotationRequest("the train")),
        ("WHERE\t IS the train mentioned", QuotationRequest("the train")),
        *(
            (typed, QuotationRequest())
            for typed in ("Any", "ANYTHING", "a  Paſsage", "Some RANDOM line?", "Surprise me")
        ),
        *((typed, None) for typed in ("", "peace", "quoted", "quote unquote peace", "where is the train", "a" * 201)),
    ],
)
def test_a_request_is_taken_apart(typed: str, request_: QuotationRequest | None) -> None:
    assert quotation_request(typed) == request_


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("tell me a fact about Lenin", "Lenin"),
        ("another fun fact on the train, please", "the train, please"),
        ("something about Kronstadt", "Kronstadt"),
        ("about peace", "peace"),
        *((typed, "") for typed in ("a fact", "fact of the day", "random", "surprise me!", "anything", "")),
        *((typed, typed) for typed in ("Lenin", "factory", "in fact", "1917")),
    ],
)
def test_what_a_fact_is_to_be_about(typed: str, about: str) -> None:
    assert fact_request(typed) == about


@given(st.text(max_size=250))
def test_nothing_typed_raises(typed: str) -> None:
    quotation_request(typed)
    fact_request(typed)
    asked_word(typed)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("what does kulak mean", "kulak"),
        ("What does the word “kulak” mean?", "kulak"),
        ("meaning of soviet", "soviet"),
        ("define 'seize the power'", "seize the power"),
        ("how often does Trotsky say peace", "peace"),
        ("how many times is revolution mentioned?", "revolution"),
        ("the word coalition", "coalition"),
        *((typed, "") for typed in ("", "peace", "mean", "what is peace", "how often", "word")),
    ],
)
def test_the_word_that_is_asked_about(typed: str, word: str) -> None:
    assert asked_word(typed) == word


@pytest.mark.parametrize("unit", ["quote ", "quotes by ", "a ", "please ", "can you ", "where is ", "x's "])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (200, 200_000):
        started = time.thread_time()
        quotation_request((unit * length)[:length])
        fact_request((unit * length)[:length])
        asked_word((unit * length)[:length])
        assert time.thread_time() - started < 0.2


def test_no_question_waits_for_the_patterns_of_requests() -> None:
    program = """
import re
from corpus.names.finder import Finder
from corpus.names.quotation_requests import quotation_request
from corpus.note_model import Notes

Finder({}, Notes()).load()
re.compile = None
print(quotation_request("headlines"), quotation_request("a quote about peace"))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "None QuotationRequest(words='peace', speaker='', is_linked=False)\n"
