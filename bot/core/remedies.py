"""Remedies: a button under a mistake that mends it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.attachment import AttachmentKey
from bot.core.calls import AGAIN, Call, form_button
from bot.core.command import Command
from bot.core.errors import NotYet, UserError
from bot.core.reply import Button


def mendable(error: UserError, command: Command, typed: Mapping[str, str]) -> UserError:
    """A mistake with a button that opens the form of its command, with the same words in it."""
    if any(one.kind is AttachmentKey for one in command.parameters):
        return error
    return type(error)(error.sentence, (*error.buttons, form_button(command, typed)))


def repeatable(error: NotYet, call: Call) -> UserError:
    """What works later, with a button that tries again."""
    again = call.encode()
    return UserError(error.sentence, (Button("Try again", AGAIN, again, "primary"),) if again else ())
