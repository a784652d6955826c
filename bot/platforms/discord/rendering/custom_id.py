"""What a button or menu means, written into its custom id: it needs no memory of ours, so no restart loses it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platforms.discord.rendering.limits import CUSTOM_ID, width

_VERSION = "1"
_BETWEEN = "~"


@dataclass(frozen=True)
class Press:
    """`ask`: what to ask the presser for before the action is called."""

    action: str
    value: str = ""
    ask: str = ""

    def custom_id(self, ordinal: int) -> str:
        """`ordinal` tells apart what would otherwise be the same id twice in a message, which Discord refuses.

        Raises ValueError where the value is too long: what does not fit belongs in the store, and its key in the value.
        """
        written = _BETWEEN.join((f"{_VERSION}.{ordinal}", self.action, self.ask.replace(_BETWEEN, " "), self.value))
        if width(written) > CUSTOM_ID:
            raise ValueError(f"the value of {self.action} does not fit into a custom id")
        return written

    @classmethod
    def read(cls, custom_id: str) -> Press | None:
        """The press that a custom id stands for; None where it is of another version, or none of ours."""
        version, *rest = custom_id.split(_BETWEEN, 3)
        if version.partition(".")[0] != _VERSION or len(rest) != 3:
            return None
        action, ask, value = rest
        return cls(action, value, ask)
