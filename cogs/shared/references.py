"""References to texts and passages, as people type them and as buttons carry them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import TypeVar

from msgspec import structs

from bot.core.errors import UserError
from bot.core.reply import Choice
from cogs.shared.lists import LABEL, MENU, shortened
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.phrasing import and_list, or_list
from corpus.language.small_words import FOREIGN_LINKS
from corpus.position import Position
from corpus.reference import ParagraphRange, Reference, may_be_reference

Place = TypeVar("Place", Reference, ParagraphRange)

_NAMED = 5
"""Texts that an error names."""
_LONGEST_ID = 32
_BETWEEN_TEXTS = re.compile(rf"\s*[,;+&]\s*|\s+(?:and|vs\.?|versus|{FOREIGN_LINKS})\s+", re.IGNORECASE)


_LARGE_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
"""5,000, which is no sentence of paragraph 5."""


class TextId(str):
    """The id of one of the corpus's texts."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TextId:
        """The text of an id, a title or a name, or the only one with these words in its title or its author's name.

        Raises NotUnderstood.
        """
        if found := cls.named(typed, corpus) or cls.only_with(typed, corpus):
            return found
        names = [*corpus.texts][:_NAMED] + (["another that /sources lists"] if len(corpus.texts) > _NAMED else [])
        raise NotUnderstood(f"Choose a text: {or_list(names)}.")

    @classmethod
    def named(cls, typed: str, corpus: Corpus) -> TextId | None:
        """The text of an id, a title, the beginning of one, or a name; or None."""
        return cls._of(corpus.text_names.exact(typed) or corpus.text_names.beginning(typed))

    @classmethod
    def only_with(cls, typed: str, corpus: Corpus) -> TextId | None:
        """The only text with the words in its title or its author's name, or None."""
        return cls._of(corpus.text_names.only_with(typed))

    @classmethod
    def only_by(cls, typed: str, corpus: Corpus) -> TextId | None:
        """The only text with the words in its author's name, or None."""
        return cls._of(corpus.text_names.only_by(typed))

    @classmethod
    def exact(cls, typed: str, corpus: Corpus) -> TextId | None:
        """The text whose whole title, name or id this is, or None."""
        return cls._of(corpus.text_names.exact(typed))

    @classmethod
    def _of(cls, text: str | None) -> TextId | None:
        return cls(text) if text else None

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning of a typed line are the text: two of "the speech 4"."""
        return 2 if words[0].casefold() == "the" and len(words) > 1 else 1

    @classmethod
    def choices(cls, corpus: Corpus) -> tuple[Choice, ...]:
        return tuple(Choice(shortened(f"{text.id}: {text.title}"), text.id) for text in corpus.texts.values())


class TextIds(tuple[str, ...]):
    """The ids of two or more of the corpus's texts, each once."""

    __slots__ = ()

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TextIds:
        """The texts of "speech, reed", "the speech and Reed" or "speech reed". Raises NotUnderstood."""
        names = filter(None, _BETWEEN_TEXTS.split(typed.strip()))
        found = dict.fromkeys(one for name in names for one in _texts_named(name, corpus))
        if len(found) < 2:
            raise NotUnderstood(f"Name at least two texts, such as {' and '.join([*corpus.texts][:2])}.")
        return cls(found)

    @classmethod
    def is_list(cls, typed: str, corpus: Corpus) -> bool:
        """Whether `typed` is a list of texts, one or more, and nothing else."""
        names = [*filter(None, _BETWEEN_TEXTS.split(typed.strip()))]
        return bool(names) and all(_ids_named(name, corpus) for name in names)

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning of a typed line are the texts: all, since a title may have any words."""
        return len(words)


def _texts_named(name: str, corpus: Corpus) -> list[str]:
    """The text of a name, or of each of its words. Raises NotUnderstood, with near misses."""
    if ids := _ids_named(name, corpus):
        return ids
    if only := TextId.only_with(name, corpus):
        return [only]
    unknown = next((word for word in map(str.casefold, name.split()) if word not in corpus.texts), name)
    near = get_close_matches(unknown[:_LONGEST_ID], corpus.texts, n=2)
    known = "" if near else f" The texts are {and_list(_first_ids(corpus))}."
    raise NotUnderstood(f"There is no text “{shortened(unknown, 40)}”.{known}", near)


def _ids_named(name: str, corpus: Corpus) -> list[str]:
    """The id of the text with a name, or each word of the name where all are ids; none where it is not a text's."""
    if text := TextId.named(name, corpus):
        return [text]
    ids = [word.casefold() for word in name.split()]
    return ids if all(word in corpus.texts for word in ids) else []


def _first_ids(corpus: Corpus) -> list[str]:
    """The ids of the texts, or of a few of them and where the others are listed."""
    more = ["others that /sources lists"] if len(corpus.texts) > _NAMED else []
    return [*corpus.texts][:_NAMED] + more


def suggest_texts(corpus: Corpus, typed: str) -> list[Choice]:
    """Completions for several texts: those that are named already, and each that may follow them."""
    *done, begun = _BETWEEN_TEXTS.split(typed.strip())
    if begun in corpus.texts and typed.strip() != typed:
        done, begun = [*done, begun], ""
    before = list(dict.fromkeys(one for one in done if one in corpus.texts))
    left = [text for text in corpus.texts.values() if text.id not in before]
    found = [one for one in left if begun.casefold() in f"{one.id} {one.title}".casefold()]
    lines = [", ".join([*before, one.id]) for one in found]
    return [Choice(shortened(line), line) for line in lines if len(line) <= LABEL][:MENU]


