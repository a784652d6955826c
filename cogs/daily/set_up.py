"""Setting a daily fact up, changing it, and taking a change back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import msgspec
from msgspec import Struct, structs

from bot.core.command import action, command, form
from bot.core.context import Channel, Context, Role
from bot.core.errors import UserError
from bot.core.reply import Button, Prose, Reply
from bot.storage import deliveries, schedules
from bot.storage.schedules import Schedule, State
from bot.storage.session import Session
from bot.timetable.arithmetic import Timetable, next_due
from bot.timetable.words import EVERY_DAY, Days, TimeOfDay
from bot.timetable.zones import TimeZone
from cogs.daily.choice import next_due_of, record_skipped
from cogs.daily.schedule_reply import schedule_reply
from cogs.daily.server_schedules import check_may_change, schedule_by_id, schedule_line, schedule_name, store_of
from cogs.fact import TopicId, suggest_fact_topics
from cogs.shared.asker import zone_name
from cogs.shared.channels import refuse_without_permission
from cogs.shared.clock import refuse_without_clock
from cogs.shared.timetables import timetable_of
from cogs.shared.zone_choices import suggest_days, suggest_zones
from corpus.errors import NotUnderstood

MOST = 25
"""Schedules that one server may have: all servers share what the platform lets a bot post."""


async def prefill(ctx: Context, typed: Mapping[str, str]) -> dict[str, str]:
    """What is in the form: the schedule that the channel has, else this channel and the asker's own zone."""
    here = {} if ctx.place.private else {"channel": ctx.place.channel}
    known = await _find_schedule(ctx, {**here, **typed})
    if known is None:
        zone = await zone_name(ctx)
        return {**here, **({"timezone": zone} if zone else {}), **typed}
    days = str(Days.of(known.days))
    kept = {"channel": known.channel, "time": known.local_time, "timezone": known.zone, "days": days}
    extras = {"topic": known.topic, "thread": "yes" if known.thread else "", "mention": known.mention}
    return {**kept, **{name: value for name, value in extras.items() if value}, **typed}


async def _find_schedule(ctx: Context, typed: Mapping[str, str]) -> Schedule | None:
    """The schedule that typed words name by its channel and topic."""
    with suppress(NotUnderstood):
        channel = Channel.parse(typed.get("channel", ""), ctx.corpus)
        topic = TopicId.parse(typed["topic"], ctx.corpus) if typed.get("topic") else ""
        store = store_of(ctx)
        known = await schedules.find(store.reader, ctx.place.platform, ctx.place.server or "", channel.id, topic)
        return known if known and known.state is not State.REMOVED else None
    return None


@form(prefill)
@command(
    "daily set",
    also="schedule subscribe",
    example="#general 9:00 Europe/London weekdays",
    admin=True,
    suggest={"timezone": suggest_zones, "days": suggest_days, "topic": suggest_fact_topics},
    channel="Where to post",
    time="Time of day: 9:00, 9am, 21:30",
    timezone="Time zone (city), such as Europe/London",
    days="weekdays, or mon,wed,fri. Default: every day",
    topic="Only facts on this topic",
    thread="Open a thread under each post. Default: unchanged, at first off",
    mention="Mention this role in each post. Default: unchanged, at first nobody",
)
async def set_(
    ctx: Context,
    channel: Channel,
    time: TimeOfDay,
    timezone: TimeZone,
    days: Days = EVERY_DAY,
    topic: TopicId | None = None,
    thread: bool | None = None,
    mention: Role | None = None,
) -> Reply:
    """Schedule a daily fact.

    A channel has one schedule per topic; setting it again changes it. A channel never gets more than one post a day
    from a schedule.
    """
    store = store_of(ctx)
    refuse_without_clock(ctx)
    if mention and mention.id in ("everyone", "here", ctx.place.server):
        raise UserError("I never mention everybody. Choose a role of its own, such as @class.")
    await refuse_without_permission(ctx, channel.id, thread=bool(thread), mention=mention.id if mention else "")
    timetable = Timetable.of(str(time), timezone.name, days.kept)
    async with store.transaction() as tx:
        one = await _save(ctx, tx, channel, timetable, topic or "", _Extras(thread, mention.id if mention else None))
    return await _saved_reply(ctx, one)


