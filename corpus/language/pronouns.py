"""Pronouns: words that stand for somebody or something, and those that say whose something is.

Those that are other words in English, such as mir and son, are left out.
"""

from __future__ import annotations

from itertools import product

from corpus.language.tokens import folded

_PERSONAL = """
i me we us you thou thee he him she it they them
ich mich mir du dich dir er ihn ihm sie es wir uns ihr euch ihnen
je j me moi tu te toi il elle on se soi lui nous vous ils elles eux
я меня мне мной мною ты тебя тебе тобой тобою он оно его ему им нём она её ей ею неё ней нею мы нас нам нами вы вас вам
вами они их ими него нему ним них ними себя себе собой собою
"""  # noqa: RUF001 - Russian words.
_POSSESSIVE = """
my our your thy his her its their
mein dein sein unser euer
mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
мой моя моё мои моего моей моему моим моём моих моими мою моею твой твоя твоё твои твоего твоей твоему твоим твоём твоих
твоими твою твоею свой своя своё свои своего своей своему своим своём своих своими свою своею наш наша наше наши нашего
нашей нашему нашим нашем наших нашими нашу нашею ваш ваша ваше ваши вашего вашей вашему вашим вашем ваших вашими вашу
вашею его её их
"""  # noqa: RUF001 - Russian words.
_GERMAN_STEMS = ("mein", "dein", "sein", "ihr", "unser", "euer", "unsr", "eur")
_GERMAN_ENDINGS = ("e", "en", "em", "er", "es")
_OTHER_ENGLISH_WORDS = frozenset(("dir", "j", "ma", "mir", "mon", "on", "son", "ta", "te", "ton"))


def _folded_words(words: str) -> frozenset[str]:
    return frozenset(map(folded, words.split())) - _OTHER_ENGLISH_WORDS


PERSONAL_PRONOUNS = _folded_words(_PERSONAL)
POSSESSIVE_PRONOUNS = _folded_words(_POSSESSIVE) | frozenset(map("".join, product(_GERMAN_STEMS, _GERMAN_ENDINGS)))
"""Folded."""
