"""How a chapter begins that was named with its text, and the way to read on from there."""

from __future__ import annotations

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import Button, Heading, Reply
from cogs.quote.replies import match_reply, passage_reply
from cogs.read import page_reply
from cogs.shared.chapters import named_chapter
from cogs.shared.references import TextId
from corpus.chapters import first_of_several
from corpus.reference import Reference
from corpus.search.quoted_phrases import quoted_query


async def chapter_reply(ctx: Context, typed: str, text: TextId | None) -> Reply | None:
    """The opening of the chapter that was typed; None for other words.

    Where the text has no such chapter, a passage with the words: "section 2" may be what it says. Raises Mistyped
    where it has none.
    """
    named = named_chapter(ctx.corpus, typed, text)
    if named is None:
        return None
    if place := named.place(ctx.corpus):
        if first_of_several(typed) != typed:
            return page_reply(ctx, place.context)
        is_start = place == named._replace(within=()).place(ctx.corpus)
        return _opening(ctx, place) if is_start else passage_reply(ctx, place)
    quoted = quoted_query(f'"{named.chapter}"')
    if quoted and (found := await ctx.corpus.phrase_search(quoted, named.text)).matches:
        return match_reply(ctx, named.chapter, named.text, found, found.matches)
    raise named.missing(ctx.corpus)


def _opening(ctx: Context, place: Reference) -> Reply:
    """The first paragraph of a chapter below its heading. It is its own context, so there is the way on instead."""
    reply = passage_reply(ctx, place)
    heading = Heading(ctx.corpus.paragraph(place).heading, place.text)
    on = Button("Read on", "read.page", str(place), "primary")
    buttons = (on, *(one for one in reply.buttons if one.action != "quote.context"))
    return structs.replace(reply, parts=(heading, *reply.parts), buttons=buttons)
