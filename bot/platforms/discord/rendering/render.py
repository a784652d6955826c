"""A Reply as Discord messages: Components V2 in JSON, and files. Pure: nothing here knows discord.py, or waits.

What is too long for one message becomes several, sent one after the other: readers scroll anyway, and nothing hides
behind a button. A quotation moves to the next message whole; one that no message can hold is cut at a sentence's end
and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.core.reply import Reply
from bot.platforms.discord.rendering import limits
from bot.platforms.discord.rendering.blocks import Attachment, Block, Component, Writer, text_display

_CONTAINER = 17


@dataclass(frozen=True)
class Page:
    """One message: its components as Discord's API takes them, and the files that they show."""

    components: list[Component]
    files: tuple[Attachment, ...] = ()


def render(reply: Reply, colours: Mapping[str, int]) -> list[Page]:
    """The messages that say `reply`, at least one. `colours` gives each text's accent as 0xRRGGBB.

    Raises ValueError where a button's or a choice's value is longer than Discord keeps.
    """
    blocks = list(Writer(reply, colours).blocks()) or [Block(text_display("Done."))]
    return [_page(held) for held in _packed(blocks)]


def _packed(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    held: list[Block] = []
    for block in blocks:
        if held and not _fits([*held, block]):
            yield held
            held = []
        held.append(block)
    yield held


def _fits(held: Sequence[Block]) -> bool:
    boxes = sum(boxed for (boxed, _), _ in groupby(held, key=_box))
    return (
        boxes + sum(block.components for block in held) <= limits.COMPONENTS
        and sum(block.text for block in held) <= limits.TEXT
        and sum(block.attachment is not None for block in held) <= limits.FILES
    )


def _box(block: Block) -> tuple[bool, int | None]:
    return block.boxed, block.accent


def _page(held: Sequence[Block]) -> Page:
    components: list[Component] = []
    for (boxed, accent), inside in groupby(held, key=_box):
        made = [block.component for block in inside]
        components += [{"type": _CONTAINER, "accent_color": accent, "components": made}] if boxed else made
    return Page(components, tuple(block.attachment for block in held if block.attachment))
