"""Calls in buttons: a command or an action with what it was given, to be repeated or changed by one press."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from bot.core.command import Command
from bot.core.parameters import Signature
from bot.core.reply import Button

FORM = "form"
"""Opens the form of a command, as each platform can show one; the button's value says what is in it."""
AGAIN = "again"
"""Repeats a call."""
SHARE = "share"
"""Repeats a call, for everybody to see."""

_SEPARATOR = "|"
MOST = 80
"""Code units of a call that a button holds on the strictest platform."""


class Call(Struct, frozen=True):
    """A command or an action, and the values that it was given, in the order of its parameters."""

    name: str
    values: tuple[str, ...] = ()
    is_command: bool = False

    @classmethod
    def of_command(cls, command: Signature, arguments: Mapping[str, str]) -> Call:
        """A command with what was typed for its parameters."""
        return cls(command.name, tuple(arguments.get(one.name, "") for one in command.parameters), is_command=True)

    def arguments(self, command: Signature) -> dict[str, str]:
        """The values by the command's parameters, as they were typed; empty ones are left out."""
        names = (one.name for one in command.parameters)
        return {name: value for name, value in zip(names, self.values, strict=False) if value}

    def encode(self) -> str:
        """The call as a button's value, or nothing where no button holds it."""
        name = f"/{self.name}" if self.is_command else self.name
        value = _SEPARATOR.join((name, *self.values)).rstrip(_SEPARATOR)
        is_exact = not any(_SEPARATOR in one for one in self.values) or (not self.is_command and len(self.values) == 1)
        return value if is_exact and _width(value) <= MOST else ""

    @classmethod
    def parse(cls, value: str) -> Call:
        """The call that a button's value stands for."""
        if value.startswith("/"):
            name, *values = value[1:].split(_SEPARATOR)
            return cls(name, tuple(values), is_command=True)
        name, _, argument = value.partition(_SEPARATOR)
        return cls(name, (argument,))


class Form(Struct, frozen=True):
    """A command that is asked for field by field, and what is in its fields, by parameter."""

    command: Command
    typed: Mapping[str, str]


def form_button(command: Signature, arguments: Mapping[str, str], label: str = "Change it") -> Button:
    """A button that opens a command's form with what was typed in it; what no button holds is left out."""
    typed = {name: value.replace(_SEPARATOR, " ") for name, value in arguments.items()}
    while typed and not Call.of_command(command, typed).encode():
        del typed[max(typed, key=lambda name: _width(typed[name]))]
    return Button(label, FORM, Call.of_command(command, typed).encode() or f"/{command.name}")


def _width(words: str) -> int:
    return len(words.encode("utf-16-le", "replace")) // 2
