"""Whether what is to come at a time can be promised: not while this machine's clock is not believed."""

from __future__ import annotations

from bot.core.context import Context
from bot.core.errors import UserError


def refuse_without_clock(ctx: Context) -> None:
    """Raise UserError while nothing is done unasked, because the clock is wrong: what is started would not come."""
    if ctx.timed_work_fault:
        raise UserError(
            "I can't do that just now: my clock is wrong, and until it is set right I post nothing at a set time. "
            "Please tell the person who runs the bot, and try again later."
        )
