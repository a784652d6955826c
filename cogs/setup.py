"""Set everything up in one form: the daily fact, and who sees look-ups."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from bot.core.command import command, form
from bot.core.context import Channel, Context
from bot.core.reply import Button, Prose, Reply
from bot.timetable.words import EVERY_DAY, Days, TimeOfDay
from bot.timetable.zones import TimeZone
from cogs.daily.set_up import prefill as prefill_daily
from cogs.daily.set_up import set_
from cogs.settings import WHO, Lookups, policy_of
from cogs.shared.zone_choices import suggest_days, suggest_zones


async def _prefill(ctx: Context, typed: Mapping[str, str]) -> dict[str, str]:
    rules = await policy_of(ctx).rules(ctx.place)
    return {"lookups": "private" if rules.private_lookups else "public", **await prefill_daily(ctx, typed)}


@form(_prefill)
@command(
    "setup",
    example="#general 9:00 Europe/London weekdays",
    admin=True,
    suggest={"timezone": suggest_zones, "days": suggest_days},
    channel="Where to post a fact each day",
    time="Time of day: 9:00, 9am, 21:30",
    timezone="Time zone (city), such as Europe/London",
    days="weekdays, or mon,wed,fri. Default: every day",
    lookups="Who sees the answers to look-ups. Default: unchanged",
)
async def setup(
    ctx: Context,
    channel: Channel,
    time: TimeOfDay,
    timezone: TimeZone,
    days: Days = EVERY_DAY,
    lookups: Lookups | None = None,
) -> Reply:
    """Set up the daily fact, and who sees look-ups, in one form."""
    reply: Reply = await set_.handler(ctx, channel, time, timezone, days)
    rules = await policy_of(ctx).rules(ctx.place)
    if lookups:
        rules = await policy_of(ctx).change(
            ctx.place, lambda kept: structs.replace(kept, private_lookups=lookups == "private")
        )
    parts = (Prose(WHO[rules.private_lookups]), *reply.parts)
    return structs.replace(reply, parts=parts, buttons=(*reply.buttons, Button("Settings", "settings.show")))
