"""A feature that needs all that Slack can do, for what the shipped ones do not need yet."""

from __future__ import annotations

import asyncio

from bot.core.command import Feature, action, command, message_action
from bot.core.context import Channel, Context
from bot.core.reply import Button, Choice, File, Picture, Prose, Quote, Reply


class Zone(str):
    """A kind of words that can be completed."""

    @classmethod
    def parse(cls, typed: str, corpus: object) -> Zone:
        return cls(typed)


async def _zones(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(name, name) for name in ("Europe/London", "Asia/Tbilisi") if typed.casefold() in name.casefold()]


@command("sample ask")
async def asks(ctx: Context) -> Reply:
    """Ask for words."""
    return Reply("A question", (), (Button("Answer", "sample.answer", "7", ask="Who said it?"),))


@action("sample.answer")
async def answered(ctx: Context, value: str, typed: str) -> Reply:
    return Reply(f"{value}: {typed}", private=True)


@command("sample set", admin=True, suggest={"zone": _zones}, zone="A time zone", sure="Whether you are")
async def sets(ctx: Context, zone: Zone, sure: bool = False) -> Reply:
    """Set something."""
    return Reply(f"Set to {zone} by {(await ctx.asker.person()).name} in {ctx.place.channel}, {sure}")


@command("sample post", example="#general", channel="Which channel", zone="A time zone", suggest={"zone": _zones})
async def posts(ctx: Context, channel: Channel, zone: Zone) -> Reply:
    """Post somewhere."""
    return Reply(f"{channel.id}, {zone}")


@command("sample secret")
async def secret(ctx: Context) -> Reply:
    """Say something in private."""
    return Reply(
        "A secret", (), (Button("Say it again", "sample.again"), Button("Publish", "sample.publish")), private=True
    )


@action("sample.again", replaces=True)
async def again(ctx: Context, value: str) -> Reply:
    return Reply("The secret again", private=True)


@action("sample.publish")
async def publish(ctx: Context, value: str) -> Reply:
    return Reply("No secret any more")


@command("sample file")
async def files(ctx: Context) -> Reply:
    """Share files."""
    parts = (Picture("line.png", b"\x89PNG", "A line"), File("deck.apkg", b"deck", "application/octet-stream"))
    return Reply("Two files", (Prose("Here they are."), *parts))


@command("sample ephemeral")
async def secret_file(ctx: Context) -> Reply:
    """Share a file in private."""
    return Reply("One file", (File("deck.apkg", b"deck", "application/octet-stream"),), private=True)


@command("sample long")
async def long(ctx: Context) -> Reply:
    """Say more than one message holds."""
    quotes = tuple(Quote(f"{number} " + "A sentence. " * 150, "speech 1", "Trotsky", "speech") for number in range(14))
    return Reply("Long", quotes, (Button("On", "sample.publish"),))


@command("sample overfill")
async def overfill(ctx: Context) -> Reply:
    """Say what no button holds."""
    return Reply("Too much", (), (Button("On", "sample.publish", "x" * 3000),))


@command("sample slow")
async def slow(ctx: Context) -> Reply:
    """Take one's time."""
    await asyncio.sleep(0.3)
    return Reply("At last")


@command("daily list", admin=True)
async def schedules(ctx: Context) -> Reply:
    """List the schedules."""
    return Reply("Schedules", (Prose("Every day at nine."),), (Button("Pause", "sample.again"),))


@command("quiz me")
async def standing(ctx: Context) -> Reply:
    """Your own standing."""
    return Reply(f"Standing of {(await ctx.asker.person()).name}")


@message_action("Shout")
async def shout(ctx: Context, words: str) -> Reply:
    """Say it louder."""
    return Reply(words.upper())


FEATURE = Feature(
    "sample",
    "Try everything.",
    (asks, sets, posts, secret, files, secret_file, long, overfill, slow, schedules, standing),
    (answered, again, publish),
    (shout,),
)
