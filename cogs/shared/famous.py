"""What the editors say of famous words that are in none of the texts."""

from __future__ import annotations

from msgspec import structs

from bot.core.reply import Note, Reply
from corpus.corpus import Corpus
from corpus.language.tokens import folded, tokens


def with_famous_note(corpus: Corpus, reply: Reply, words: str, *, partly: bool = False) -> Reply:
    """The reply, and above all else where the words come from, if they are famous ones that are not in the texts."""
    found = corpus.famous_quotations.find(words, partly=partly)
    if found is None or (partly and _is_in_texts(corpus, words)):
        return reply
    # A text that was added may be where they come from.
    is_here = any(_is_in_texts(corpus, form) for form in found.words)
    if is_here and not partly:
        return reply
    where = "Not in these texts in these words." if is_here else "Not in these texts."
    return structs.replace(reply, parts=(Note(f"{where} {found.note}"), *reply.parts))


def _is_in_texts(corpus: Corpus, quotation: str) -> bool:
    """Whether a text has the words, or is called so."""
    titles = (folded(text.title) for text in corpus.texts.values())
    return folded(quotation) in titles or _has_words(corpus, quotation)


def _has_words(corpus: Corpus, quotation: str) -> bool:
    return bool(corpus.sentences_with([one.word for one in tokens(quotation)], 1))
