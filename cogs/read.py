"""Read the texts themselves, page by page."""

from __future__ import annotations

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Choice, Heading, Menu, Reply
from cogs.shared.lists import shortened
from cogs.shared.quotations import quotes
from cogs.shared.references import TextId, reference_from_value
from corpus.model import Text
from corpus.reference import Reference

PAGE = 1500
"""Characters of text a page has at most, unless a single paragraph is longer: what is comfortable on a phone."""


@command("read", example="speech 4", text="Which text", paragraph="The paragraph to start at")
async def read(ctx: Context, text: TextId, paragraph: int = 1) -> Reply:
    """Page through a text from its beginning, or from a paragraph."""
    return page_reply(ctx, ctx.corpus.resolve(Reference(text, paragraph)))


@action("read.page", replaces=True)
async def read_page(ctx: Context, value: str) -> Reply:
    """Another page."""
    return page_reply(ctx, reference_from_value(ctx.corpus, value))


def page_reply(ctx: Context, start: Reference) -> Reply:
    """The page that starts at a paragraph."""
    text = ctx.corpus.texts[start.text]
    first = start.paragraph
    last = _last_of_page(text, first)
    parts: list[AnyPart] = []
    for paragraph in text.paragraphs[first - 1 : last]:
        if paragraph.heading:
            parts.append(Heading(paragraph.heading, text.id))
        parts.extend(quotes(ctx.corpus, Reference(text.id, paragraph.number)))
    parts.extend(_chapter_menu(text))
    shown = f"{first}-{last}" if last > first else f"{first}"
    title = f"{text.title}, {shown} of {len(text.paragraphs)}"
    return Reply(title, tuple(parts), _page_buttons(text, first, last), text=text.id)


def _last_of_page(text: Text, first: int) -> int:
    """The last paragraph of the page that starts at `first`."""
    room = PAGE - len(text.paragraphs[first - 1].words)
    last = first
    for paragraph in text.paragraphs[first:]:
        room -= len(paragraph.words)
        if room < 0 or paragraph.heading:
            break
        last = paragraph.number
    return last


def _start_of_page_before(text: Text, first: int) -> int:
    """Where the page starts that ends just before `first`, as somebody paging from the beginning would have seen it."""
    start = 1
    while _last_of_page(text, start) + 1 < first:
        start = _last_of_page(text, start) + 1
    return start


def _page_buttons(text: Text, first: int, last: int) -> tuple[Button, ...]:
    back = Reference(text.id, _start_of_page_before(text, first)) if first > 1 else ""
    on = Reference(text.id, last + 1) if last < len(text.paragraphs) else ""
    return (
        Button("Previous page", "read.page", str(back), enabled=bool(back)),
        Button("Next page", "read.page", str(on), enabled=bool(on)),
    )


def _chapter_menu(text: Text) -> tuple[Menu, ...]:
    choices = tuple(
        Choice(shortened(paragraph.heading), str(Reference(text.id, paragraph.number)))
        for paragraph in text.paragraphs
        if paragraph.heading
    )
    return (Menu("Go to a chapter", "read.page", choices),) if choices else ()
