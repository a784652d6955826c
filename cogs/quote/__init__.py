"""Find exact quotations in the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from msgspec import structs

from bot.core.calls import Call
from bot.core.command import action, alone, command, message_action
from bot.core.context import Context
from bot.core.errors import UserError, user_error
from bot.core.parameters import AsTyped
from bot.core.reply import AnyPart, Button, Choice, Code, Menu, Prose, Reply
from cogs.quote.chapters import chapter_reply
from cogs.quote.highlights import highlight, highlight_of
from cogs.quote.operators import all_found, operator_reply, operator_search, with_hint
from cogs.quote.plain_words import is_plain
from cogs.quote.quoted import as_closest, quoted_reply
from cogs.quote.replies import OTHERS, match_reply, partial_reply, passage_list, passage_reply, provisional_note
from cogs.quote.speakers import mentions_instead, spoken_reply, with_speaker_beside, with_true_speaker
from cogs.read import page_reply
from cogs.shared.chapters import named_chapter
from cogs.shared.compared_passages import compared_passages, passages_reply
from cogs.shared.editions import edition_line
from cogs.shared.famous import with_famous_note
from cogs.shared.lists import MENU, page_buttons, page_number, paginate, shortened
from cogs.shared.other_words import asked_of_text, other_words, without_courtesy, without_text_name
from cogs.shared.quotations import (
    partial_search_note,
    passage_choice,
    quotes_around,
)
from cogs.shared.references import (
    Place,
    TextId,
    may_be_place,
    paragraphs_from_words,
    reference_from_value,
    reference_from_words,
    suggest_references,
)
from cogs.shared.several_questions import one_at_a_time, several_questions
from cogs.shared.unfinished import refuse_unfinished
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.examples import Example
from corpus.language.phrasing import capitalized, plural
from corpus.language.tokens import content_words
from corpus.names.place_requests import requested_place
from corpus.names.quotation_requests import QuotationRequest, quotation_request
from corpus.names.speaker_questions import speaker_of_anything, speaker_question
from corpus.reference import Reference
from corpus.search.grading import SIDE_BY_SIDE
from corpus.search.lexicon import is_english
from corpus.search.quoted_phrases import quoted_query, without_marks
from corpus.search.search_result import Hit, SearchResult

PAGE = 10
"""Matches that are listed at once."""
_SHORT = 2
"""Words of so few letters say nothing about their language."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    """References where one is being typed, else passages with these words; the highlights for an empty field."""
    if not typed.strip():
        return [passage_choice(ctx.corpus, one) for one in ctx.corpus.notes.highlights[:MENU]]
    chapter = named_chapter(ctx.corpus, typed)
    place = chapter.place(ctx.corpus) if chapter else None
    found = [place] if place else suggest_references(ctx.corpus, typed)
    found += [hit.reference for hit in await ctx.corpus.index.complete(typed)]
    return [passage_choice(ctx.corpus, one) for one in dict.fromkeys(found)][:MENU]


@alone("A passage worth reading")
@command(
    "quote",
    also="search find lookup passage quotation cite card random context",
    example=Example.WORDS,
    suggest={"words": _suggest},
    words="What the passage says, or a reference: a text and its paragraph, sentence or chapter",
    text="Look in one text only",
)
async def quote(ctx: Context, words: Annotated[str, AsTyped()] = "", text: TextId | None = None) -> Reply:
    """Find a quotation, word for word, with its source.

    Words may come in any order and any form; typos are fine. What is in quotation marks is found exactly so.
    -word leaves sentences with a word out, OR takes either, and word* is any word that begins so.
    Without words you get a passage worth reading.
    """
    refuse_unfinished(ctx.corpus, "quote", words)
    if text is None and is_plain(ctx.corpus, words):
        return await _search(ctx, words, text)  # mostly: trying it as what follows took a fiftieth of an answer
    bare = without_courtesy(without_marks(words))
    asked, named = (words, None) if text else without_text_name(ctx.corpus, words)
    if not bare.strip() or ((named or " " in words.strip()) and quotation_request(asked) == QuotationRequest()):
        chosen = highlight(ctx, named or text)
        return structs.replace(passage_reply(ctx, chosen), repeat=Call("quote.show", (str(chosen),)).encode())
    for place in filter(may_be_place, dict.fromkeys((bare, requested_place(bare)))):
        if reference := _place(ctx, place, text, reference_from_words):
            return passage_reply(ctx, reference)
        if several := _place(ctx, place, text, paragraphs_from_words):
            return page_reply(ctx, Reference(several.text, several.first), several.last)
    if opening := await chapter_reply(ctx, without_courtesy(words), text):
        return opening
    if text is None and (passages := compared_passages(ctx.corpus, bare)):
        return passages_reply(ctx, passages)
    if text is None and (whole := await _whole_text(ctx, bare)):
        return passage_reply(ctx, highlight(ctx, whole))
    words, text = asked, named or text
    if operators := await operator_search(ctx, words, text):
        return await operator_reply(ctx, operators)
    quoted = quoted_query(words)
    if quoted is None:
        return await _search(ctx, words, text)
    reply = await quoted_reply(ctx, quoted, words, text)
    return reply or as_closest(await _search(ctx, without_marks(words), text), quoted)


async def _whole_text(ctx: Context, typed: str) -> TextId | None:
    """The text that is all that was typed; None for a whole title, and for one word that a passage has as well."""
    if not ctx.corpus.text_names.may_be_in(typed):
        return None
    asked = requested_place(typed).strip(" ?!.")
    named = TextId.exact(asked, ctx.corpus)
    if named is None or asked.casefold() == ctx.corpus.texts[named].title.casefold():
        return None
    if " " in typed.strip():
        return named
    return None if (await ctx.corpus.index.search(typed, suggests=False)).matches else named


@message_action("Find this passage")
async def find_passage(ctx: Context, message: str) -> Reply:
    """Find the passage that a message quotes."""
    if not message.strip():
        raise UserError("That message has no words. Try /quote with a word of the passage.")
    return await _search(ctx, message, None)


@action("quote.show", replaces=True)
async def show_passage(ctx: Context, value: str) -> Reply:
    """Another passage in place of the one shown."""
    return passage_reply(ctx, reference_from_value(ctx.corpus, value))


@action("quote.share", shares=True)
async def share_passage(ctx: Context, value: str) -> Reply:
    """A passage that one person saw, for everybody."""
    return passage_reply(ctx, reference_from_value(ctx.corpus, value))


@action("quote.words", replaces=True)
async def search_again(ctx: Context, value: str) -> Reply:
    """A search for other words."""
    if operators := await operator_search(ctx, value, None):
        return await operator_reply(ctx, operators)
    return await _search(ctx, value, None)


@action("quote.matches", replaces=True)
async def list_matches(ctx: Context, value: str) -> Reply:
    """A page of all matches: the value is its number, the text or a dash, and the words."""
    number, _, rest = value.partition(" ")
    text, _, words = rest.partition(" ")
    if not page_number(number) or not words or (text != "-" and text not in ctx.corpus.texts):
        raise UserError("That button is from an older version of me. Please use /quote again.")
    found = await all_found(ctx, words, None if text == "-" else text)
    matches = found.known_matches()
    if not matches:
        raise UserError("Nothing matches any more. Please use /quote again.")
    page = paginate(matches, int(number), PAGE)
    title = f"Matches {page.range}" if page.range else plural(len(matches), "match", "matches")
    buttons = page_buttons(page, "quote.matches", lambda number: f"{number} {text} {words}")
    passages = passage_list(ctx, "Show a passage", page.items)
    return Reply(title, (passages, *partial_search_note(is_partial=found.is_partial)), buttons)


@action("quote.context", replaces=True)
async def show_context(ctx: Context, value: str) -> Reply:
    """The paragraph around a passage."""
    reference = reference_from_value(ctx.corpus, value)
    text = ctx.corpus.texts[reference.text]
    buttons = (
        Button("Back to the passage", "quote.show", str(reference)),
        Button("Read on", "read.page", str(reference.context)),
        Button("Cite", "quote.cite", str(reference)),
    )
    title = f"{capitalized(text.name)}, paragraph {reference.paragraph}"
    return Reply(title, quotes_around(ctx.corpus, reference), buttons, text=text.id)


@action("quote.cite")
async def show_citations(ctx: Context, value: str) -> Reply:
    """How to cite a passage, in the usual styles."""
    reference = reference_from_value(ctx.corpus, value)
    styles = ctx.corpus.texts[reference.text].citations.of(reference)
    parts = tuple(Code(words, style) for style, words in styles.items())
    edition = edition_line(ctx.corpus, reference.text)
    explained = Prose(f"“{reference}” is the place in {edition}: paragraph {reference.paragraph}{_of(reference)}.")
    return Reply(f"Cite {reference}", (*parts, explained), private=True, text=reference.text)


def _place(
    ctx: Context, typed: str, text: TextId | None, read: Callable[[Corpus, str, str | None], Place | None]
) -> Place | None:
    """The place in a text that was typed. Raises UserError, with buttons to what is near, where there is none such."""
    try:
        return read(ctx.corpus, typed, text)
    except NotUnderstood as error:
        buttons = [Button(one, "quote.show", one) for one in error.near[:3] if Reference.read(one)]
        raise user_error(error, buttons) from None


def _of(reference: Reference) -> str:
    if reference.first is None:
        return ""
    return f", sentences {reference.first} to {reference.last}" if reference.last else f", sentence {reference.first}"


async def _search(ctx: Context, words: str, text: TextId | None) -> Reply:
    if reply := await _words_of_somebody(ctx, words, text):
        return reply
    found = await ctx.corpus.hybrid_search(words, text)
    if matches := found.matches:
        best = with_true_speaker(ctx, match_reply(ctx, words, text, found, matches), words, matches[0])
        if matches[0].grade in SIDE_BY_SIDE:
            return best  # what a sentence has as it was typed is neither from elsewhere nor meant otherwise
        return with_famous_note(ctx.corpus, with_hint(best, words), words)
    if place := await ctx.corpus.passage_with(words, text):
        return passage_reply(ctx, place)
    if reply := one_at_a_time(several_questions(words), "quote.words"):
        return reply
    if reply := await _requested_reply(ctx, words, text) or await _other_words_reply(ctx, words, text):
        return reply
    if text is None and (of_text := asked_of_text(ctx.corpus, words)):
        return await _search(ctx, *of_text)
    if reply := await spoken_reply(ctx, words, text):
        return reply
    if reply := _heading_reply(ctx, words, text, found.hits):
        return reply
    return with_famous_note(ctx.corpus, await _close_reply(ctx, words, text, found), words, partly=True)


async def _words_of_somebody(ctx: Context, typed: str, text: TextId | None) -> Reply | None:
    """What somebody says, if that is all that is asked; None for any other words."""
    name = speaker_of_anything(typed)
    people = ctx.corpus.finder.people(name) if name else ()
    if len(people) != 1 or not people[0].life:
        return None
    if ctx.corpus.finder.has_words_of(people[0]):
        return highlight_of(ctx, people[0], text)
    return await mentions_instead(ctx, people[0], text)


async def _requested_reply(ctx: Context, typed: str, text: TextId | None) -> Reply | None:
    """What is found without the words that only ask for a quotation or name a speaker; None without such words."""
    question, request = speaker_question(typed), quotation_request(typed)
    if question and not request:
        request = QuotationRequest(question.topic, question.name)
    if request == QuotationRequest():
        return passage_reply(ctx, highlight(ctx, text))
    if not request:
        return None
    about, named = without_text_name(ctx.corpus, request.words)
    text, request = named or text, QuotationRequest(about, request.speaker)
    people = ctx.corpus.finder.people(request.speaker) if request.speaker else ()
    is_silent = len(people) == 1 and not ctx.corpus.finder.has_words_of(people[0])
    if is_silent and not request.words:
        return await mentions_instead(ctx, people[0], text)
    if len(people) == 1 and not request.words:
        return highlight_of(ctx, people[0], text)
    if request.words and request.speaker and not people:
        return None  # an unknown speaker is a part of what was asked
    words = f"{people[0].name} on {request.words}" if people else request.words or request.speaker
    found = await ctx.corpus.hybrid_search(words, text)
    if people and not found.matches:
        alone = await ctx.corpus.hybrid_search(request.words, text, only_matches=True)
        words, found = (request.words, alone) if alone.matches else (words, found)
    if matches := found.matches:
        return with_speaker_beside(ctx, match_reply(ctx, words, text, found, matches), people, matches[0])
    if is_silent:
        return await mentions_instead(ctx, people[0], text)
    return partial_reply(ctx, found) if found.hits else None


async def _other_words_reply(ctx: Context, typed: str, text: TextId | None) -> Reply | None:
    """What is found by other words for what was typed; None where nothing is."""
    for words, where in other_words(ctx, typed, text):
        found = await ctx.corpus.hybrid_search(words, where, only_matches=True)
        if found.matches:
            reply = match_reply(ctx, words, where, found, found.matches)
            return structs.replace(reply, parts=(*reply.parts, Prose(f"Showing results for “{shortened(words, 60)}”.")))
    return None


def _heading_reply(ctx: Context, words: str, text: TextId | None, close: Sequence[Hit]) -> Reply | None:
    """Titles and headings with the words, which no passage has, and the passages that are close to them."""
    found = ctx.corpus.headings.with_words(words, text)[:OTHERS]
    if not found:
        return None
    what = "a title" if all(one.is_title for one in found) else "a heading"
    labels = (f"{capitalized(ctx.corpus.texts[one.reference.text].name)}: {one.words}" for one in found)
    choices = tuple(Choice(shortened(label), str(one.reference)) for label, one in zip(labels, found, strict=True))
    said = f"No passage has these words, but they are in {what}. Read on from there:"
    parts: list[AnyPart] = [Prose(said), Menu("Read from there", "read.page", choices, listed=True)]
    if close:
        parts += [Prose("Passages that are close:"), passage_list(ctx, "Show a passage", close[:OTHERS])]
    return Reply("No exact match", tuple(parts), private=True)


async def _close_reply(ctx: Context, words: str, text: TextId | None, found: SearchResult) -> Reply:
    """What comes close, where no passage has all the words."""
    is_guess = all(hit.grade == "meaning" for hit in found.hits)
    elsewhere = await ctx.corpus.hybrid_search(words) if text and is_guess else SearchResult()
    matches = elsewhere.matches if found.hits else elsewhere.known_matches()
    if text and matches:
        # Better than a passage of this text that only means something alike.
        said = f"No match for “{shortened(words, 60)}” in {ctx.corpus.texts[text].name}. Elsewhere:"
        note = partial_search_note(is_partial=elsewhere.is_partial)
        parts: tuple[AnyPart, ...] = (Prose(said), passage_list(ctx, "Show a passage", matches[:OTHERS]), *note)
        return Reply("Nothing found", parts, private=True)
    return partial_reply(ctx, found) if found.hits else await _not_found(ctx, words, found)


async def _not_found(ctx: Context, words: str, found: SearchResult) -> Reply:
    said = f"No match for “{shortened(words, 60)}”."
    hint = "Did you mean:" if found.suggestions else "Try a single keyword, or browse with /read."
    buttons = tuple(Button(near, "quote.words", near) for near in found.suggestions[:5])
    parts = filter(None, (said, await _language_remark(ctx, words, found), hint))
    return Reply("Nothing found", (Prose(" ".join(parts)), *provisional_note(found)), buttons, private=True)


async def _language_remark(ctx: Context, words: str, found: SearchResult) -> str:
    """That the texts are in English, where the asker may not know: said as a maybe, where the words look English."""
    if not ctx.corpus.english_texts.are_all or not any(map(str.isalpha, words)):
        return ""
    if not words.isascii() or not (await ctx.asker.person()).locale.startswith("en"):
        return "The texts are in English."
    typed = [one.word for one in content_words(words) if one.word.isalpha() and len(one.word) > _SHORT]
    if found.suggestions or not typed or any(map(is_english, typed)):
        return ""
    return "If that isn't English, try an English word: the texts are in English."
