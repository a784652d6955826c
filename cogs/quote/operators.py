"""Searches with operators, such as `-word` and `OR`: the sentences, and what they were searched for."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.quote.replies import match_reply
from cogs.shared.lists import fits_button, shortened
from cogs.shared.other_words import without_markup, without_text_name
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import tokens
from corpus.search.boolean_query import AllOf, AnyOf
from corpus.search.quoted_phrases import quoted_query
from corpus.search.search_operators import read_operators
from corpus.search.search_result import SearchResult

_ROOM = 160
"""Characters of what was searched for that are repeated."""
_LEFT_OUT = lazy_pattern(r"(?:\S+ ){0,5}(?:not|without|except|excluding|minus) (?P<word>[^\W\d_]{1,40})", re.IGNORECASE)
_NEAR = " NEAR makes no difference: all words are looked for within one sentence."


class OperatorSearch(NamedTuple):
    """What a line with operators looks for, the line without the name of a text, and the text."""

    wanted: AnyOf
    words: str
    text: str | None


async def operator_search(ctx: Context, typed: str, text: str | None) -> OperatorSearch | None:
    """The search that a line with operators is; None where it has none, or where a sentence has its very words."""
    if read_operators(typed) is None:
        return None
    words, named = without_text_name(ctx.corpus, without_markup(typed))
    wanted = read_operators(words)
    if wanted is None or await _is_quoted(ctx, words):
        return None
    return OperatorSearch(wanted, words, named or text)


async def _is_quoted(ctx: Context, words: str) -> bool:
    """Whether a sentence has a line with OR or NOT word for word: capitals are also for what is to be stressed."""
    if {"OR", "NOT"}.isdisjoint(words.split()):
        return False
    as_typed = AllOf(phrases=(tuple(token.word for token in tokens(words)),))
    return bool((await ctx.corpus.index.search_boolean(AnyOf((as_typed,)))).hits)


async def all_found(ctx: Context, words: str, text: str | None) -> SearchResult:
    """What is found by words with operators, with quotation marks, or with neither."""
    if search := await operator_search(ctx, words, text):
        return await ctx.corpus.index.search_boolean(search.wanted, search.text)
    quoted = quoted_query(words)
    return await (ctx.corpus.phrase_search(quoted, text) if quoted else ctx.corpus.hybrid_search(words, text))


async def operator_reply(ctx: Context, search: OperatorSearch) -> Reply:
    """The sentences that a search with operators finds. What was searched for is said, so that nobody has to guess."""
    wanted, words, text = search
    found = await ctx.corpus.index.search_boolean(wanted, text)
    near = _NEAR if "NEAR" in words else ""
    if not found.hits:
        where = f" of {ctx.corpus.texts[text].name}" if text else ""
        plain = wanted.words()
        alone = (Button("Search without operators", "quote.words", plain),) if fits_button(plain) else ()
        return Reply("Nothing found", (Prose(f"No sentence{where} has {_shown(wanted)}.{near}"),), alone, private=True)
    reply = match_reply(ctx, words, text, found, found.hits)
    return structs.replace(reply, parts=(*reply.parts, Prose(f"Searched for {_shown(wanted)}.{near}")))


def with_hint(reply: Reply, words: str) -> Reply:
    """A reply to a search, with how to leave a word out where somebody may have meant to: no search reads “not”."""
    meant = _LEFT_OUT.fullmatch(words.strip(" ?!."))
    if not meant:
        return reply
    hint = f"{meant['word']} was looked for, too. To leave it out, put a minus sign before it: -{meant['word']}"
    return structs.replace(reply, parts=(*reply.parts, Prose(hint)))


def _shown(wanted: AnyOf) -> str:
    return shortened(str(wanted), _ROOM)
