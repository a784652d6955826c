"""What texts say of something that is compared, and of which it is known that they say nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.core.context import Context
from corpus.errors import OutOfTime
from corpus.language.tokens import tokens
from corpus.note_model import Topic
from corpus.reference import Reference
from corpus.search.boolean_query import AllOf, AnyOf
from corpus.search.search_result import SearchResult

MarksByReference = dict[Reference, tuple[tuple[int, int], ...]]
"""What was found, by the sentence it is in."""

DIFFERENCES = "differences between the texts"
"""A name of the topic that is about the texts themselves: others say nothing of it."""
SPEAKING = 6
"""Texts of which passages are looked for one by one, where they have not been found together."""


class Findings(NamedTuple):
    """What texts were found to say: marks by passage, and the ids of the texts that have one or were looked through."""

    marks: MarksByReference
    texts: Collection[str]
    is_partial: bool


async def beyond_comparison(ctx: Context, topic: Topic, typed: str = "") -> Findings:
    """What texts that the editors did not compare say of a topic: the passages with the name of it that was typed.

    A text without it may have another of its names.
    """
    compared = ctx.corpus.finder.compared_texts
    if compared >= ctx.corpus.texts.keys() or topic == ctx.corpus.finder.topic(DIFFERENCES):
        return Findings({}, compared, is_partial=False)
    asked = typed or topic.name
    found = await in_all(ctx, asked, await search_or_partial(ctx, asked), compared)
    return await by_other_names(ctx, topic, found)


async def by_other_names(ctx: Context, topic: Topic, found: Findings) -> Findings:
    """The same findings, with passages that have any name of the topic in texts that have not the one looked for.

    Of more texts than are looked through one by one, nothing is known.
    """
    speaking = {*ctx.corpus.finder.compared_texts, *(one.text for one in found.marks)}
    silent = [one for one in ctx.corpus.texts if one in found.texts and one not in speaking]
    names = (tuple(token.word for token in tokens(name)) for name in (topic.name, *topic.synonyms))
    wanted = AnyOf(tuple(AllOf(name[0]) if len(name) == 1 else AllOf(phrases=(name,)) for name in names if name))
    results = await asyncio.gather(*(_any_or_partial(ctx, wanted, one) for one in silent[:SPEAKING]))
    more = _findings(silent[:SPEAKING], results)
    known = {*found.texts} - {*silent} | {*more.texts}
    return Findings(found.marks | more.marks, known, found.is_partial or more.is_partial)


async def _any_or_partial(ctx: Context, wanted: AnyOf, text: str) -> SearchResult:
    try:
        return await ctx.corpus.index.search_boolean(wanted, text)
    except OutOfTime:
        return SearchResult(is_partial=True)


async def in_all(ctx: Context, typed: str, found: SearchResult, compared: Collection[str]) -> Findings:
    """What is found in all texts but those compared, and one by one in a few to which it may have left no room."""
    marks = {hit.reference: hit.marks for hit in found.matches if hit.reference.text not in compared}
    texts = {*compared, *(one.text for one in marks)}
    if found.total > len(found.hits):
        others = [one for one in ctx.corpus.texts if one not in texts][: max(0, SPEAKING - len(texts))]
        more = await in_each(ctx, typed, others)
        return Findings(marks | more.marks, texts | {*more.texts}, found.is_partial or more.is_partial)
    return Findings(marks, texts if found.is_partial else ctx.corpus.texts, found.is_partial)


async def in_each(ctx: Context, typed: str, texts: Sequence[str]) -> Findings:
    """What is found in some texts, each searched alone."""
    return _findings(texts, await asyncio.gather(*(search_or_partial(ctx, typed, one) for one in texts)))


def _findings(texts: Sequence[str], results: Sequence[SearchResult]) -> Findings:
    """What each of the texts was found to say."""
    marks = {hit.reference: hit.marks for one in results for hit in one.matches}
    known = {text for text, one in zip(texts, results, strict=True) if one.matches or not one.is_partial}
    return Findings(marks, known, any(one.is_partial for one in results))


async def search_or_partial(ctx: Context, typed: str, text: str | None = None) -> SearchResult:
    """What a search finds beside what else is known; what ran out of time before it found anything is partial."""
    try:
        return await ctx.corpus.index.search(typed, text, suggests=False)
    except OutOfTime:
        return SearchResult(is_partial=True)
