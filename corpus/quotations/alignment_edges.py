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
    typed = [word.key for word in words[:number]]
    if not typed:
        return start
    sentence = index.sentence_start(position)
    if written := _written_otherwise(index, words[:number], range(position - 1, index.bounds(position)[0] - 1, -1)):
        return position - written
    if (
        date := _date_at_end(index.keys[max(sentence, position - _MOST_WRITTEN) : position])
        if is_number_or_date(typed)
        else 0
    ):
        return position - date
    if len(typed) <= _MOST_TYPED:
        few = _few([*typed, words[number].key])
        own = index.keys[max(sentence, position - len(typed) - max(few, len(typed))) : position]
        behind = _behind(own[::-1], typed[::-1], few)
        if behind is not None:
            return position - behind
    return start if _STOPS.intersection(words[number - 1].after) else max(start, sentence)


def end_with(index: TokenIndex, words: Sequence[QuotedWord], last: Equal, end: int) -> int:
    """The position before which an alignment ends, of which `last` are the last equal words."""
    number, position = last
    typed = [word.key for word in words[number + 1 :]]
    if not typed:
        return end
    sentence = index.sentence_end(position)
    if written := _written_otherwise(index, words[number + 1 :], range(position + 1, index.bounds(position)[1])):
        return position + 1 + written
    if (
        date := _date_at_start(index.keys[position + 1 : position + 1 + _MOST_WRITTEN])
        if is_number_or_date(typed)
        else 0
    ):
        return position + 1 + date
    if len(typed) <= _MOST_TYPED:
        few = _few([words[number].key, *typed])
        own = index.keys[position + 1 : min(sentence, position + 1 + len(typed) + max(few, len(typed)))]
        behind = _behind(own, typed, few)
        if behind is not None:
            return position + 1 + behind
    return end if _STOPS.intersection(words[number].after) else min(end, sentence)


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


def _date_at_start(own: Sequence[str]) -> int:
    """How many words the date or number has with which words of a text begin."""
    return next((last for first, last in numbers_and_dates(own) if first == 0), 0)


def _date_at_end(own: Sequence[str]) -> int:
    return next((last - first for first, last in numbers_and_dates(own) if last == len(own)), 0)


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
