"""The list of a server's texts: what comes with the bot, what everybody has, and what was added there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.library import Library, owner_of
from bot.core.reply import Items, Prose, Reply
from bot.core.shelf_corpora import TextChoice
from bot.storage.library import ShelfText
from bot.storage.owner import EVERYBODY
from cogs.shared.editions import edition_line
from cogs.shared.lists import page_buttons, paginate
from corpus.language.phrasing import plural
from corpus.text_model import Text

_PAGE = 8


def library_of(ctx: Context) -> Library:
    """The library. Raises UserError where the bot keeps nothing."""
    if ctx.library is None:
        raise UserError("I have no memory here, so I can't keep texts.")
    return ctx.library


async def shelf_list(ctx: Context, number: int) -> Reply:
    """One page of the texts that a place has."""
    library = library_of(ctx)
    choice = await library.choice(owner_of(ctx.place))
    page = paginate(
        [*_shipped_line(library, choice), *(_added_line(one, choice) for one in choice.texts)], number, _PAGE
    )
    title = f"The library{f', {page.range}' if page.range else ''}"
    who = "People who manage this server" if ctx.place.server else "In a server, people who manage it"
    hint = f"{who} add texts with /library add and choose among them with /library use."
    buttons = page_buttons(page, "library.page", str)
    return Reply(title, (Items(tuple(page.items)), Prose(hint)), buttons, private=True)


def _shipped_line(library: Library, choice: TextChoice) -> Iterator[str]:
    for text in library.base.texts.values():
        known = f"{text.id}: {text.title}, {_length(text)}, {edition_line(library.base, text.id)}"
        yield f"{known}, comes with me{_aside(text.id, choice)}"


def _length(text: Text) -> str:
    return plural(sum(len(one.words.split()) for one in text.paragraphs), "word")


def _added_line(one: ShelfText, choice: TextChoice) -> str:
    whose = " for everybody" if one.owner == EVERYBODY else ""
    known = f"{one.text_id}: {one.title}, {plural(one.words, 'word')}, edition {one.edition}"
    return f"{known}, added{whose} by {one.added_by} on {one.added_at.date()}{_aside(one.text_id, choice)}"


def _aside(text_id: str, choice: TextChoice) -> str:
    return " (not in use)" if text_id in choice.unused else ""
