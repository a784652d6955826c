"""Whose words something is: `who said gunpowder`."""

from __future__ import annotations

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.shared.famous import with_famous_note
from cogs.shared.lists import fits_button, shortened
from cogs.shared.quotations import passage_buttons, quotes
from cogs.shared.speakers import about_button, whose_words
from corpus.errors import OutOfTime
from corpus.language.phrasing import plural
from corpus.names.author_questions import author_question
from corpus.search.quoted_phrases import quoted_query


async def speaker_reply(ctx: Context, typed: str, words: str) -> Reply | None:
    """Whose some words are; None where a text may be meant, of which somebody is the author."""
    quoted = quoted_query(words)
    found = await (ctx.corpus.phrase_search(quoted) if quoted else ctx.corpus.hybrid_search(words))
    best = next(iter(found.matches), None)
    if best is None:
        return None if author_question(typed) is not None else _nobody_said(ctx, words, is_partial=found.is_partial)
    shown = quotes(ctx.corpus, best.reference, best.marks)
    said, *caution = whose_words(ctx.corpus, best)
    people = [one for quote in shown for one in ctx.corpus.finder.people(quote.speaker) if quote.speaker]
    about = tuple(about_button(one) for one in dict.fromkeys(people[:1]))
    others = found.count_others(found.matches)
    note = (Prose(f"{plural(others, 'other passage matches', 'other passages match')}."),) if others else ()
    every = (Button("All of them", "quote.matches", f"1 - {words}"),) if others and fits_button(words) else ()
    parts = (Prose(said), *shown, *map(Prose, caution), *note)
    return Reply("", parts, (*about, *passage_buttons(ctx.corpus, best.reference)[2:4], *every))


def _nobody_said(ctx: Context, words: str, *, is_partial: bool) -> Reply:
    """That no passage has some words, and the ways on from there."""
    if is_partial:
        raise OutOfTime
    said = Prose(f"No passage has all the words of “{shortened(words, 60)}”, so I can't say whose they are.")
    close = (Button("Passages close to it", "quote.words", words),) if fits_button(words) else ()
    reply = Reply("Nobody found", (said,), close, private=True)
    return with_famous_note(ctx.corpus, reply, words, partly=True)
