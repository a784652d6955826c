"""Compare the texts on a topic."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from bot.core.command import action, alone, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Menu, Note, Prose, Reply
from cogs.compare.findings import (
    DIFFERENCES,
    Findings,
    MarksByReference,
    beyond_comparison,
    by_other_names,
    in_all,
    in_each,
    search_or_partial,
)
from cogs.shared.asker import refuse_exclusion
from cogs.shared.compared_passages import compared_passages, passages_reply
from cogs.shared.foreign_names import with_latin_names
from cogs.shared.lists import MENU, fits_button, page_buttons, page_number, paginate, shortened
from cogs.shared.other_words import without_markup, without_text_name
from cogs.shared.quotations import partial_search_note, passages_by_text
from cogs.shared.references import TextIds, suggest_texts
from cogs.shared.search_operators import refuse_operators
from cogs.shared.several_questions import one_at_a_time, several_questions
from cogs.shared.speakers import speakers_called
from cogs.shared.topics import suggest_topics
from cogs.shared.unfinished import refuse_unfinished
from corpus.errors import NotUnderstood, OutOfTime
from corpus.examples import Example
from corpus.language.phrasing import and_list, capitalized
from corpus.language.tokens import content_words, folded
from corpus.names.comparison_questions import (
    SUBJECT_LINKS,
    compared_subjects,
    names_texts,
    subject_of_comparison,
    texts_of_comparison,
)
from corpus.names.speaker_questions import speaker_question
from corpus.note_model import Topic
from corpus.search.search_result import SearchResult

PAGE = 10
"""Topics that are listed at once."""
NAMES = 8
"""Other names of a topic that are listed."""
SUBJECTS = 5
"""Things that are compared with each other at most."""
_ELSE = "Try a single keyword, or /compare alone for a list of topics."
_WITH = re.compile(r" (?:with|to|versus|vs\.?) ")
_TIMES = 5
"""Places where a word that parts the texts from the topic is looked for."""
_LONGEST = 60
"""Characters of the longest name of a topic."""


async def _suggest_texts(ctx: Context, typed: str) -> list[Choice]:
    return suggest_texts(ctx.corpus, typed)


@alone("A list of topics")
@command(
    "compare",
    also="topic topics contrast versus",
    example=Example.SUBJECT,
    suggest={"topic": suggest_topics, "texts": _suggest_texts},
    topic="A topic, any words, or references to passages",
    texts="Only these texts, two or more, with commas between them",
)
async def compare(ctx: Context, topic: str = "", texts: TextIds | None = None) -> Reply:
    """Compare what each text says about a topic.

    Without a topic you get a list of topics to choose from.
    """
    return await _answer(ctx, topic, texts)


async def _answer(ctx: Context, topic: str, texts: TextIds | None = None) -> Reply:
    topic = without_markup(topic).strip() or topic
    refuse_unfinished(ctx.corpus, "compare", topic)
    named = with_latin_names(ctx.corpus, topic)
    if named != topic and not (await search_or_partial(ctx, topic)).matches:
        topic = named
    if not topic or (not texts and (names_texts(topic) or TextIds.is_list(topic, ctx.corpus))):
        return _topic_list(ctx, 1)
    if reply := one_at_a_time(several_questions(topic), "compare.words"):
        return reply
    if passages := compared_passages(ctx.corpus, topic):
        return passages_reply(ctx, passages)
    refuse_operators(topic)
    subjects = compared_subjects(topic)
    if subjects and not texts and TextIds.is_list(", ".join(subjects), ctx.corpus):
        topic = DIFFERENCES
    if not ctx.corpus.finder.topic(topic):
        topic, named = _subject(ctx, topic)
        texts = texts or _some_of_all(ctx, named)
    curated = ctx.corpus.finder.topic(topic)
    if curated:
        refuse_exclusion(topic)  # other words may be a text's: “not we but the Provisional Government”
    if texts:
        return await _among_reply(ctx, curated, topic, texts)
    if curated:
        return topic_reply(ctx, curated, await beyond_comparison(ctx, curated, topic), topic)
    found = await ctx.corpus.index.search(topic, suggests=False)
    if found.known_matches():
        return await _search_reply(ctx, topic, found)
    alone, text = without_text_name(ctx.corpus, topic, in_part=True)
    return await _answer(ctx, alone) if text else await _not_found(ctx, topic, found)


def _subject(ctx: Context, typed: str) -> tuple[str, str]:
    """What was typed, without the question around it, and the texts in it: "what does the speech say about peace"."""
    question = speaker_question(typed)
    if question and TextIds.is_list(question.name, ctx.corpus):
        return question.topic, question.name
    for before, after in _parted(typed, " in "):
        if TextIds.is_list(names := after.replace(" in ", " "), ctx.corpus):
            return before, names
    for before, after in (pair for link in SUBJECT_LINKS for pair in _parted(typed, f" {link} ")):
        for names in (_WITH.sub(" and ", one) for one in (before, texts_of_comparison(before))):
            if TextIds.is_list(names, ctx.corpus):
                return after, names
    return subject_of_comparison(typed), ""


def _some_of_all(ctx: Context, names: str) -> TextIds | None:
    """The texts that are named beside a topic, where they are several and not all."""
    if not names:
        return None
    try:
        found = TextIds.parse(names, ctx.corpus)
    except NotUnderstood:
        return None  # one alone: it is compared with all others
    return found if len(found) < len(ctx.corpus.texts) else None


def _parted(typed: str, word: str) -> Iterator[tuple[str, str]]:
    """What is before and after a word, wherever it is among the first few."""
    start = -1
    for _ in range(_TIMES):
        start = typed.find(word, start + 1)
        if start < 0:
            return
        yield typed[:start], typed[start + len(word) :]


@action("compare.show", replaces=True)
async def show_topic(ctx: Context, value: str) -> Reply:
    """A curated topic."""
    for topic in ctx.corpus.notes.topics:
        if topic.id == value:
            return topic_reply(ctx, topic, await beyond_comparison(ctx, topic))
    raise UserError("That topic is gone. /compare lists them all.")


@action("compare.words", replaces=True)
async def compare_words(ctx: Context, value: str) -> Reply:
    """What each text says about one of the things that were to be compared."""
    return await _answer(ctx, value)


@action("compare.topics", replaces=True)
async def topics_page(ctx: Context, value: str) -> Reply:
    """Another page of topics."""
    return _topic_list(ctx, page_number(value) or 1)


async def _among_reply(ctx: Context, topic: Topic | None, typed: str, texts: TextIds) -> Reply:
    """What some of the texts say: what the editors chose, and what is found where they compared nothing."""
    compared = ctx.corpus.finder.compared_texts if topic else set()
    found = await in_each(ctx, typed, [one for one in texts if one not in compared][:MENU])
    found = await by_other_names(ctx, topic, found) if topic else found
    marks: MarksByReference = {one: () for one in topic.references if one.text in texts} if topic else {}
    marks |= found.marks
    if not marks and found.is_partial:
        raise OutOfTime
    if not marks:
        names = and_list(ctx.corpus.texts[one].name for one in texts[:NAMES])
        said = f"“{shortened(typed, 60)}” is not in {names}."
        return Reply("Nothing to compare", (Prose(said), Prose("Try a single keyword, or other texts.")), private=True)
    # The editors' comparison is of their texts together: beside one of them alone it would be about what is not shown.
    is_whole = topic is not None and compared <= set(texts)
    notes = (Note(f"{_scope(ctx)}{topic.comparison}"),) if topic and is_whole else ()
    title = topic.name if topic else "Passages with these words"
    known = [one for one in texts if one in compared or one in found.texts]
    parts = (
        *partial_search_note(is_partial=found.is_partial),
        *passages_by_text(ctx.corpus, marks, marks, known, of_all_words=not topic and _are_several(ctx, typed)),
    )
    return Reply(title, (*parts, *notes))


def _content(words: str) -> set[str]:
    return {one.stem for one in content_words(words)}


def topic_reply(ctx: Context, topic: Topic, beyond: Findings, typed: str = "") -> Reply:
    """A curated topic: its other names, the editors' comparison, and passages of each text.

    `beyond` are passages of texts that the comparison does not cover. The name that was typed comes first.
    """
    own, others = folded(topic.name), _by_form(topic.synonyms)
    read = _name_read([own, *others], typed)
    names = [name for form, name in sorted(others.items(), key=lambda one: one[0] != read) if form != own]
    is_slip = not (_content(read) <= _content(typed) or _content(typed) <= _content(topic.name))
    more = ", …" if len(names) > NAMES else ""
    references = [*topic.references, *beyond.marks]
    comparison = Note(f"{_scope(ctx)}{topic.comparison}")
    also = (Prose(f"Also: {', '.join(names[:NAMES])}{more}"),) if names else ()
    corrected = (Prose(f"Showing results for “{read}”."),) if is_slip else ()
    partial = partial_search_note(is_partial=beyond.is_partial)
    shown = passages_by_text(ctx.corpus, references, beyond.marks, _in_order(ctx, beyond))
    return Reply(topic.name, (*corrected, *also, *partial, *shown, comparison))


def _in_order(ctx: Context, found: Findings) -> list[str]:
    """The texts of which it is known what they say, if anything, in order."""
    return [text for text in ctx.corpus.texts if text in found.texts]


def _by_form(names: Sequence[str]) -> dict[str, str]:
    """Names by what they are folded, in order; of two that are the same then, the first."""
    return dict(reversed({folded(name): name for name in reversed(names)}.items()))


def _name_read(names: Sequence[str], typed: str) -> str:
    """Which of a topic's folded names somebody typed, perhaps with a slip."""
    wanted = folded(typed[:_LONGEST])
    # Where nothing slipped, nothing has to be compared letter by letter.
    return wanted if wanted in names else next(iter(get_close_matches(wanted, names, n=1, cutoff=0.5)), "")


