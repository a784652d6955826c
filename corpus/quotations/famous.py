"""Famous words that are in none of the texts, by what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from corpus.language.tokens import content_words, stems
from corpus.model import FamousQuotation, Notes

_LONGEST = 1_000
"""Characters looked at: famous words are short."""
_ALIKE = 85.0
"""From this similarity on (100 is equality), words are a famous quotation that somebody remembers inexactly."""


def famous_quotation(notes: Notes, typed: str, *, partly: bool = False) -> FamousQuotation | None:
    """The famous words that are, or stand in, what was typed; `partly`: or of which it is the half, at least."""
    said = _joined(stems(typed[:_LONGEST]))
    words = frozenset(token.stem for token in content_words(typed[:_LONGEST]))
    for one in notes.elsewhere:
        if any(_is_said(said, form) or (partly and _is_half(words, form)) for form in one.words):
            return one
    return None


def _is_said(said: str, form: str) -> bool:
    wanted = _joined(stems(form))
    return wanted in said or fuzz.ratio(said, wanted, score_cutoff=_ALIKE) > 0


def _is_half(words: frozenset[str], form: str) -> bool:
    wanted = {token.stem for token in content_words(form)}
    return bool(words) and words <= wanted and 2 * len(words) >= len(wanted)


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
