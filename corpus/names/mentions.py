"""Where the texts speak of a person, and whom they name beside."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.corpus import Corpus
from corpus.model import Person
from corpus.quotations.token_index import Wording
from corpus.reference import Reference


def mentions(corpus: Corpus, person: Person) -> tuple[Reference, ...]:
    """Every sentence that speaks of the person, in the order of the texts: by the notes, or by a name of theirs."""
    found = {one for reference in person.references for one in corpus.each(reference)}
    found |= set(_named(corpus.wording, (person.name, *person.aliases)))
    order = list(corpus.texts)
    return tuple(sorted(found, key=lambda one: (order.index(one.text), one.paragraph, one.first or 0)))


def companions(corpus: Corpus, person: Person) -> list[tuple[Person, tuple[Reference, ...]]]:
    """Others of whom the same sentences speak, with these sentences, the most frequent first."""
    own = set(mentions(corpus, person))
    found = [
        (other, tuple(one for one in mentions(corpus, other) if one in own))
        for other in corpus.notes.people
        if other.id != person.id
    ]
    return sorted(((other, shared) for other, shared in found if shared), key=lambda pair: -len(pair[1]))


def _named(wording: Wording, names: tuple[str, ...]) -> Iterator[Reference]:
    """Sentences with one of the names: with capitals where the name has them, so that Dan is no “dan”."""
    for name in names:
        row = wording.read(name)
        for start in _places(wording, row.keys) if row.keys else ():
            printed = wording.forms[start : start + len(row.keys)]
            if all(other[0].isupper() or not form[0].isupper() for form, other in zip(row.forms, printed, strict=True)):
                yield wording.stretches(start, start + len(row.keys))[0].reference


def _places(wording: Wording, keys: list[str]) -> Iterator[int]:
    """Where the name stands, also as a possessive."""
    yield from wording.find(keys)
    for start in wording.find([*keys[:-1], f"{keys[-1]}s"]):
        if wording.forms[start + len(keys) - 1].endswith("'s"):
            yield start
