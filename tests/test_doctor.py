"""`doctor` as a program of its own: what it finds, what it advises, and what it never prints."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from aiohttp import web

from bot import doctor
from bot.core.finding import Finding, Level
from bot.doctor import clock_findings, port_finding, room
from bot.storage import sqlite
from bot.storage.store import Store
from tests.command_line import smolny
from tests.corpus.sample import write_sample
from tests.fakes.discord import FakeDiscord, channel_of
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack

TOKEN = "MTkxNw.hunter2.hunter2"
CLOSED = "http://127.0.0.1:9"


async def examined(folder: Path, **environment: str) -> tuple[int, dict[str, Finding]]:
    done = await asyncio.to_thread(smolny, folder, "doctor", "--json", **environment)
    assert "hunter2" not in done.stdout + done.stderr
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["status"] == done.returncode
    found = {one["check"]: Finding(**one) for one in said["findings"]}
    assert len(found) == len(said["findings"])
    assert done.returncode == max(("ok", "warning", "fault").index(one.level) for one in found.values())
    return done.returncode, found


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.open()
    yield fake
    await fake.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The setting of a corpus that is soon checked, where another matter is looked at."""
    return {"CORPUS_DIR": str(write_sample(tmp_path_factory.mktemp("small") / "corpus"))}


def unused_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return str(server.getsockname()[1])


async def add_schedule(folder: Path, due_at: int) -> None:
    with closing(sqlite3.connect(folder / "data" / "smolny.db")) as database, database:
        columns = {
            "id": "1", "platform": "discord", "server": "25", "channel": channel_of("25"), "topic": "",
            "local_time": "09:00", "zone": "UTC", "days": "12345", "set_by": "27", "set_at": 0,
            "due_at": due_at, "due_date": "2026-01-01", "state": "active", "reason": "",
        }  # fmt: skip
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        database.execute(f"INSERT INTO schedules ({names}) VALUES ({marks})", tuple(columns.values()))  # noqa: S608 - our own names.


async def test_a_sound_setup_has_nothing_but_good_news(folder: Path, slack: FakeSlack) -> None:
    await add_schedule(folder, 4_102_444_800_000_000)
    async with FakeDiscord() as discord:
        tokens = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": discord.url, "SLACK_API_URL": slack.api}
        tokens |= {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "METRICS_PORT": unused_port()}
        _, found = await examined(folder, **tokens)
        done = await asyncio.to_thread(smolny, folder, "doctor", **tokens)
    found.pop("time zones")  # which grow old
    found.pop("disk")  # which may be full here
    assert {name: one.level for name, one in found.items()} == dict.fromkeys(
        (
            "version", "settings", "files", "store", "next post", "corpus", "index",
            "Discord", "Discord clock", "Discord interactions", "Discord gateway", "Discord channels",
            "Slack", "Slack clock", "Slack channels", "METRICS_PORT",
        ),
        "ok",
    )  # fmt: skip
    assert "2100-01-01 00:00" in found["next post"].found
    assert "1 of 1" in found["Discord channels"].found
    assert len(done.stdout.splitlines()) == len(found) + 2
    assert TOKEN not in done.stdout


def test_a_port_that_another_program_has_is_a_fault() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        taken = port_finding("METRICS_PORT", "127.0.0.1", port, is_running=False)
        ours = port_finding("METRICS_PORT", "127.0.0.1", port, is_running=True)
    assert (taken.level, ours.level) == (Level.FAULT, Level.OK)
    assert f"cannot listen at 127.0.0.1:{port}" in taken.found
    assert "METRICS_PORT to another port or METRICS_HOST" in taken.remedy
    assert "as the bot is running" in ours.found
    elsewhere = port_finding("SLACK_PORT", "192.0.2.1", port, is_running=True)
    assert elsewhere.level == Level.FAULT
    for host in ("127.0.0.1", "0.0.0.0", "::1", "localhost"):  # noqa: S104 - what people set.
        assert port_finding("SLACK_PORT", host, port, is_running=False).found.endswith("is free")


