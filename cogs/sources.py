"""What the texts are, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Items, Note, Prose, Reply
from cogs.shared.dates import long_date
from cogs.shared.lists import page_buttons, page_number, paginate, shortened
from cogs.shared.quotations import text_heading
from cogs.shared.references import TextId
from corpus.corpus import Corpus
from corpus.language.alternation import phrases
from corpus.language.phrasing import plural
from corpus.language.tokens import folded
from corpus.text_model import Text

PAGE = 3
"""Texts that are described at once."""
OMISSIONS = 10
"""Omissions that are listed at once."""

_ALL = frozenset(
    phrases("all, all texts, both, both texts, everything, list, texts, the texts, alle, beide, tous, les deux, все")
)
"""Folded."""


class TextOrAll(TextId):
    """The id of a text; empty for all of them."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TextOrAll:
        """All texts, or what is read as one. Raises NotUnderstood."""
        return cls("" if folded(typed).strip(" ?!.") in _ALL else TextId.parse(typed, corpus))

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """All words: nothing comes behind them."""
        return len(words)


@command("sources", also="about info texts bibliography", text="Which text")
async def sources(ctx: Context, text: TextOrAll | None = None) -> Reply:
    """Describe the texts: author, date, edition, and what was omitted."""
    return _of_one(ctx.corpus.texts[text]) if text else _overview(ctx, 1)


@action("sources.page", replaces=True)
async def sources_page(ctx: Context, value: str) -> Reply:
    """Another page of texts."""
    return _overview(ctx, page_number(value) or 1)


@action("sources.show", replaces=True)
async def show_source(ctx: Context, value: str) -> Reply:
    """A text's sources in their own words, and what was omitted from it: the value is its id and a page's number."""
    identifier, _, number = value.rpartition(" ")
    text = ctx.corpus.texts.get(identifier)
    if text is None:
        raise UserError("That text is gone. /sources shows the ones there are.")
    page = paginate(text.omissions, page_number(number) or 1, OMISSIONS)
    statements = [Prose(statement) for statement in text.sources] if page.number == 1 else []
    omitted = tuple(f"{shortened(one.words, 60)} ({one.reason.rstrip('.')})" for one in page.items)
    listed = [Prose("Omitted (not part of the text):"), Items(omitted)] if omitted else [Prose("Nothing was omitted.")]
    turn = page_buttons(page, "sources.show", lambda number: f"{text.id} {number}")
    title = f"{shortened(text.title, 80)}{f', omissions {page.range}' if page.range else ''}"
    return Reply(title, (*statements, *listed), (Button("All texts", "sources.page", "1"), *turn), private=True)


@action("sources.share", shares=True)
async def share_sources(ctx: Context, value: str) -> Reply:
    """The texts that one person saw, for everybody: the value is a page's number, or the id of one text."""
    text = ctx.corpus.texts.get(value)
    return replace(_of_one(text) if text else _overview(ctx, page_number(value) or 1), private=False)


def _of_one(text: Text) -> Reply:
    share = Button("Share", "sources.share", text.id, "primary")
    buttons = (*_buttons(text), Button("All texts", "sources.page", "1"), share)
    return Reply("", _description(text), buttons, private=True)


def _overview(ctx: Context, number: int) -> Reply:
    page = paginate(list(ctx.corpus.texts.values()), number, PAGE)
    parts = tuple(part for text in page.items for part in _description(text))
    buttons = (button for text in page.items for button in _buttons(text))
    share = Button("Share", "sources.share", str(page.number), "primary")
    return Reply("", parts, (*buttons, *page_buttons(page, "sources.page", str), share), private=True)


def _buttons(text: Text) -> tuple[Button, ...]:
    """Ways to read a text, and to what was omitted from it."""
    name = shortened(text.name, 60)
    return (
        Button(f"Read {name}", "read.page", f"{text.id} {text.paragraphs[0].number}"),
        Button(f"Details of {name}", "sources.show", f"{text.id} 1"),
    )


def _description(text: Text) -> tuple[AnyPart, ...]:
    known = {
        "Title": text.title,
        "Author": text.author or "not named",
        "Date": long_date(text.date) if text.date else "not known",
        "Edition": text.edition,
        "Length": plural(len(text.paragraphs), "paragraph"),
    }
    return (
        text_heading(text),
        Items(tuple(f"{name}: {value}" for name, value in known.items())),
        *([Note(text.description)] if text.description else []),
    )
