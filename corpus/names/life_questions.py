"""Questions for when somebody was born or died: `when did Stalin die`, `who killed Lenin`."""

from __future__ import annotations

from typing import Final

from corpus.language.alternation import phrases
from corpus.language.english import STOP_WORDS
from corpus.names.event_verbs import VIOLENT
from corpus.names.finder import Finder
from corpus.names.index import folded_words
from corpus.note_model import Person

_OF_LIFE: Final = VIOLENT | frozenset(
    phrases("birth, birthday, birthdate, born, die, died, dies, dead, death, lifetime, live, lived, old")
)
_OF_DATES: Final = frozenset(("date", "day", "long", "year"))


def life_question(typed: str, finder: Finder) -> Person | None:
    """The one person whose birth or death is asked for, where the editors know their years; else None."""
    words = folded_words(typed)
    if _OF_LIFE.isdisjoint(words) or finder.names_other_ruler(words):
        return None
    name = [word for word in words if word not in _OF_LIFE | _OF_DATES | STOP_WORDS]
    people = finder.people(" ".join(name)) if name else ()
    return people[0] if len(people) == 1 and people[0].life else None


def violent_death(typed: str) -> bool:
    """Whether it is asked for a death by somebody's hand."""
    return not VIOLENT.isdisjoint(folded_words(typed))
