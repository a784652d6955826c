"""Synonyms in names of events: `killed` for an assassination, `russian` for Russia, `start of` a war for all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from corpus.language.alternation import phrases
from corpus.language.english import STOP_WORDS
from corpus.language.small_words import FOREIGN_ARTICLES, FOREIGN_SMALL_WORDS
from corpus.language.tokens import Phrase
from corpus.names.index import name_stem

VIOLENT: Final = frozenset(
    phrases("""
assassinate, assassinated, assassination, execute, executed, execution, kill, killed, killing, kills, murder, murdered,
murders, shot, slain, stabbed
""")
)
"""Words for a death by somebody's hand."""
_SAME: Final = (
    "kill, killing, murder, assassinate, assassination, slain",
    "mord, ermordung, meurtre, assassinat",
    "create, creation, establish, establishment, form, formation, found, founding, foundation, build, built, begun",
    "expel, expulsion, oust, exclude, kick, throw, thrown, remove, removal, dismiss, dismissal, fire, sack",
    "banish, banishment, deport, deportation, exile, expel, expulsion",
    "arrest, prison, imprison, imprisonment, jail, detain, detention",
    "appoint, appointment, become, became, elect, election, name, choose, chosen, chose",
    "seize, seizure, take, taking, taken, took, capture, storm, occupy, occupation",
    "publish, publication, leak, reveal, release",
    "abdicate, abdication, resign, resignation, renounce",
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

_COUNTRIES: Final = (
    "russia, russian, russland, russische, russie, russe, россия, русская, российская",
    "germany, german, deutschland, deutsche, allemagne, allemande",
    "france, french, frankreich",
    "britain, british",
    "america, american, amerika",
)
"""A line for each country, and what is of it: the revolution in Russia is the Russian Revolution."""
_PHASES: Final = frozenset(
    phrases("""
aftermath, anniversary, attend, attended, background, began, begin, beginning, begins, cause, caused, causes,
consequence, consequences, convene, convened, course, date, day, effect, effects, end, ended, ends, finish, finished,
gather, gathered, happen, happened, held, history, impact, importance, lead, leader, leaders, led, lost, meaning,
meet, meets, met, occur, occurred, open, opened, outbreak, outcome, over, part, participants, participated, place,
reason, reasons, result, results, role, significance, start, started, starts, story, succeed, summary, take, took,
win, won, year
""")
)
"""What people ask for of an event; all of it is the event."""

_MOST: Final = 12
"""Words among which a second name is looked for; with more it is no question."""
_NAME: Final = 3  # words that a name has at most


@cache
def _kinds(table: Sequence[str] = _SAME) -> Mapping[str, Sequence[str]]:
    """The other words for each stem."""
    found: dict[str, list[str]] = {}
    for kind in map(phrases, table):
        for word in kind:
            key = name_stem(word)
            found.setdefault(key, []).extend(other for other in kind if name_stem(other) != key)
    return found


def same_event(words: Phrase) -> Iterator[Phrase]:
    """The words with another one for each that says what kind of event it was, or of which country."""
    for n, word in enumerate(words):
        for other in _kinds().get(name_stem(word)) or _kinds(_COUNTRIES).get(name_stem(word), ()):
            yield (*words[:n], other, *words[n + 1 :])


def beside_names(words: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
    """Each way to take some of the words for the name of who had a part in what the others, with a verb, say happened.

    Of a death that is somebody's doing, how it was done makes no difference: “shot by Mercader” is a killing.
    """
    if len(words) > _MOST:
        return
    words = tuple("kill" if word in VIOLENT else word for word in words)
    for start in range(len(words)):
        for end in range(start + 1, min(start + _NAME, len(words)) + 1):
            rest = words[:start] + words[end:]
            said = [name_stem(word) for word in rest if word not in STOP_WORDS]
            if len(said) > 1 and any(word in _kinds() for word in said):
                yield words[start:end], rest


def without_foreign_article(words: Phrase) -> Phrase:
    """Words without a German or French article before them."""
    return words[1:] if len(words) > 1 and words[0] in FOREIGN_ARTICLES else words


def without_foreign_small_words(words: Phrase) -> Phrase:
    """Words without articles and prepositions in other languages: “révolution Russie” of “la révolution en Russie”."""
    # “die” is an article in German, and a verb in English: “when did Lenin die”.
    return tuple(word for word in words if word == "die" or word not in FOREIGN_SMALL_WORDS) or words


def without_phase(words: Phrase) -> Phrase:
    """Words without those that ask for a part of something, as "the beginning of the civil war"."""
    return tuple(word for word in words if word not in _PHASES) or words
