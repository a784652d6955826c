"""The real slack_bolt, connected to a fake Slack in which Ada runs the workspace and Boris does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.core.app import App
from bot.platforms.slack.adapter import Slack, Tokens
from bot.platforms.slack.inbound import interim
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.platforms.slack.people import Someone

PING, PACE = 60.0, 0.0
"""Seconds between pings, so many that no socket of a busy machine is taken for dropped, and between posts."""


@pytest.fixture(scope="session", autouse=True)
def _patient_people() -> Iterator[None]:
    """No answer comes with an interim message because the machine is busy; a test of these sets the time itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interim, "PATIENCE", 60.0)
        yield


def _person(name: str, *, admin: bool) -> dict[str, object]:
    return {"name": name.lower(), "is_admin": admin, "profile": {"display_name": name}}


def slack_of() -> FakeSlack:
    """A workspace with two people and some channels."""
    return FakeSlack(
        users={"U1": _person("Ada", admin=True), "U2": _person("Boris", admin=False)},
        channels={
            "C1": {"name": "general", "is_member": True},
            "C2": {"name": "elsewhere", "is_member": False},
            "C3": {"name": "old", "is_member": True, "is_archived": True},
            "C4": {"name": "secret", "is_private": True, "is_member": False},
        },
    )


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    made = slack_of()
    await made.open()
    yield made
    await made.close()
    assert made.faults == []


async def start(
    app: App, fake: FakeSlack, *, pace: float = PACE, ping: float = PING
) -> tuple[Slack, asyncio.Task[None]]:
    """A bot that is connected, and the task that serves."""
    slack = Slack(app, Tokens(BOT_TOKEN, APP_TOKEN), fake.api, ping=ping, pace=pace)
    serving = asyncio.create_task(slack.start())
    await fake.connected()
    return slack, serving


async def stop(slack: Slack, serving: asyncio.Task[None]) -> None:
    await slack.close()
    await serving


@pytest.fixture
def ping() -> float:
    return PING


@pytest.fixture
async def slack(app: App, fake: FakeSlack, ping: float) -> AsyncIterator[Slack]:
    made, serving = await start(app, fake, ping=ping)
    yield made
    await stop(made, serving)


@pytest.fixture
def ada(fake: FakeSlack, slack: Slack) -> Someone:
    return Someone(fake, slack)


@pytest.fixture
def boris(fake: FakeSlack, slack: Slack) -> Someone:
    return Someone(fake, slack, "U2")
