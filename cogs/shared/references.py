"""References to texts and passages, as people type them and as buttons carry them."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.reply import Choice
from cogs.shared.lists import or_list, shortened
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.reference import Reference


class TextId(str):
    """The id of one of the corpus's texts."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TextId:
        """The text of an id, a title or a name, with or without its article. Raises NotUnderstood."""
        wanted = _without_article(typed)
        for text in corpus.texts.values():
            if wanted in {text.id.casefold(), _without_article(text.title), _without_article(text.name)}:
                return cls(text.id)
        raise NotUnderstood(f"Choose a text: {or_list(corpus.texts)}.")

    @classmethod
    def choices(cls, corpus: Corpus) -> tuple[Choice, ...]:
        return tuple(Choice(shortened(f"{text.id}: {text.title}"), text.id) for text in corpus.texts.values())


def reference_from_words(corpus: Corpus, typed: str) -> Reference | None:
    """The reference that was typed, or None where the words are no reference to one of the texts.

    Raises NotUnderstood where the text does not reach so far.
    """
    reference = Reference.read(typed)
    if reference is None or reference.text not in corpus.texts:
        return None
    return corpus.resolve(reference)


def reference_from_value(corpus: Corpus, value: str) -> Reference:
    """The reference that a button's value holds, perhaps a button older than the corpus. Raises UserError."""
    if reference := reference_from_words(corpus, value):
        return reference
    raise UserError("That button belongs to a text I no longer have. Please ask again.")


def _without_article(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")
