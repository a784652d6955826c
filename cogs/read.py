"""Read the texts themselves, page by page."""

from __future__ import annotations

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Choice, Heading, Reply
from cogs.shared.lists import MENU, menu, shortened
from cogs.shared.quotations import passage_menu, quotes
from cogs.shared.reading_place import ParagraphNumber, ReadingPlace, chapter_start
from cogs.shared.references import reference_from_value
from corpus.examples import Example
from corpus.reference import Reference
from corpus.text_model import Text

PAGE = 1500
"""Characters of text a page has at most, unless a single paragraph is longer: what is comfortable on a phone."""
LONG_PAGE = 2 * PAGE
"""The same of a page with the paragraphs that somebody asked for."""


LONGEST_RUN = 500
"""Paragraphs after which a new page begins in any case: the pages of a long chapter are counted from there."""


@command(
    "read",
    also="text browse open chapter",
    example=Example.PASSAGE,
    text="Which text",
    paragraph="The paragraph or chapter to start at",
)
async def read(ctx: Context, text: ReadingPlace, paragraph: ParagraphNumber | None = None) -> Reply:
    """Read a text page by page, from the start, a paragraph or a chapter, or some paragraphs (4-6)."""
    whole = ctx.corpus.texts[text]
    paragraph = paragraph or text.paragraph
    if paragraph is None:
        return page_reply(ctx, _reference_at(whole, 0))
    if paragraph.from_end:
        return page_reply(ctx, _reference_at(whole, max(0, len(whole.paragraphs) - paragraph)))
    if paragraph.chapter:
        return page_reply(ctx, chapter_start(ctx.corpus, whole, paragraph.chapter).context)
    through = paragraph.through and ctx.corpus.resolve(Reference(text, paragraph.through)).paragraph
    return page_reply(ctx, ctx.corpus.resolve(Reference(text, paragraph)), through)


@action("read.page", replaces=True)
async def read_page(ctx: Context, value: str) -> Reply:
    """Another page."""
    return page_reply(ctx, reference_from_value(ctx.corpus, value))


def page_reply(ctx: Context, start: Reference, through: int | None = None) -> Reply:
    """The page that starts at a paragraph. `through` is the last paragraph that was asked for."""
    text = ctx.corpus.texts[start.text]
    first = text.place(start.paragraph)
    last = _last_of_page(text, first) if through is None else _last_asked_for(text, first, through)
    parts: list[AnyPart] = []
    for paragraph in text.paragraphs[first : last + 1]:
        if paragraph.heading:
            parts.append(Heading(paragraph.heading, text.id))
        parts.extend(quotes(ctx.corpus, Reference(text.id, paragraph.number)))
    shown = [_reference_at(text, place) for place in range(first, last + 1)]
    parts.extend(passage_menu(ctx.corpus, "Quote a paragraph", shown))
    parts.extend(menu("Go to a chapter", "read.page", _chapters(text, first)))
    numbers = f"{first + 1}–{last + 1}" if last > first else f"{first + 1}"
    title = f"{shortened(text.title, 60)} · {numbers} of {len(text.paragraphs):,}"
    return Reply(title, tuple(parts), _page_buttons(text, first, last), text=text.id)


def _last_of_page(text: Text, first: int) -> int:
    """Where the page ends that starts with the paragraph at `first`, counted from 0 in reading order."""
    room = PAGE - len(text.paragraphs[first].words)
    last = first
    while last + 1 < len(text.paragraphs) and (last + 1) % LONGEST_RUN:
        paragraph = text.paragraphs[last + 1]
        room -= len(paragraph.words)
        if room < 0 or paragraph.heading:
            break
        last += 1
    return last


def _last_asked_for(text: Text, first: int, through: int) -> int:
    """Where a page ends that holds paragraphs up to `through`, as many as there is room for."""
    room, last = LONG_PAGE - len(text.paragraphs[first].words), first
    for paragraph in text.paragraphs[first + 1 :]:
        room -= len(paragraph.words)
        if room < 0 or paragraph.number > through:
            break
        last += 1
    return last


def _start_of_page_before(text: Text, first: int) -> int:
    """Where the page starts that ends just before `first`, as somebody paging from the chapter's beginning saw it."""
    run = (first - 1) // LONGEST_RUN * LONGEST_RUN
    start = next((place for place in range(first - 1, run, -1) if text.paragraphs[place].heading), run)
    while (last := _last_of_page(text, start)) + 1 < first:
        start = last + 1
    return start


def _page_buttons(text: Text, first: int, last: int) -> tuple[Button, ...]:
    back = _reference_at(text, _start_of_page_before(text, first)) if first else ""
    on = _reference_at(text, last + 1) if last + 1 < len(text.paragraphs) else ""
    return (
        Button("◀ Previous", "read.page", str(back), enabled=bool(back)),
        Button("Next ▶", "read.page", str(on), enabled=bool(on)),
    )


def _reference_at(text: Text, place: int) -> Reference:
    return Reference(text.id, text.paragraphs[place].number)


def _chapters(text: Text, first: int) -> list[Choice]:
    """The chapters around the page, as many as a menu holds."""
    chapters = text.headings(first, MENU)
    before = max(0, sum(place <= first for place in chapters) - MENU // 2)
    start = max(0, min(before, len(chapters) - MENU))
    return [
        Choice(shortened(" ".join(text.paragraphs[place].heading.split("\n"))), str(_reference_at(text, place)))
        for place in chapters[start : start + MENU]
    ]
