"""What the editors say of famous words that are in none of the texts."""

from __future__ import annotations

from msgspec import structs

from bot.core.reply import Note, Reply
from corpus.corpus import Corpus


def with_famous_note(corpus: Corpus, reply: Reply, words: str, *, partly: bool = False) -> Reply:
    """The reply, and above all else where the words come from, if they are famous ones that are not in the texts."""
    found = corpus.famous_quotations.find(words, partly=partly)
    if found is None:
        return reply
    return structs.replace(reply, parts=(Note(f"Not in these texts. {found.note}"), *reply.parts))
