"""Make a picture of a quotation, to share."""

from __future__ import annotations

from bot.core.command import action, costs
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Button, Picture, Prose, Quote, Reply
from cogs.card.picture import Undrawn, Unfit, card
from cogs.shared.drawing.draw import render_png
from cogs.shared.editions import edition_line
from cogs.shared.quotations import quotes
from cogs.shared.references import reference_from_value
from corpus.reference import Reference

_UNDRAWN = "My typeface lacks letters of that passage or of its source, so I can't draw it. /quote shows it in words."


@costs(5)
@action("card.make")
async def make_card(ctx: Context, value: str) -> Reply:
    """A card of a passage, with its speaker and source."""
    return await _card_reply(ctx, value, dark=False)


@costs(5)
@action("card.dark", replaces=True)
async def make_dark_card(ctx: Context, value: str) -> Reply:
    """The same card on a dark background."""
    return await _card_reply(ctx, value, dark=True)


@costs(5)
@action("card.light", replaces=True)
async def make_light_card(ctx: Context, value: str) -> Reply:
    """The same card on a light background."""
    return await _card_reply(ctx, value, dark=False)


async def _card_reply(ctx: Context, value: str, *, dark: bool) -> Reply:
    reference = reference_from_value(ctx.corpus, value)
    quotations = quotes(ctx.corpus, reference)
    if len(quotations) > 1:
        reason = "More than one person speaks there, and a card has one speaker."
        raise _shorter_please(reason, _first_sentence(ctx, reference))
    (quote,) = quotations
    colour = ctx.corpus.texts[quote.text].colour
    said = (quote.words, quote.speaker, quote.source, quote.reference)
    try:
        data = await render_png(lambda: card(*said, colour, dark=dark))
    except Undrawn:
        raise UserError(_UNDRAWN) from None
    except Unfit:
        reason = "That passage is too long for a card, and I never cut a quotation."
        raise _shorter_please(reason, _first_sentence(ctx, reference)) from None
    name = f"{quote.reference.replace(' ', '-')}.png"
    look = Button("Light", "card.light", str(reference)) if dark else Button("Dark", "card.dark", str(reference))
    buttons = (Button("Context", "quote.context", str(reference)), Button("Cite", "quote.cite", str(reference)), look)
    asker = (await ctx.asker.person()).name
    by = f"Card by {asker}: " if asker else ""
    said_of = Prose(f"{by}{quote.reference}, {edition_line(ctx.corpus, quote.text)}")
    return Reply(parts=(Picture(name, data, alt_text(quote)), said_of), buttons=buttons, text=quote.text)


def alt_text(quote: Quote) -> str:
    """All that a card says."""
    return f"“{quote.words}” — {quote.speaker}. {quote.source}, {quote.reference}."


def _first_sentence(ctx: Context, reference: Reference) -> Quote | None:
    """The passage's first sentence, where there is more of it."""
    if reference.first is not None and reference.last is None:
        return None
    sentence = Reference(reference.text, reference.paragraph, reference.first or 1)
    return quotes(ctx.corpus, sentence)[0]


def _shorter_please(reason: str, instead: Quote | None) -> UserError:
    if instead is None:
        return UserError(f"{reason} /quote shows it in words.")
    button = Button(f"Card of {instead.reference}", "card.make", instead.reference)
    return UserError(f"{reason} Take a shorter one, such as {instead.reference}.", [button])
