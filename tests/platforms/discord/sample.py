"""Everything that a command can be."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from bot.core.command import action, command, message_action
from bot.core.context import Channel, Context
from bot.core.errors import UserError
from bot.core.parameters import Whole
from bot.core.reply import Button, Choice, Menu, Prose, Quote, Reply


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    found = [Choice(f"{typed} {number}", f"{typed}-{number}") for number in range(40)]
    return [Choice("A value that Discord cannot hold", "x" * 101), *found]


@command(
    "echo",
    suggest={"words": _suggest},
    words="What to say",
    times="How often",
    loud="Whether to shout",
    manner="How to say it",
    from_="Who says it",
)
async def echo(
    ctx: Context,
    words: str,
    times: Annotated[int, Whole(1, 3)] = 1,
    loud: bool = False,
    manner: Literal["kindly", "sternly"] = "kindly",
    from_: str = "",
) -> Reply:
    """Say what you are told."""
    said = " ".join([words.upper() if loud else words] * times)
    asker = await ctx.asker.person()
    who = f"{asker.name} in {ctx.place.server or 'private'}, {asker.locale}"
    return Reply(parts=(Prose(f"{said} ({manner}, {from_ or 'nobody'}; {who})"),))


@command("wait", seconds="How long", secret="Whether only you see the answer")
async def wait(ctx: Context, seconds: int = 100, secret: bool = False) -> Reply:
    """Take a while."""
    await asyncio.sleep(seconds)
    return Reply(parts=(Prose("Here you are."),), private=secret)


@command("daily set", admin=True, words="What to post")
async def daily_set(ctx: Context, words: str) -> Reply:
    """Set what is posted each day."""
    return Reply(parts=(Prose(f"Set: {words}"),), private=True)


@command("daily where", admin=True, channel="Where to post")
async def daily_where(ctx: Context, channel: Channel) -> Reply:
    """Say where it is posted."""
    name = await ctx.platform.channel_name(channel.id) if ctx.platform else ""
    return Reply(parts=(Prose(f"{channel.id} {name}"),))


@command("daily list", admin=True)
async def daily_list(ctx: Context) -> Reply:
    """List what is posted each day."""
    return Reply(parts=(Prose("Nothing."),))


@command("mixed look")
async def mixed_look(ctx: Context) -> Reply:
    """What anybody may do."""
    return Reply(parts=(Prose("Looked."),))


@command("mixed change", admin=True)
async def mixed_change(ctx: Context) -> Reply:
    """What an admin may do."""
    return Reply(parts=(Prose("Changed."),))


@command("refuse")
async def refuse(ctx: Context) -> Reply:
    """Refuse."""
    raise UserError("Not like this. Try /pages.", (Button("Pages", "turn", "1"),))


@command("fail")
async def fail(ctx: Context) -> Reply:
    """Fail."""
    raise ZeroDivisionError("a secret")


@command("overfill")
async def overfill(ctx: Context) -> Reply:
    """Make a button that no platform can hold."""
    return Reply(buttons=(Button("On", "turn", "x" * 200),))


@command("long")
async def long(ctx: Context) -> Reply:
    """Say more than fits."""
    return Reply(parts=(Quote("A sentence. " * 700, "speech 1", "Trotsky", "speech"),), buttons=(Button("On", "turn"),))


@command("pages")
async def pages(ctx: Context) -> Reply:
    """Start turning pages."""
    return _page("1")


def _page(number: str) -> Reply:
    choices = (Choice("One", "1"), Choice("Two", "2"), Choice("None", "none"))
    return Reply(
        f"Message {number}",
        (Menu("Go to", "turn", choices),),
        (
            Button("Next", "turn", "2"),
            Button("Slow", "turn.slow", "3"),
            Button("Beside", "beside", "4"),
            Button("Alone", "alone", "5"),
            Button("Note", "note", number, ask="What do you think?"),
            Button("Break", "turn", "none"),
        ),
    )


@action("turn", replaces=True)
async def turn(ctx: Context, value: str) -> Reply:
    """Another page in place of this one."""
    if value == "none":
        raise UserError("There is no such page.")
    return _page(value)


@action("turn.slow", replaces=True)
async def turn_slow(ctx: Context, value: str) -> Reply:
    """Another page after a while."""
    await asyncio.sleep(100)
    return _page(value)


@action("beside")
async def beside(ctx: Context, value: str) -> Reply:
    """Another message for all."""
    return Reply(f"Beside {value}")


@action("alone")
async def alone(ctx: Context, value: str) -> Reply:
    """Another message for the presser, with more to press."""
    return Reply(f"Alone {value}", buttons=(Button("Beside", "beside", "6"), Button("Turn", "turn", "7")), private=True)


@action("note")
async def note(ctx: Context, value: str, typed: str) -> Reply:
    """Takes a line."""
    return Reply(parts=(Prose(f"On page {value}: {typed}"),), private=True)


@message_action("Read this aloud")
async def aloud(ctx: Context, words: str) -> Reply:
    """Repeat a message."""
    return Reply(parts=(Prose(words),))
