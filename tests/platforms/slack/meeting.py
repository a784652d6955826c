"""Meeting the bot on the fake Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from bot.core.app import App
from bot.core.calls import FORM
from bot.platforms.slack.rendering.action_id import ActionId
from bot.platforms.slack.rendering.wording import in_slack_words, rename_commands
from tests.platforms.meeting import Heard, Way
from tests.platforms.slack import limits_check
from tests.platforms.slack.conftest import slack_of, start, stop
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone, elements
from tests.platforms.slack.said import Said


class Workspace:
    def __init__(self, fake: FakeSlack, ada: Someone) -> None:
        self.platform = ada.slack
        self.fake = fake
        self.ada = ada

    async def hear(self, line: str) -> Heard:
        typed = rename_commands(line).replace("#general", "<#C1|general>")
        return _heard(await self.ada.types(typed))

    async def press(self, way: Way, typed: str) -> Heard:
        said, block, element, done = way.native
        answers = await self.ada.acts(said, block, element, done)
        if way.action == FORM:
            answers = await self.ada.submits_as_it_is(self.fake.views[-1])
            # A form that cannot be read stays open, and says why beside its fields.
            wrong = "\n".join(self.ada.acks[-1].get("errors", {}).values())
            return _heard(answers) if answers else Heard(wrong, (), in_slack_words)
        return _heard(await self.ada.submits(self.fake.views[-1], typed=typed) if way.asks else answers)

    async def posted(self) -> Heard:
        return _heard([next(one for one in reversed(self.fake.said) if not one.seen_by)])

    async def use_on_message(self, name: str, words: str) -> Heard | None:
        return _heard(await self.ada.uses_shortcut(name, words))


def _heard(said: Sequence[Said]) -> Heard:
    words = "\n".join(limits_check.words_of(one.blocks) for one in said)
    return Heard(words, tuple(way for one in said for way in _ways(one)), in_slack_words)


def _ways(said: Said) -> Iterator[Way]:
    for block, element in elements(said.blocks):
        press = ActionId.parse(element.get("action_id", ""))
        if press is None or press.purpose != "act":
            continue
        for option in element.get("options", ()):
            done = {"type": "static_select", "selected_option": option}
            label = option["text"]["text"]
            yield Way(press.name, option["value"], False, (said, block, element, done), label)
        if element["type"] == "button":
            done = {"type": "button", "value": element["value"]}
            label = element["text"]["text"]
            yield Way(press.name, element["value"], bool(press.extra), (said, block, element, done), label)


@asynccontextmanager
async def meet(app: App) -> AsyncIterator[Workspace]:
    fake = slack_of()
    await fake.open()
    slack, serving = await start(app, fake)
    try:
        yield Workspace(fake, Someone(fake, slack))
    finally:
        await stop(slack, serving)
        await fake.close()
    assert fake.faults == []
