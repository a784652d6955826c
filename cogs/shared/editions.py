"""Which edition of a text a passage was quoted from: said beside its reference, and kept for as long as a post is."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.corpus import Corpus
from corpus.reference import Reference

_SEVERAL = ", "


def edition_line(corpus: Corpus, text: str) -> str:
    """The edition of a text that is looked up now: "edition 1a2b3c4d5e6f"."""
    return f"edition {corpus.texts[text].edition_hash}"


def quoted_editions(corpus: Corpus, references: Iterable[Reference]) -> str:
    """Passages with their editions, as they are kept in the store: "speech 4.2@1a2b3c4d5e6f, article 3@…"."""
    return _SEVERAL.join(f"{one}@{corpus.texts[one.text].edition_hash}" for one in references)


def quoted_words(corpus: Corpus, quoted: str) -> str:
    """The same for people, where it was kept; an edition that is not the one looked up now is said to be replaced."""
    return "; ".join(_in_words(corpus, *one.rsplit("@", 1)) for one in quoted.split(_SEVERAL) if "@" in one)


def _in_words(corpus: Corpus, reference: str, edition: str) -> str:
    text = corpus.texts.get(reference.partition(" ")[0])
    now = "" if text and text.edition_hash == edition else ", replaced since" if text else ", not in use here now"
    return f"{reference}, edition {edition}{now}"
