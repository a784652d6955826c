"""Looking after daily facts: list them, see what comes and what came, pause, resume, post now, delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import islice
from zoneinfo import ZoneInfo

from bot.core.calls import form_button
from bot.core.command import action, command
from bot.core.context import Channel, Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Items, Link, Prose, Reply
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule, State
from bot.timetable.arithmetic import Due, next_due, upcoming
from cogs.daily.choice import record_skipped, resume_schedule
from cogs.daily.schedule_reply import next_post, schedule_buttons, schedule_reply
from cogs.daily.server_schedules import (
    check_may_change,
    local_and_utc,
    may_change,
    schedule_by_id,
    schedule_line,
    schedule_menu,
    schedule_name,
    schedule_names,
    schedules_matching,
    server_schedules,
    store_of,
)
from cogs.daily.set_up import set_
from cogs.fact import TopicId, suggest_fact_topics
from cogs.shared.channels import refuse_without_permission
from cogs.shared.clock import refuse_without_clock
from cogs.shared.editions import quoted_words
from cogs.shared.lists import page_buttons, page_number, paginate
from cogs.shared.timetables import REASONS, timetable_of

AHEAD = 5
"""Posts that /daily next shows."""
_ON_A_PAGE = 10
"""Schedules that one page of /daily list shows."""
LEDGER = 10
"""Days that /daily history shows."""
_WHICH = {
    "channel": "Which channel's daily fact (if there are several)",
    "topic": "Which topic (if the channel has several)",
}
_WHICH_ONE = {
    "next": "Next posts of which one?",
    "history": "Post history of which one?",
    "preview": "Preview which one?",
    "pause": "Pause which one?",
    "resume": "Resume which one?",
    "remove": "Delete which one?",
}


@command("daily list", admin=True, owners=True)
async def list_(ctx: Context) -> Reply:
    """List the daily facts scheduled here."""
    return await _list_page(ctx, 1)


@action("daily.list", replaces=True, admin=True, owners=True)
async def list_page(ctx: Context, value: str) -> Reply:
    """Another page of the daily facts scheduled here."""
    return await _list_page(ctx, page_number(value) or 1)


async def _list_page(ctx: Context, number: int) -> Reply:
    # Others' schedules may name channels that the asker cannot see.
    asker = await ctx.asker.person()
    known = [one for one in await server_schedules(ctx) if may_change(asker, one)]
    check_may_change(asker, *known)
    if not known:
        example = Prose(f"/daily set creates one, for example: {set_.line_in(ctx.corpus)}")
        return Reply("No daily facts yet", (example,), (form_button(set_, {}, "Set one up"),), private=True)
    page = paginate(known, number, _ON_A_PAGE)
    names = await schedule_names(ctx, page.items)
    lines = [f"{name}: {schedule_line(one)}" for name, one in zip(names, page.items, strict=True)]
    menu = schedule_menu("Manage a schedule", "manage", page.items, names)
    title = f"Daily facts {page.range}".rstrip()
    return Reply(title, (Items(tuple(lines)), menu), page_buttons(page, "daily.list", str), private=True)


@command("daily next", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def next_(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Show the next five posts."""
    return await _operate(ctx, "next", channel, topic)


