"""Every command and every action, on every platform: each is reached, and says the same words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Sequence
from random import Random

import pytest

from bot.core.app import App
from bot.core.calls import FORM, Call
from bot.core.command import Feature, command
from bot.core.context import Context
from bot.core.reply import Button, Reply
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.platforms.meeting import PLATFORMS, Heard, Meeting, Way, letters, meet

TYPED = "Trotsky"
AT_ONCE = 5


@command("everything", start="Where to start")
async def everything(ctx: Context, start: int = 1) -> Reply:
    """Show some buttons, of all actions that there are."""
    return Reply("Everything", (), tuple(Button(name, name, "1") for name in ACTIONS[start - 1 :][:AT_ONCE]))


ACTIONS = sorted(one.name for feature in FEATURES for one in feature.actions)
EVERYTHING = Feature("everything", "Every button there is.", (everything,), (), ())


class Recorded(App):
    """An App that remembers what it was asked, and what it answered."""

    def __init__(self, corpus: Corpus, store: Store) -> None:
        super().__init__((*FEATURES, EVERYTHING), corpus, store, clock=lambda: NOW, dice=Random(1917))
        self.asked: list[tuple[str, Reply]] = []

    async def run(self, name: str, *more: object, **named: object) -> Reply:
        return await self._remembered(name, super().run(name, *more, **named))  # type: ignore[arg-type]  # passed on

    async def act(self, name: str, *more: object, **named: object) -> Reply:
        return await self._remembered(name, super().act(name, *more, **named))  # type: ignore[arg-type]  # passed on

    async def act_on_message(self, name: str, words: str, ctx: Context) -> Reply:
        return await self._remembered(name, super().act_on_message(name, words, ctx))

    async def _remembered(self, name: str, coming: Awaitable[Reply]) -> Reply:
        reply = await coming
        self.asked.append((name, reply))
        return reply


@pytest.fixture
async def recorded(corpus: Corpus, store: Store) -> AsyncIterator[Recorded]:
    made = Recorded(corpus, store)
    yield made
    assert made.library is not None
    await made.library.close()


def check(app: Recorded, name: str, heard: Heard) -> None:
    """Fails unless the App was asked for `name` and all that it answered was shown."""
    asked, reply = app.asked[-1]
    assert asked == name
    assert not reply.incident
    own = (heard.wording(words) for words in (reply.title, reply.error))
    for words in (*own, *(quote.words for quote in reply.quotes())):
        assert letters(words) in letters(heard.words)
    for quote in reply.quotes():
        assert quote.speaker in heard.words
    offered = {(button.action, button.value) for button in reply.buttons if button.enabled}
    assert offered <= {(way.action, way.value) for way in heard.ways}


def asked_for(way: Way) -> str:
    """What a press asks the App for: a form that is sent in, its command."""
    return Call.parse(way.value).name if way.action == FORM else way.action


async def walk(app: Recorded, meeting: Meeting) -> list[Sequence[str]]:
    """Give every command, press one of each kind of button and menu in its answer; gives what was quoted."""
    quoted: list[Sequence[str]] = []
    for one in [*app.commands.values()]:
        app.dice.seed(1917)
        line = one.line_in(app.corpus)
        heard = await meeting.hear(line)
        check(app, one.name, heard)
        if not one.admin:
            quoted.append([quote.words for quote in app.asked[-1][1].quotes()])
        for way in {way.action: way for way in heard.ways}.values():
            # An answer to the same again may have nothing to undo: that is pressed first, in the first answer.
            is_heard = way is heard.ways[0] and way.action.endswith(".undo")
            again = heard if is_heard else await meeting.hear(line)
            same = next((found for found in again.ways if found.action == way.action), way)
            check(app, asked_for(way), await meeting.press(same, TYPED))
    return quoted


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_every_command_is_reached_and_quotes_the_same_words(
    platform: str, recorded: Recorded, ctx: Context
) -> None:
    async with meet(platform)(recorded) as meeting:
        quoted = await walk(recorded, meeting)
    neutral = []
    for one in recorded.commands.values():
        recorded.dice.seed(1917)
        if not one.admin:
            reply = await answer_line(recorded, one.line_in(recorded.corpus), ctx)
            neutral.append([quote.words for quote in reply.quotes()])
    assert quoted == neutral
    assert sum(map(len, quoted)) > 5


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_every_action_is_reached(platform: str, recorded: Recorded) -> None:
    async with meet(platform)(recorded) as meeting:
        for start in range(1, len(ACTIONS) + 1, AT_ONCE):
            names = ACTIONS[start - 1 :][:AT_ONCE]
            for name in names:
                heard = await meeting.hear(f"/everything {start}")
                (way,) = [way for way in heard.ways if way.action == name]
                check(recorded, name, await meeting.press(way, TYPED))


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_every_command_on_a_message_is_reached(platform: str, recorded: Recorded) -> None:
    async with meet(platform)(recorded) as meeting:
        for name in recorded.message_actions:
            heard = await meeting.use_on_message(name, "Go where you belong, to the dustbin of history!")
            if heard:
                check(recorded, name, heard)
