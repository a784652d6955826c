"""Find a word in the texts, and count it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from unicodedata import category, normalize

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Menu, Note, Prose, Reply
from cogs.shared.foreign_names import with_latin_names
from cogs.shared.lists import VALUE, Page, fits_button, page_buttons, page_number, paginate, shortened
from cogs.shared.other_words import without_markup, without_text_name
from cogs.shared.quotations import partial_search_note
from cogs.shared.search_operators import refuse_operators
from cogs.shared.unfinished import refuse_unfinished
from corpus.errors import OutOfTime
from corpus.examples import Example
from corpus.language.cyrillic import has_cyrillic
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import plural
from corpus.language.tokens import APOSTROPHES
from corpus.names.glossary import term_of
from corpus.names.word_questions import asked_word
from corpus.quotations.concordance import ConcordanceLine, Occurrences, concordance_line, count_forms, occurrences
from corpus.quotations.token_index import TokenIndex
from corpus.work_budget import A_SECOND, work_budget

PAGE = 10
"""Occurrences that are listed at once."""
ROOM = 34
"""Characters on either side of the word."""
_ABBREVIATION = lazy_pattern(r"\b[^\W\d_](?:\.[^\W\d_])++(?![^\W_])\.?")
_IN_WORDS = frozenset(f"{APOSTROPHES}'.-")
_STEPS = A_SECOND // 10
"""Of a work budget, for the places where words are."""
_SECONDS_MOSTLY = 0.01
"""Of a processor, that this takes most times."""
TEXTS, FORMS = 5, 8
"""Texts and forms that are counted in a line."""


@command(
    "word",
    also="count occurrences concordance",
    example=Example.WORD,
    word="A word or a short phrase",
    exactly="Only in this form, not in any other form of it",
)
async def word(ctx: Context, word: str, exactly: bool = False) -> Reply:
    """Find a word in the texts: how often and where.

    Other forms of the word count too, unless you ask for it exactly: houses with house, walked with walk.
    """
    if not fits_button(word):
        raise UserError(f"That is too long. Please give one word or a short phrase, {VALUE} characters at most.")
    refuse_operators(word)
    refuse_unfinished(ctx.corpus, "word", word)
    # How often it is in each text is said in any case.
    alone = without_text_name(ctx.corpus, without_markup(word).strip() or word)[0]
    spelt = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), alone)
    words = _words_alone(spelt)
    words = asked_word(words) or words
    if not any(map(str.isalnum, words)):
        raise UserError("That has no word in it. Please type a word, or a short phrase.")
    return await _page_reply(ctx, words, 1, exactly=exactly)


@action("word.page", replaces=True)
async def word_page(ctx: Context, value: str) -> Reply:
    """Another page, or the other way to count."""
    number, _, rest = value.partition(" ")
    how, _, words = rest.partition(" ")
    if not page_number(number) or how not in ("exactly", "any") or not words.strip() or not fits_button(words):
        raise UserError("That button is from an older version of me. Please use /word again.")
    return await _page_reply(ctx, words, int(number), exactly=how == "exactly")


async def _page_reply(ctx: Context, words: str, number: int, *, exactly: bool) -> Reply:
    count = partial(_count, ctx, words, number, exactly=exactly)
    found, counts, page, lines = await ctx.corpus.run(count, _SECONDS_MOSTLY)
    if not found.positions and found.until is not None:
        raise OutOfTime
    if not found.positions:
        return await _not_found(ctx, words, exactly=exactly)
    term = term_of(ctx.corpus.notes, words)
    parts: tuple[AnyPart, ...] = (
        *([Note(term.note)] if term else []),
        *([Prose(counts)] if page.number == 1 else []),
        *([Prose(_until(ctx, found.until))] if found.until is not None else []),
        Menu("Show a passage", "quote.show", tuple(_choices(ctx, lines)), listed=True),
    )
    least = "" if found.until is None else "at least "
    times = f": {least}{_times(len(found.positions))}{f', {page.range}' if page.range else ''}"
    how, other = ("exactly", "any") if exactly else ("any", "exactly")
    turn = page_buttons(page, "word.page", lambda number: f"{number} {how} {words}")
    switch = Button("All forms" if exactly else "Exactly this form", "word.page", f"1 {other} {words}")
    return Reply(f"{_words_alone(words)}{times}", parts, (*turn, switch))


def _words_alone(typed: str) -> str:
    """The words that were typed, without other characters: everybody may see them."""
    return " ".join("".join(map(_in_words, normalize("NFC", typed))).split())


def _in_words(character: str) -> str:
    """A character of words, with the signs that some scripts write for vowels; nothing for an invisible one."""
    kind = category(character)
    if kind == "Cf":
        return ""
    return character if kind[0] == "M" or character.isalnum() or character in _IN_WORDS else " "


class _Count(NamedTuple):
    """Where words are, how often in words, and a page of the places with what is around them."""

    found: Occurrences
    counts: str
    page: Page[int]
    lines: list[ConcordanceLine]


def _count(ctx: Context, words: str, number: int, *, exactly: bool) -> _Count:
    """Counts words, for the page of a number. It may take a while."""
    index = ctx.corpus.token_index
    index.load()
    with index.mapped():
        with work_budget(_STEPS):
            found = occurrences(index, words, exactly=exactly)
        counts = _counts(ctx, found) if found.positions else ""
        page = paginate(found.positions, number, PAGE)
        lines = [concordance_line(index, found, position, ROOM) for position in page.items]
    return _Count(found, counts, page, lines)


def _until(ctx: Context, position: int) -> str:
    """How far was looked before time ran out."""
    place = ctx.corpus.token_index.spans(position, position + 1)[0].reference
    return f"I stopped counting after a moment, at {place}, so there may be more. Rarer words are counted completely."


def _counts(ctx: Context, found: Occurrences) -> str:
    """How often in each text, and in which forms where there are several."""
    by_text = ctx.corpus.token_index.count_by_text(found.positions)
    counts = [(text.name, by_text.get(text.id, 0)) for text in ctx.corpus.texts.values()]
    shown = [f"{name} {count:,}" for name, count in counts if count][:TEXTS]
    silent = [f"{name} 0" for name, count in counts if not count][: max(0, TEXTS - len(shown))]
    forms = count_forms(ctx.corpus.token_index, found).most_common()
    others = [count for _, count in counts if count][TEXTS:]
    rest = f", {sum(others):,} in {plural(len(others), 'other text')}" if others else ""
    said = f"By text: {', '.join([*shown, *silent])}{rest}."
    if len(forms) < 2:
        return said
    more = f", {plural(len(forms) - FORMS, 'more form')}" if len(forms) > FORMS else ""
    return f"{said}\nBy form: {', '.join(f'{form} {count:,}' for form, count in forms[:FORMS])}{more}."


def _choices(ctx: Context, lines: Sequence[ConcordanceLine]) -> list[Choice]:
    """Keywords in context, each once; who says it where it is not the text's own speaker."""
    choices: dict[str, Choice] = {}
    for one in lines:
        # Where the text itself has an ellipsis, a second one would say nothing.
        left = "…" if one.is_cut[0] and not one.before.startswith("…") else ""
        right = "…" if one.is_cut[1] and not one.after.endswith("…") else ""
        own = ctx.corpus.texts[one.reference.text].speaker == one.speaker.name
        said = "" if own else f" ({one.speaker.name})"
        before = f"{one.reference}: {left}{one.before}"
        label = f"{before}{one.words}{one.after}{right}{said}"
        mark = (len(before), len(before) + len(one.words))
        choices.setdefault(f"{label} {mark}", Choice(label, str(one.reference), marks=(mark,)))
    return list(choices.values())


