"""People who use the fake Slack: they type, press, choose, fill in forms, and read what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.slack.adapter import Slack
from tests.platforms.slack import limits_check
from tests.platforms.slack.fake_slack import BOT_USER, BUILT_IN, TEAM, FakeSlack, Send
from tests.platforms.slack.said import Json, Said


@dataclass
class Someone:
    """A person in a channel. What they do returns the messages that it brought."""

    fake: FakeSlack
    slack: Slack
    id: str = "U1"
    channel: str = "C1"
    team: str = TEAM
    send: Send | None = None
    acks: list[Json] = field(default_factory=list)

    async def types(self, line: str) -> list[Said]:
        """A slash command, as Slack sends it: the text behind the first word apart."""
        command, _, text = line.partition(" ")
        assert command.removeprefix("/") not in BUILT_IN, f"{command} is Slack's own"
        body = {
            "command": command,
            "text": text,
            "team_id": self.team,
            "channel_id": self.channel,
            "user_id": self.id,
            "user_name": "ada",
            "trigger_id": self.fake.trigger(),
            "response_url": self.fake.response_url(self.channel, self.id),
        }
        return await self._do("slash_commands", body)

    async def mentions(self, text: str, thread: str = "", **more: Any) -> list[Said]:
        event = {
            "type": "app_mention",
            "user": self.id,
            "text": text,
            "ts": self.fake.next_ts(),
            "channel": self.channel,
        }
        return await self.event(event | ({"thread_ts": thread} if thread else {}) | more)

    async def writes(self, text: str, **more: Any) -> list[Said]:
        """A message to the bot alone."""
        event = {"type": "message", "channel_type": "im", "user": self.id, "channel": f"D{self.id}", "text": text}
        return await self.event(event | {"ts": self.fake.next_ts()} | more)

    async def opens_home(self) -> Json:
        await self.event({"type": "app_home_opened", "user": self.id, "tab": "home", "channel": f"D{self.id}"})
        return self.fake.homes[self.id]

    async def event(self, event: Json, event_id: str = "", *, seconds_ago: int = -1, from_team: str = "") -> list[Said]:
        body = {
            "type": "event_callback",
            "team_id": from_team or self.team,
            "event": event,
            "event_time": int(self.slack.app.clock().timestamp()) - seconds_ago,
            "event_id": event_id or f"Ev{self.fake.next_ts()}",
            "authorizations": [{"team_id": self.team, "user_id": BOT_USER, "is_bot": True}],
        }
        return await self._do("events_api", body)

    async def presses(self, said: Said, label: str) -> list[Said]:
        """A button of a message."""
        block, element = _labelled(said.blocks, label)
        return await self.acts(said, block, element, {"type": "button", "value": element["value"]})

    async def picks(self, said: Said, label: str) -> list[Said]:
        """A choice of one of a message's menus."""
        for block, element in elements(said.blocks):
            for option in element.get("options", ()):
                if label in option["text"]["text"]:
                    return await self.acts(said, block, element, {"type": "static_select", "selected_option": option})
        raise AssertionError(f"no choice {label!r} in {said.words}")

    async def completes(self, blocks: list[Json], typed: str = "") -> list[Json]:
        """What the menu of near misses, or a form's field, offers."""
        block, element = _suggesting(blocks)
        body = self._interaction("block_suggestion") | {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": typed,
        }
        await self._do("interactive", body)
        options: list[Json] = self.acks[-1]["options"]
        assert len(options) <= 100
        for option in options:
            limits_check.check_option(option)
        return options

    async def picks_near(self, said: Said, option: Json) -> list[Said]:
        block, element = _suggesting(said.blocks)
        return await self.acts(said, block, element, {"type": "external_select", "selected_option": option})

    async def presses_at_home(self, label: str) -> list[Said]:
        view = self.fake.homes[self.id]
        block, element = _labelled(view["blocks"], label)
        body = self._interaction("block_actions") | {"view": view, "container": {"type": "view"}}
        action = {"action_id": element["action_id"], "block_id": block["block_id"], "type": "button"}
        return await self._do("interactive", body | {"actions": [action | {"value": element["value"]}]})

    async def submits(self, view: Json, **fields: Any) -> list[Said]:
        """Fill in a form and send it."""
        state = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            held = _filled(element, fields.get(block["block_id"], ""))
            state[block["block_id"]] = {element["action_id"]: held}
        body = self._interaction("view_submission") | {"view": view | {"state": {"values": state}, "id": "V1"}}
        said = await self._do("interactive", body)
        limits_check.check_field_errors(self.acks[-1].get("errors", {}), state)
        return said

    async def submits_as_it_is(self, view: Json) -> list[Said]:
        """Send a form with what is in it."""
        return await self.submits(view, **{block["block_id"]: _initial(block["element"]) for block in view["blocks"]})

    async def uses_shortcut(self, name: str, text: str, **more: Any) -> list[Said]:
        message = {"type": "message", "text": text, "ts": self.fake.next_ts(), "user": "U2"} | more
        body = self._interaction("message_action") | {"callback_id": name, "message": message}
        return await self._do("interactive", body | self._channel() | self._response())

    async def acts(self, said: Said, block: Json, element: Json, done: Json) -> list[Said]:
        action = {"action_id": element["action_id"], "block_id": block["block_id"]} | done
        message = {"ts": said.ts, "text": said.payload["text"], "blocks": said.blocks}
        message |= {"thread_ts": said.thread} if said.thread else {}
        hidden = bool(said.seen_by) and not said.channel.startswith("D")
        container = {"type": "message", "message_ts": said.ts, "channel_id": said.channel, "is_ephemeral": hidden}
        body = self._interaction("block_actions") | {"actions": [action], "message": message, "container": container}
        return await self._do("interactive", body | self._channel() | self._response(ts=said.ts, hidden=hidden))

    def _interaction(self, kind: str) -> Json:
        who = {"id": self.id, "username": "ada", "team_id": self.team}
        body: Json = {"type": kind, "team": {"id": self.team}, "user": who}
        return body if kind == "block_suggestion" else body | {"trigger_id": self.fake.trigger()}

    def _channel(self) -> Json:
        return {"channel": {"id": self.channel, "name": "general"}}

    def _response(self, **spot: Any) -> Json:
        return {"response_url": self.fake.response_url(self.channel, self.id, **spot)}

    async def _do(self, kind: str, body: Json) -> list[Said]:
        before = len(self.fake.said)
        self.acks.append(await (self.send or self.fake.send)(kind, body))
        await settle(self.slack)
        return self.fake.said[before:]


