"""Passages worth reading, for whoever asks for no words: the editors' highlights, or any sentence."""

from __future__ import annotations

from typing import Final

from bot.core.context import Context
from bot.core.reply import Reply
from cogs.quote.replies import passage_reply
from cogs.shared.references import TextId
from corpus.note_model import Person
from corpus.reference import Reference
from corpus.source.stage_directions import is_aside

_THROWS: Final = 20
"""Sentences that are tried before a short one or a stage direction is shown for want of anything better."""
_FEWEST: Final = 5
"""Words of a sentence that is worth reading by itself."""


def highlight(ctx: Context, text: TextId | None) -> Reference:
    """One of the editors' highlights; where they chose none, any sentence, preferably a long one that is spoken."""
    choices = [reference for reference in ctx.corpus.notes.highlights if text in (None, reference.text)]
    if choices:
        return ctx.dice.choice(choices)
    count = ctx.corpus.sentence_count(text)
    thrown = (ctx.corpus.sentence_at(ctx.dice.randrange(count), text) for _ in range(_THROWS))
    best = ctx.corpus.sentence_at(0, text)
    for one in thrown:
        if _is_aside(ctx, one):
            continue
        best = one
        if len(ctx.corpus.passages(one)[0].words.split()) >= _FEWEST:
            break
    return best


def _is_aside(ctx: Context, sentence: Reference) -> bool:
    return sentence.first is not None and is_aside(ctx.corpus.paragraph(sentence), sentence.first)


def highlight_of(ctx: Context, person: Person, text: TextId | None) -> Reply | None:
    """One of the editors' highlights in which a person speaks."""
    spoken = [
        one
        for one in ctx.corpus.notes.highlights
        if text in (None, one.text) and ctx.corpus.passages(one)[0].speaker in (person.name, *person.aliases)
    ]
    return passage_reply(ctx, ctx.dice.choice(spoken)) if spoken else None
