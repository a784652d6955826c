"""Rights: who may use a command or an action, and whether others see what it answers."""

from __future__ import annotations

from bot.core.command import Action, Command, MessageAction
from bot.core.context import Context
from bot.core.errors import UserError


async def check_rights(what: Command | Action | MessageAction, ctx: Context) -> None:
    """Raises UserError where the asker may not use it."""
    owners = not isinstance(what, MessageAction) and what.owners
    if what.admin and not owners and not (await ctx.asker.person()).admin:
        if ctx.place.server is None:
            raise UserError("That only works in a server that you manage. Try it in one that I was added to.")
        raise UserError("Only people who manage this server can do that. Ask one of them.")


def is_shared(called: Command | Action | MessageAction) -> bool:
    """Whether it shows everybody what only its asker saw."""
    return isinstance(called, Action) and called.shares


def may_be_public(called: Command | Action | MessageAction) -> bool:
    """Whether an answer can be a new message for everybody: a button's replaces a message, or is for the presser."""
    return is_shared(called) or not isinstance(called, Action)
