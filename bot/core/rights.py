"""Rights: who may use a command or an action, and whether others see what it answers."""

from __future__ import annotations

from bot.core.command import Action, Command, MessageAction
from bot.core.context import Context, Person
from bot.core.errors import UserError


async def check_rights(what: Command | Action | MessageAction, ctx: Context) -> None:
    """Raises UserError where the asker may not use it."""
    owners = not isinstance(what, MessageAction) and what.owners
    if not what.admin or owners:
        return
    asker = await ctx.asker.person()
    if asker.admin:
        return
    if ctx.place.server is None:
        raise UserError("That only works in a server that you manage. Try it in one that I was added to.")
    raise refusal(asker, "Only people who manage this server can do that. Ask one of them.")


def refusal(asker: Person, sentence: str) -> UserError:
    """What somebody hears who does not manage the server; another sentence where the platform does not say who does."""
    if asker.admin is None:
        return UserError("I can't see just now whether you manage this server. Try again in a minute.")
    return UserError(sentence)


def is_shared(called: Command | Action | MessageAction) -> bool:
    """Whether it shows everybody what only its asker saw."""
    return isinstance(called, Action) and called.shares


def may_be_public(called: Command | Action | MessageAction) -> bool:
    """Whether an answer can be a new message for everybody: a button's replaces a message, or is for the presser."""
    return is_shared(called) or not isinstance(called, Action)
