"""Workflow steps: what people put into Slack's Workflow Builder, and how each is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.app import App
from bot.core.context import Context
from bot.core.platform import Platform, Undelivered
from bot.core.reply import Reply
from bot.platforms.slack.rendering.wording import in_slack_words

Outputs = dict[str, str]


class StepFailed(Exception):
    """A step cannot be done. The message tells the person who made the workflow why."""


@dataclass(frozen=True)
class Input:
    """What a step takes; a `channel` is picked from a list."""

    title: str
    required: bool = True
    channel: bool = False


@dataclass(frozen=True)
class Step:
    """A step: a command with what it takes, by the command's parameters, and what it gives."""

    title: str
    description: str
    command: str
    inputs: Mapping[str, Input]
    outputs: Mapping[str, str]


STEPS = {
    "post_fact": Step(
        "Post a fact",
        "Posts a fact with the passage it rests on into a channel",
        "fact",
        {"channel": Input("Channel", channel=True), "topic": Input("Topic, if only facts on one", required=False)},
        {"fact": "The fact", "link": "Link to the message"},
    ),
    "check_quotation": Step(
        "Check a quotation",
        "Says whether a quotation is word for word, and gives the true passage",
        "check",
        {"quotation": Input("Quotation"), "speaker": Input("Who is said to have said it", required=False)},
        {"verdict": "The verdict", "passage": "The true passage", "source": "Speaker and reference"},
    ),
}
"""The steps by callback id, which workflows keep: never rename one."""


def functions(known: Mapping[str, object]) -> dict[str, Any]:
    """The manifest's entries for the steps whose commands there are."""
    return {name: _entry(step) for name, step in STEPS.items() if step.command in known}


def _entry(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "description": step.description,
        "input_parameters": {name: _parameter(name, one) for name, one in step.inputs.items()},
        "output_parameters": {
            name: {"type": "string", "name": name, "title": title, "description": title, "is_required": True}
            for name, title in step.outputs.items()
        },
    }


def _parameter(name: str, one: Input) -> dict[str, Any]:
    kind = "slack#/types/channel_id" if one.channel else "string"
    return {"type": kind, "name": name, "title": one.title, "description": one.title, "is_required": one.required}


async def run_step(name: str, inputs: Mapping[str, object], app: App, ctx: Context, platform: Platform) -> Outputs:
    """Do a step in the place of the context. Raises StepFailed."""
    step = STEPS[name]
    typed = {key: str(inputs.get(key) or "") for key, one in step.inputs.items() if not one.channel}
    reply = await app.run(step.command, {key: words for key, words in typed.items() if words}, ctx)
    if reply.error:
        raise StepFailed(in_slack_words(reply.error))
    if name == "check_quotation":
        return _checked(reply)
    try:
        message = await platform.post(ctx.place.channel, reply)
    except Undelivered as error:
        raise StepFailed(f"I could not post there: {error}.") from None
    fact = next((part.words for part in reply.parts if hasattr(part, "words")), reply.title)
    return {"fact": fact, "link": platform.link(ctx.place.server, ctx.place.channel, message)}


def _checked(reply: Reply) -> Outputs:
    """A verdict in words; where no passage was found, what was said instead."""
    quote = next(iter(reply.quotes()), None)
    source = f"{quote.speaker}, {quote.reference}" if quote else ""
    return {"verdict": in_slack_words(reply.title), "passage": quote.words if quote else "", "source": source}
