"""Schedule a daily fact in a channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import islice

from bot.core.command import action, command
from bot.core.context import Channel, Context
from bot.core.errors import NotYet, UserError
from bot.core.platform import Undelivered
from bot.core.reply import AnyPart, Button, Choice, Items, Link, Moment, Prose, Reply
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule, State
from bot.storage.session import Session
from bot.timetable.arithmetic import Due, Timetable, next_due, upcoming
from bot.timetable.words import Days, TimeOfDay
from bot.timetable.zones import TimeZone, completions
from cogs.daily.choice import REASONS, next_due_of, next_fact, record_skipped, resume_schedule, timetable_of
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
from cogs.fact import TopicId, daily_reply, suggest_topics

EVERY_DAY = Days.of("1234567")
MOST = 25
"""Schedules that one server may have: all servers share what the platform lets a bot post."""
AHEAD = 5
"""Posts that /daily next shows."""
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


async def _suggest_zones(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(zone, zone) for zone in completions(typed)]


@command(
    "daily set",
    example="#general 9:00 Europe/London weekdays",
    admin=True,
    suggest={"timezone": _suggest_zones, "topic": suggest_topics},
    channel="Where to post",
    time="Time of day: 9:00, 9am, 21:30",
    timezone="Time zone (city), such as Europe/London",
    days="weekdays, or mon,wed,fri. Default: every day",
    topic="Only facts on this topic",
)
async def set_(
    ctx: Context,
    channel: Channel,
    time: TimeOfDay,
    timezone: TimeZone,
    days: Days = EVERY_DAY,
    topic: TopicId | None = None,
) -> Reply:
    """Schedule a daily fact.

    A channel has one schedule per topic; setting it again changes it. A channel never gets more than one post a day
    from a schedule.
    """
    store = store_of(ctx)
    await _refuse_without_permission(ctx, channel)
    timetable = Timetable.of(str(time), timezone.name, days.kept)
    async with store.transaction() as tx:
        one = await _save(ctx, tx, channel, timetable, topic or "")
    return await _schedule_reply(ctx, one, "Daily fact scheduled")


async def _save(ctx: Context, tx: Session, channel: Channel, timetable: Timetable, topic: str) -> Schedule:
    """Create or change a schedule. A local day that is in the ledger is not due again."""
    server = ctx.place.server or ""
    known = await schedules.find(tx, ctx.place.platform, server, channel.id, topic)
    due = await next_due_of(tx, known, timetable, ctx.now) if known else next_due(timetable, ctx.now)
    if known is None or known.state is State.REMOVED:
        await _refuse_too_many(tx, ctx.place.platform, server)
    else:
        await record_skipped(tx, known, known.reason or "changed", ctx.now, due.local_date)
    wanted = Schedule(
        id=known.id if known else schedules.new_id(),
        platform=ctx.place.platform,
        server=server,
        channel=channel.id,
        topic=topic,
        local_time=f"{timetable.time:%H:%M}",
        zone=timetable.zone,
        days=Days(timetable.days).kept,
        set_by=ctx.asker.id,
        set_at=ctx.now,
        due_at=due.at,
        due_date=due.local_date,
    )
    return await schedules.put(tx, wanted)


async def _refuse_too_many(tx: Session, platform: str, server: str) -> None:
    # Held, so that two that come at once are not both the last one.
    await tx.hold(f"schedules of {platform} {server}")
    if await schedules.count_of_server(tx, platform, server) >= MOST:
        raise UserError(
            f"This server has {MOST} daily facts already, which is as many as I can do for one. "
            "/daily list shows them; delete one that nobody reads any more, then try again."
        )


@command("daily list", admin=True, owners=True)
async def list_(ctx: Context) -> Reply:
    """List the daily facts scheduled here."""
    # Others' schedules may name channels that the asker cannot see.
    known = [one for one in await server_schedules(ctx) if may_change(ctx, one)]
    check_may_change(ctx, *known)
    if not known:
        example = Prose(f"/daily set creates one, for example: /{set_.name} {set_.example}")
        return Reply("No daily facts yet", (example,), private=True)
    names = await schedule_names(ctx, known)
    lines = [f"{name}: {schedule_line(one)}" for name, one in zip(names, known, strict=True)]
    menu = schedule_menu("Manage a schedule", "manage", known, names)
    return Reply("Daily facts", (Items(tuple(lines)), menu), private=True)


@command("daily next", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
async def next_(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Show the next five posts."""
    return await _operate(ctx, "next", channel, topic)


