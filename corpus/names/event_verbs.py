"""Words that people use of an event whose name has another: `killed` for an assassination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from corpus.language.alternation import phrases
from corpus.language.english import stem
from corpus.language.tokens import Phrase

VIOLENT: Final = frozenset(
    phrases("""
assassinate, assassinated, assassination, execute, executed, execution, kill, killed, killing, kills, murder, murdered,
murders, shot, slain, stabbed
""")
)
"""Words for a death by somebody's hand."""
_SAME: Final = (
    "kill, killing, murder, assassinate, assassination, slain",
    "create, creation, establish, establishment, form, formation, found, founding, foundation, build, built, begun",
    "expel, expulsion, oust, exclude, kick, throw, thrown, remove, removal, dismiss, dismissal, fire, sack",
    "banish, banishment, deport, deportation, exile, expel, expulsion",
    "arrest, prison, imprison, imprisonment, jail, detain, detention",
    "appoint, appointment, become, became, elect, election, name, choose, chosen, chose",
    "seize, seizure, take, taking, taken, took, capture, storm, occupy, occupation",
    "publish, publication, leak, reveal, release",
    "abdicate, abdication, fall, fell, fallen, overthrow, overthrew, overthrown, topple, depose, end",
    "dissolve, dissolution, disband, disperse, close, closure",
    "escape, flee, fled, flight",
    "die, death, dead",
    "born, birth, birthday",
    "speech, speak, spoke, address",
    "rebel, rebellion, revolt, rise, rising, rose, uprising, mutiny",
    "crush, suppress, suppression",
)
"""Words of which one may stand where a name has another, a line for each kind of event; any form of them."""


@cache
def _kinds() -> Mapping[str, Sequence[str]]:
    """The other words for each stem."""
    found: dict[str, list[str]] = {}
    for kind in map(phrases, _SAME):
        for word in kind:
            found.setdefault(stem(word), []).extend(other for other in kind if stem(other) != stem(word))
    return found


def same_event(words: Phrase) -> Iterator[Phrase]:
    """The words with another one for each that says what kind of event it was."""
    for n, word in enumerate(words):
        for other in _kinds().get(stem(word), ()):
            yield (*words[:n], other, *words[n + 1 :])
