"""Time zones and days as completion offers them, under their names in the asker's language."""

from __future__ import annotations

from contextlib import suppress

from bot.core.context import Context
from bot.core.reply import Choice
from bot.core.translations import languages, translated
from bot.timetable.words import Days
from bot.timetable.zones import completions
from corpus.calendar import WEEKDAYS
from corpus.errors import NotUnderstood

DAYS = ("every day", "weekdays", "weekends", *WEEKDAYS)


async def suggest_zones(ctx: Context, typed: str) -> list[Choice]:
    """Zones for a place that is half typed."""
    locale = (await ctx.asker.person()).locale
    return [Choice(_zone_label(zone, locale), zone) for zone in completions(typed)]


async def suggest_days(ctx: Context, typed: str) -> list[Choice]:
    """What is typed so far, where it is days; else the days that begin like it."""
    locale = (await ctx.asker.person()).locale
    with suppress(NotUnderstood):
        days = str(Days.parse(typed))
        return [Choice(", ".join(translated(one, locale) for one in days.split(", ")), days)]
    choices = [Choice(translated(one, locale), one) for one in DAYS]
    begun = typed.strip().casefold()
    return [one for one in choices if one.label.casefold().startswith(begun) or one.value.casefold().startswith(begun)]


def _zone_label(zone: str, locale: str) -> str:
    """The zone's name, with its city's name before it where the language has another for it."""
    language = locale.partition("-")[0]
    if language not in languages() or "/" not in zone:
        return zone
    from babel.dates import get_timezone_location

    return f"{get_timezone_location(zone, locale=language, return_city=True)} ({zone})"
