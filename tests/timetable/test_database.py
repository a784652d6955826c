"""Time zones have their names and their rules from one database: the package tzdata, whatever the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from bot.timetable.arithmetic import Timetable, next_due

ENTRIES = ("bot", "bot.__main__", "bot.timetable.arithmetic", "bot.scheduler.loop", "cogs.daily.job", "tests.conftest")


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("America/Vancouver", "2026-11-22T16:00"),
        ("Canada/Pacific", "2026-11-22T16:00"),
        ("America/Edmonton", "2026-11-22T15:00"),
        ("America/Havana", "2026-11-22T13:00"),
        ("Africa/El_Aaiun", "2026-11-22T09:00"),
        ("Africa/Casablanca", "2027-02-15T09:00"),
        ("Europe/Chisinau", "2026-03-29T06:00"),
        ("Europe/Chisinau", "2026-11-22T07:00"),
    ],
)
def test_places_that_lately_changed_their_clocks_have_the_new_ones(zone: str, utc: str) -> None:
    due = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    timetable = Timetable.of("09:00", zone, "1234567")
    assert next_due(timetable, due.replace(hour=0, minute=0)).at == due


def test_every_name_has_the_packages_rules() -> None:
    assert zoneinfo.TZPATH == ()
    assert zoneinfo.available_timezones() == {*(files("tzdata") / "zones").read_text("utf-8").split()}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_machines_own_files_do_not_count_by_whatever_door_one_comes(entry: str, tmp_path: Path) -> None:
    """The machine's Vancouver has Tokyo's clocks, and somebody has asked for it before."""
    machine = tmp_path / "America" / "Vancouver"
    machine.parent.mkdir()
    with (files("tzdata") / "zoneinfo" / "Asia" / "Tokyo").open("rb") as source, machine.open("wb") as target:
        shutil.copyfileobj(source, target)
    program = (
        "import datetime, importlib, zoneinfo\n"
        "at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)\n"
        "hour = lambda: at.astimezone(zoneinfo.ZoneInfo('America/Vancouver')).hour\n"
        "before = hour()\n"
        f"importlib.import_module({entry!r})\n"
        "print(before, hour())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONTZPATH": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["9", "16"]
