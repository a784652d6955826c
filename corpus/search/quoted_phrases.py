"""Quoted phrases: what somebody typed in quotation marks is to be found as it is, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus.errors import OutOfTime
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import APOSTROPHES, QUOTATION_MARKS, Phrase, content_words, tokens
from corpus.search.expressions import AndQuery, Expression, every_term, side_by_side
from corpus.search.grading import Candidate, Marks, distinct, term_forms
from corpus.search.query import Query
from corpus.search.reader import SentenceReader
from corpus.search.search_result import Hit, SearchResult

_MOST: Final = 8
"""Phrases of one line; the words of others are looked for like those outside of marks."""
_MOST_OTHERS: Final = 5
"""Words outside of marks: with more, somebody pasted a passage in which a voice is quoted."""
_MARK: Final = f'["{QUOTATION_MARKS}]'
_NO_MARK: Final = f'[^"{QUOTATION_MARKS}]'
# Inches have no letter before the next mark, and a mark that is never closed holds what is behind it.
_QUOTED: Final = lazy_pattern(rf"(?<!\w){_MARK}(?P<phrase>{_NO_MARK}*)(?:{_MARK}(?!\w)|$)")
_APOSTROPHE: Final = f"['{APOSTROPHES}]"
_IN_SINGLE: Final = rf"(?:[^'{APOSTROPHES}]|(?<=\w){_APOSTROPHE}(?=\w))+"
_SINGLE: Final = lazy_pattern(rf"\s*{_APOSTROPHE}(?P<phrase>{_IN_SINGLE}){_APOSTROPHE}\s*")
_ELISION: Final = lazy_pattern(r"\[?(?:…|\.\.\.+)\]?")
_MARKS: Final = lazy_pattern(_MARK)
_ASKING_WORDS: Final = """
ask asking check exact exactly find full get give help know line look mention mentioned mentions need origin passage
phrase phrases please pls quotation quotations quote quoted quotes said saying says say search sentence show source
tell text texts thank thanks want where word words write wrote
"""
_ASKING: Final = frozenset(_ASKING_WORDS.split())
"""Words that only ask for what the marks hold."""


class QuotedQuery(NamedTuple):
    """What was typed with quotation marks: the folded words of each phrase, and the other words, which may be none."""

    phrases: tuple[Phrase, ...]
    others: str = ""


def quoted_query(typed: str) -> QuotedQuery | None:
    """The query that was typed, or None where no quotation marks hold any words.

    The marks may be of any language, and an elision parts a phrase in two. With many words beside them it is a passage.
    """
    single = _SINGLE.fullmatch(typed)
    held = [single["phrase"]] if single else [match["phrase"] for match in _QUOTED.finditer(typed)][:_MOST]
    parts = [words for phrase in held for part in _ELISION.split(phrase) if (words := _words(part))]
    if not parts:
        return None
    rest = "" if single else _QUOTED.sub(" ", typed, count=_MOST)
    others = " ".join(without_marks(rest).split()).strip(" ,;.:!?-–—()")
    if len(content_words(others)) > _MOST_OTHERS:
        return None
    asked = any(one.word not in _ASKING for one in content_words(others))
    return QuotedQuery(tuple(dict.fromkeys(parts)), others if asked else "")


def without_marks(typed: str) -> str:
    """What was typed, without its quotation marks."""
    single = _SINGLE.fullmatch(typed)
    return single["phrase"] if single else _MARKS.sub("", typed)


def _words(phrase: str) -> Phrase:
    return tuple(token.word for token in tokens(phrase))


def with_phrases(phrases: tuple[Phrase, ...], others: Query | None) -> Expression:
    """All the phrases, and every term of the other words."""
    parts = [*map(side_by_side, phrases), *([every_term(others)] if others else [])]
    return parts[0] if len(parts) == 1 else AndQuery(tuple(parts))


def phrase_result(
    reader: SentenceReader, places: Sequence[int], quoted: QuotedQuery, others: Query | None, total: int
) -> SearchResult:
    """What was found, by the ids of the sentences: the phrases are marked, and the other words.

    Raises OutOfTime where that is nothing, since there was no time to look everywhere.
    """
    if reader.ran_out and not places:
        raise OutOfTime
    terms = [term_forms(one) for one in others.terms] if others else []

    def marks(candidate: Candidate) -> Marks:
        spans = [span for phrase in quoted.phrases for span in candidate.phrase_marks(phrase)]
        return distinct([*spans, *candidate.marks(terms, synonyms=True)])

    hits = tuple(Hit(reference, marks(candidate), "phrase") for reference, candidate in reader.candidates(places))
    corrections = others.corrections if others else ()
    return SearchResult(hits, max(total, len(hits)), corrections, is_partial=reader.ran_out)