async def _saved_reply(ctx: Context, one: Schedule) -> Reply:
    """What was set up or changed, and a button that takes it back."""
    undo = Button("Undo", "daily.undo", f"{one.id} {one.set_at.isoformat()}")
    if not one.previous:
        return await schedule_reply(ctx, one, "Daily fact scheduled", buttons=(undo,))
    before = schedule_line(_schedule(one.previous))
    if before == schedule_line(one):
        return await schedule_reply(ctx, one, "Daily fact unchanged", (Prose("There was nothing to change."),))
    return await schedule_reply(ctx, one, "Daily fact changed", (Prose(f"It was: {before}."),), (undo,))


def _schedule(kept: str) -> Schedule:
    return msgspec.json.decode(kept, type=Schedule)


class _Extras(Struct, frozen=True):
    """What a post does besides; None leaves it as it is."""

    thread: bool | None = None
    mention: str | None = None


async def _save(
    ctx: Context, tx: Session, channel: Channel, timetable: Timetable, topic: str, extras: _Extras
) -> Schedule:
    """Create or change a schedule. A local day that is in the ledger is not due again."""
    server = ctx.place.server or ""
    known = await schedules.find(tx, ctx.place.platform, server, channel.id, topic)
    due = await next_due_of(tx, known, timetable, ctx.now) if known else next_due(timetable, ctx.now)
    previous, thread, mention = "", False, ""
    if known is None or known.state is State.REMOVED:
        await _refuse_too_many(tx, ctx.place.platform, server)
    else:
        await record_skipped(tx, known, known.reason or "changed", ctx.now, due.local_date)
        if known.state is State.PAUSED:
            # A day that failed while it is not over is tried at once.
            await deliveries.reopen(tx, known.id, ctx.now)
        previous = msgspec.json.encode(structs.replace(known, previous="")).decode()
        thread, mention = known.thread, known.mention
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
        thread=thread if extras.thread is None else extras.thread,
        mention=mention if extras.mention is None else extras.mention,
        previous=previous,
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


@action("daily.undo", replaces=True, admin=True, owners=True)
async def undo(ctx: Context, value: str) -> Reply:
    """Take the last change of a schedule back: the value is its id, and when it was made."""
    identifier, _, made_at = value.partition(" ")
    check_may_change(await ctx.asker.person(), await schedule_by_id(ctx, identifier))
    async with store_of(ctx).transaction() as tx:
        # Read again: it may have been changed while the platform was asked who may do this.
        one = await schedules.get(tx, identifier)
        if one is None or one.state is State.REMOVED or one.set_at.isoformat() != made_at:
            raise UserError("It has been changed again since. /daily list shows what it is now.")
        if one.previous:
            one = await _restore(ctx, tx, one, _schedule(one.previous))
            is_removed = False
        else:
            is_removed = await schedules.remove(tx, one.id, "removed", ctx.now)
    if is_removed:
        return Reply("Undone", (Prose(f"{await schedule_name(ctx, one)} gets no daily fact."),), private=True)
    return await schedule_reply(ctx, one, "Undone")


async def _restore(ctx: Context, tx: Session, one: Schedule, before: Schedule) -> Schedule:
    due = await next_due_of(tx, one, timetable_of(before), ctx.now)
    await record_skipped(tx, one, "changed", ctx.now, due.local_date)
    # Where it posts cannot have been changed, but what the channel is called here can.
    restored = structs.replace(before, id=one.id, channel=one.channel, due_at=due.at, due_date=due.local_date)
    await schedules.put(tx, restored)
    if before.state is State.PAUSED and before.reason == "asked":
        await schedules.pause(tx, one.id, "asked", ctx.now)
    return await schedules.get(tx, one.id) or restored
