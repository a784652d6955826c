"""What a button or a menu means, written into its ids: a press needs no memory of ours, so a restart loses no button.

An element's `action_id` says what to do, its block's `block_id` who asked for the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.platforms.slack.rendering.limits import ACTION_ID

Does = Literal["act", "find"]

_VERSION = "1"
_BETWEEN = "~"


@dataclass(frozen=True)
class Press:
    """`act`: `name` is an action, and `more` what to ask the presser for first, or nothing.
    `find`: `name` is a command, and `more` the parameter for which the value is chosen.
    """

    name: str
    more: str = ""
    does: Does = "act"

    def action_id(self, ordinal: int) -> str:
        """`ordinal` tells apart what would otherwise be the same id twice in a message, which Slack refuses."""
        written = _BETWEEN.join((_VERSION, self.does, str(ordinal), self.name, self.more.replace(_BETWEEN, " ")))
        return written[:ACTION_ID]

    @classmethod
    def read(cls, action_id: str) -> Press | None:
        """The press that an action id stands for; None where it is of another version, or none of ours."""
        match action_id.split(_BETWEEN):
            case [version, "act" | "find" as does, _, name, more] if version == _VERSION:
                return cls(name, more, "act" if does == "act" else "find")
        return None


@dataclass(frozen=True)
class Origin:
    """Who asked for a message, and what was typed for the parameter that a menu in it completes."""

    asker: str = ""
    typed: str = ""

    def block_id(self, ordinal: int) -> str:
        written = _BETWEEN.join((str(ordinal), self.asker, self.typed.replace(_BETWEEN, " ")))
        return written[:ACTION_ID]

    @classmethod
    def read(cls, block_id: str) -> Origin:
        match block_id.split(_BETWEEN):
            case [_, asker, typed]:
                return cls(asker, typed)
        return cls()
