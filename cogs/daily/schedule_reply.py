"""How a schedule is shown: when it posts, what it will say next, and what can be done with it."""

from __future__ import annotations

from bot.core.calls import FORM, Call
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Moment, Prose, Reply
from bot.storage.schedules import Schedule, State
from bot.timetable.arithmetic import Due
from cogs.daily.choice import next_fact
from cogs.daily.server_schedules import local_time, schedule_line, schedule_name, store_of
from cogs.fact import daily_reply
from cogs.shared.timetables import is_readable

_MORE = (("preview", "Preview"), ("post", "Post now"), ("next", "Next posts"), ("history", "History"))


async def schedule_reply(
    ctx: Context, one: Schedule, title: str = "", above: tuple[AnyPart, ...] = (), buttons: tuple[Button, ...] = ()
) -> Reply:
    """A schedule with its next post; `above` and `buttons` say and do something first."""
    parts: tuple[AnyPart, ...] = (*above, Prose(f"{await schedule_name(ctx, one)}: {schedule_line(one)}"))
    if one.state is State.ACTIVE and is_readable(one):
        parts += _next_post(one)
        parts += (Prose("The next one will say:"), *(await next_post(ctx, one)).parts)
    return Reply(title or "Daily fact", parts, (*buttons, *schedule_buttons(one)), private=True)


def _next_post(one: Schedule) -> tuple[AnyPart, ...]:
    due = Due(one.due_at, one.due_date)
    return Prose(f"Next post: {local_time(due, one.zone)}."), Moment("In your own time", one.due_at)


def schedule_buttons(one: Schedule) -> tuple[Button, ...]:
    """All that can be done with a schedule; what posts only where it is not paused."""
    paused = one.state is State.PAUSED
    toggle = ("resume", "Resume") if paused else ("pause", "Pause")
    more = [each for each in _MORE if not paused or each[0] not in ("preview", "post")]
    # The form finds the rest by channel and topic.
    change = Button("Change", FORM, Call("daily set", (one.channel, "", "", "", one.topic), is_command=True).encode())
    quiet = (("quiet", "Mention nobody"),) if one.mention else ()
    operations = (*more, *quiet, toggle, ("remove", "Remove"))
    return change, *(Button(label, "daily.do", f"{operation} {one.id}") for operation, label in operations)


async def next_post(ctx: Context, one: Schedule) -> Reply:
    """What a schedule posts next. Raises UserError where there is nothing left to post."""
    fact = await next_fact(ctx.corpus, store_of(ctx).reader, one, one.due_date)
    if fact is None:
        raise UserError("I have no facts on that topic any more. /daily set starts one on another, or on all.")
    return daily_reply(ctx.corpus, fact, one.due_date, one.due_date)
