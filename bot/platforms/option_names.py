"""Names of options as people nearly write them, `texts:` for `text:`, and those that a command does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from bot.core.command import Command
from bot.core.errors import Mistyped
from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 300
"""Characters of the longest line that is looked at: a longer one is a passage, with colons of its own."""
_NEAR: Final = 0.82
"""How much alike names are of which one is meant for the other: one letter more or less, or more in a long name."""
_NAME: Final = lazy_pattern(r'["“”„][^"“”„]*["“”„]|(?<!\S)(?P<name>[a-z_]{2,20}):(?=[^\s/])', re.ASCII | re.IGNORECASE)


def with_known_names(command: Command, rest: str, commands: Mapping[str, Command]) -> str:
    """What is typed after a command, with each name that is nearly one of its options' as that.

    Raises Mistyped for an option that only other commands have.
    """
    if len(rest) > _LONGEST or "\n" in rest:
        return rest
    own = [one.name for one in command.parameters]
    others = {one.name for other in commands.values() for one in other.parameters}

    def known(match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if not name or name in own:
            return match[0]
        near = get_close_matches(name, own, n=2, cutoff=_NEAR)
        if len(near) == 1:
            return f"{near[0]}:"
        if name in others:
            raise Mistyped(_no_option(command, name, own))
        return match[0]

    return _NAME.sub(known, rest)


def _no_option(command: Command, name: str, own: Sequence[str]) -> str:
    takes = f"Its options: {', '.join(f'{one}:' for one in own)}" if own else "It takes no options."
    return f"/{command.name} has no option “{name}”. {takes}"
