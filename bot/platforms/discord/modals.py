"""Modals: a form for a command, with Discord's own pickers, and a question that a button asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

import discord

from bot.core.calls import FORM, Form
from bot.core.context import Channel
from bot.core.parameters import YES_OR_NO, Parameter
from bot.core.reply import Choice, Prose
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.discord.rendering.limits import (
    DESCRIPTION,
    FIELDS,
    MODAL_LABEL,
    MODAL_PLACEHOLDER,
    OPTION,
    OPTIONS,
    TYPED,
)
from bot.platforms.discord.rendering.parts import text_markup
from bot.platforms.layout import clip, prefix, tidy
from bot.timetable.words import Days
from corpus.calendar import WEEKDAYS
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood

CHANNELS = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
)
"""Channels that messages go to."""
Field = discord.ui.Item[Any]


def form_modal(form: Form, corpus: Corpus) -> discord.ui.Modal:
    """A field for each of the first parameters, as many as Discord shows; what was typed already is in it."""
    modal = discord.ui.Modal(
        title=clip(form.command.name.capitalize(), MODAL_LABEL),
        custom_id=CustomId(FORM, f"/{form.command.name}").encode(0),
    )
    for parameter in form.command.parameters[:FIELDS]:
        label = clip(parameter.name.replace("_", " ").capitalize(), MODAL_LABEL)
        field = _field(parameter, form.typed.get(parameter.name, ""), corpus)
        modal.add_item(discord.ui.Label(text=label, description=clip(parameter.help, DESCRIPTION), component=field))
    return _unkept(modal)


def question_modal(pressed: CustomId, custom_id: str, words: str) -> discord.ui.Modal:
    """The words that a button asks for; `words` are above the field."""
    modal = discord.ui.Modal(title=clip(pressed.ask, MODAL_LABEL), custom_id=custom_id)
    for markup in islice(text_markup(Prose(words)), 1):
        modal.add_item(discord.ui.TextDisplay[Any](markup))
    field = discord.ui.TextInput[Any](custom_id="typed", max_length=TYPED)
    modal.add_item(discord.ui.Label(text="Your answer", component=field))
    return _unkept(modal)


def answers_of(components: object) -> dict[str, str]:
    """What was put into each field of a submitted modal, as somebody would have typed it; empty fields are left out."""
    return {name: words for name, words in _answers(components) if words}


def _answers(components: object) -> Iterator[tuple[str, str]]:
    for label in components if isinstance(components, list) else ():
        field = label.get("component") if isinstance(label, dict) else None
        if not isinstance(field, dict):
            continue
        chosen = field.get("values")
        value = ",".join(map(str, chosen)) if isinstance(chosen, list) else field.get("value")
        yield str(field.get("custom_id") or ""), value if isinstance(value, str) else ""


def _unkept(modal: discord.ui.Modal) -> discord.ui.Modal:
    # What is submitted carries the custom id, and so outlives a restart.
    modal.stop()
    return modal


def _field(parameter: Parameter, typed: str, corpus: Corpus) -> Field:
    choices = YES_OR_NO if parameter.kind is bool else parameter.choices(corpus)
    if make := _PICKERS.get(parameter.kind):
        return make(parameter, typed)
    if 0 < len(choices) <= OPTIONS:
        return _select(parameter, choices, {typed})
    return discord.ui.TextInput(
        custom_id=parameter.name,
        style=discord.TextStyle.paragraph if parameter.kind is str else discord.TextStyle.short,
        default=prefix(tidy(typed), TYPED) or None,
        placeholder=clip(parameter.help, MODAL_PLACEHOLDER),
        required=parameter.required,
        max_length=TYPED,
    )


def _channel(parameter: Parameter, typed: str) -> Field:
    kind = discord.SelectDefaultValueType.channel
    known = [discord.SelectDefaultValue(id=int(typed), type=kind)] if typed.isascii() and typed.isdecimal() else []
    return discord.ui.ChannelSelect(
        custom_id=parameter.name,
        channel_types=[*CHANNELS],
        default_values=known,
        required=parameter.required,
    )


def _days(parameter: Parameter, typed: str) -> Field:
    chosen: frozenset[int] = frozenset()
    with suppress(NotUnderstood):
        chosen = Days.parse(typed).numbers if typed else frozenset(range(1, 8))
    days = [Choice(day, day) for day in WEEKDAYS]
    return _select(parameter, days, {WEEKDAYS[number - 1] for number in chosen}, most=len(days))


def _select(parameter: Parameter, choices: tuple[Choice, ...] | list[Choice], typed: set[str], most: int = 1) -> Field:
    options = [
        discord.SelectOption(label=clip(one.label, OPTION), value=one.value, default=one.value in typed)
        for one in choices
    ]
    return discord.ui.Select(
        custom_id=parameter.name,
        options=options,
        required=parameter.required,
        min_values=int(parameter.required),
        max_values=most,
    )


_PICKERS: Mapping[object, Callable[[Parameter, str], Field]] = {Channel: _channel, Days: _days}
