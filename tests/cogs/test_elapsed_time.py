"""/event for the time between two events or days, since one, or until its anniversary, as of the day of the asker."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context
from bot.platforms.typed_commands import answer_line
from tests.cogs.reading import lines, said
from tests.conftest import NOW, Ask

TODAY = NOW.date()
REVOLUTION, DEATH_OF_LENIN, MURDER = date(1917, 11, 7), date(1924, 1, 21), date(1940, 8, 20)
LENIN_LEFT = f"{(DEATH_OF_LENIN - REVOLUTION).days:,} days"
SINCE = f"{(TODAY - REVOLUTION).days:,} days"


@pytest.mark.parametrize(
    "asked",
    [
        "how many days ago was the October Revolution", "How many days ago was the October Revolution?",
        "days since the October Revolution", "how many days since the October Revolution",
        "how many days has it been since the October Revolution", "the October Revolution was how many days ago",
        "how many days have passed since the October Revolution", "days between the October Revolution and today",
        "how many days from the October Revolution to now",
    ],
)  # fmt: skip
async def test_days_since_an_event_are_counted_with_its_date_and_passages(ask: Ask, asked: str) -> None:
    reply = await ask(f"/event {asked}")
    assert reply.title == "The October Revolution"
    assert said(reply).startswith(
        f"{SINCE}. From the October Revolution, 7 November 1917 (25 October, Old Style), to today, 22 November 2026."
    )
    assert reply.quotes()


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("how long ago was the October Revolution", f"109 years and 15 days ({SINCE})"),
        ("how many years ago was Trotsky killed", f"86 years and 94 days ({(TODAY - MURDER).days:,} days)"),
        ("how many weeks ago was the October Revolution", f"{(TODAY - REVOLUTION).days // 7:,} weeks and 4 days"),
        ("how many months since the October Revolution", "1,308 months and 15 days"),
        ("how long since Lenin died", "102 years and 305 days"),
        ("how long ago was the Second Congress", "109 years and 13 days"),
        ("how many months ago was the Kronstadt Rebellion", "1,267 to 1,268 months"),
        ("how many days ago was the Kronstadt Rebellion", "105 years (not every date is known to the day)"),
        ("how long ago was the First World War", "107 to 108 years. From the end of the First World War, 1918,"),
        (
            "how long ago was the storming of the Winter Palace",
            "109 years and 14 days (39,826 days). From Fall of the Provisional Government (its end), 8 November 1917",
        ),
        ("how old was Trotsky in 1917", "37 to 38 years"),
    ],
)
async def test_a_time_is_as_precise_as_its_dates(ask: Ask, asked: str, counted: str) -> None:
    assert said(await ask(f"/event {asked}")).startswith(counted)


@pytest.mark.parametrize(
    ("asked", "counted", "events"),
    [
        ("how many days between the October Revolution and Lenin's death", LENIN_LEFT, 2),
        ("how many days from Lenin's death to the October Revolution", LENIN_LEFT, 2),
        ("days between the Second Congress and the Decree on Peace", "1 day", 2),
        ("how many years between the First World War and the October Revolution", "2 to 3 years", 2),
        ("how long after the October Revolution did Lenin die", "6 years and 75 days (2,266 days)", 2),
        ("how long before the Second Congress was the February Revolution", "237 days", 2),
        ("how old was Trotsky when he was killed?", "60 years and 287 days (22,201 days)", 2),
        ("how many days between 25 October 1917 Old Style and 8 November 1917 New Style", "1 day", 0),
        ("how many years between 1917 and 1924", "About 7 years", 0),
        # One noun for both.
        ("how many days between February and October Revolution", "237 days", 2),
        ("how many days between the February and the October Revolution", "237 days", 2),
        ("how many days from the February Revolution to October", "237 days", 2),
        ("how many days between Lenin's and Trotsky's death", "6,057 days", 2),
        # One year for both, or the next one to it.
        ("how many days between 24 October and 8 November 1917", "15 days", 0),
        ("how many days from 24 October 1917 to 8 November", "15 days", 0),
        ("how many days from 24 December to 1 January 1918", "8 days", 0),
        ("how many days from 24 December 1917 to 1 January", "8 days", 0),
        ("how many months between February and October 1917", "7 to 8 months", 0),
    ],
)  # fmt: skip
async def test_the_time_between_two(ask: Ask, asked: str, counted: str, events: int) -> None:
    reply = await ask(f"/event {asked}")
    assert reply.title == counted
    assert said(reply).startswith("From ")
    assert len(lines(reply)) == events


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("days until 7 November", "350 days. From today, 22 November 2026, to 7 November 2027."),
        ("how many weeks until 7 November?", "50 weeks (350 days)."),
        ("days until 22 November", "0 days."),
        ("days until 29 February", "464 days. From today, 22 November 2026, to 29 February 2028."),
        ("how long until 1 January 2030", "1,136 days."),
        ("days until the October Revolution",
         "350 days. From today, 22 November 2026, to 7 November 2027, 110 years after the October Revolution."),
        ("how long until the next anniversary of the October Revolution", "350 days."),
        ("countdown to Trotsky's death", "272 days. From today, 22 November 2026, to 21 August 2027"),
        ("how many days until the Kronstadt Rebellion", "The notes give no day for it"),
    ],
)  # fmt: skip
async def test_days_to_come_are_counted_to_the_next_of_their_name(ask: Ask, asked: str, counted: str) -> None:
    assert said(await ask(f"/event {asked}")).startswith(counted)


async def test_today_is_the_askers_own_day(app: App, ctx: Context) -> None:
    late = replace(ctx, now=datetime(2026, 11, 6, 23, 30, tzinfo=UTC))
    assert said(await answer_line(app, "/event days until 7 November", late)).startswith("1 day.")
    await answer_line(app, "/quiz timezone Berlin", late)
    assert said(await answer_line(app, "/event days until 7 November", late)).startswith("0 days.")


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ("how long ago was the moon landing", "I don't know when “the moon landing” was"),
        ("how long ago was the revolution", "“the revolution” may be several events."),
        ("days between the October Revolution and the moon landing", "I don't know when “the moon landing” was"),
    ],
)
async def test_what_cannot_be_counted_from_is_told(ask: Ask, asked: str, error: str) -> None:
    assert error in (await ask(f"/event {asked}")).error


async def test_the_age_of_whom_no_event_tells_leads_to_the_years(ask: Ask) -> None:
    assert "Vladimir Lenin, 1870–1924." in said(await ask("/event how old was Lenin when he died"))


@pytest.mark.parametrize(
    ("asked", "same"), [("109 years ago", "1917"), ("86 years ago", "1940"), ("a hundred years ago", "1926")]
)
async def test_a_time_that_was_so_long_ago_is_a_date(ask: Ask, asked: str, same: str) -> None:
    assert lines(await ask(f"/event {asked}")) == lines(await ask(f"/event {same}"))