@command("daily history", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
async def history(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Show what was posted, and why anything was skipped."""
    return await _operate(ctx, "history", channel, topic)


@command("daily preview", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
async def preview(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Preview the next post (only you see it)."""
    return await _operate(ctx, "preview", channel, topic)


@command("daily pause", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
async def pause(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Pause a daily fact."""
    return await _operate(ctx, "pause", channel, topic)


@command("daily resume", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
async def resume(ctx: Context, channel: Channel | None = None, topic: TopicId | None = None) -> Reply:
    """Resume a paused daily fact."""
    return await _operate(ctx, "resume", channel, topic)


@command("daily remove", admin=True, owners=True, suggest={"topic": suggest_topics}, **_WHICH)
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
    check_may_change(ctx, one)
    return await _OPERATIONS[operation](ctx, one)


async def _schedule_reply(ctx: Context, one: Schedule, title: str = "") -> Reply:
    parts: tuple[AnyPart, ...] = (Prose(f"{await schedule_name(ctx, one)}: {schedule_line(one)}"),)
    if one.state is State.ACTIVE:
        parts += _next_post(one)
        parts += (Prose("The next one will say:"), *(await _post(ctx, one)).parts)
    return Reply(title or "Daily fact", parts, _schedule_buttons(one), private=True)


def _next_post(one: Schedule) -> tuple[AnyPart, ...]:
    due = Due(one.due_at, one.due_date)
    return Prose(f"Next post: {local_and_utc(due, one.zone)}."), Moment("In your own time", one.due_at)


def _schedule_buttons(one: Schedule) -> tuple[Button, ...]:
    toggle = ("resume", "Resume") if one.state is State.PAUSED else ("pause", "Pause")
    operations = (("next", "Next posts"), ("history", "History"), toggle, ("remove", "Remove"))
    return tuple(Button(label, "daily.do", f"{operation} {one.id}") for operation, label in operations)


async def _next_five(ctx: Context, one: Schedule) -> Reply:
    if one.state is State.PAUSED:
        return Reply(
            "Nothing scheduled",
            (Prose(f"{await schedule_name(ctx, one)}: {schedule_line(one)}."),),
            _schedule_buttons(one),
            private=True,
        )
    first = Due(one.due_at, one.due_date)
    later = islice(upcoming(timetable_of(one), one.due_at, one.due_date), AHEAD - 1)
    lines = tuple(local_and_utc(due, one.zone) for due in (first, *later))
    return Reply(
        f"The next {AHEAD} posts",
        (Prose(await schedule_name(ctx, one)), Items(lines)),
        _schedule_buttons(one),
        private=True,
    )


async def _history_reply(ctx: Context, one: Schedule) -> Reply:
    days = await deliveries.history(store_of(ctx).reader, one.id, LEDGER)
    parts = tuple(_history_line(ctx, one, day) for day in days) or (
        Prose("Nothing yet. The first post is still to come."),
    )
    return Reply(f"Post history for {await schedule_name(ctx, one)}", parts, _schedule_buttons(one), private=True)


def _history_line(ctx: Context, one: Schedule, day: Delivery) -> AnyPart:
    when = f"{day.local_date:%a} {day.local_date.day} {day.local_date:%B %Y}"
    if day.state is deliveries.State.SENT:
        address = ctx.platform.link(one.server or None, one.channel, day.message or "") if ctx.platform else ""
        return Link(f"{when}: posted", address) if address else Prose(f"{when}: posted")
    reason = REASONS.get(day.reason, day.reason)
    again = f"; trying again at {day.open_at:%H:%M} UTC" if day.state is deliveries.State.FAILED and day.open_at else ""
    words = {
        deliveries.State.CLAIMED: "being posted",
        deliveries.State.SKIPPED: f"skipped: {reason}",
        deliveries.State.FAILED: f"failed: {reason}{again}",
    }
    return Prose(f"{when}: {words[day.state]}")


async def _preview(ctx: Context, one: Schedule) -> Reply:
    shown = await _post(ctx, one)
    return Reply(shown.title, shown.parts, shown.buttons, private=True, text=shown.text)


async def _post(ctx: Context, one: Schedule) -> Reply:
    fact = await next_fact(ctx.corpus, store_of(ctx).reader, one, one.due_date)
    if fact is None:
        raise UserError("I have no facts on that topic any more. /daily set starts one on another, or on all.")
    return daily_reply(ctx.corpus, fact, one.due_date, one.due_date)


async def _pause(ctx: Context, one: Schedule) -> Reply:
    async with store_of(ctx).transaction() as tx:
        if await schedules.pause(tx, one.id, "asked", ctx.now):
            await record_skipped(tx, one, "asked", ctx.now)
    return await _schedule_reply(ctx, await schedule_by_id(ctx, one.id), "Paused")


async def _resume(ctx: Context, one: Schedule) -> Reply:
    await _refuse_without_permission(ctx, Channel(one.channel))
    async with store_of(ctx).transaction() as tx:
        await resume_schedule(tx, one, ctx.now, asked=True)
    return await _schedule_reply(ctx, await schedule_by_id(ctx, one.id), "Resumed")


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


async def _refuse_without_permission(ctx: Context, channel: Channel) -> None:
    if ctx.platform is None:
        return
    try:
        missing = await ctx.platform.missing_permissions(channel.id)
    except Undelivered as error:
        raise UserError(
            f"I can't look into that channel: {error}. Check that it exists and that I'm allowed to see it."
        ) from None
    if missing:
        raise NotYet(f"I can't post there yet. Please allow me in that channel: {', '.join(missing)}. Then try again.")


_OPERATIONS: dict[str, Callable[[Context, Schedule], Awaitable[Reply]]] = {
    "manage": _schedule_reply,
    "next": _next_five,
    "history": _history_reply,
    "preview": _preview,
    "pause": _pause,
    "resume": _resume,
    "remove": _remove,
    "removed": _remove_for_good,
}
