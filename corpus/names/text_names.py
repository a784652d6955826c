"""Texts by what people call them: an id, a title, a name, or the beginning of a title."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from corpus.language.tokens import content_words, folded
from corpus.language.word_set import word_set
from corpus.note_model import Person
from corpus.text_model import Text


class TextNames:
    """Finds texts by their names, of which an article before them is no part. `people` finds somebody by a name."""

    def __init__(self, texts: Mapping[str, Text], people: Callable[[str], Sequence[Person]]) -> None:
        self._texts = texts
        self._people = people

    def exact(self, name: str) -> str | None:
        """The id of the first text whose whole id, title or name this is."""
        return self._whole.get(_without_article(name.rstrip(" ,:;?!.")))

    def beginning(self, name: str) -> str | None:
        """The id of the one text whose title begins with these words: two at least, since one alone may be any word."""
        found = self._beginnings.get(_without_article(name.rstrip(" ,:;")), ())
        return found[0] if len(found) == 1 else None

    def only_with(self, words: str) -> str | None:
        """The id of the one text that has all the words, in any form, in its title or its author's name."""
        return _only_id_with(self._by_stem, words)

    def only_by(self, words: str) -> str | None:
        """The id of the one text that has all the words, in any form, in its author's name."""
        return _only_id_with(self._by_stem_of_author, words)

    def may_be_in(self, typed: str) -> bool:
        """Whether a text may be named in what was typed, which most of what is looked up does not."""
        return not self.first_words.isdisjoint(word_set(typed))

    def or_author(self, name: str) -> str | None:
        """The id of the one text that is called so, or else that is the only one by an author who is in no note."""
        return self._with_authors.get(folded(name))

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        names = ((name, text.id) for text in self._texts.values() for name in (text.id, text.title, text.name))
        found: dict[str, str] = {}
        for name, text in names:
            found.setdefault(_without_article(name), text)
        return found

    @cached_property
    def _beginnings(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for text in self._texts.values():
            words = _without_article(text.title).split(" ")
            for end in range(2, len(words)):
                found.setdefault(" ".join(words[:end]), []).append(text.id)
        return found

    @cached_property
    def _by_stem(self) -> Mapping[str, frozenset[str]]:
        return _ids_by_stem({text.id: f"{text.title} {text.author}" for text in self._texts.values()})

    @cached_property
    def _by_stem_of_author(self) -> Mapping[str, frozenset[str]]:
        return _ids_by_stem({text.id: text.author for text in self._texts.values()})

    @cached_property
    def first_words(self) -> frozenset[str]:
        """Words of which one is in each name: figures and letters apart, as what is typed is read."""
        return frozenset(word for name in self._whole for word in word_set(name.partition(" ")[0]))

    @cached_property
    def _with_authors(self) -> Mapping[str, str]:
        called: dict[str, set[str]] = {}
        written: dict[str, set[str]] = {}
        for text in self._texts.values():
            for name in (text.id, text.name, text.title, f"the {text.id}"):
                called.setdefault(folded(name), set()).add(text.id)
            for name in (text.author, text.author.rpartition(" ")[2]):
                # Somebody in a note may have the surname of an author whom no note knows.
                if name and not self._people(name):
                    written.setdefault(folded(name), set()).add(text.id)
        # Reed may have written two texts of which one is called so. A small word is one of what is asked: “a chin”.
        names = (written | called).items()
        return {name: min(texts) for name, texts in names if len(texts) == 1 and content_words(name)}


def _ids_by_stem(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The ids whose words have a stem, by the stem."""
    found: dict[str, set[str]] = {}
    for id_, some in words.items():
        for word in content_words(some):
            found.setdefault(word.stem, set()).add(id_)
    return {stem: frozenset(ids) for stem, ids in found.items()}


def _only_id_with(by_stem: Mapping[str, frozenset[str]], words: str) -> str | None:
    """The only id with the stems of all words; of none where there is a figure, which may be a place in a text."""
    if any(map(str.isdigit, words)):
        return None
    found = [by_stem.get(one.stem, frozenset()) for one in content_words(words)]
    ids = frozenset.intersection(*found) if found else frozenset()
    return next(iter(ids)) if len(ids) == 1 else None


def _without_article(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")
