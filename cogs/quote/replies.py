"""Replies to a search: the passage, how many others there are, and what comes close where none has all the words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import Context
from bot.core.reply import Button, Marks, Menu, Prose, Reply
from cogs.shared.lists import fits_button
from cogs.shared.quotations import partial_search_note, passage_buttons, passage_choice, quotes
from corpus.language.phrasing import and_list, plural
from corpus.reference import Reference
from corpus.search.search_result import Hit, SearchResult

OTHERS = 5
"""Other passages that are listed where none has all the words."""


def passage_reply(ctx: Context, reference: Reference, marks: Marks = ()) -> Reply:
    """A passage with its source, and the ways on from it."""
    parts = quotes(ctx.corpus, reference, marks)
    return Reply("", parts, passage_buttons(ctx.corpus, reference), text=reference.text)


def match_reply(ctx: Context, words: str, text: str | None, found: SearchResult, matches: Sequence[Hit]) -> Reply:
    """The best match, and how many others there are. What was typed is not repeated: everybody sees this."""
    best = passage_reply(ctx, matches[0].reference, matches[0].marks)
    others = found.count_others(matches)
    notes = [f"Showing results for “{and_list(taken for _, taken in found.corrections)}”."] if found.corrections else []
    if others:
        notes.append(f"{plural(others, 'other passage matches', 'other passages match')}.")
    said = (Prose(" ".join(notes)),) if notes else ()
    more = Button("All matches", "quote.matches", f"1 {text or '-'} {words}")
    buttons = (*best.buttons[:4], more) if others and fits_button(words) else best.buttons
    note = partial_search_note(is_partial=found.is_partial)
    return Reply("", (*best.parts, *said, *note), buttons, text=best.text)


def partial_reply(ctx: Context, found: SearchResult) -> Reply:
    """Passages that have some of the words, or mean something alike: for the asker alone, who judges what fits."""
    best, *others = found.hits
    said = "No passage says this. This one may be meant:"
    if found.is_partial:
        said = "None of the passages that I looked at has all of these words. This one may be meant:"
    elif best.missing:
        missing = and_list(f"“{one}”" for one in dict.fromkeys(best.missing))
        said = f"No passage has all of these words. The closest lacks {missing}:"
    shown = passage_reply(ctx, best.reference, best.marks)
    menu = [passage_list(ctx, "Show another passage", others[:OTHERS])] if others else []
    also = [Prose("Also close:")] if others else []
    notes = (*partial_search_note(is_partial=found.is_partial), *provisional_note(found))
    parts = (Prose(said), *shown.parts, *also, *menu, *notes)
    return Reply(
        "No exact match so far" if found.is_partial else "No exact match",
        parts,
        (share_button(best.reference), *shown.buttons[2:4]),
        private=True,
    )


def share_button(reference: Reference) -> Button:
    """Shows everybody a passage that only the asker sees."""
    return Button("Share", "quote.share", str(reference), "primary")


def provisional_note(found: SearchResult) -> tuple[Prose, ...]:
    """A line that says that a search by meaning may soon find better; nothing where it will not."""
    said = "What finds best by meaning is still being loaded: ask again in a few minutes, and I may know better."
    return (Prose(said),) if found.is_provisional else ()


def passage_list(ctx: Context, prompt: str, hits: Sequence[Hit]) -> Menu:
    choices = tuple(passage_choice(ctx.corpus, hit.reference) for hit in hits)
    return Menu(prompt, "quote.show", choices, listed=True)
