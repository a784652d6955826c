"""Mistakes that the asker can mend, and a setup that the person who runs the bot can."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.reply import Button
from corpus.errors import NotUnderstood, OutOfTime
from corpus.language.phrasing import or_list

_NEAR = 3
"""Near misses that a sentence names."""


class UserError(Exception):
    """Told to the asker alone. `sentence` says what to do next; `buttons` do it for them."""

    def __init__(self, sentence: str, buttons: Sequence[Button] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.buttons = tuple(buttons)


class Mistyped(UserError):
    """About what was typed: other words would have an answer, so a platform may offer near misses of them."""


def user_error(error: NotUnderstood, buttons: Sequence[Button] = ()) -> UserError:
    """What was not understood, told to the asker with what they may have meant; `buttons` lead there."""
    near = f" Did you mean {or_list(error.near[:_NEAR])}?" if error.near else ""
    # The same words may be found in time on another day.
    kind = UserError if isinstance(error, OutOfTime) else Mistyped
    return kind(f"{error}{near}", buttons)


class NotYet(UserError):
    """What works as soon as something else is mended, such as a permission: the same call is offered again."""


class SetupError(Exception):
    """The bot cannot start. The message is one sentence on what is wrong, and how to mend it."""
