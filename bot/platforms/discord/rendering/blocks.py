"""A Reply as Discord components, in order: which stay together, which box each is in, which file it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from msgspec import Struct, field

from bot.core.reply import AnyPart, Button, Choice, File, Heading, Items, Menu, Note, Picture, Prose, Reply
from bot.platforms.discord.rendering import limits
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.discord.rendering.markup import mention_commands, split_markup
from bot.platforms.discord.rendering.parts import heading, text_markup, title
from bot.platforms.layout import button_rows, clip, fits_in, list_choices, name_sources_once, tidy, width

Component = dict[str, Any]

ROW = 1
_BUTTON, _SELECT, _TEXT, _GALLERY, _FILE = 2, 3, 10, 12, 13
_PRESSABLE = limits.TEXT - 400
"""Leaves room for a heading above."""
_TONES = {"good": 0x2E7D32, "caution": 0xF9A825, "bad": 0xC62828}
"""Green, amber and red."""
_STYLES = {"plain": 2, "primary": 1, "danger": 4}


class Upload(Struct, frozen=True):
    """A file to upload. Components refer to it by `name`, which is unique in a reply."""

    name: str
    data: bytes
    alt: str = ""


class Block(Struct, frozen=True):
    """One component that is never torn. `boxed` blocks are in a box whose edge has the colour `accent`."""

    component: Component
    boxed: bool = True
    accent: int | None = None
    attachment: Upload | None = None

    @property
    def components(self) -> int:
        return 1 + len(self.component.get("components", ()))

    @property
    def text(self) -> str:
        content: str = self.component.get("content", "")
        return content


def text_display(markup: str) -> Component:
    return {"type": _TEXT, "content": markup}


class BlockWriter(Struct):
    """Writes one reply. `colours` gives each text's accent as 0xRRGGBB, `commands` the ids of commands by name."""

    reply: Reply
    colours: Mapping[str, int]
    commands: Mapping[str, int] = field(default_factory=dict)
    _ordinals: Iterator[int] = field(default_factory=count)
    _names: set[str] = field(default_factory=set)

    def blocks(self) -> Iterator[Block]:
        if self.reply.error:
            error = tidy(self.reply.error)
            yield from (Block(self._words(piece), boxed=False) for piece in split_markup(error, limits.TEXT))
        yield from self._parts()
        for row in button_rows(self.reply.buttons, limits.BUTTONS_IN_ROW):
            yield Block({"type": ROW, "components": [_button(one, next(self._ordinals)) for one in row]}, boxed=False)

    def _parts(self) -> Iterator[Block]:
        accent = self._accent(None)
        above = title(self.reply.title)
        for part in list_choices(name_sources_once(self.reply.parts)):
            if isinstance(part, Heading):
                yield from _alone(above, accent)
                accent, above = self._accent(part.text), heading(part.words)
                continue
            if isinstance(part, Note):
                accent = None  # what the editors add is in no text's box
            for block in self._part(part, accent):
                yield from _under(above, block) if above else (block,)
                above = ""
        yield from _alone(above, accent)

    def _part(self, part: AnyPart, accent: int | None) -> Iterator[Block]:
        match part:
            case Picture():
                yield from self._picture(part, accent)
            case File():
                attachment = Upload(self._name(part.name), part.data)
                component = {"type": _FILE, "file": {"url": f"attachment://{attachment.name}"}}
                yield Block(component, accent=accent, attachment=attachment)
            case Menu():
                yield from self._menu(part, accent)
            case Prose() | Items() | Note():
                yield from (Block(self._words(markup), accent=accent) for markup in text_markup(part))
            case _:
                yield from (Block(text_display(markup), accent=accent) for markup in text_markup(part))

    def _words(self, markup: str) -> Component:
        """The bot's own words, with commands that can be pressed as long as there is room for them."""
        pressable = mention_commands(markup, self.commands)
        return text_display(pressable if fits_in(pressable, _PRESSABLE) else markup)

    def _accent(self, text: str | None) -> int | None:
        if text is None and self.reply.tone:
            return _TONES[self.reply.tone]
        return self.colours.get(text or self.reply.text or "")

    def _picture(self, part: Picture, accent: int | None) -> Iterator[Block]:
        alt = tidy(part.alt)
        attachment = Upload(self._name(part.name), part.data, clip(alt, limits.ALT))
        item = {"media": {"url": f"attachment://{attachment.name}"}, "description": attachment.alt}
        yield Block({"type": _GALLERY, "items": [item]}, accent=accent, attachment=attachment)
        if width(alt) > limits.ALT:
            yield from (Block(text_display(piece), accent=accent) for piece in split_markup(alt, limits.TEXT))

    def _name(self, name: str) -> str:
        """A name that Discord keeps as it is, and that no other file of the reply has."""
        safe = re.sub(r"[^A-Za-z0-9._-]", "_", name)[-limits.FILE_NAME + 4 :].lstrip("._-") or "file"
        while safe in self._names:
            safe = f"{len(self._names)}-{safe}"
        self._names.add(safe)
        return safe

    def _menu(self, part: Menu, accent: int | None) -> Iterator[Block]:
        choices = list({one.value: one for one in part.choices}.values())
        prompt = tidy(part.prompt)
        if choices and width(" ".join(prompt.split())) > limits.PLACEHOLDER:
            yield from (Block(text_display(piece), accent=accent) for piece in split_markup(prompt, limits.TEXT))
        for start in range(0, len(choices), limits.OPTIONS):
            select = {
                "type": _SELECT,
                "custom_id": CustomId(part.action).encode(next(self._ordinals)),
                "placeholder": clip(prompt, limits.PLACEHOLDER),
                "options": [_option(one) for one in choices[start : start + limits.OPTIONS]],
            }
            yield Block({"type": ROW, "components": [select]}, accent=accent)


@lru_cache(maxsize=1_024)
def _button(button: Button, ordinal: int) -> Component:
    # Kept, as each answer with the same passage has the same five: a fiftieth of a `/quote`.
    return {
        "type": _BUTTON,
        "style": _STYLES[button.style],
        "label": clip(button.label, limits.BUTTON_LABEL) or "…",
        "custom_id": CustomId(button.action, button.value, button.ask).encode(ordinal),
        "disabled": not button.enabled,
    }


def _option(choice: Choice) -> Component:
    if not 0 < width(choice.value) <= limits.OPTION:
        raise ValueError("a menu's value is 1 to 100 characters long")
    option = {"label": clip(choice.label, limits.OPTION) or "…", "value": choice.value}
    if detail := clip(choice.detail, limits.OPTION):
        option["description"] = detail
    return option


def _alone(above: str, accent: int | None) -> Iterator[Block]:
    if above:
        yield Block(text_display(above), accent=accent)


def _under(above: str, block: Block) -> Iterator[Block]:
    """A heading shares a display with the text under it, so that no page ends with a heading."""
    content = block.component.get("content")
    if above and content and fits_in(together := f"{above}\n{content}", limits.TEXT):
        yield Block(text_display(together), accent=block.accent)
    else:
        yield from _alone(above, block.accent)
        yield block
