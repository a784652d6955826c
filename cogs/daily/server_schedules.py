"""The schedules of a server: look-up, permissions, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.context import Channel, Context, Person
from bot.core.errors import Mistyped, UserError
from bot.core.reply import Choice, Menu
from bot.core.rights import refusal
from bot.storage import schedules
from bot.storage.schedules import Schedule, State
from bot.storage.store import Store
from bot.timetable.arithmetic import Due
from bot.timetable.words import Days
from cogs.shared.channels import channel_name, channel_names
from cogs.shared.lists import MENU, shortened
from cogs.shared.timetables import REASONS


def store_of(ctx: Context) -> Store:
    """The store. Raises UserError where there is no server whose schedules it could hold."""
    if ctx.store is None or ctx.place.server is None:
        raise UserError("Daily facts only work in a channel that I was added to. Try again in one.")
    return ctx.store


async def server_schedules(ctx: Context) -> list[Schedule]:
    """The server's schedules that were not deleted."""
    store = store_of(ctx)
    return await schedules.of_server(store.reader, ctx.place.platform, ctx.place.server or "")


async def schedules_matching(ctx: Context, channel: Channel | None, topic: str | None) -> list[Schedule]:
    """Those of a channel, a topic, or both that the asker may change. Raises UserError where there is none."""
    # Others' schedules may name channels that the asker cannot see; nor does an error say whether there are any.
    asker = await ctx.asker.person()
    known = [one for one in await server_schedules(ctx) if may_change(asker, one)]
    if not known:
        check_may_change(asker)
        raise UserError("No daily facts here yet. /daily set creates one; /help daily set explains how.")
    fitting = [one for one in known if channel is None or one.channel == channel.id]
    fitting = [one for one in fitting if topic is None or one.topic == topic]
    if not fitting:
        raise Mistyped("No such daily fact. /daily list shows them all.")
    return fitting


async def schedule_by_id(ctx: Context, identifier: str) -> Schedule:
    """The schedule of an id, if it is this server's. Raises UserError."""
    for one in await server_schedules(ctx):
        if one.id == identifier:
            return one
    raise UserError("That daily fact was deleted. /daily list shows what is left.")


def may_change(asker: Person, one: Schedule) -> bool:
    """Whether the asker manages the server or set this schedule up."""
    return bool(asker.admin) or asker.id == one.set_by


def check_may_change(asker: Person, *known: Schedule) -> None:
    """Raises UserError unless the asker may change all of these or, without any, may set one up."""
    if not asker.admin and not (known and all(may_change(asker, one) for one in known)):
        raise refusal(asker, "Only admins and the person who set it up can do that.")


async def schedule_name(ctx: Context, one: Schedule) -> str:
    """A schedule's channel and topic, as people know them."""
    return _with_topic(ctx, one, await channel_name(ctx, one.channel))


def _with_topic(ctx: Context, one: Schedule, channel: str) -> str:
    topics = {topic.id: topic.name for topic in ctx.corpus.notes.topics}
    return f"{channel}, {topics.get(one.topic, one.topic)}" if one.topic else channel


def schedule_line(one: Schedule) -> str:
    """When it posts, and whether it does: "09:00 Europe/London, weekdays"."""
    state = f" ({REASONS.get(one.reason, one.reason)})" if one.state is State.PAUSED else ""
    if one.state is State.ACTIVE and one.refusals > 1:
        state = f" (the channel refused my posts {one.refusals} days in a row)"
    extras = f"{', with a thread' if one.thread else ''}{', mentioning a role' if one.mention else ''}"
    return f"{one.local_time} {one.zone}, {Days.of(one.days)}{extras}{state}"


def local_time(due: Due, zone: str) -> str:
    """An instant in a time zone."""
    local = due.at.astimezone(ZoneInfo(zone))
    return f"{_day(local)}, {local:%H:%M} {zone}"


def local_and_utc(due: Due, zone: str) -> str:
    """An instant in a time zone and in UTC."""
    local = due.at.astimezone(ZoneInfo(zone))
    return local_time(due, zone) + ("" if zone == "UTC" else f" ({_utc(local, due.at)})")


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def _utc(local: datetime, at: datetime) -> str:
    other_day = "" if local.date() == at.date() else f"{at:%A} "
    return f"{other_day}{at:%H:%M} UTC"


async def schedule_names(ctx: Context, known: Sequence[Schedule]) -> list[str]:
    """The names of schedules; each channel is asked after once, all at the same time."""
    by_channel = await channel_names(ctx, (one.channel for one in known))
    return [_with_topic(ctx, one, by_channel[one.channel]) for one in known]


def schedule_menu(prompt: str, operation: str, known: Sequence[Schedule], names: Sequence[str]) -> Menu:
    """A menu of schedules for an operation."""
    choices = [
        Choice(shortened(f"{name}: {schedule_line(one)}"), f"{operation} {one.id}")
        for name, one in zip(names[:MENU], known, strict=False)
    ]
    return Menu(prompt, "daily.do", tuple(choices))
