"""The custom id codec: what a button or menu does, written into its id, so that no restart loses it."""

from __future__ import annotations

from msgspec import Struct

from bot.platforms.discord.rendering.limits import CUSTOM_ID
from bot.platforms.layout import fits_in

_VERSION = "1"
_SEPARATOR = "~"


class CustomId(Struct, frozen=True):
    """An action and its value; `ask` is what to ask the presser for before the action is called."""

    action: str
    value: str = ""
    ask: str = ""

    def encode(self, ordinal: int) -> str:
        """The id as Discord keeps it. `ordinal` is unique in a message: Discord refuses the same id twice.

        Raises ValueError where the value is too long: what does not fit belongs in the store, and its key in the value.
        """
        fields = (f"{_VERSION}.{ordinal}", self.action, self.ask.replace(_SEPARATOR, " "), self.value)
        encoded = _SEPARATOR.join(fields)
        if not fits_in(encoded, CUSTOM_ID):
            raise ValueError(f"the value of {self.action} does not fit into a custom id")
        return encoded

    @staticmethod
    def numbered(custom_id: str, number: int) -> str:
        """The same id with another ordinal, which means nothing to whoever reads it; may be too long for Discord."""
        _, separator, rest = custom_id.partition(_SEPARATOR)
        return f"{_VERSION}.{number}{separator}{rest}"

    @staticmethod
    def number_of(custom_id: str) -> int:
        """The ordinal in an id; 0 where it is none of ours."""
        number = custom_id.partition(_SEPARATOR)[0].partition(".")[2]
        return int(number) if number.isascii() and number.isdecimal() else 0

    @classmethod
    def parse(cls, custom_id: str) -> CustomId | None:
        """The action that an id calls; None where the id is of another version, or none of ours."""
        version, *rest = custom_id.split(_SEPARATOR, 3)
        if version.partition(".")[0] != _VERSION or len(rest) != 3:
            return None
        action, ask, value = rest
        return cls(action, value, ask)
