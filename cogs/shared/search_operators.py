"""Search operators where no search reads them: nobody is to get what they wanted left out."""

from __future__ import annotations

from bot.core.errors import UserError
from bot.core.reply import Button
from cogs.shared.lists import fits_button
from corpus.search.search_operators import has_operators


def refuse_operators(typed: str) -> None:
    """Raises UserError, with the way to /quote, where something was typed with operators."""
    if has_operators(typed):
        ways = [Button("Look with /quote", "quote.words", typed)] if fits_button(typed) else []
        raise UserError("Only /quote reads -word, OR, word* and the like. Please give the words alone here.", ways)
