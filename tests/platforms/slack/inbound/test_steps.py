"""Steps of workflows on Slack: a fact is posted, a quotation is checked, and what cannot be done is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone


async def run(ada: Someone, name: str, **inputs: str) -> dict[str, Any]:
    """The outcome of a step, as Slack is told it."""
    execution = f"Fx{ada.fake.next_ts()}"
    event = {
        "type": "function_executed",
        "function": {"id": "Fn1", "callback_id": name, "type": "app"},
        "inputs": inputs,
        "function_execution_id": execution,
        "workflow_execution_id": "Wx1",
        "bot_access_token": "xwfp-step",
    }
    ada.fake.tokens["xwfp-step"] = ada.team
    await ada.event(event)
    told = [*ada.fake.made("functions.completeSuccess"), *ada.fake.made("functions.completeError")]
    (outcome,) = [one for one in told if one["function_execution_id"] == execution]
    return outcome | {"outputs": json.loads(outcome.get("outputs") or "{}")}


async def test_a_fact_is_posted_and_linked(ada: Someone, fake: FakeSlack) -> None:
    outcome = await run(ada, "post_fact", channel="C1", topic="coalition")
    (said,) = fake.said
    assert said.channel == "C1"
    outputs = outcome["outputs"]
    assert outputs["fact"] in said.words
    assert outputs["link"].startswith("https://t1.slack.com/archives/C1/p")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [({"channel": "C2"}, "I could not post there"), ({"channel": "C1", "topic": "zebras"}, "No fact has “zebras”")],
)
async def test_what_cannot_be_posted_is_said_to_whoever_made_the_workflow(
    ada: Someone, fake: FakeSlack, inputs: dict[str, str], expected: str
) -> None:
    assert expected in (await run(ada, "post_fact", **inputs))["error"]
    assert fake.said == []


async def test_a_quotation_is_checked(ada: Someone, fake: FakeSlack) -> None:
    right = await run(ada, "check_quotation", quotation="Our party held out its hand, with the gunpowder still in it")
    assert right["outputs"]["verdict"].startswith("✓")
    assert "gunpowder" in right["outputs"]["passage"]
    assert right["outputs"]["source"].startswith("Leon Trotsky, speech ")
    none = await run(ada, "check_quotation", quotation="Workers of all lands unite, you have only chains to lose")
    assert none["outputs"]["verdict"]
    assert fake.said == []


async def test_the_bot_says_hello_where_it_is_invited_and_not_for_others(ada: Someone, fake: FakeSlack) -> None:
    joined = {"type": "member_joined_channel", "channel": "C1", "channel_type": "C", "team": "T1"}
    assert await ada.event(joined | {"user": "U2"}) == []
    (hello,) = await ada.event(joined | {"user": "UBOT"})
    assert (hello.channel, hello.seen_by) == ("C1", "")
    assert "Hello! I answer from" in hello.words
    assert "server" not in hello.words
    (quotation,) = await ada.presses(hello, "Try a quotation")
    assert quotation.seen_by == ""
    assert await ada.presses(hello, "Set up the daily fact") == []
    assert fake.views[-1]["title"]["text"] == "Setup"
