"""Pronouns: words that stand for somebody or something, and those that say whose something is.

Those that are other words in English, such as mir and son, are left out.
"""

from __future__ import annotations

_PERSONAL = """
i me we us you he him she it they them
ich mich wir uns er ihn ihm es ihnen
je nous il elle lui ils elles eux
я мы нас нам он она оно они ему ей им него нее них
"""
_POSSESSIVE = """
my our your his her its their
mein meine unser unsere unseren sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer
notre nos sa ses leur leurs
наш наша наше наши нашу
"""
PERSONAL_PRONOUNS = frozenset(_PERSONAL.split())
POSSESSIVE_PRONOUNS = frozenset(_POSSESSIVE.split())
