"""What slack_bolt hears, handed to the desk. Everything is acknowledged before any work is done."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.core.reply import Choice
from bot.platforms.slack.inbound import modals, payloads
from bot.platforms.slack.inbound.answers import Spot
from bot.platforms.slack.inbound.dispatcher import Desk
from bot.platforms.slack.inbound.modals import Form
from bot.platforms.slack.inbound.mrkdwn import after_mention, plain
from bot.platforms.slack.manifest import GENERAL
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import Origin, Press
from bot.platforms.slack.rendering.render import option
from bot.platforms.slack.rendering.rich_text import Json

Ack = Callable[..., Awaitable[Any]]
Body = dict[str, Any]

_ANY = re.compile("")
_REMEMBERED = 10_000


class Once:
    """Answers what Slack sends again with an acknowledgement and nothing more. It remembers the last deliveries."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self.remembered = remembered
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def __call__(
        self, req: AsyncBoltRequest, resp: BoltResponse, next_: Callable[[], Awaitable[Any]]
    ) -> BoltResponse | None:
        key = payloads.delivery_id(req.body)
        if key and key in self._seen:
            return BoltResponse(status=200, body="")
        if key:
            self._seen[key] = None
            if len(self._seen) > self.remembered:
                self._seen.popitem(last=False)
        await next_()
        return None


class Listeners:
    """Everything that the bot listens to in Slack."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def register(self, bolt: AsyncApp) -> None:
        bolt.use(Once())
        bolt.command(_ANY)(self.command)
        bolt.action(_ANY)(self.action)
        bolt.options(_ANY)(self.options)
        bolt.view(_ANY)(self.view)
        bolt.shortcut(_ANY)(self.shortcut)
        bolt.event("app_mention")(self.mention)
        bolt.event("app_home_opened")(self.home)

    async def command(self, ack: Ack, body: Body) -> None:
        await ack()
        text = plain(body.get("text") or "").strip()
        line = text if body["command"] == f"/{GENERAL}" else f"{body['command']} {text}"
        spot = payloads.of_command(body)
        self.desk.begin(self.desk.line(spot, payloads.name_of(body), line, body.get("trigger_id", "")))

    async def action(self, ack: Ack, body: Body) -> None:
        await ack()
        done = body["actions"][0]
        press = Press.read(done["action_id"]) or Press("")
        spot = payloads.of_interaction(body)
        work = self.desk.press(spot, payloads.name_of(body), press, payloads.chosen(done), body.get("trigger_id", ""))
        self.desk.begin(work)

    async def options(self, ack: Ack, body: Body) -> None:
        """Completions are the acknowledgement."""
        press = Press.read(body["action_id"]) or Press("")
        typed = body.get("value") or Origin.read(body["block_id"]).typed
        choices = await self.desk.suggest(payloads.of_interaction(body), press, typed)
        await ack(options=_shown(choices))

    async def view(self, ack: Ack, body: Body) -> None:
        """A submitted form stays open, and says why, where something in it cannot be read."""
        view = body["view"]
        form = Form.read(view["private_metadata"])
        typed = modals.answers_of(view)
        command = self.desk.app.commands.get(form.name) if view["callback_id"] == modals.COMMAND else None
        if command and (wrong := modals.faults(command, typed, self.desk.app.corpus)):
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        name = payloads.name_of(body)
        self.desk.begin(self.desk.submitted(form, body["user"]["id"], name, view["callback_id"], typed))

    async def shortcut(self, ack: Ack, body: Body) -> None:
        await ack()
        words = payloads.words_of(body.get("message") or {})
        spot = payloads.of_interaction(body)
        self.desk.begin(self.desk.on_message(spot, payloads.name_of(body), body["callback_id"], words))

    async def mention(self, ack: Ack, body: Body, context: dict[str, Any]) -> None:
        await ack()
        event = body["event"]
        if "user" in event and not event.get("bot_id"):
            line = after_mention(event.get("text") or "", context.get("bot_user_id") or "")
            self.desk.begin(self.desk.line(payloads.of_mention(body), "", line))

    async def home(self, ack: Ack, body: Body) -> None:
        await ack()
        event = body["event"]
        if event.get("tab") == "home":
            self.desk.begin(self.desk.home(Spot(payloads.team_of(body), event["user"]), ""))


def _shown(choices: tuple[Choice, ...]) -> list[Json]:
    """As many choices as a menu holds. A value that is too long would be cut, and then mean something else."""
    fitting = [one for one in choices if 0 < len(one.value) <= limits.OPTION_VALUE]
    return [option(one) for one in fitting[: limits.OPTIONS]]