@pytest.mark.parametrize(("ahead", "level"), [(0.4, "ok"), (-63, "warning"), (7, "warning"), (9_999, "ok")])
async def test_a_store_whose_clock_is_another_is_a_warning(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, ahead: float, level: str
) -> None:
    class Slow(datetime):
        """This machine's clock, which is behind."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass of itself
            return datetime.now(tz) - timedelta(seconds=ahead)

    monkeypatch.setattr("bot.storage.store.datetime", Slow)
    store = await Store.open(postgresql_url)
    found = {one.check: one for one in clock_findings(store)}
    assert found.get("store clock", Finding("", Level.OK, "")).level == level
    before, theirs, after = datetime.now(UTC), store.now(), datetime.now(UTC)
    # How far the clocks are apart is known to half the time that asking takes, which is long on a busy machine.
    uncorrected, near = (
        (timedelta(seconds=ahead), timedelta()) if level == "ok" else (timedelta(), timedelta(seconds=3))
    )
    assert before - near <= theirs + uncorrected <= after + near
    await store.close()


async def test_nothing_is_made_where_nothing_is(tmp_path: Path, small: Mapping[str, str]) -> None:
    status, found = await examined(tmp_path, **small)
    assert status == 1
    assert {name for name, one in found.items() if one.remedy} >= {"settings", "store", "index"}
    assert os.listdir(tmp_path) == []


async def test_refused_tokens_are_faults(tmp_path: Path, small: Mapping[str, str], slack: FakeSlack) -> None:
    async with FakeDiscord() as discord:
        discord.faults[("GET", "users/@me")] = [401]
        status, found = await examined(
            tmp_path, **small,
            DISCORD_TOKEN=TOKEN, DISCORD_API_URL=discord.url, SLACK_API_URL=slack.api,
            SLACK_BOT_TOKEN="xoxb-hunter2", SLACK_APP_TOKEN=APP_TOKEN,
        )  # fmt: skip
    assert status == 2
    assert "does not accept DISCORD_TOKEN" in found["Discord"].found
    assert "SLACK_BOT_TOKEN (invalid_auth)" in found["Slack"].found


async def test_platforms_out_of_reach_are_warnings(tmp_path: Path, small: Mapping[str, str]) -> None:
    status, found = await examined(
        tmp_path, **small,
        DISCORD_TOKEN=TOKEN, DISCORD_API_URL=CLOSED, SLACK_API_URL=f"{CLOSED}/",
        SLACK_BOT_TOKEN="xoxb-hunter2", SLACK_APP_TOKEN="xapp-hunter2",
    )  # fmt: skip
    assert status == 1
    assert (found["Discord"].level, found["Slack"].level) == ("warning", "warning")
    assert "DISCORD_API_URL" in found["Discord"].remedy


async def test_a_silent_platform_is_not_waited_for_long(tmp_path: Path, small: Mapping[str, str]) -> None:
    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(600)
        return web.Response()

    server = web.Application()
    server.router.add_route("*", "/{path:.*}", silent)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    since = time.monotonic()
    _, found = await examined(tmp_path, **small, DISCORD_TOKEN=TOKEN, DISCORD_API_URL=url)
    assert found["Discord"].level == "warning"
    assert time.monotonic() - since < 60
    await runner.cleanup()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-hunter2"}, "SLACK_APP_TOKEN is not set"),
        ({"SLACK_PORT": "hunter2"}, "SLACK_PORT"),
        ({"DISCORD_TOKEN": "hunter2 hunter2"}, "DISCORD_TOKEN"),
    ],
)
async def test_wrong_settings_are_faults(
    tmp_path: Path, small: Mapping[str, str], given: dict[str, str], named: str
) -> None:
    status, found = await examined(tmp_path, **small, **given)
    assert status == 2
    assert named in found["settings"].found


async def test_files_that_others_can_read_are_warned_of(tmp_path: Path, small: Mapping[str, str]) -> None:
    (tmp_path / ".env").write_text("DISCORD_API_URL=\n")
    (tmp_path / ".env").chmod(0o644)
    _, found = await examined(tmp_path, **small)
    assert found["files"].remedy == "chmod 600 .env"


async def test_a_store_of_each_database_is_opened(tmp_path: Path, small: Mapping[str, str], database_url: str) -> None:
    await (await Store.open(database_url)).close()
    _, found = await examined(tmp_path, **small, DATABASE_URL=database_url)
    assert found["store"].level == "ok"
    assert found["next post"].level == "ok"


@pytest.mark.parametrize(
    ("change", "level", "said"),
    [
        ("UPDATE migrations SET number = 9999 WHERE number = (SELECT max(number) FROM migrations)", "fault", "newer"),
        ("DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)", "warning", "schema version"),
    ],
)
async def test_another_schema_version_is_found_and_left(
    tmp_path: Path, small: Mapping[str, str], change: str, level: str, said: str
) -> None:
    path = tmp_path / "store.db"
    await (await Store.open(str(path))).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(change)
        before = database.execute("SELECT * FROM migrations").fetchall()
    _, found = await examined(tmp_path, **small, DATABASE_URL=str(path))
    assert found["store"].level == level
    assert said in found["store"].found
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT * FROM migrations").fetchall() == before


@pytest.mark.parametrize("url", ["postgresql://u:hunter2@127.0.0.1:9/db", "mysql://u:hunter2@h/db", "broken.db"])
async def test_a_store_that_does_not_open_is_a_fault(tmp_path: Path, small: Mapping[str, str], url: str) -> None:
    (tmp_path / "broken.db").write_bytes(b"nonsense" * 1000)
    status, found = await examined(tmp_path, **small, DATABASE_URL=url)
    assert status == 2
    assert found["store"].level == "fault"


async def test_a_data_folder_that_is_none_is_a_fault(tmp_path: Path, small: Mapping[str, str]) -> None:
    (tmp_path / "data").write_text("a file")
    status, found = await examined(tmp_path, **small)
    assert status == 2
    assert (found["disk"].level, "DATA_DIR" in found["disk"].remedy) == ("fault", True)


async def test_folders_and_files_in_each_others_place_are_faults_and_a_misspelt_setting_is_warned_of(
    tmp_path: Path,
    small: Mapping[str, str],
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "index").touch()
    status, found = await examined(tmp_path, **small, DATABASE_URL=str(tmp_path), DISCORD_TOKN="hunter2")
    assert status == 2
    assert found["store"].found == f"The store {tmp_path} is a folder: name a file in it."
    assert (found["index"].level, found["index"].found) == (
        "fault",
        "data/index is not a folder that can be written to",
    )
    assert (found["DISCORD_TOKN"].level, found["DISCORD_TOKN"].remedy) == ("warning", "write DISCORD_TOKEN")
    assert found["files"].level == "ok"


async def test_a_store_that_takes_nothing_is_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(folder / "data" / "smolny.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        findings = await doctor.examine({"DATA_DIR": str(folder / "data")})
    (found,) = (one for one in findings if one.check == "store")
    assert found.level == "fault"
    assert found.found.startswith("cannot be used (OperationalError SQLITE_BUSY")


async def test_a_post_long_due_is_warned_of(folder: Path, small: Mapping[str, str]) -> None:
    await add_schedule(folder, 1_000_000)
    _, found = await examined(folder, **small)
    assert found["next post"].level == "warning"


async def test_a_corpus_with_a_fault_is_a_fault(tmp_path: Path) -> None:
    write_sample(tmp_path / "corpus")
    next((tmp_path / "corpus" / "notes").glob("*.toml")).write_text("no TOML")
    status, found = await examined(tmp_path, CORPUS_DIR=str(tmp_path / "corpus"))
    assert status == 2
    assert found["corpus"].level == "fault"
    assert "corpus check" in found["corpus"].remedy


@pytest.mark.parametrize(("free", "level"), [(10**6, Level.FAULT), (10**8, Level.WARNING), (10**9, Level.OK)])
def test_little_room_is_told_in_time(free: int, level: Level) -> None:
    assert room(free, Path("data")).level is level
