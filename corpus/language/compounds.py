"""Words that are printed in one or in several: any one, court-yard, U.S.S.R.; and numbers and ligatures in two ways."""

from __future__ import annotations

import re
from itertools import chain, pairwise

from corpus.language.alternation import phrases
from corpus.language.tokens import folded

_PARTED = re.compile(r"[\s-]+|(?<=[^\W\d_])\.")
_ORDINAL = re.compile(r"(?<![0-9])([0-9]+)(?:st|nd|rd|th|d)")
_LIGATURES = (("æ", "ae"), ("œ", "oe")), (("æ", "e"), ("œ", "e"))
_OTHER_JOINED = frozenset(
    phrases("""
a back, a board, a bound, a bout, a bridge, a broad, a cross, a cute, a far, a fire, a foot, a gain, a gent, a go,
a ground, a head, a kin, a like, a live, a lone, a long, a loud, a mass, a maze, a mend, a miss, a mount, a muse, a new,
a pace, a part, a rise, a rose, a round, a scent, a scribe, a shore, a side, a sleep, a spire, a stir, a stray, a tone,
a void, a vow, a wait, a wake, a ward, a ware, a way,
as sent, as set, as sign, as sure, at one, at test,
be friend, be have, be little, be long, be low, be moan, be set, be side, be sides, be sought,
for age, for bear, for bid, for get, for give, for go, for got, for sake, for tune,
his story, i deal, is land, is sue, man age,
in action, in attention, in capacity, in convenience, in credible, in deed, in dependence, in difference, in direct,
in discretion, in effective, in equality, in experience, in famous, in finite, in firm, in form, in formal, in formed,
in human, in humanity, in jury, in justice, in land, in mate, in sane, in secure, in security, in sensible, in sight,
in stance, in tact, in tense, in tent, in tolerance, in valid, in vent, in vest, in visible,
no table, not able, not ice, now here, off ice, off set, on set, over time, pass over, per use, so on,
the ism, the rapist, to ken, under cover, under mine, up right, up set
""")
)
"""Phrases that are other words when their own are joined: “a part” is not apart, nor “in justice” injustice."""
_LESS = "less"
"""To “fear less” is not to be fearless."""


def are_same_in_print(one: str, other: str) -> bool:
    """Whether two strings have the same letters in the same order, whatever parts or joins their words.

    Those that are other words when they are joined are not the same. An ordinal is the same with its old ending
    (23d, 23rd), and a ligature the same as its letters, or as a plain e.
    """
    if not _spellings(one) & _spellings(other):
        return False
    return not any(_joins_to(*pair) for pair in chain(_only_in(one, other), _only_in(other, one)))


def _only_in(one: str, other: str) -> list[tuple[str, str]]:
    """The words beside each other of one string that the other has joined."""
    joined = set(folded(other).split())
    return [pair for pair in pairwise(folded(one).split()) if "".join(pair) in joined]


def _joins_to(one: str, other: str) -> bool:
    """Whether two words are another one when they are joined."""
    return f"{one} {other}" in _OTHER_JOINED or other == _LESS


def _spellings(words: str) -> set[str]:
    joined = _ORDINAL.sub(r"\1th", _PARTED.sub("", folded(words)))
    return {_replace_ligatures(joined, ways) for ways in _LIGATURES}


def _replace_ligatures(words: str, ways: tuple[tuple[str, str], ...]) -> str:
    for ligature, letters in ways:
        words = words.replace(ligature, letters)
    return words
