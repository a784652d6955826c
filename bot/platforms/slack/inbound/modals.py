"""Modals: a form for a command that was typed without what it needs, and a question that a button asks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from bot.core.attachment import AttachmentKey
from bot.core.calls import Form
from bot.core.command import Command
from bot.core.context import Channel
from bot.core.funnel import error_reply
from bot.core.parameters import YES_OR_NO, Parameter
from bot.core.reply import Choice, Prose
from bot.core.translations import NAME, translated
from bot.platforms.layout import clip, prefix, tidy
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import ActionId
from bot.platforms.slack.rendering.parts import text_blocks
from bot.platforms.slack.rendering.render import option, plain_text
from bot.platforms.slack.rendering.rich_text import Json
from bot.platforms.slack.rendering.wording import in_slack_words
from bot.timetable.words import Days, TimeOfDay
from corpus.calendar import WEEKDAYS
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood

COMMAND, QUESTION = "command", "question"
"""Callback ids: what is to be done with a submitted modal."""
WHERE = "where"
"""The field for the channel that a command is to be answered in, where it was called in none."""
_FIELD = "typed"


class ModalState(Struct, frozen=True):
    """What a modal remembers until it is submitted: the command or action it is for, and where to answer."""

    name: str
    request: Request
    value: str = ""

    def encode(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, metadata: str) -> ModalState:
        return msgspec.json.decode(metadata, type=cls)


def command_modal(form: Form, corpus: Corpus, request: Request, locale: str, *, asks_where: bool = False) -> Json:
    """A field for each parameter, named in the asker's language; what was typed already is in it.

    `asks_where`: before them one for a channel.
    """
    command = form.command
    fields = [_where(locale)] if asks_where else []
    fields += [_input(command, one, form.typed.get(one.name, ""), corpus, locale) for one in command.parameters]
    return _modal(COMMAND, command.name.capitalize(), ModalState(command.name, request), fields)


def question_modal(action: ActionId, value: str, request: Request, words: str = "") -> Json:
    """The words that a button asks for; `words` are above their field."""
    above = [block for group in islice(text_blocks(Prose(words)), 1) for block in group.blocks]
    element = {"type": "plain_text_input", "action_id": _FIELD, "max_length": limits.INPUT}
    asked = {"type": "input", "block_id": _FIELD, "label": plain_text(action.extra, limits.LABEL), "element": element}
    return _modal(QUESTION, "Your answer", ModalState(action.name, request, value), [*above, asked])


def answers_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What was put into each field of a submitted modal, as somebody would have typed it; empty fields are left out."""
    fields = view["state"]["values"]
    answers = {name: _answer(next(iter(state.values()))) for name, state in fields.items()}
    return {name: words for name, words in answers.items() if words}


def field_errors(command: Command, typed: Mapping[str, str], corpus: Corpus) -> dict[str, str]:
    """What is wrong with each field of a command's form, in the sentences that a typed command would get."""
    errors = {}
    for parameter in command.parameters:
        if words := typed.get(parameter.name):
            try:
                parameter.parse(words, corpus)
            except NotUnderstood as error:
                errors[parameter.name] = clip(in_slack_words(error_reply(error).error), limits.LABEL)
    return errors


def _modal(callback: str, title: str, state: ModalState, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(in_slack_words(title), limits.VIEW_TITLE),
        "submit": plain_text("Send", limits.VIEW_TITLE),
        "close": plain_text("Cancel", limits.VIEW_TITLE),
        "private_metadata": state.encode(),
        "blocks": blocks,
    }


def _input(command: Command, parameter: Parameter, typed: str, corpus: Corpus, locale: str) -> Json:
    label = translated(parameter.name, locale, NAME).replace("_", " ").capitalize()
    hint = in_slack_words(translated(parameter.help, locale))
    return {
        "type": "input",
        "block_id": parameter.name,
        "optional": not parameter.required,
        "label": plain_text(label, limits.LABEL),
        "hint": plain_text(hint, limits.LABEL),
        "element": _element(command, parameter, typed, corpus, locale),
    }


def _element(command: Command, parameter: Parameter, typed: str, corpus: Corpus, locale: str) -> Json:
    choices = YES_OR_NO if parameter.kind is bool else parameter.choices(corpus)
    if make := _PICKERS.get(parameter.kind):
        return make(typed)
    if parameter.kind is Days:
        return _days(typed, locale)
    if parameter.suggests and parameter.kind is not str:
        # Free words may be anything; a value of another kind is one of those that can be completed.
        element: Json = {"type": "external_select", "min_query_length": 0}
        element["action_id"] = ActionId(command.name, parameter.name, "find").encode(0)
        return element | ({"initial_option": option(Choice(typed, typed))} if 0 < len(typed) <= limits.OPTION else {})
    if parameter.kind is AttachmentKey:
        return {"type": "file_input", "action_id": _FIELD, "max_files": 1}
    if choices:
        options = [_translated_option(one, locale) for one in choices[: limits.OPTIONS]]
        initial = [one for one in options if one["value"] == typed]
        element = {"type": "static_select", "action_id": _FIELD, "options": options}
        return element | ({"initial_option": initial[0]} if initial else {})
    element = {"type": "plain_text_input", "action_id": _FIELD, "max_length": limits.INPUT}
    return element | ({"initial_value": prefix(tidy(typed), limits.INPUT)} if typed else {})


def _translated_option(choice: Choice, locale: str) -> Json:
    return option(Choice(translated(choice.label, locale), choice.value))


def _channel(typed: str) -> Json:
    """Slack's own list of channels; the one that the form was asked for in is first."""
    element: Json = {
        "type": "conversations_select",
        "action_id": _FIELD,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    # A channel is known to the rest of the bot with its workspace, to Slack without.
    within = typed.rpartition("-")[2]
    return element | ({"initial_conversation": within} if within else {"default_to_current_conversation": True})


def _where(locale: str) -> Json:
    """The channel that a command is for, where it was called in none."""
    return {
        "type": "input",
        "block_id": WHERE,
        "label": plain_text(translated("channel", locale, NAME).capitalize(), limits.LABEL),
        "hint": plain_text("I have to be in it: /invite me there first", limits.LABEL),
        "element": _channel("") | {"default_to_current_conversation": False},
    }


def _time(typed: str) -> Json:
    """Slack's own clock."""
    element: Json = {"type": "timepicker", "action_id": _FIELD}
    with suppress(NotUnderstood):
        element["initial_time"] = str(TimeOfDay.parse(typed))
    return element


def _days(typed: str, locale: str) -> Json:
    """A box for each day of the week; all are ticked unless some were named."""
    options = [_translated_option(Choice(day, day), locale) for day in WEEKDAYS]
    ticked: list[Json] = options
    if typed:
        with suppress(NotUnderstood):
            ticked = [options[number - 1] for number in sorted(Days.parse(typed).numbers)]
    return {"type": "checkboxes", "action_id": _FIELD, "options": options, "initial_options": ticked}


_PICKERS: Mapping[object, Callable[[str], Json]] = {Channel: _channel, TimeOfDay: _time}


def _answer(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option") or {}
    if files := state.get("files"):
        return str(files[0].get("id") or "")
    if ticked := state.get("selected_options"):
        return ",".join(str(one.get("value") or "") for one in ticked)
    words = state.get("value") or chosen.get("value") or state.get("selected_conversation")
    return str(words or state.get("selected_time") or "").strip()
