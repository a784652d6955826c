"""Questions for when somebody was born or died, and by whose hand: `when did Stalin die`, `who killed Lenin`."""

from __future__ import annotations

from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.english import STOP_WORDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.names.event_synonyms import VIOLENT
from corpus.names.finder import Finder
from corpus.names.index import folded_words
from corpus.note_model import Event, Person

_BIRTH: Final = frozenset(phrases("birth, birthday, birthdate, born"))
_DEATH: Final = VIOLENT | frozenset(phrases("die, died, dies, dead, death"))
_LIFETIME: Final = frozenset(phrases("lifetime, live, lived, old"))
_OF_LIFE: Final = _BIRTH | _DEATH | _LIFETIME
_OF_DATES: Final = frozenset(("date", "day", "long", "year"))

_KILLER: Final = lazy_pattern(
    rf"(?:who )?(?:has |had )?{any_of(sorted(VIOLENT))} (?P<victim>.+)"
    rf"|(?:by whom|who) (?:was|is) (?P<other>.+?) {any_of(sorted(VIOLENT))}(?: by)?"
)
_LONGEST: Final = 100
"""Characters of the longest question for somebody's killer."""


def killer_asked_for(typed: str, finder: Finder) -> Person | None:
    """Whom the notes call the killer of the person whose killer is asked for; None where they know none."""
    match = _KILLER.fullmatch(folded(typed).strip(" ?!.")) if len(typed) <= _LONGEST else None
    victims = finder.people(match["victim"] or match["other"]) if match else ()
    killers = finder.people(f"{victims[0].name.split()[-1]}'s killer") if len(victims) == 1 else ()
    return killers[0] if len(killers) == 1 else None


def life_question(typed: str, finder: Finder) -> Person | None:
    """The one person whose birth or death is asked for, where the editors know their years; else None."""
    words = folded_words(typed)
    if _OF_LIFE.isdisjoint(words) or finder.names_other_ruler(words):
        return None
    name = [word for word in words if word not in _OF_LIFE | _OF_DATES | STOP_WORDS]
    people = finder.people(" ".join(name)) if name else ()
    return people[0] if len(people) == 1 and people[0].life else None


def life_event(person: Person, typed: str, finder: Finder) -> Event | None:
    """The birth or the death that is asked for, where it is an event; None where it is asked for both, or an age."""
    words = folded_words(typed)
    if not _LIFETIME.isdisjoint(words):
        return None
    is_birth, is_death = not _BIRTH.isdisjoint(words), not _DEATH.isdisjoint(words)
    return finder.life_event(person, "birth" if is_birth else "death") if is_birth != is_death else None


def violent_death(typed: str) -> bool:
    """Whether it is asked for a death by somebody's hand."""
    return not VIOLENT.isdisjoint(folded_words(typed))
