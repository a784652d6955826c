"""All that somebody can come to from the commands by pressing buttons and picking from menus."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from zlib import crc32

from bot.core.app import App
from bot.core.calls import SHARE
from bot.core.context import Context
from bot.core.reply import Menu, Reply

LOOKS = ("card.dark", "card.light")
"""Actions that show the same card in other colours, which costs as much as to draw another one."""
ONE_OF = 10
"""One of so many cards is looked at in its other colours, too."""
PICTURES = ("card.", "timeline.")
"""How the actions begin that draw, which takes nearly all of the time."""

Way = tuple[str, str]


def ways_on(reply: Reply) -> Iterator[Way]:
    """The action and the value of each button and choice, without those that ask for something to be typed."""
    for button in reply.buttons:
        # Sharing shows to everybody what is shown already.
        if button.enabled and not button.ask and button.action != SHARE:
            yield button.action, button.value
    for part in reply.parts:
        if isinstance(part, Menu):
            yield from ((part.action, one.value) for one in part.choices)


async def everything_in_reach(
    app: App, ctx: Context, is_drawn: Callable[[int], bool] = lambda _: True
) -> AsyncIterator[Reply]:
    """Every reply that can be reached from the commands, with some of the pictures."""
    waiting = [await app.run(one.name, {}, ctx) for one in app.commands.values()]
    waiting += [await app.run("quote", {"words": f"{text} 1.1"}, ctx) for text in app.corpus.texts]
    seen: set[Way] = set()
    looks: Counter[str] = Counter()
    while waiting:
        reply = waiting.pop()
        yield reply
        for action, value in ways_on(reply):
            if action.startswith(PICTURES) and not is_drawn(crc32(value.encode())):
                continue
            looks[action] += (action, value) not in seen
            if (action, value) not in seen and (action not in LOOKS or looks[action] % ONE_OF == 1):
                waiting.append(await app.act(action, value, ctx))
            seen.add((action, value))
