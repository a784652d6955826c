"""Find a word in the texts, and count it."""

from __future__ import annotations

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Items, Prose, Reply
from cogs.shared.lists import capitalized, shortened
from cogs.shared.quotations import passage_menu
from corpus.quotations.concordance import ConcordanceLine, Occurrences, concordance_line, count_forms, occurrences

PAGE = 12
"""Occurrences shown at once: what a phone shows without much scrolling."""
ROOM = 40
"""Characters shown on either side of the word."""
LONGEST = 60
"""Characters of a word or phrase, so that a button can hold it."""


@command(
    "word",
    example="revolution",
    word="A word or a short phrase",
    exactly="Only in this form, not in any other form of it",
)
async def word(ctx: Context, word: str, exactly: bool = False) -> Reply:
    """Find a word in the texts: how often and where.

    Other forms of the word count too, unless you ask for it exactly: workers with worker, crushed with crush.
    """
    if len(word) > LONGEST:
        raise UserError(f"That is too long. Please give one word or a short phrase, of at most {LONGEST} characters.")
    return await _page_reply(ctx, " ".join(word.split()), 1, exactly=exactly)


@action("word.page", replaces=True)
async def word_page(ctx: Context, value: str) -> Reply:
    """Another page, or the other way to count."""
    number, _, rest = value.partition(" ")
    how, _, words = rest.partition(" ")
    if not (number.isascii() and number.isdigit()) or how not in ("exactly", "any") or not words.strip():
        raise UserError("That button belongs to an older version of me. /word takes a word.")
    return await _page_reply(ctx, words[:LONGEST], int(number[:6]), exactly=how == "exactly")


async def _page_reply(ctx: Context, words: str, number: int, *, exactly: bool) -> Reply:
    found = occurrences(ctx.corpus.token_index, words, exactly=exactly)
    if not found.positions:
        return await _not_found(ctx, words, exactly=exactly)
    last = -(-len(found.positions) // PAGE)
    number = min(max(number, 1), last)
    shown = found.positions[(number - 1) * PAGE : number * PAGE]
    lines = [concordance_line(ctx.corpus.token_index, found, position, ROOM) for position in shown]
    parts: tuple[AnyPart, ...] = (
        Items(_counts(ctx, found)),
        Items(tuple(_keyword_in_context(ctx, one) for one in lines)),
        *passage_menu(ctx.corpus, "Read a passage", list(dict.fromkeys(one.reference for one in lines))),
    )
    page = f", {number} of {last}" if last > 1 else ""
    title = f"{shortened(words)}: {_times(len(found.positions))}{page}"
    return Reply(title, parts, _page_buttons(words, number, last, exactly=exactly))


def _counts(ctx: Context, found: Occurrences) -> tuple[str, ...]:
    """How often in each text, then in which forms where there are several."""
    texts = [ctx.corpus.token_index.text_of(position) for position in found.positions]
    counted = tuple(f"{capitalized(text.name)}: {_times(texts.count(text.id))}" for text in ctx.corpus.texts.values())
    several = count_forms(ctx.corpus.token_index, found).most_common()
    listed = ", ".join(f"{form} ({count})" for form, count in several)
    return (*counted, f"Forms: {listed}") if len(several) > 1 else counted


def _keyword_in_context(ctx: Context, one: ConcordanceLine) -> str:
    """Keyword in context; who says it where it is not the text's own speaker."""
    left, right = ("…" if cut else "" for cut in one.is_cut)
    own = ctx.corpus.texts[one.reference.text].speaker == one.speaker.name
    said = "" if own else f" ({one.speaker.name})"
    return f"{one.reference}: {left}{one.before}‹{one.words}›{one.after}{right}{said}"  # noqa: RUF001 - no brackets: editors use them


def _page_buttons(words: str, number: int, last: int, *, exactly: bool) -> tuple[Button, ...]:
    how, other = ("exactly", "any") if exactly else ("any", "exactly")
    label = "All forms" if exactly else "Exactly this form"
    return (
        Button("Previous page", "word.page", f"{number - 1} {how} {words}", enabled=number > 1),
        Button("Next page", "word.page", f"{number + 1} {how} {words}", enabled=number < last),
        Button(label, "word.page", f"1 {other} {words}"),
    )


async def _not_found(ctx: Context, words: str, *, exactly: bool) -> Reply:
    form = " in this form" if exactly else ""
    said: list[AnyPart] = [Prose(f"This does not stand in the texts{form}: {shortened(words)}")]
    found = await ctx.corpus.index.search(words)
    marked = (ctx.corpus.passages(hit.reference)[0].words[start:end] for hit in found.hits for start, end in hit.marks)
    instead = list(dict.fromkeys([*found.suggestions, *marked]))
    near = [one for one in instead if len(one) <= LONGEST and occurrences(ctx.corpus.token_index, one).positions][:5]
    if near:
        said.append(Prose(f"These do, and are near in form or meaning: {', '.join(near)}."))
    else:
        said.append(Prose("Try another word for it, or look for a passage with /quote."))
    return Reply("No such word", tuple(said), tuple(Button(one, "word.page", f"1 any {one}") for one in near))


def _times(count: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(count, f"{count} times")
