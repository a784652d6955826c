"""Passages by whoever is named beside the words, and those that are not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.quote.replies import OTHERS, match_reply, passage_list, share_button
from cogs.shared.lists import shortened
from cogs.shared.speakers import about_button, no_words_of, speaker_names, speaker_of
from corpus.language.phrasing import and_list
from corpus.names.quotation_requests import words_beside_names
from corpus.names.speaker_questions import asks_what_was_said, speaker_question
from corpus.names.speakers import Speaker
from corpus.note_model import Person
from corpus.search.search_result import Hit


async def spoken_reply(ctx: Context, typed: str, text: str | None) -> Reply | None:
    """What somebody said who is named before the words or behind them: "gunpowder Trotsky"; None where nobody did.

    Where the words are put as theirs, as in "gunpowder by Lenin", but are not: whose they are.
    """
    by_another: Reply | None = None
    for request in words_beside_names(typed, ctx.corpus.finder.may_name):
        people = ctx.corpus.finder.people(request.speaker) if ctx.corpus.finder.has_person(request.speaker) else ()
        if len(people) != 1 or not (request.is_linked or ctx.corpus.finder.has_words_of(people[0])):
            continue
        found = await ctx.corpus.hybrid_search(request.words, text, only_matches=True)
        names = (people[0].name, *people[0].aliases)
        said = [hit for hit in found.matches if ctx.corpus.passages(hit.reference)[0].speaker in names]
        if said:
            reply = match_reply(ctx, request.words, text, found, said)
            note = Prose(f"Showing what {people[0].name} says with “{shortened(request.words, 60)}”.")
            return structs.replace(reply, parts=(*reply.parts, note))
        if found.matches and request.is_linked and people[0].life and by_another is None:
            reply = match_reply(ctx, request.words, text, found, found.matches)
            by_another = with_speaker_beside(ctx, reply, people, found.matches[0])
    return by_another


def not_by(reply: Reply, person: Person, speaker: Speaker, said: str) -> Reply:
    """A passage for the asker alone, which begins with how it is not by somebody, as far as the texts tell."""
    title = f"Perhaps not by {person.name}" if speaker.is_unnamed else f"Not by {person.name}"
    said += f" I can't tell whether that is {person.name}." if speaker.is_unnamed else ""
    return structs.replace(
        reply,
        title=title,
        parts=(Prose(said), *reply.parts),
        buttons=(*reply.buttons, about_button(person)),
        private=True,
    )


def with_true_speaker(ctx: Context, reply: Reply, typed: str, best: Hit) -> Reply:
    """A reply to “what did Lenin say about …”, which says whose the passage is where it is not Lenin's."""
    question = speaker_question(typed) if asks_what_was_said(typed) else None
    people = ctx.corpus.finder.people(question.name) if question else ()
    return with_speaker_beside(ctx, reply, people, best)


def with_speaker_beside(ctx: Context, reply: Reply, people: Sequence[Person], best: Hit) -> Reply:
    """A reply with the best passage for somebody's words, which says whose it is where it is somebody else's."""
    if len(people) != 1 or not people[0].life:
        return reply
    speaker = speaker_of(ctx.corpus, best.reference, best.marks)
    if speaker.person == people[0].id:
        return reply
    (person,) = people
    none = f"I found nothing on it by {person.name}." if ctx.corpus.finder.has_words_of(person) else no_words_of(person)
    said = f"{none} This is by {and_list(speaker_names(speaker))}."
    buttons = (share_button(best.reference), *reply.buttons[2:])
    return not_by(structs.replace(reply, buttons=buttons), person, speaker, said)


async def mentions_instead(ctx: Context, person: Person, text: str | None) -> Reply:
    """Where somebody is mentioned, instead of their words, which no text has."""
    said = Prose(no_words_of(person))
    way = Button("Who this is", "who.show", person.id)
    found = await ctx.corpus.index.search(person.name.split()[-1], text)
    if not found.matches:
        return Reply("Nothing found", (said,), (way,), private=True)
    passages = passage_list(ctx, "Show a passage", found.matches[:OTHERS])
    return Reply("Nothing found", (said, Prose("Where the texts mention this person:"), passages), (way,), private=True)
