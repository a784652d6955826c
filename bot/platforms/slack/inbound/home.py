"""The App Home: what the bot does, and what it keeps for whoever looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import AnyPart, Heading, Items, Prose, Reply
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.render import render
from bot.platforms.slack.rendering.rich_text import Json

SECTIONS = ("daily list", "quiz me")
"""Commands whose answers stand in everybody's App Home, if the feature is there and the person may use it."""

_DIVIDER: Json = {"type": "divider"}


def view(replies: Iterable[Reply], person: str) -> Json:
    """The Home tab of one person: replies below each other, as many as Slack takes."""
    blocks: list[Json] = []
    for number, reply in enumerate(replies):
        made = [block for page in render(reply, person) for block in page.blocks]
        made = _numbered(made, number)
        if len(blocks) + len(made) + 1 > limits.HOME_BLOCKS:
            break
        blocks += [_DIVIDER, *made] if blocks else made
    return {"type": "home", "blocks": blocks}


def _numbered(blocks: Iterable[Json], number: int) -> list[Json]:
    """Ids are unique within a reply; in a view they must be unique among all of its replies."""
    return [block | {"block_id": f"{number}{block['block_id']}"} if "block_id" in block else block for block in blocks]


def features(app: App) -> Reply:
    """What the bot can do, by feature."""
    parts: list[AnyPart] = [Prose("Type a command in any channel, or mention me in a thread.")]
    for feature in app.features:
        commands = [f"{one.usage}: {one.description}" for one in feature.commands]
        parts += [Heading(feature.summary), Items(tuple(commands))] if commands else []
    return Reply("What I can do", tuple(parts))


async def sections(app: App, ctx: Context) -> AsyncIterator[Reply]:
    """What the bot keeps for this person and, for those who run the workspace, for the workspace."""
    for name in SECTIONS:
        command = app.commands.get(name)
        if command and (ctx.asker.admin or command.owners or not command.admin):
            reply = await app.run(name, {}, ctx)
            if not reply.error:
                yield reply
