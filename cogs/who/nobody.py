"""That nobody in the notes has a name: who wrote or speaks so in a text, and whom it may mean."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Prose, Reply
from cogs.shared.lists import shortened
from cogs.shared.quotations import partial_search_note, passage_menu
from cogs.shared.speakers import speakers_called
from cogs.shared.topics import note_scope
from corpus.corpus import Corpus
from corpus.errors import OutOfTime
from corpus.language.tokens import content_words, tokens
from corpus.names.name_forms import joint_names
from corpus.note_model import Person
from corpus.search.grading import SIDE_BY_SIDE

PAGE = 10
"""Texts that are listed at once."""
_BEST = 3
"""Passages that have a name."""


async def nobody_reply(ctx: Context, typed: str) -> Reply:
    """Nobody has this name: people with a similar one, or people whom the passages with these words mention."""
    named = [one for name in joint_names(typed) for one in ctx.corpus.finder.people(name)]
    may_be_name = _has_name(typed)
    like = named or (ctx.corpus.finder.near_people(typed) if may_be_name else ())
    found = await ctx.corpus.index.search(typed, suggests=False)
    best = {hit.reference for hit in found.hits[:5]}
    mentioned = [] if named or not may_be_name else ctx.corpus.mentions.among(best)
    mentioned.sort(key=ctx.corpus.mentions.count)
    near = list(dict.fromkeys([*like, *mentioned]))[:5]
    written, speaking = _works_by(ctx, typed), _plays_with(ctx, typed)
    everybody = Button("Everybody in the texts", "who.list", "1")
    whole = [hit.reference for hit in found.hits[:_BEST] if not hit.missing] if may_be_name else []
    is_whole_name = any(hit.grade in SIDE_BY_SIDE for hit in found.hits[:1]) and len(tokens(typed)) > 1
    said: tuple[AnyPart, ...] = (Prose(f"Nobody called “{shortened(typed, 60)}” in the texts."),)
    if written:
        said = (Prose("No note says who this is, but a text is by this author:"), Items(tuple(written)))
    elif speaking:
        menu = passage_menu(ctx.corpus, "Passages with this name", whole)
        said = (
            Prose("No note says who this is, but a text has a speaker of this name:"),
            Items(tuple(speaking)),
            *menu,
        )
    elif whole and (not near or is_whole_name or (not like and len(tokens(typed)) == len(content_words(typed)))):
        menu = passage_menu(ctx.corpus, "Passages with this name", whole)
        also = (Prose("Or did you mean:"), people_menu(ctx.corpus, near)) if near else ()
        said = (Prose(f"No note says who “{shortened(typed, 60)}” is."), *menu, *also)
    elif not like and len(events := ctx.corpus.finder.events_about(typed)) == 1:
        concerned = [one for one in ctx.corpus.notes.people if one.id in events[0].concerns]
        beside = f"Nobody called “{shortened(typed, 60)}” in the texts. People of “{events[0].name}” in the notes:"
        said = (Prose(beside), people_menu(ctx.corpus, concerned)) if concerned else said
    elif near:
        said = (
            Prose(f"Nobody called “{shortened(typed, 60)}” in the texts. Did you mean:"),
            people_menu(ctx.corpus, near),
        )
    elif found.is_partial:
        raise OutOfTime
    note = partial_search_note(is_partial=found.is_partial)
    return Reply("Nobody found", (*said, *note), (everybody,), private=True)


def _has_name(typed: str) -> bool:
    """Whether there is anything that may be a part of a name: no number, and no small word alone."""
    return any(one.word.isalpha() for one in content_words(typed))


def _works_by(ctx: Context, typed: str) -> list[str]:
    """The texts whose author has all the words that were typed in the name."""
    words = {one.word for one in content_words(typed)}
    texts = ctx.corpus.texts.values()
    return [
        f"{one.author}: {one.title}"
        for one in texts
        if words and words <= {token.word for token in content_words(one.author)}
    ][:PAGE]


def _plays_with(ctx: Context, typed: str) -> list[str]:
    """Who speaks in texts beside their own speakers, with all the words that were typed in the name."""
    return [
        f"{shortened(name, 60)}: {text.title}"
        for text in ctx.corpus.texts.values()
        for name in speakers_called(text, typed)
        if name != text.speaker
    ][:PAGE]


def people_menu(corpus: Corpus, people: Sequence[Person]) -> Menu:
    """People to pick."""
    return Menu("Choose a person", "who.show", tuple(person_choice(corpus, one) for one in people), listed=True)


def person_choice(corpus: Corpus, person: Person) -> Choice:
    """A person to pick, with the beginning of what the notes say."""
    note = f"{note_scope(corpus, person.note)}{person.note}"
    return Choice(shortened(person.name), person.id, shortened(note, 80))
