"""A Reply as Slack messages: Block Kit in JSON. Pure: nothing here knows slack_sdk, waits or reads a clock.

What is too long for one message becomes several, sent one after the other. A quotation moves to the next message whole;
one that no message can hold is cut at a sentence's end and says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.core.reply import AnyPart, Button, Choice, File, Heading, Menu, Picture, Prose, Reply
from bot.platforms.slack.inbound.mrkdwn import escape
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import Origin, Press
from bot.platforms.slack.rendering.limits import clip
from bot.platforms.slack.rendering.parts import Piece, heading, texts
from bot.platforms.slack.rendering.rich_text import Json, header, pieces, rich_text, run, section, tidy


@dataclass(frozen=True)
class Near:
    """A menu under a reply, of what may have been meant by what was `typed` for a command's parameter."""

    command: str
    parameter: str
    typed: str
    prompt: str


@dataclass(frozen=True)
class Page:
    """One message: its blocks, the same words as plain text, and the files that go with it."""

    blocks: list[Json]
    text: str
    files: tuple[Picture | File, ...] = ()

    @property
    def payload(self) -> Json:
        return {"text": self.text, "blocks": self.blocks, "unfurl_links": False, "unfurl_media": False}


def render(reply: Reply, asker: str = "", near: Near | None = None) -> list[Page]:
    """The messages that say `reply`, at least one. `asker` is who may later see them replaced.

    Raises ValueError where a button's or a choice's value is longer than Slack keeps.
    """
    written = list(_Writer(reply, asker).pieces(near)) or [Piece((rich_text(section(run("Done."))),), "Done.")]
    pages = [Page([block for piece in held for block in piece.blocks], _spoken(held)) for held in _packed(written)]
    files = tuple(part for part in reply.parts if isinstance(part, Picture | File))
    return [*pages[:-1], Page(pages[-1].blocks, pages[-1].text, files)]


def _packed(written: Iterable[Piece]) -> Iterator[list[Piece]]:
    held: list[Piece] = []
    for piece in written:
        if held and not _fits([*held, piece]):
            yield held
            held = []
        held.append(piece)
    yield held


def _fits(held: Sequence[Piece]) -> bool:
    blocks = [block for piece in held for block in piece.blocks]
    return (
        len(blocks) <= limits.BLOCKS
        and len(_joined(held)) <= limits.TEXT
        and len(json.dumps(blocks, ensure_ascii=False)) <= limits.SIZE
    )


def _joined(held: Iterable[Piece]) -> str:
    return "\n".join(piece.text for piece in held if piece.text)


def _spoken(held: Iterable[Piece]) -> str:
    """The words for notifications. A single piece can be too long only where nearly every character is an entity."""
    words = _joined(held).strip() or "More to choose from."
    return words if len(words) <= limits.TEXT else f"{words[: limits.TEXT - 10].rpartition('&')[0]}…"


@dataclass
class _Writer:
    """Writes one reply."""

    reply: Reply
    asker: str
    _ordinals: Iterator[int] = field(default_factory=count)

    def pieces(self, near: Near | None) -> Iterator[Piece]:
        for words in pieces(tidy(self.reply.error), limits.SIZE // 6):
            yield Piece((rich_text(section(run(words))),), escape(words))
        yield from self._parts()
        buttons = [one for one in self.reply.buttons if one.enabled]
        for start in range(0, len(buttons), limits.BUTTONS_IN_ROW):
            row = [self._button(one) for one in buttons[start : start + limits.BUTTONS_IN_ROW]]
            yield self._actions(row)
        if near:
            yield self._near(near)

    def _parts(self) -> Iterator[Piece]:
        above = _title(self.reply.title)
        for part in self.reply.parts:
            if isinstance(part, Heading):
                yield from above
                above = list(heading(part.words))
                continue
            for piece in self._part(part):
                yield _under(above, piece)
                above = []
        yield from above

    def _part(self, part: AnyPart) -> Iterator[Piece]:
        match part:
            case Menu():
                return self._menu(part)
            case Picture() if len(part.alt) > limits.ALT:
                # The file's description holds no more: what the picture says stands below it in full.
                return texts(Prose(part.alt))
        return texts(part)

    def _menu(self, menu: Menu) -> Iterator[Piece]:
        choices = list({one.value: one for one in menu.choices}.values())
        for start in range(0, len(choices), limits.OPTIONS):
            options = [option(one) for one in choices[start : start + limits.OPTIONS]]
            select = {
                "type": "static_select",
                "action_id": Press(menu.action).action_id(next(self._ordinals)),
                "placeholder": plain_text(menu.prompt, limits.PLACEHOLDER),
                "options": options,
            }
            yield self._actions([select])

    def _near(self, near: Near) -> Piece:
        select = {
            "type": "external_select",
            "action_id": Press(near.command, near.parameter, "find").action_id(next(self._ordinals)),
            "placeholder": plain_text(near.prompt, limits.PLACEHOLDER),
            "min_query_length": 0,
        }
        return self._actions([select], near.typed)

    def _button(self, button: Button) -> Json:
        if len(button.value) > limits.BUTTON_VALUE:
            raise ValueError(f"the value of {button.action} does not fit into a button")
        made = {
            "type": "button",
            "text": plain_text(button.label, limits.BUTTON_LABEL),
            "action_id": Press(button.action, button.ask).action_id(next(self._ordinals)),
            "value": button.value,
        }
        return made if button.style == "plain" else made | {"style": button.style}

    def _actions(self, elements: list[Json], typed: str = "") -> Piece:
        block_id = Origin(self.asker, typed).block_id(next(self._ordinals))
        return Piece(({"type": "actions", "block_id": block_id, "elements": elements},), "")


def plain_text(words: str, most: int) -> Json:
    return {"type": "plain_text", "text": clip(tidy(words), most) or "…", "emoji": False}


def option(choice: Choice) -> Json:
    if not 0 < len(choice.value) <= limits.OPTION_VALUE:
        raise ValueError("a menu's value is 1 to 150 characters long")
    made = {"text": plain_text(choice.label, limits.OPTION), "value": choice.value}
    return made | {"description": plain_text(choice.detail, limits.OPTION)} if choice.detail.strip() else made


def _title(words: str) -> list[Piece]:
    line = clip(tidy(words), limits.HEADER)
    return [Piece((header(line),), escape(line))] if line else []


def _under(above: Sequence[Piece], piece: Piece) -> Piece:
    """A heading stays with what is under it, so that no page ends with a heading."""
    blocks = tuple(block for one in above for block in one.blocks)
    return Piece((*blocks, *piece.blocks), _joined([*above, piece]))
