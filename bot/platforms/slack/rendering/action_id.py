"""The action id codec: what a button or a menu does, written into its ids, so that no restart loses it.

An element's `action_id` says what to do, its block's `block_id` who asked for the message.
"""

from __future__ import annotations

from typing import Literal, cast, get_args

from msgspec import Struct

from bot.platforms.slack.rendering.limits import ACTION_ID, BLOCK_ID

Purpose = Literal["act", "find", "run"]

_VERSION = "1"
_SEPARATOR = "~"


class ActionId(Struct, frozen=True):
    """`act`: `name` is an action, and `extra` what to ask the presser for first, or nothing.
    `find`: `name` is a command, and `extra` the parameter for which the value is chosen.
    `run`: `name` is a command, to be called as if it had been typed alone.
    """

    name: str
    extra: str = ""
    purpose: Purpose = "act"

    def encode(self, ordinal: int) -> str:
        """The id as Slack keeps it. `ordinal` is unique in a message: Slack refuses the same id twice."""
        fields = (_VERSION, self.purpose, str(ordinal), self.name, self.extra.replace(_SEPARATOR, " "))
        return _SEPARATOR.join(fields)[:ACTION_ID]

    @classmethod
    def parse(cls, action_id: str) -> ActionId | None:
        """What an action id stands for; None where it is of another version, or none of ours."""
        match action_id.split(_SEPARATOR):
            case [version, purpose, _, name, extra] if version == _VERSION and purpose in get_args(Purpose):
                return cls(name, extra, cast(Purpose, purpose))
        return None


class BlockId(Struct, frozen=True):
    """Who asked for a message, and what was typed for the parameter that a menu in it completes.

    `call`: the rest of what was typed, as a button holds it.
    """

    asker: str = ""
    typed: str = ""
    call: str = ""

    def encode(self, ordinal: int) -> str:
        """The id as Slack keeps it. `ordinal` is unique in a message. What was typed is cut before the call is."""
        before = f"{ordinal}{_SEPARATOR}{self.asker}{_SEPARATOR}"
        behind = f"{_SEPARATOR}{self.call}" if self.call else ""
        room = max(BLOCK_ID - len(before) - len(behind), 0)
        return (before + self.typed.replace(_SEPARATOR, " ")[:room] + behind)[:BLOCK_ID]

    @classmethod
    def parse(cls, block_id: str) -> BlockId:
        """What a block id stands for; empty where it is none of ours."""
        match block_id.split(_SEPARATOR, 3):
            case [_, asker, typed, *call]:
                return cls(asker, typed, *call)
        return cls()
