"""Mentions: where the texts speak of a person, and whom they name in the same sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from corpus.model import Person, Text
from corpus.reference import Reference


class NameSearch(Protocol):
    """Finds names as the texts print them; the token index does."""

    def sentences_with_name(self, name: str) -> Iterable[Reference]:
        """Every sentence that has the name."""
        ...


class Mentions:
    """The sentences that speak of each of some people."""

    def __init__(self, texts: Mapping[str, Text], people: Sequence[Person], names: NameSearch) -> None:
        self._texts, self._people, self._names = texts, people, names

    def of(self, person: Person) -> tuple[Reference, ...]:
        """Every sentence that speaks of the person, in the order of the texts: by the notes, or by a name of theirs."""
        found = {one for reference in person.references for one in self._texts[reference.text].sentences_of(reference)}
        for name in (person.name, *person.aliases):
            found.update(self._names.sentences_with_name(name))
        order = list(self._texts)
        return tuple(sorted(found, key=lambda one: (order.index(one.text), one.paragraph, one.first or 0)))

    def together_with(self, person: Person) -> list[tuple[Person, tuple[Reference, ...]]]:
        """Others of whom the same sentences speak, with these sentences, the most frequent first."""
        own = set(self.of(person))
        others = (other for other in self._people if other.id != person.id)
        found = [(other, tuple(one for one in self.of(other) if one in own)) for other in others]
        return sorted(((other, shared) for other, shared in found if shared), key=lambda pair: -len(pair[1]))
