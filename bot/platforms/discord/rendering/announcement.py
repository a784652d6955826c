"""Announcements: a reply as a message of the older kind, with content and embeds.

Push notifications show a message's content, and of Components V2 nothing: a post whose notification matters is sent
like this. Pure: nothing here knows discord.py, or waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from bot.core.reply import Reply
from bot.platforms.discord.rendering import limits
from bot.platforms.discord.rendering.blocks import ROW, Block, BlockWriter, Component, Upload
from bot.platforms.layout import width

_TITLE = re.compile(r"\A### (.*)$", re.MULTILINE)
_SMALL = re.compile(r"^-# ", re.MULTILINE)

_NONE: Mapping[str, int] = {}


class Announcement(Struct, frozen=True):
    """One message: what a notification shows, the boxes below, and rows of buttons."""

    content: str
    embeds: list[Component]
    rows: list[Component]
    files: tuple[Upload, ...] = ()


def announcement(reply: Reply, colours: Mapping[str, int], commands: Mapping[str, int] = _NONE) -> Announcement | None:
    """The announcement of a reply; None where one message does not hold it, or it has no words."""
    blocks = list(BlockWriter(reply, colours, commands).blocks())
    rows = [block.component for block in blocks if block.component["type"] == ROW]
    shown = [block for block in blocks if block.component["type"] != ROW]
    content, boxed = _content(shown)
    boxes = (_embed(accent, list(inside)) for accent, inside in groupby(boxed, key=lambda block: block.accent))
    # A box with nothing but a file in it would be empty: the file goes below the message.
    embeds = [box for box in boxes if "description" in box or "image" in box]
    made = Announcement(content, embeds, rows, tuple(block.attachment for block in blocks if block.attachment))
    return made if content and _fits(made, boxed) else None


def _content(shown: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """The words from the beginning that are in no text's box, at least the first, and the blocks after them."""
    words: list[str] = []
    for block in shown:
        text = str(block.component.get("content", ""))
        if not text or (words and block.accent is not None) or width("\n".join([*words, text])) > limits.CONTENT:
            break
        words.append(text)
    # A notification shows the marks of a heading as they are.
    return _TITLE.sub(r"**\1**", "\n".join(words)), shown[len(words) :]


def _embed(accent: int | None, blocks: Sequence[Block]) -> Component:
    made: Component = {"type": "rich"} if accent is None else {"type": "rich", "color": accent}
    if description := _description(blocks):
        made["description"] = description
    for block in blocks:
        for item in block.component.get("items", ()):
            made["image"] = {"url": item["media"]["url"]}
    return made


def _description(blocks: Iterable[Block]) -> str:
    """The words of a box. Not every client knows small print there, or that a quotation ends with its line."""
    words = ""
    for block in blocks:
        if "content" in block.component:
            quotes = any(line.startswith("> ") for line in words.split("\n")[-2:])
            between = "\n\n" if quotes else "\n" if words else ""
            words += between + _SMALL.sub("", block.component["content"])
    return words


def _fits(made: Announcement, boxed: Sequence[Block]) -> bool:
    descriptions = [str(one.get("description", "")) for one in made.embeds]
    pictures = [sum("items" in block.component for block in run) for _, run in groupby(boxed, lambda one: one.accent)]
    return (
        max(map(width, descriptions), default=0) <= limits.EMBED
        and sum(map(width, descriptions)) <= limits.EMBEDS_TEXT
        and len(made.embeds) <= limits.EMBEDS
        and len(made.rows) <= limits.ROWS
        and max(pictures, default=0) <= 1
        and len(made.files) <= limits.FILES
    )
