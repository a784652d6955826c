"""Passages that are not by whoever was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from bot.core.context import Context
from bot.core.reply import Button, Prose, Reply
from cogs.shared.lists import and_list, shortened
from cogs.shared.speakers import has_words_of, speaker_names, speaker_of
from corpus.names.speaker_questions import asks_what_was_said, speaker_question
from corpus.note_model import Person
from corpus.search.search_result import Hit


def not_by(reply: Reply, person: Person, said: str) -> Reply:
    """A passage for the asker alone, which begins with how it is not by somebody."""
    who = Button(f"About {shortened(person.name, 60)}", "who.show", person.id)
    parts = (Prose(said), *reply.parts)
    return structs.replace(
        reply, title=f"Not by {person.name}", parts=parts, buttons=(*reply.buttons, who), private=True
    )


def with_true_speaker(ctx: Context, reply: Reply, typed: str, best: Hit) -> Reply:
    """A reply to “what did Lenin say about …”, which says whose the passage is where it is not Lenin's."""
    question = speaker_question(typed) if asks_what_was_said(typed) else None
    people = ctx.corpus.finder.people(question.name) if question else ()
    return with_speaker_beside(ctx, reply, people, best)


def with_speaker_beside(ctx: Context, reply: Reply, people: Sequence[Person], best: Hit) -> Reply:
    """A reply with the best passage for somebody's words, which says whose it is where it is somebody else's."""
    speaker = speaker_of(ctx.corpus, best.reference, best.marks)
    if len(people) != 1 or not people[0].life or speaker.person == people[0].id:
        return reply
    (person,) = people
    none = "I found nothing on it by" if has_words_of(ctx.corpus, person) else "None of the texts has words of"
    said = f"{none} {person.name}. This is by {and_list(speaker_names(speaker))}:"
    share = Button("Share", "quote.share", str(best.reference), "primary")
    return not_by(structs.replace(reply, buttons=(share, *reply.buttons[2:])), person, said)
