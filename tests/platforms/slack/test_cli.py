"""Slack from the command line: the manifest, half a set of tokens, and a bot that serves."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import yaml

from tests.command_line import smolny
from tests.platforms.slack import limits_check
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.processes import until

ROOT = Path(__file__).parent.parent.parent.parent
SMOLNY = (sys.executable, "-P", "-m", "bot")


def surroundings(**more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DISCORD_"))}
    return {**inherited, "PYTHONPATH": str(ROOT), **more}


def test_the_manifest_is_printed_and_nothing_is_made(tmp_path: Path) -> None:
    done = smolny(tmp_path, "manifest")
    assert (done.returncode, done.stderr) == (0, "")
    assert yaml.safe_load(done.stdout)["settings"]["socket_mode_enabled"]
    assert list(tmp_path.iterdir()) == []
    assert "https://a.example/slack/events" in smolny(tmp_path, "manifest", "--url", "https://a.example/").stdout


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-secret"}, "SLACK_APP_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": "xapp-secret"}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET is not set"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_BOT_TOKEN": "xoxb-secret"}, "or SLACK_CLIENT_ID"),
        ({"SLACK_PORT": "many"}, "SLACK_PORT"),
    ],
)
def test_half_a_set_of_tokens_is_one_clear_sentence(tmp_path: Path, given: dict[str, str], named: str) -> None:
    done = smolny(tmp_path, **given)
    assert done.returncode == 1
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
    assert list(tmp_path.iterdir()) == []


async def test_the_same_program_serves_slack_and_stops_when_told(fake: FakeSlack, folder: Path) -> None:
    given = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": fake.api}
    made = surroundings(**given)
    process = await asyncio.create_subprocess_exec(*SMOLNY, cwd=folder, env=made, stderr=asyncio.subprocess.PIPE)
    await fake.connected()
    body = {"command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}

    async def ask(trigger: str) -> None:
        url = fake.response_url("C1", "U1")
        await fake.send("slash_commands", body | {"trigger_id": trigger, "response_url": url})

    def answered() -> int:
        return sum(bool(limits_check.quotations(one.blocks)) for one in fake.said)

    await ask("1")
    await until(
        lambda: answered() == 1
    )  # what an answer needs is loaded for the first one, which takes its time on a busy machine
    await ask("2")
    process.send_signal(signal.SIGTERM)
    _, logged = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert answered() == 2
    for secret in (BOT_TOKEN, APP_TOKEN, "gunpowder", "Traceback"):
        assert secret not in logged.decode()
    # The library found our tokens in the environment too, and they are as they should be.
    assert '"level":"warning"' not in logged.decode()


async def test_a_user_whom_the_system_does_not_know_can_serve(fake: FakeSlack, folder: Path) -> None:
    """As a container's random user, where HOME is not set: Slack's library looks for a home when it is imported."""
    (folder / "sitecustomize.py").write_text(_UNKNOWN_USER)
    given = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": fake.api}
    made = surroundings(**given, PYTHONPATH=f"{folder}:{ROOT}")
    del made["HOME"]
    process = await asyncio.create_subprocess_exec(*SMOLNY, cwd=folder, env=made, stderr=asyncio.subprocess.PIPE)
    assert process.stderr
    assert b"Connected to Slack" in await asyncio.wait_for(process.stderr.readline(), 60)
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0


_UNKNOWN_USER = """
import pwd

def getpwuid(number):
    raise KeyError(number)

pwd.getpwuid = getpwuid
"""
