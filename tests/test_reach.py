"""What holds for every reply in reach: it quotes the texts verbatim, fits Discord, and keeps every word there.

`make test` looks at a quarter of the pictures, others each time.
"""

from __future__ import annotations

import re

from bot.core.app import App
from bot.core.context import Context
from bot.platforms.discord.rendering.render import render
from tests.cogs.test_promises import check_quotes
from tests.platforms.discord import limits_check
from tests.platforms.discord.rendering.test_render import displays, unescaped
from tests.reach import everything_in_reach
from tests.samples import one_in


async def test_whatever_can_be_reached_quotes_the_texts_verbatim_and_fits_discord(app: App, ctx: Context) -> None:
    shown = set()
    async for reply in everything_in_reach(app, ctx, one_in(4)):
        assert not reply.incident
        check_quotes(app.corpus, reply)
        pages = render(reply, {"speech": 1, "article": 2})
        limits_check.check(pages)
        words = unescaped(re.sub(r"(\\.)|\*\*", lambda found: found[1] or "", "\n".join(displays(pages))))
        assert all(quote.words in words.replace("\n> ", "\n") for quote in reply.quotes())
        shown |= {quote.reference for quote in reply.quotes()}
    assert {str(reference) for reference in app.corpus.sentences()} <= shown