@command("daily history", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def history(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Show what was posted, and why anything was skipped."""
    return await _operate(ctx, "history", channel, topic)


@command("daily preview", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def preview(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Preview the next post (only you see it)."""
    return await _operate(ctx, "preview", channel, topic)


@command("daily pause", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def pause(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Pause a daily fact."""
    return await _operate(ctx, "pause", channel, topic)


@command("daily resume", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def resume(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Resume a paused daily fact."""
    refuse_without_clock(ctx)
    return await _operate(ctx, "resume", channel, topic)


@command("daily remove", admin=True, owners=True, suggest={"topic": suggest_fact_topics}, **_WHICH)
async def remove(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Delete a schedule (asks first)."""
    return await _operate(ctx, "remove", channel, topic)


@action("daily.do", replaces=True, admin=True, owners=True)
async def change_schedule(ctx: Context, value: str) -> Reply:
    """An operation on a schedule: the value is the operation and the schedule's id."""
    operation, _, identifier = value.partition(" ")
    if operation not in _OPERATIONS:
        raise UserError("That button is from an older version of me. /daily list shows what there is.")
    return await _perform(ctx, operation, await schedule_by_id(ctx, identifier))


async def _operate(ctx: Context, operation: str, channel: Channel | None, topic: TopicId | None) -> Reply:
    known = await schedules_matching(ctx, channel, topic)
    if len(known) == 1:
        return await _perform(ctx, operation, known[0])
    return Reply(
        _WHICH_ONE[operation],
        (schedule_menu("Choose one", operation, known, await schedule_names(ctx, known)),),
        private=True,
    )


async def _perform(ctx: Context, operation: str, one: Schedule) -> Reply:
    check_may_change(await ctx.asker.person(), one)
    return await _OPERATIONS[operation](ctx, one)


async def _next_five(ctx: Context, one: Schedule) -> Reply:
    if one.state is State.PAUSED:
        return Reply(
            "Nothing scheduled",
            (Prose(f"{await schedule_name(ctx, one)}: {schedule_line(one)}."),),
            schedule_buttons(one),
            private=True,
        )
    first = Due(one.due_at, one.due_date)
    later = islice(upcoming(timetable_of(one), one.due_at, one.due_date), AHEAD - 1)
    lines = tuple(local_and_utc(due, one.zone) for due in (first, *later))
    return Reply(
        f"The next {AHEAD} posts",
        (Prose(await schedule_name(ctx, one)), Items(lines)),
        schedule_buttons(one),
        private=True,
    )


async def _history_reply(ctx: Context, one: Schedule) -> Reply:
    days = await deliveries.history(store_of(ctx).reader, one.id, LEDGER)
    parts = tuple(_history_line(ctx, one, day) for day in days) or (
        Prose("Nothing yet. The first post is still to come."),
    )
    return Reply(f"Post history for {await schedule_name(ctx, one)}", parts, schedule_buttons(one), private=True)


def _history_line(ctx: Context, one: Schedule, day: Delivery) -> AnyPart:
    when = f"{day.local_date:%a} {day.local_date.day} {day.local_date:%B %Y}"
    if day.state is deliveries.State.SENT:
        address = ctx.platform.link(one.server or None, one.channel, day.message or "") if ctx.platform else ""
        quoted = quoted_words(ctx.corpus, day.quoted)
        posted = f"{when}: posted ({quoted})" if quoted else f"{when}: posted"
        return Link(posted, address) if address else Prose(posted)
    reason = REASONS.get(day.reason, day.reason)
    again = f"; trying again at {day.open_at:%H:%M} UTC" if day.state is deliveries.State.FAILED and day.open_at else ""
    words = {
        deliveries.State.CLAIMED: "being posted",
        deliveries.State.SKIPPED: f"skipped: {reason}",
        deliveries.State.FAILED: f"failed: {reason}{again}",
    }
    return Prose(f"{when}: {words[day.state]}")


async def _preview(ctx: Context, one: Schedule) -> Reply:
    shown = await next_post(ctx, one)
    return Reply(shown.title, shown.parts, shown.buttons, private=True, text=shown.text)


async def _post_now(ctx: Context, one: Schedule) -> Reply:
    """Let today's turn come at once: the job posts it, as it does every day."""
    if one.state is State.PAUSED:
        raise UserError("This daily fact is paused. Press Resume first.")
    timetable = timetable_of(one)
    await refuse_without_permission(ctx, one.channel)
    today = ctx.now.astimezone(ZoneInfo(one.zone)).date()
    async with store_of(ctx).transaction() as tx:
        if await deliveries.get(tx, one.id, today):
            raise UserError("Today's fact is out already, or was skipped: press History. /fact gets another one.")
        await schedules.advance(tx, one.id, ctx.now, today)
    following = local_and_utc(next_due(timetable, ctx.now, today), one.zone)
    words = f"Today's fact comes to {await schedule_name(ctx, one)} within seconds. The next one: {following}."
    return Reply("On its way", (Prose(words),), schedule_buttons(one), private=True)


async def _mention_nobody(ctx: Context, one: Schedule) -> Reply:
    async with store_of(ctx).transaction() as tx:
        await schedules.mention_nobody(tx, one.id)
    return await schedule_reply(ctx, await schedule_by_id(ctx, one.id), "Changed")


async def _pause(ctx: Context, one: Schedule) -> Reply:
    async with store_of(ctx).transaction() as tx:
        if await schedules.pause(tx, one.id, "asked", ctx.now):
            await record_skipped(tx, one, one.reason or "asked", ctx.now)
    return await schedule_reply(ctx, await schedule_by_id(ctx, one.id), "Paused")


async def _resume(ctx: Context, one: Schedule) -> Reply:
    await refuse_without_permission(ctx, one.channel)
    async with store_of(ctx).transaction() as tx:
        await resume_schedule(tx, one, ctx.now, asked=True)
    return await schedule_reply(ctx, await schedule_by_id(ctx, one.id), "Resumed")


async def _remove(ctx: Context, one: Schedule) -> Reply:
    buttons = (
        Button("Delete it", "daily.do", f"removed {one.id}", "danger"),
        Button("Keep it", "daily.do", f"manage {one.id}"),
    )
    asked = Prose(f"{await schedule_name(ctx, one)}: {schedule_line(one)}. Posts that went out stay.")
    return Reply("Delete this schedule?", (asked,), buttons, private=True)


async def _remove_for_good(ctx: Context, one: Schedule) -> Reply:
    async with store_of(ctx).transaction() as tx:
        if await schedules.remove(tx, one.id, "removed", ctx.now) and one.state is State.ACTIVE:
            await record_skipped(tx, one, "removed", ctx.now)
    kept = Prose(f"{await schedule_name(ctx, one)} gets no more daily facts. /daily set starts again.")
    return Reply("Deleted", (kept,), private=True)


_OPERATIONS: dict[str, Callable[[Context, Schedule], Awaitable[Reply]]] = {
    "manage": schedule_reply,
    "next": _next_five,
    "history": _history_reply,
    "preview": _preview,
    "post": _post_now,
    "quiet": _mention_nobody,
    "pause": _pause,
    "resume": _resume,
    "remove": _remove,
    "removed": _remove_for_good,
}