async def _not_found(ctx: Context, words: str, *, exactly: bool) -> Reply:
    alone, named = without_text_name(ctx.corpus, words, in_part=True)
    if named:
        return await _page_reply(ctx, alone, 1, exactly=exactly)
    latin = with_latin_names(ctx.corpus, words)
    if latin != words and not has_cyrillic(latin):
        return await _page_reply(ctx, latin, 1, exactly=exactly)
    form = " in this form" if exactly else ""
    said = f"“{shortened(words, 60)}” isn't in the texts{form}."
    found = await ctx.corpus.index.search(words)
    marked = (ctx.corpus.passages(hit.reference)[0].words[start:end] for hit in found.hits for start, end in hit.marks)
    instead = {one.casefold(): one for one in reversed([*found.suggestions, *marked]) if fits_button(one)}
    likely = list(reversed(instead.values()))
    near = (await ctx.corpus.run(lambda: _in_the_texts(ctx.corpus.token_index, likely), _SECONDS_MOSTLY))[:5]
    words_instead = ", ".join(f"“{one}”" for one in near)
    hint = f"Close in form or meaning: {words_instead}." if near else "Try another word, or /quote for a passage."
    buttons = tuple(Button(one, "word.page", f"1 any {one}") for one in near)
    note = partial_search_note(is_partial=found.is_partial)
    return Reply("Word not found", (Prose(f"{said} {hint}"), *note), buttons, private=True)


def _in_the_texts(index: TokenIndex, words: Sequence[str]) -> list[str]:
    with index.mapped():
        return [one for one in words if occurrences(index, one).positions]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
