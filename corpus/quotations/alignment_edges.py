"""Edges of an alignment: with which words of a text a quotation begins and ends that has others there.

An alignment of least edit distance is as long as the quotation where words are left out near its end: “we [turned
against them]” beside “we [did not turn]”, and it may reach into the next paragraph for words to compare with.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.date_words import month_number
from corpus.language.written_forms import Meaning, is_number_or_date, numbers_and_dates
from corpus.quotations.parse import QuotedWord
from corpus.quotations.phrases import printed_phrase, typed_phrase
from corpus.quotations.token_index import TokenIndex

_MOST_TYPED = 12  # words of the quotation beyond the last that is the text's
_FEW = 2  # words that may be left out beside a single one; beside more, as many
_MOST_WRITTEN = 8  # words of a number or of a date at an edge: “the twenty-fourth of October nineteen seventeen”
_TOLD = 2  # words that tell what the nearest is: “no. 5” and “per cent” are one number and one word
_STOPS = frozenset(".!?…:;")

Equal = tuple[int, int]
"""A word of the quotation, counted from 0, and its position in the text."""


def begin_with(index: TokenIndex, words: Sequence[QuotedWord], first: Equal, start: int) -> int:
    """The position with which an alignment begins, of which `first` are the first equal words."""
    number, position = first
    if not number:
        return start
    sentence = index.sentence_start(position)
    own = range(position - 1, index.bounds(position)[0] - 1, -1)
    many = _own_beside(index, words[:number], words[number].key, own, position - sentence)
    if many is not None:
        return position - many
    return start if _STOPS.intersection(words[number - 1].after) else max(start, sentence)


def end_with(index: TokenIndex, words: Sequence[QuotedWord], last: Equal, end: int) -> int:
    """The position before which an alignment ends, of which `last` are the last equal words."""
    number, position = last
    if number + 1 == len(words):
        return end
    sentence = index.sentence_end(position)
    own = range(position + 1, index.bounds(position)[1])
    many = _own_beside(index, words[number + 1 :], words[number].key, own, sentence - position - 1)
    if many is not None:
        return position + 1 + many
    return end if _STOPS.intersection(words[number].after) else min(end, sentence)


def _own_beside(index: TokenIndex, typed: Sequence[QuotedWord], equal: str, own: range, in_sentence: int) -> int | None:
    """How many of a text's own words, from the nearest on, are where others were typed beside an equal word.

    None where nothing tells.
    """
    if written := _written_otherwise(index, typed, own):
        return written
    keys = [word.key for word in typed][:: own.step]
    if is_number_or_date(keys[:: own.step]) and (date := _date_beside(index, own[:_MOST_WRITTEN])):
        return date
    if len(keys) > _MOST_TYPED:
        return None
    few = _few([equal, *keys])
    return _behind(_keys(index, own[: min(in_sentence, len(keys) + max(few, len(keys)))]), keys, few)


def _keys(index: TokenIndex, own: range) -> list[str]:
    """The keys of words beside each other, from the nearest on."""
    return index.keys[min(own) : max(own) + 1][:: own.step] if own else []


def _written_otherwise(index: TokenIndex, typed: Sequence[QuotedWord], own: range) -> int:
    """How many of a text's own words, from the nearest on, are the typed ones in another written form; 0 if none."""
    if len(typed) > _MOST_WRITTEN:
        return 0
    said, may_be_longer = Meaning(typed_phrase(typed)), False
    for many in range(1, min(len(own), _MOST_WRITTEN) + 1):
        start, last = min(own[0], own[many - 1]), max(own[0], own[many - 1])
        printed = Meaning(printed_phrase(index, start, last + 1))
        if said.is_that_of(printed):
            return many
        may_be_longer = may_be_longer or said.may_be_longer(printed, 0 if own.step > 0 else -1)
        if many == _TOLD and not may_be_longer:
            break
    return 0


def _date_beside(index: TokenIndex, own: range) -> int:
    """How many words the date or number has that is the nearest of a text's own words; 0 where none is."""
    edge = 0 if own.step > 0 else len(own)
    spans = numbers_and_dates(_keys(index, own)[:: own.step])
    return next((last - first for first, last in spans if edge in (first, last)), 0)


def _few(keys: Sequence[str]) -> int:
    """How many words may be left out beside a single one: a date has more where it is written out."""
    is_date = any(month_number(key) or key[:1].isdigit() for key in keys)
    return _MOST_WRITTEN if is_date else _FEW


def _behind(own: Sequence[str], typed: Sequence[str], few: int) -> int | None:
    """How many of a text's own words there are up to those with which the typed ones end; None where none does."""
    for many in range(len(typed), 0, -1):
        ending = typed[len(typed) - many :]
        for end in range(many, min(len(own), len(typed) + max(few, many)) + 1):
            if own[end - many : end] == ending:
                return end
    return None