def _scope(ctx: Context) -> str:
    """Which texts the editors compared, where there are more of them; else nothing."""
    compared = ctx.corpus.finder.compared_texts
    names = [text.name for text in ctx.corpus.texts.values() if text.id in compared]
    return f"On {and_list(names)}: " if len(names) < len(ctx.corpus.texts) else ""


async def _search_reply(ctx: Context, typed: str, found: SearchResult) -> Reply:
    """What all texts say in these words: what has only some of them is no answer to a comparison."""
    everywhere = await in_all(ctx, typed, found, ())
    corrected = [taken for _, taken in found.corrections]
    parts: list[AnyPart] = [Prose(f"Showing passages with “{', '.join(corrected)}”.")] if corrected else []
    marks = everywhere.marks
    asked = _in_order(ctx, everywhere)
    shown = passages_by_text(ctx.corpus, marks, marks, asked, of_all_words=_are_several(ctx, typed))
    note = partial_search_note(is_partial=everywhere.is_partial)
    own = _own_words(ctx, typed, [one for one in asked if all(at.text != one for at in marks)])
    return Reply("Passages with these words", (*parts, *note, *own, *shown))


def _are_several(ctx: Context, typed: str) -> bool:
    """Whether words were typed of which a text may have one without the other, and not somebody's name."""
    return len(content_words(typed)) > 1 and not ctx.corpus.finder.people(typed)


