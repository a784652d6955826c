"""Choose whether look-ups are private here, and where I answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import structs

from bot.core.command import action, command
from bot.core.context import Channel, Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Reply
from bot.core.server_policy import ServerPolicy
from bot.storage.server_rules import ServerRules
from cogs.shared.channels import channel_name, channel_names, check_visible
from cogs.shared.lists import shortened
from corpus.language.phrasing import and_list

Lookups = Literal["public", "private"]
MOST = 10
"""Channels that the bot can be kept to: a server that wants more wants none."""
WHO = {
    False: "Look-ups are public: everybody in the channel sees the answer.",
    True: "Look-ups are private: only who asks sees the answer, and can share it.",
}


@command(
    "settings",
    also="config configure options",
    admin=True,
    lookups="Who sees the answers to look-ups",
    channel="Answer only in this channel; use it again for each further channel",
)
async def settings(ctx: Context, lookups: Lookups | None = None, channel: Channel | None = None) -> Reply:
    """Choose whether look-ups are private, and where I answer."""

    def change(rules: ServerRules) -> ServerRules:
        if lookups:
            rules = structs.replace(rules, private_lookups=lookups == "private")
        return _kept_to(rules, channel.id) if channel else rules

    if channel:
        await check_visible(ctx, channel.id)
    return await _change(ctx, change) if lookups or channel else await _settings_reply(ctx)


@action("settings.show", admin=True)
async def show_settings(ctx: Context, value: str) -> Reply:
    """The settings as they are."""
    return await _settings_reply(ctx)


@action("settings.lookups", replaces=True, admin=True)
async def set_lookups(ctx: Context, value: str) -> Reply:
    """Make look-ups private or public."""
    return await _change(ctx, lambda rules: structs.replace(rules, private_lookups=value == "private"))


@action("settings.keep", replaces=True, admin=True)
async def keep_to_channel(ctx: Context, value: str) -> Reply:
    """Answer in the channel where the button was pressed, and no longer everywhere."""
    return await _change(ctx, lambda rules: _kept_to(rules, ctx.place.channel))


@action("settings.leave", replaces=True, admin=True)
async def leave_channel(ctx: Context, value: str) -> Reply:
    """Stop answering in a channel; for nothing, answer everywhere again."""
    return await _change(ctx, lambda rules: _less(rules, value))


def _less(rules: ServerRules, channel: str) -> ServerRules:
    left = [one for one in rules.channel_ids if channel and one != channel]
    return structs.replace(rules, channels=" ".join(left))


def _kept_to(rules: ServerRules, channel: str) -> ServerRules:
    channels = dict.fromkeys((*rules.channel_ids, channel))
    if len(channels) > MOST:
        raise UserError(f"I can be limited to {MOST} channels at most. Remove one in /settings first.")
    return structs.replace(rules, channels=" ".join(channels))


def policy_of(ctx: Context) -> ServerPolicy:
    """The policy, where there is a server. Raises UserError."""
    if ctx.policy is None or ctx.store is None or ctx.place.server is None:
        raise UserError("Settings belong to a server. Try again in one of its channels.")
    return ctx.policy


async def _change(ctx: Context, change: Callable[[ServerRules], ServerRules]) -> Reply:
    await policy_of(ctx).change(ctx.place, change)
    return await _settings_reply(ctx)


async def _settings_reply(ctx: Context) -> Reply:
    rules = await policy_of(ctx).rules(ctx.place)
    names = await channel_names(ctx, rules.channel_ids)
    where = f"I answer only in {and_list(names.values())}." if names else "I answer in every channel."
    parts: list[AnyPart] = [Items((WHO[rules.private_lookups], where))]
    if names:
        choices = tuple(Choice(shortened(name), channel) for channel, name in names.items())
        parts.append(Menu("Stop answering in", "settings.leave", choices))
    return Reply("Settings", tuple(parts), tuple(await _buttons(ctx, rules)), private=True)


async def _buttons(ctx: Context, rules: ServerRules) -> list[Button]:
    other = "public" if rules.private_lookups else "private"
    buttons = [Button(f"Make look-ups {other}", "settings.lookups", other)]
    if not ctx.place.private and ctx.place.channel not in rules.channel_ids:
        here = shortened(await channel_name(ctx, ctx.place.channel), 40)
        buttons.append(Button(f"Answer in {here} too" if rules.channels else f"Only in {here}", "settings.keep"))
    if rules.channels:
        buttons.append(Button("Answer everywhere", "settings.leave"))
    return buttons