def may_be_place(typed: str) -> bool:
    """Whether what was typed may be a place in a text: most has neither a number nor a word of a position."""
    return may_be_reference(typed) or Position.may_be(typed)


def reference_from_words(
    corpus: Corpus, typed: str, text: str | None = None, *, in_part: bool = False
) -> Reference | None:
    """The reference that was typed, or None where the words are no reference to one of the texts.

    A place without a text is one in `text`. With `in_part`, what has a beginning or an end is a text if only this has
    the words in its title or its author's name.

    Raises NotUnderstood where the text does not reach so far, or where it is not said which of several is meant.
    """
    place = _place_of_a_text(corpus, typed, Reference.read, text)
    if place is None and (position := Position.read(typed)):
        return _at_position(corpus, position, text, in_part=in_part)
    return corpus.resolve(place) if place else None


def _at_position(corpus: Corpus, position: Position, text: str | None, *, in_part: bool) -> Reference | None:
    """The passage at a position, or None where it is in nothing that the corpus has. Raises NotUnderstood."""
    paragraph = _place_of_a_text(corpus, position.of, Reference.read, text)
    if paragraph and paragraph.first is None:
        whole = corpus.texts[paragraph.text]
        start = whole.place(corpus.resolve(paragraph).paragraph)
        return position.within(whole, range(start, start + 1))
    texts = [text] if text else [*corpus.texts]
    if position.of:
        named = TextId.named(position.of, corpus)
        if named is None and (in_part or not position.is_edge):
            named = TextId.only_with(position.of, corpus)
        if named is None:
            return None
        texts = [named]
    found = [place for one in texts if (place := position.within(corpus.texts[one]))]
    if len(found) > 1:
        raise NotUnderstood("Several texts have such a place: name the text too.", [*map(str, found)])
    return found[0] if found else None


def paragraphs_from_words(corpus: Corpus, typed: str, text: str | None = None) -> ParagraphRange | None:
    """The range of paragraphs that was typed, as `reference_from_words` reads one passage."""
    if found := _place_of_a_text(corpus, typed, ParagraphRange.read, text):
        for number in (found.first, found.last):
            corpus.resolve(Reference(found.text, number))
    return found


def _place_of_a_text(
    corpus: Corpus, typed: str, read: Callable[[str, str], Place | None], text: str | None
) -> Place | None:
    """What was typed, in the text that it names, or in the one text that it can mean. Raises NotUnderstood."""
    if _LARGE_NUMBER.fullmatch(typed) or not may_be_reference(typed):
        return None  # most of what is looked up: it need not be tried in each text
    if place := read(typed, ""):
        # A number behind any word may be a year, but one with a sentence is a place.
        has_sentence = isinstance(place, Reference) and place.first is not None
        named = TextId.named(place.text, corpus) or (TextId.only_with(place.text, corpus) if has_sentence else None)
        place = structs.replace(place, text=named or place.text)
        if place.text in corpus.texts:
            return place
    texts = [text] if text else corpus.texts
    places: list[Place] = [one for id_ in texts if (one := read(typed, id_)) and one.text in corpus.texts]
    there: list[Place] = [one for one in places if _is_there(corpus, one)]
    if len(there) > 1:
        raise NotUnderstood("Several texts have such a place: name the text too.", [*map(str, there)])
    # Of several texts that have no such place none is meant: “1,917” is a number.
    return next(iter(there or (places if len(places) == 1 else ())), None)


def _is_there(corpus: Corpus, place: Place) -> bool:
    """Whether a text has the place."""
    ends = (
        [place] if isinstance(place, Reference) else [Reference(place.text, one) for one in (place.first, place.last)]
    )
    try:
        return bool([corpus.resolve(one) for one in ends])
    except NotUnderstood:
        return False


def suggest_references(corpus: Corpus, typed: str) -> list[Reference]:
    """References for one half typed: a text's paragraphs, or a paragraph's sentences; none for other words."""
    name, _, rest = typed.strip().casefold().partition(" ")
    texts = [text for text in corpus.texts.values() if len(name) >= 3 and text.id.startswith(name)]
    reference, several = Reference.read(typed), ParagraphRange.read(typed)
    if reference is None and several and several.text in corpus.texts:
        numbers = (one.number for one in corpus.texts[several.text].paragraphs)
        return [Reference(several.text, one) for one in numbers if several.first <= one <= several.last][:MENU]
    if reference and reference.text in corpus.texts:
        with suppress(NotUnderstood):
            return [reference.context, *islice(corpus.each(reference.context), MENU)]
        return []
    paragraphs = (Reference(text.id, one.number) for text in texts for one in text.paragraphs)
    return list(islice(paragraphs, MENU)) if not rest else []


def reference_from_value(corpus: Corpus, value: str) -> Reference:
    """The reference that a button's value holds, perhaps a button older than the corpus. Raises UserError."""
    written = Reference.from_str(value)
    if written and written.text in corpus.texts:
        return corpus.resolve(written)
    if reference := reference_from_words(corpus, value):
        return reference
    raise UserError("That button belongs to a text I no longer have. Please ask again.")