def _own_words(ctx: Context, typed: str, silent: Sequence[str]) -> Iterator[Prose]:
    """That texts which do not mention somebody are theirs, or have their words."""
    people = {one.id: one for one in ctx.corpus.finder.people(typed)}
    for text in silent:
        if (speaker := ctx.corpus.token_index.own_speaker(text).person) in people:
            said = f"{capitalized(ctx.corpus.texts[text].name)} is in the words of {people[speaker].name}."
            yield Prose(said)
        elif not people and (names := speakers_called(ctx.corpus.texts[text], typed)):
            yield Prose(f"{capitalized(ctx.corpus.texts[text].name)} has the words of {and_list(names[:NAMES])}.")


def _topic_list(ctx: Context, number: int) -> Reply:
    page = paginate(ctx.corpus.notes.topics, number, PAGE)
    if not page.items:
        return Reply("Topics", (Prose("The editors have chosen no topics. /compare takes any words."),), private=True)
    title = f"Topics, {page.range}" if page.range else "Topics"
    return Reply(title, (_topic_menu(page.items),), page_buttons(page, "compare.topics", str), private=True)


def _topic_menu(topics: Sequence[Topic]) -> Menu:
    choices = tuple(Choice(shortened(capitalized(topic.name)), topic.id) for topic in topics)
    return Menu("Choose a topic", "compare.show", choices, listed=True)


async def _not_found(ctx: Context, typed: str, found: SearchResult) -> Reply:
    if subjects := compared_subjects(typed)[:SUBJECTS]:
        together = await search_or_partial(ctx, " ".join(subjects))
        if together.known_matches():
            return await _search_reply(ctx, " ".join(subjects), together)
        return await _one_by_one(ctx, typed, subjects, found)
    near = ctx.corpus.finder.near_topics(typed)[:5]
    said = f"“{shortened(typed, 60)}” isn't in the texts."
    own = tuple(islice(_own_words(ctx, typed, [*ctx.corpus.texts]), NAMES))
    if own or _are_several(ctx, typed):
        said = f"No passage has all the words of “{shortened(typed, 60)}”."
    instead: AnyPart = Prose(_ELSE)
    if near:
        said, instead = f"{said} Did you mean:", _topic_menu(near)
    return Reply("Nothing to compare", (Prose(said), *own, instead), _close_passages(typed, found), private=True)


async def _one_by_one(ctx: Context, typed: str, subjects: Sequence[str], found: SearchResult) -> Reply:
    """Each of the things that were to be compared, where no passage has them together: a topic, or its passages."""
    topics = {one: topic.name for one in subjects if (topic := ctx.corpus.finder.topic(one))}
    others = [one for one in subjects if one not in topics]
    results = await asyncio.gather(*(search_or_partial(ctx, one) for one in others))
    each = zip(others, results, strict=True)
    missing = [one for one, result in each if not (result.known_matches() or result.is_partial)]
    missing = [one for one in missing if not any(speakers_called(text, one) for text in ctx.corpus.texts.values())]
    there = dict.fromkeys(topics.get(one, one) for one in subjects if one not in missing)
    choices = tuple(Choice(shortened(capitalized(one)), one) for one in there if fits_button(one))
    absent = and_list(f"“{shortened(one, 30)}”" for one in missing)
    verb = "isn't" if len(missing) == 1 else "aren't"
    said = f"No passage has all the words of “{shortened(typed, 60)}”."
    said += f" {absent} {verb} in the texts." if missing else ""
    parts: tuple[AnyPart, ...] = (Prose(said), Prose(_ELSE))
    if choices:
        parts = (
            Prose(f"{said} Look at one after the other:"),
            Menu("Choose one", "compare.words", choices, listed=True),
        )
    return Reply("Nothing to compare", parts, _close_passages(typed, found), private=True)


def _close_passages(typed: str, found: SearchResult) -> tuple[Button, ...]:
    return (Button("Passages close to it", "quote.words", typed),) if found.hits and fits_button(typed) else ()
