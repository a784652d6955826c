"""Refusing to schedule anything while this machine's clock is wrong."""

from __future__ import annotations

from bot.core.context import Context
from bot.core.errors import UserError


def refuse_without_clock(ctx: Context) -> None:
    """Raise UserError while no jobs run because the clock is wrong: what is scheduled now would not come."""
    if ctx.timed_work_fault:
        raise UserError(
            "I can't do that just now: my clock is wrong, and until it is set right I post nothing at a set time. "
            "Please tell the person who runs the bot, and try again later."
        )
