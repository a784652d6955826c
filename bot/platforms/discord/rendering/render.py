"""A Reply as Discord messages: Components V2 in JSON, and files. Pure: nothing here knows discord.py, or waits.

What is too long for one message becomes several, sent one after the other: readers scroll anyway, and nothing hides
behind a button. A quotation moves to the next message whole; one that no message can hold is cut at a sentence's end
and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from bot.core.reply import Reply
from bot.platforms.discord.rendering import limits
from bot.platforms.discord.rendering.blocks import Block, BlockWriter, Component, Upload, text_display
from bot.platforms.layout import fits_in, pack

_CONTAINER = 17
_box = attrgetter("boxed", "accent")
_NONE: Mapping[str, int] = {}


class Message(Struct, frozen=True):
    """One message: its components as Discord's API takes them, and the files that they show."""

    components: list[Component]
    files: tuple[Upload, ...] = ()


def render(reply: Reply, colours: Mapping[str, int], commands: Mapping[str, int] = _NONE) -> list[Message]:
    """The messages that show a reply, at least one.

    `colours` gives each text's accent as 0xRRGGBB, `commands` the ids by which commands can be pressed.

    Raises ValueError where a button's or a choice's value is longer than Discord keeps.
    """
    blocks = list(BlockWriter(reply, colours, commands).blocks()) or [Block(text_display("Done."))]
    return [_message(group) for group in pack(blocks, _fits)]


def _fits(blocks: Sequence[Block]) -> bool:
    boxes = sum(boxed for (boxed, _), _ in groupby(blocks, key=_box))
    return (
        boxes + sum(block.components for block in blocks) <= limits.COMPONENTS
        and fits_in("".join([block.text for block in blocks]), limits.TEXT)
        and sum(block.attachment is not None for block in blocks) <= limits.FILES
    )


def _message(blocks: Sequence[Block]) -> Message:
    components: list[Component] = []
    for (boxed, accent), inside in groupby(blocks, key=_box):
        children = [block.component for block in inside]
        components += [{"type": _CONTAINER, "accent_color": accent, "components": children}] if boxed else children
    return Message(components, tuple(block.attachment for block in blocks if block.attachment))
