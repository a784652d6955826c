"""Who asks, and what day it is where they are."""

from __future__ import annotations

import unicodedata
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.context import Context
from bot.core.errors import Mistyped
from bot.storage import learning
from corpus.date_reading import Dates, depends_on_today, read_dates
from corpus.names.event_times import excludes


def person_of(ctx: Context) -> str:
    """The key by which the store knows the asker."""
    return f"{ctx.place.platform}:{ctx.asker.id}"


def storable(words: str) -> str:
    """Words without the characters that some database refuses: half of a pair, or a control character."""
    return "".join(one for one in words if unicodedata.category(one) not in ("Cc", "Cs") or one.isspace())


async def zone_name(ctx: Context) -> str:
    """The name of the asker's own time zone: the one they set, else the one that the platform knows, or nothing."""
    name = await learning.timezone(ctx.store.reader, person_of(ctx)) if ctx.store else None
    return name or (await ctx.asker.person()).timezone


async def zone_of(ctx: Context) -> ZoneInfo:
    """The asker's own time zone; Universal Time where nobody says, and where this machine does not know it."""
    return zone_named(await zone_name(ctx))


def zone_named(name: str) -> ZoneInfo:
    """A time zone; Universal Time for none, and for one that this machine does not know."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


async def today(ctx: Context) -> date:
    """The day that it is where the asker is."""
    return ctx.now.astimezone(await zone_of(ctx)).date()


def refuse_exclusion(typed: str) -> None:
    """Raises Mistyped where somebody asks for anything but something: "not 1917", "except Lenin"."""
    if excludes(typed):
        raise Mistyped("I can't leave anything out. Please name what you're looking for.")


async def dates_of(ctx: Context, typed: str) -> Dates | None:
    """The dates that were typed; "today" is the day that it is where the asker is. Raises NotUnderstood."""
    return read_dates(typed, await today(ctx) if depends_on_today(typed) else None)
