"""The App Home: what the bot does, and what it keeps for the person who opens it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from bot.core.app import App
from bot.core.command import Command
from bot.core.context import Context, Person
from bot.core.reply import AnyPart, Heading, Items, Prose, Reply
from bot.core.translations import translated
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import ActionId
from bot.platforms.slack.rendering.render import plain_text, render
from bot.platforms.slack.rendering.rich_text import Json

SECTIONS = ("daily list", "quiz me")
"""Commands whose answers are in everybody's App Home, if the feature is there and the person may use it."""

ACTIONS = {
    "quote": "Find a quotation",
    "quiz start": "Start a quiz",
    "quiz review": "Practise",
    "fact": "Get a fact",
    "setup": "Set up a daily fact",
}
"""Commands that everybody's App Home offers first."""
IN_CHANNEL = frozenset({"quiz start"})
"""Those of them that are for a channel: at home it has to be chosen."""

_DIVIDER: Json = {"type": "divider"}


def view(actions: Sequence[Json], replies: Iterable[Reply], person: str) -> Json:
    """The Home tab of one person: what to do first, then replies below each other, as many as Slack takes."""
    blocks: list[Json] = [{"type": "actions", "block_id": "start", "elements": list(actions)}] if actions else []
    for number, reply in enumerate(replies):
        made = [block for page in render(reply, person) for block in page.blocks]
        made = _numbered(made, number)
        if len(blocks) + len(made) + 1 > limits.HOME_BLOCKS:
            break
        blocks += [_DIVIDER, *made] if blocks else made
    return {"type": "home", "blocks": blocks}


def actions(app: App, person: Person) -> list[Json]:
    """Buttons that call a command, as if it had been typed alone: those that this person may use."""
    return [
        {
            "type": "button",
            "text": plain_text(label, limits.BUTTON_LABEL),
            "action_id": ActionId(name, purpose="run").encode(number),
            "value": name,
        }
        for number, (name, label) in enumerate(ACTIONS.items(), 1000)
        if _may_use(app.commands.get(name), person)
    ]


def _may_use(command: Command | None, person: Person) -> bool:
    return command is not None and (person.admin or command.owners or not command.admin)


def _numbered(blocks: Iterable[Json], number: int) -> list[Json]:
    """Ids are unique within a reply; in a view they must be unique among all of its replies."""
    return [block | {"block_id": f"{number}{block['block_id']}"} if "block_id" in block else block for block in blocks]


def features(app: App, locale: str) -> Reply:
    """What the bot can do, by feature."""
    parts: list[AnyPart] = [Prose("Type a command in any channel, or mention me in a thread.")]
    for feature in app.features:
        commands = [f"{one.usage}: {translated(one.description, locale)}" for one in feature.commands]
        parts += [Heading(feature.summary), Items(tuple(commands))] if commands else []
    return Reply("What I can do", tuple(parts))


async def sections(app: App, ctx: Context) -> AsyncIterator[Reply]:
    """What the bot keeps for this person and, for those who run the workspace, for the workspace."""
    person = await ctx.asker.person()
    for name in SECTIONS:
        if _may_use(app.commands.get(name), person):
            reply = await app.run(name, {}, ctx)
            if not reply.error:
                yield reply
