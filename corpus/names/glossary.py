"""Terms of the texts that the editors explain, by what somebody typed."""

from __future__ import annotations

from corpus.language.tokens import content_words, tokens
from corpus.note_model import Notes, Term


def term_of(notes: Notes, typed: str) -> Term | None:
    """The term that is asked for by this word or phrase, in any form of it."""
    wanted = _key(typed)
    return next((term for term in notes.glossary if wanted and wanted in map(_key, term.words)), None)


def _key(words: str) -> tuple[str, ...]:
    return tuple(token.stem for token in content_words(words) or tokens(words))
