"""Find exact quotations in the texts."""

from __future__ import annotations

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.reply import Button, Choice, Code, Prose, Reply
from cogs.shared.lists import shortened
from cogs.shared.quotations import passage_buttons, passage_choice, passage_menu, quotes, quotes_around
from cogs.shared.references import TextId, reference_from_value, reference_from_words
from corpus.reference import Reference
from corpus.search.index import Hit, SearchResult


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    hits = await ctx.corpus.index.complete(typed)
    return [passage_choice(ctx.corpus, hit.reference) for hit in hits]


@command(
    "quote",
    example="gunpowder",
    suggest={"words": _suggest},
    words="What the passage says, or a reference such as speech 4.2",
    text="Look in one text only",
)
async def quote(ctx: Context, words: str = "", text: TextId | None = None) -> Reply:
    """Find a quotation, word for word, with its source.

    Words may come in any order and any form; slips are forgiven. Without words you get a passage worth reading.
    """
    if not words:
        return passage_reply(ctx, _highlight(ctx, text))
    if reference := reference_from_words(ctx.corpus, words):
        return passage_reply(ctx, reference)
    found = await ctx.corpus.hybrid_search(words, text)
    if not found.hits:
        return _not_found(ctx, words, text, found)
    return _search_reply(ctx, found)


@action("quote.show", replaces=True)
async def show_passage(ctx: Context, value: str) -> Reply:
    """Another passage in place of the one shown."""
    return passage_reply(ctx, reference_from_value(ctx.corpus, value))


@action("quote.context", replaces=True)
async def show_context(ctx: Context, value: str) -> Reply:
    """The paragraph around a passage."""
    reference = reference_from_value(ctx.corpus, value)
    text = ctx.corpus.texts[reference.text]
    buttons = (
        Button("The passage alone", "quote.show", str(reference)),
        Button("Read on", "read.page", str(reference.context)),
        Button("Cite", "quote.cite", str(reference)),
    )
    parts = quotes_around(ctx.corpus, reference)
    return Reply(f"{text.title}, paragraph {reference.paragraph}", parts, buttons, text=text.id)


@action("quote.cite")
async def show_citations(ctx: Context, value: str) -> Reply:
    """How to cite a passage, in the usual styles."""
    reference = reference_from_value(ctx.corpus, value)
    styles = ctx.corpus.texts[reference.text].citations
    labels = {"Chicago": styles.chicago, "MLA": styles.mla, "APA": styles.apa, "Plain": styles.plain}
    parts = tuple(Code(words.format(reference=reference), label) for label, words in labels.items())
    return Reply(f"To cite {reference}", parts, private=True, text=reference.text)


def passage_reply(ctx: Context, reference: Reference, hit: Hit | None = None) -> Reply:
    """A passage with its source, and the ways on from it."""
    text = ctx.corpus.texts[reference.text]
    parts = quotes(ctx.corpus, reference, hit.marks if hit else ())
    return Reply(text.title, parts, passage_buttons(ctx.corpus, reference), text=text.id)


def _highlight(ctx: Context, text: TextId | None) -> Reference:
    """One of the editors' highlights; any sentence where they have chosen none."""
    choices = [reference for reference in ctx.corpus.notes.highlights if text in (None, reference.text)]
    return ctx.dice.choice(choices or list(ctx.corpus.sentences(text)))


def _search_reply(ctx: Context, found: SearchResult) -> Reply:
    hit, *others = found.hits
    shown = passage_reply(ctx, hit.reference, hit)
    notes = [f"I read {typed} as {taken}." for typed, taken in found.corrections]
    if hit.grade == "meaning":
        notes.append("No passage has these words. This one is nearest in meaning.")
    if found.total > 1:
        more = found.total - 1
        notes.append("One other passage matches." if more == 1 else f"{more} other passages match.")
    said = (Prose(" ".join(notes)),) if notes else ()
    menu = passage_menu(ctx.corpus, "Other passages", [other.reference for other in others])
    return Reply(shown.title, (*shown.parts, *said, *menu), shown.buttons, text=shown.text)


def _not_found(ctx: Context, words: str, text: TextId | None, found: SearchResult) -> Reply:
    where = ctx.corpus.texts[text].name if text else "the texts"
    parts = [Prose(f"I find nothing on this in {where}: {shortened(words)}")]
    if found.suggestions:
        parts.append(Prose(f"The nearest words there: {', '.join(found.suggestions)}."))
    else:
        parts.append(Prose("Try one strong word of the passage, or browse with /read."))
    buttons = tuple(Button(f"/quote {near}", "quote.words", near) for near in found.suggestions[:5])
    return Reply("Nothing found", tuple(parts), buttons)


@action("quote.words", replaces=True)
async def search_again(ctx: Context, value: str) -> Reply:
    """The passage for one of the nearest words."""
    found = await ctx.corpus.hybrid_search(value)
    return _search_reply(ctx, found) if found.hits else _not_found(ctx, value, None, found)