async def settle(slack: Slack) -> None:
    """Wait until everything that was acknowledged is answered."""
    while slack.dispatcher.pending:
        await asyncio.wait(set(slack.dispatcher.pending), timeout=60)


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in block.get("elements", ()):
            yield block, element
        if "element" in block:
            yield block, block["element"]


def _labelled(blocks: list[Json], label: str) -> tuple[Json, Json]:
    for block, element in elements(blocks):
        if element["type"] == "button" and element["text"]["text"] == label:
            return block, element
    raise AssertionError(f"no button {label!r}")


def _suggesting(blocks: list[Json]) -> tuple[Json, Json]:
    return next((block, one) for block, one in elements(blocks) if one["type"] == "external_select")


def _initial(element: Json) -> Any:
    if "initial_options" in element:
        return [one["value"] for one in element["initial_options"]]
    if "initial_option" in element:
        return element["initial_option"]["value"]
    return element.get("initial_value") or element.get("initial_time") or element.get("initial_conversation")


def _filled(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind == "timepicker":
        return {"type": kind, "selected_time": value or None}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": [{"value": one} for one in value or ()]}
    if kind == "file_input":
        return {"type": kind, "files": value or []}
    if kind == "plain_text_input":
        return {"type": kind, "value": value or None}
    if kind == "conversations_select":
        return {"type": kind, "selected_conversation": value or None}
    return {"type": kind, "selected_option": {"value": value} if value else None}
