"""Compare the texts on a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Choice, Items, Menu, Note, Prose, Reply
from cogs.shared.lists import MENU, shortened
from cogs.shared.quotations import no_mention, passage_menu, quotes, text_heading
from corpus.model import Topic
from corpus.reference import Reference

SHOWN = 3
"""Passages of a text that are shown at once; the rest are in the menu."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]


@command("compare", example="coalition", suggest={"topic": _suggest}, topic="A topic, or any words")
async def compare(ctx: Context, topic: str) -> Reply:
    """Compare what each text says about a topic."""
    if curated := ctx.corpus.finder.topic(topic):
        return topic_reply(ctx, curated)
    found = {text: (await ctx.corpus.index.search(topic, text)).hits for text in ctx.corpus.texts}
    references = {text: [hit.reference for hit in hits] for text, hits in found.items()}
    if not any(references.values()):
        return _not_found(ctx, topic)
    return Reply(f"On: {shortened(topic)}", _side_by_side(ctx, references))


@action("compare.show", replaces=True)
async def show_topic(ctx: Context, value: str) -> Reply:
    """A curated topic."""
    for topic in ctx.corpus.notes.topics:
        if topic.id == value:
            return topic_reply(ctx, topic)
    raise UserError("I no longer have that topic. /help compare tells how to ask.")


def topic_reply(ctx: Context, topic: Topic) -> Reply:
    """A curated topic: the editors' comparison, then the passages of each text."""
    references = {text: [one for one in topic.references if one.text == text] for text in ctx.corpus.texts}
    return Reply(topic.name, (Note(topic.comparison), *_side_by_side(ctx, references)))


def _side_by_side(ctx: Context, references: Mapping[str, Sequence[Reference]]) -> tuple[AnyPart, ...]:
    parts: list[AnyPart] = []
    for text in ctx.corpus.texts.values():
        parts.append(text_heading(text))
        found = references[text.id]
        parts.extend(quote for one in found[:SHOWN] for quote in quotes(ctx.corpus, one))
        parts.extend(passage_menu(ctx.corpus, f"More from {text.name}", found[SHOWN:]))
        if not found:
            parts.append(no_mention(text))
    return tuple(parts)


def _not_found(ctx: Context, typed: str) -> Reply:
    near = ctx.corpus.finder.near_topics(typed) or ctx.corpus.notes.topics[:MENU]
    choices = tuple(Choice(shortened(topic.name), topic.id) for topic in near[:MENU])
    parts = (
        Prose(f"None of the texts speaks of this: {shortened(typed)}"),
        Prose("Topics on which they can be compared:"),
        Items(tuple(choice.label for choice in choices)),
        Menu("Choose a topic", "compare.show", choices),
    )
    return Reply("Nothing to compare", parts if choices else parts[:1])
