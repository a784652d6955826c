"""A Reply as Slack messages: Block Kit in JSON. Pure: nothing here knows slack_sdk, waits or reads a clock.

What is too long for one message becomes several, sent one after the other. A quotation moves to the next message whole;
one that no message can hold is cut at a sentence's end and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import msgspec
from msgspec import Struct, field

from bot.core.reply import AnyPart, Button, Choice, File, Heading, Menu, Picture, Prose, Reply
from bot.platforms.layout import (
    button_rows,
    clip,
    fits_in,
    list_choices,
    map_choice,
    map_words,
    name_sources_once,
    pack,
    prefix,
    tidy,
    width,
)
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import ActionId, BlockId
from bot.platforms.slack.rendering.parts import BlockGroup, heading, split_text, text_blocks
from bot.platforms.slack.rendering.rich_text import Json, escape, header, rich_text, run, section, small
from bot.platforms.slack.rendering.wording import in_slack_words, rename_commands

QUESTION = "question"
"""The id of the block that says who asked for what."""
QUESTION_LENGTH = 200


class SuggestionMenu(Struct, frozen=True):
    """A menu under a reply, of what may have been meant by what was `typed` for a command's parameter.

    `call`: the command with the rest of what was typed, as a button holds it.
    """

    command: str
    parameter: str
    typed: str
    prompt: str
    call: str = ""


class Message(Struct, frozen=True):
    """One message: its blocks, the same words as plain text, and the files that go with it."""

    blocks: list[Json]
    text: str
    files: tuple[Picture | File, ...] = ()

    @property
    def payload(self) -> Json:
        return {"text": self.text, "blocks": self.blocks, "unfurl_links": False, "unfurl_media": False}


def render(
    reply: Reply, asker: str = "", suggestions: SuggestionMenu | None = None, question: str = ""
) -> list[Message]:
    """The messages that show a reply, at least one. `asker` is who may later see them replaced.

    `question` says above all who asked for what: Slack itself does not show what was typed.

    Raises ValueError where a button's or a choice's value is longer than Slack keeps.
    """
    reply = map_words(reply, in_slack_words, rename_commands)
    groups = list(_Writer(reply, asker).groups(suggestions)) or [
        BlockGroup((rich_text(section(run("Done."))),), "Done.")
    ]
    messages = [Message([block for one in page for block in one.blocks], _text(page)) for page in pack(groups, _fits)]
    if line := clip(question, QUESTION_LENGTH):
        messages[0] = Message([small(line) | {"block_id": QUESTION}, *messages[0].blocks], messages[0].text)
    files = tuple(part for part in reply.parts if isinstance(part, Picture | File))
    return [*messages[:-1], Message(messages[-1].blocks, messages[-1].text, files)]


def _fits(groups: Sequence[BlockGroup]) -> bool:
    room = limits.SIZE - 2 * QUESTION_LENGTH
    return (
        sum(len(group.blocks) for group in groups) < limits.BLOCKS
        and fits_in(_joined(groups), limits.TEXT)
        and (_most_size(groups) <= room or sum(group.size for group in groups) <= room)
    )


def _most_size(groups: Sequence[BlockGroup]) -> int:
    """What the size of all is at most, in a tenth of the time: as bytes, with a space behind each comma and colon."""
    as_json = msgspec.json.encode([group.blocks for group in groups])
    return len(as_json) + as_json.count(b",") + as_json.count(b":")


def _joined(groups: Iterable[BlockGroup]) -> str:
    return "\n".join(group.text for group in groups if group.text)


def _text(groups: Iterable[BlockGroup]) -> str:
    """The words for notifications. A single group can be too long only where nearly every character is an entity."""
    text = _joined(groups).strip() or "More to choose from."
    return text if fits_in(text, limits.TEXT) else f"{prefix(text, limits.TEXT - 10).rpartition('&')[0]}…"


class _Writer(Struct):
    """Writes one reply."""

    reply: Reply
    asker: str
    _ordinals: Iterator[int] = field(default_factory=count)

    def groups(self, suggestions: SuggestionMenu | None) -> Iterator[BlockGroup]:
        for piece in split_text(self.reply.error, limits.SIZE // 6):
            yield BlockGroup((rich_text(section(run(piece))),), escape(piece))
        yield from self._parts()
        buttons = (one for one in self.reply.buttons if one.enabled)
        for row in button_rows(buttons, limits.BUTTONS_IN_ROW):
            yield self._actions([self._button(one) for one in row])
        if suggestions:
            yield self._suggestions(suggestions)

    def _parts(self) -> Iterator[BlockGroup]:
        above = _title(self.reply.title)
        for part in list_choices(name_sources_once(self.reply.parts)):
            if isinstance(part, Heading):
                yield from above
                above = list(heading(part.words))
                continue
            for group in self._part(part):
                yield _under(above, group)
                above = []
        yield from above

    def _part(self, part: AnyPart) -> Iterator[BlockGroup]:
        match part:
            case Menu():
                return self._menu(part)
            case Picture() if width(part.alt) > limits.ALT:
                # The file's description holds no more: what the picture says is below it in full.
                return text_blocks(Prose(part.alt))
        return text_blocks(part)

    def _menu(self, menu: Menu) -> Iterator[BlockGroup]:
        choices = list({one.value: one for one in menu.choices}.values())
        for start in range(0, len(choices), limits.OPTIONS):
            options = [option(one) for one in choices[start : start + limits.OPTIONS]]
            select = {
                "type": "static_select",
                "action_id": ActionId(menu.action).encode(next(self._ordinals)),
                "placeholder": plain_text(menu.prompt, limits.PLACEHOLDER),
                "options": options,
            }
            yield self._actions([select])

    def _suggestions(self, menu: SuggestionMenu) -> BlockGroup:
        select = {
            "type": "external_select",
            "action_id": ActionId(menu.command, menu.parameter, "find").encode(next(self._ordinals)),
            "placeholder": plain_text(in_slack_words(menu.prompt), limits.PLACEHOLDER),
            "min_query_length": 0,
        }
        return self._actions([select], tidy(menu.typed), menu.call)

    def _button(self, button: Button) -> Json:
        if not fits_in(button.value, limits.BUTTON_VALUE):
            raise ValueError(f"the value of {button.action} does not fit into a button")
        made = {
            "type": "button",
            "text": plain_text(button.label, limits.BUTTON_LABEL),
            "action_id": ActionId(button.action, button.ask).encode(next(self._ordinals)),
            "value": button.value,
        }
        return made if button.style == "plain" else made | {"style": button.style}

    def _actions(self, elements: list[Json], typed: str = "", call: str = "") -> BlockGroup:
        block_id = BlockId(self.asker, typed, call).encode(next(self._ordinals))
        return BlockGroup(({"type": "actions", "block_id": block_id, "elements": elements},), "")


def plain_text(words: str, most: int) -> Json:
    """A plain text object of at most `most` characters."""
    return {"type": "plain_text", "text": clip(words, most) or "…", "emoji": False}


def option(choice: Choice) -> Json:
    """A choice as a menu's option. Raises ValueError for a value that Slack would refuse."""
    choice = map_choice(choice, rename_commands)
    if not 0 < width(choice.value) <= limits.OPTION_VALUE:
        raise ValueError("a menu's value is 1 to 150 characters long")
    made = {"text": plain_text(choice.label, limits.OPTION), "value": choice.value}
    return made | {"description": plain_text(choice.detail, limits.OPTION)} if choice.detail.strip() else made


def _title(words: str) -> list[BlockGroup]:
    line = clip(words, limits.HEADER)
    return [BlockGroup((header(line),), escape(line))] if line else []


def _under(above: Sequence[BlockGroup], group: BlockGroup) -> BlockGroup:
    """A heading stays with what is under it, so that no page ends with a heading."""
    blocks = tuple(block for one in above for block in one.blocks)
    return BlockGroup((*blocks, *group.blocks), _joined([*above, group]))
