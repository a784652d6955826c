"""Message catalogues: what platforms show of commands before they answer, in the reader's language.

A language is a gettext catalogue, `locales/<language>.po`. The messages are the English words themselves. Names, which
must be one lower-case word, have the context "name"; sentences have none. Answers are in English, as the texts are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

NAME = "name"
"""The context of the names of commands and their options."""

_FOLDER = Path(__file__).with_name("locales")


def languages() -> Sequence[str]:
    """The languages that there are catalogues for, by their ISO 639 codes. English needs none."""
    return sorted(file.stem for file in _FOLDER.glob("*.po"))


def catalogues() -> bytes:
    """All catalogues as they are written: what differs where any translation does."""
    return b"".join((_FOLDER / f"{language}.po").read_bytes() for language in languages())


def translated(message: str, locale: str, context: str = "") -> str:
    """A message in the language of a locale such as "de" or "de-AT"; itself where no catalogue has it."""
    return catalogue(language_of(locale)).get((message, context)) or message


def language_of(locale: str) -> str:
    """The language of a locale such as "de" or "de-AT"."""
    return locale.partition("-")[0].partition("_")[0]


@cache
def catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """The translations of a language by message and context; none where there is no catalogue."""
    if language not in languages():
        return {}
    # Babel takes a while to load, and most of what runs never shows a command.
    from babel.messages.pofile import read_po

    with (_FOLDER / f"{language}.po").open("rb") as file:
        messages = read_po(file, language, abort_invalid=True)
    return {(str(one.id), one.context or ""): str(one.string) for one in messages if one.id}
