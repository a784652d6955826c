"""Words in quotation marks: the sentences that have them exactly so or, where none has, those with all the words."""

from __future__ import annotations

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.quote.replies import OTHERS, match_reply, partial_reply, passage_list, passage_reply, share_button
from cogs.quote.speakers import not_by
from cogs.shared.famous import with_famous_note
from cogs.shared.lists import fits_button, shortened
from cogs.shared.quotations import partial_search_note
from cogs.shared.references import TextId
from cogs.shared.speakers import speaker_names, speaker_of
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import and_list
from corpus.search.quoted_phrases import QuotedQuery, without_marks
from corpus.search.search_result import SearchResult

_WITH_ALL = ("verbatim", "phrase", "words", "inflected")
"""Grades of what has each word that was typed, in some form."""
_BEGUN = lazy_pattern(r"[^\W\d_]\*(?!\S)")


async def quoted_reply(ctx: Context, quoted: QuotedQuery, typed: str, text: TextId | None) -> Reply | None:
    """The answer to words with quotation marks; None where no sentence has the words in any order."""
    bare = without_marks(typed)
    found = await ctx.corpus.phrase_search(quoted, text)
    if found.matches:
        return with_famous_note(ctx.corpus, match_reply(ctx, typed, text, found, found.matches), bare)
    if place := await ctx.corpus.passage_with(bare, text):
        return passage_reply(ctx, place)
    if not found.hits and _BEGUN.search(bare):
        return _begun_reply(bare)
    if found.hits:
        return _spoken_reply(ctx, quoted, typed, text, found) or partial_reply(ctx, found)
    elsewhere = await ctx.corpus.phrase_search(quoted) if text else SearchResult()
    if text and elsewhere.matches:
        return _elsewhere_reply(ctx, quoted, text, elsewhere)
    close = await ctx.corpus.hybrid_search(bare, text)
    return with_famous_note(ctx.corpus, _close_reply(ctx, quoted, bare, text, close), bare) if close.matches else None


def _begun_reply(bare: str) -> Reply:
    """How to find words by how they begin, which marks rule out."""
    said = (
        f"In quotation marks I look for whole words. Without the marks, {shortened(bare, 60)} finds all that begin so."
    )
    ways = (Button(shortened(bare, 60), "quote.words", bare, "primary"),) if fits_button(bare) else ()
    return Reply("Nothing found", (Prose(said),), ways, private=True)


def _spoken_reply(
    ctx: Context, quoted: QuotedQuery, typed: str, text: TextId | None, found: SearchResult
) -> Reply | None:
    """Whose a phrase is that has somebody's name beside it; None where the other words are no one person's name."""
    people = ctx.corpus.finder.people(quoted.others)
    if len(people) != 1:
        return None
    (person,) = people
    speakers = [speaker_of(ctx.corpus, hit.reference, hit.marks) for hit in found.hits]
    own = [hit for hit, one in zip(found.hits, speakers, strict=True) if person.id == one.person]
    if own:
        return match_reply(ctx, typed, text, structs.replace(found, hits=tuple(own), total=len(own)), own)
    if not person.life:
        return None  # “peasants” is as likely what the passage is about
    # Who is quoted without a name may be the one.
    place = next((n for n, one in enumerate(speakers) if one.is_unnamed), 0)
    speaker, hits = speakers[place], (found.hits[place], *found.hits[:place], *found.hits[place + 1 :])
    none = f"has the name {person.name}" if speaker.is_unnamed else f"is by {person.name} or has that name"
    said = f"No sentence with {_named(quoted)} {none}. "
    said += f"Here {'it is' if len(quoted.phrases) == 1 else 'they are'} said by {and_list(speaker_names(speaker))}."
    reply = partial_reply(ctx, structs.replace(found, hits=hits))
    return not_by(structs.replace(reply, parts=reply.parts[1:]), person, speaker, said)


def as_closest(reply: Reply, quoted: QuotedQuery) -> Reply:
    """A reply to the words alone, for the asker alone where it shows what does not have the phrase."""
    if reply.private or reply.error:
        return reply
    said = Prose(f"No sentence has {_named(quoted)} word for word. This one is the closest:")
    return structs.replace(reply, title="No exact match", parts=(said, *reply.parts), private=True)


def _named(quoted: QuotedQuery) -> str:
    return and_list(f"“{shortened(' '.join(one), 60)}”" for one in quoted.phrases)


def _elsewhere_reply(ctx: Context, quoted: QuotedQuery, text: TextId, found: SearchResult) -> Reply:
    """Where other texts than the one that was asked have the words."""
    said = Prose(f"No sentence of {ctx.corpus.texts[text].name} has {_named(quoted)} word for word. Elsewhere:")
    note = partial_search_note(is_partial=found.is_partial)
    passages = passage_list(ctx, "Show a passage", found.matches[:OTHERS])
    return Reply("Nothing found", (said, passages, *note), private=True)


def _close_reply(ctx: Context, quoted: QuotedQuery, bare: str, text: TextId | None, found: SearchResult) -> Reply:
    """The sentences that have all the words, for the asker alone: they are not what was quoted."""
    best = found.matches[0]
    reply = match_reply(ctx, bare, text, found, found.matches)
    said = f"No sentence has {_named(quoted)} word for word. "
    said += "This one has all the words:" if best.grade in _WITH_ALL else "This one is the closest:"
    return structs.replace(
        reply,
        title="No exact match",
        parts=(Prose(said), *reply.parts),
        buttons=(share_button(best.reference), *reply.buttons[2:]),
        private=True,
    )
