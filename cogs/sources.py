"""What the texts are, and where they come from."""

from __future__ import annotations

from bot.core.command import command
from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Items, Note, Prose, Reply
from cogs.shared.lists import shortened
from cogs.shared.quotations import text_heading
from corpus.model import Text


@command("sources")
async def sources(ctx: Context) -> Reply:
    """Describe the texts: author, date, edition, and what was omitted."""
    texts = ctx.corpus.texts.values()
    parts = tuple(part for text in texts for part in _described(text))
    buttons = tuple(Button(f"Read {text.name}", "read.page", f"{text.id} 1") for text in texts)
    return Reply("The texts", parts, buttons)


def _described(text: Text) -> tuple[AnyPart, ...]:
    known = {
        "Title": text.title,
        "Author": text.author or "not named",
        "Date": text.date.both() if text.date else "not known",
        "Edition": text.edition,
        "Length": f"{len(text.paragraphs)} paragraphs",
    }
    return (
        text_heading(text),
        Note(text.description),
        Items(tuple(f"{name}: {value}" for name, value in known.items())),
        *(Prose(statement) for statement in text.sources),
        *_omitted(text),
    )


def _omitted(text: Text) -> tuple[AnyPart, ...]:
    if not text.omissions:
        return (Prose("Nothing was left out."),)
    left_out = tuple(f"{shortened(one.words)} ({one.reason.rstrip('.')})" for one in text.omissions)
    return (Prose("Left out, because it is no part of the text:"), Items(left_out))
