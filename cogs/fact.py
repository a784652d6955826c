"""Facts about the texts: one for anyone now, and which one a channel gets today."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

import msgspec

from bot.core.calls import Call
from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import Mistyped, UserError, user_error
from bot.core.reply import AnyPart, Button, Choice, Note, Prose, Reply
from cogs.shared.asker import dates_of, refuse_exclusion
from cogs.shared.dates import long_date
from cogs.shared.foreign_names import with_latin_names
from cogs.shared.lists import MENU, fits_button, shortened
from cogs.shared.other_words import texts_button
from cogs.shared.quotations import quotes, text_heading
from cogs.shared.search_operators import refuse_operators
from cogs.shared.unfinished import refuse_unfinished
from corpus.corpus import Corpus
from corpus.date_reading import Dates, read_dates
from corpus.errors import NotUnderstood, OutOfTime
from corpus.language.tokens import folded
from corpus.names.quotation_requests import fact_request
from corpus.note_model import Fact
from corpus.questions.whole_sentences import has_full_stop, has_whole_quotations, is_whole_sentence, points_back
from corpus.reference import Reference

_NEAR = 30
"""Days around a fact's own day on which it rather does not come by turns: it would come twice in a few weeks."""
_LEAP_YEAR = 2000
_YEAR = 366
_PASSAGES = 366
"""Passages that take the place of facts where there are none: one a day for a year."""
_LOOKED_AT = 4_000
"""Sentences that are looked at for them, from all over the texts."""
_FEWEST, _MOST = 12, 45
"""Words of such a passage."""


class TopicId(str):
    """The id of a topic of the corpus on which there are facts."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TopicId:
        """The topic that a name, a synonym or an id stands for. Raises NotUnderstood with topics that are near."""
        topic = corpus.finder.topic(with_latin_names(corpus, typed))
        if topic and facts_on(corpus, topic.id):
            return cls(topic.id)
        near = [one.name for one in corpus.finder.near_topics(typed) if facts_on(corpus, one.id)]
        raise NotUnderstood(f"I have no facts on that topic.{'' if near else ' /compare lists topics.'}", near[:3])


async def suggest_fact_topics(ctx: Context, typed: str) -> list[Choice]:
    """Topics on which there are facts, for a topic half typed."""
    found = ctx.corpus.finder.suggest_topics(typed, limit=MENU)
    return [Choice(topic.name, topic.name) for topic in found if facts_on(ctx.corpus, topic.id)]


@command(
    "fact",
    also="facts",
    example="",
    suggest={"topic": suggest_fact_topics},
    topic="Only on this topic, with these words, or of this date: today",
)
async def fact(ctx: Context, topic: str = "") -> Reply:
    """Get a fact, with the passage behind it."""
    refuse_exclusion(topic)
    refuse_operators(topic)
    refuse_unfinished(ctx.corpus, "fact", topic)
    topic = fact_request(topic)
    if asked := await dates_of(ctx, topic):
        return _fact_of_dates(ctx, asked)
    return await _fact_about(ctx, topic)


@action("fact.another", replaces=True)
async def another_fact(ctx: Context, value: str) -> Reply:
    """Another fact on the same topic, with the same words, or of the same date."""
    asked = read_dates(value)
    return _fact_of_dates(ctx, asked) if asked else await _fact_about(ctx, value)


@action("fact.show")
async def show_fact(ctx: Context, value: str) -> Reply:
    """One fact, by its id."""
    for one in facts_on(ctx.corpus, ""):
        if one.id == value:
            return fact_reply(ctx.corpus, one, (_another_button(""),))
    raise UserError("That fact is not in the notes any more. /fact gets another one.")


def _facts_about(corpus: Corpus, typed: str) -> Sequence[Fact]:
    """The facts that have the words, those on the topic of this name first; without such, all on the topic.

    Raises NotUnderstood, with topics that are near, where there is none.
    """
    topic = corpus.finder.topic(typed)
    known = facts_on(corpus, topic.id) if topic else ()
    if not typed or (topic and known and folded(typed) in (topic.id, folded(topic.name))):
        return known or facts_on(corpus, "")
    mentioning = corpus.finder.facts_mentioning(typed)
    if found := [one for one in known if one in mentioning] or mentioning or known:
        return found
    near = [one.name for one in corpus.finder.near_topics(typed) if facts_on(corpus, one.id)]
    hint = "" if near else " /fact alone gets any one."
    raise NotUnderstood(f"No fact has “{shortened(typed, 60)}”.{hint}", near[:3])


async def _fact_about(ctx: Context, typed: str) -> Reply:
    """A fact with the words; where the editors wrote no facts, a passage with them.

    Raises UserError with a way on, where there is neither.
    """
    if ctx.corpus.notes.facts or not typed:
        try:
            return _random_fact(ctx, _facts_about(ctx.corpus, with_latin_names(ctx.corpus, typed)), typed)
        except NotUnderstood as error:
            ways = [Button(shortened(one, 60), "fact.another", one) for one in error.near]
            raise user_error(error, (*ways, *texts_button(typed))) from None
    found = await ctx.corpus.index.search(typed, suggests=False)
    if found.is_partial and not found.matches:
        raise OutOfTime
    passages = [hit.reference for hit in found.matches]
    if not passages:
        any_fact = Button("Any fact", "fact.another", "")
        raise Mistyped(f"No passage has “{shortened(typed, 60)}”. /fact alone gets any one.", [any_fact])
    whole = [one for one in passages if _reads_well(ctx.corpus.passages(one)[0].words)]
    return _random_fact(ctx, [_passage_as_fact(ctx.corpus, one) for one in whole or passages], typed)


def _random_fact(ctx: Context, choices: Sequence[Fact], typed: str) -> Reply:
    if not choices:
        raise UserError("There are no facts on these texts. /quote shows a passage of them.")
    another = (_another_button(typed),) if len(choices) > 1 and fits_button(typed) else ()
    return fact_reply(ctx.corpus, ctx.dice.choice(choices), another)


def _fact_of_dates(ctx: Context, asked: Dates) -> Reply:
    """A fact that is dated then, or word that there is none."""
    found = [one for one in ctx.corpus.notes.facts if one.date and asked.matches(one.date)]
    if not found:
        none = Prose(f"No fact for {asked}. /event may know what happened then.")
        return Reply("No fact found", (none,), (_another_button("", "Any fact"),), private=True)
    reply = fact_reply(ctx.corpus, ctx.dice.choice(found), (_another_button(str(asked)),) if len(found) > 1 else ())
    remark = (Prose(asked.remark),) if asked.remark else ()
    return msgspec.structs.replace(reply, parts=(*remark, *reply.parts))


def facts_on(corpus: Corpus, topic: str) -> tuple[Fact, ...]:
    """The facts on a topic; all of them where it is empty, or passages where the editors wrote none."""
    if not topic and not corpus.notes.facts:
        return _passages_as_facts(corpus)
    return tuple(fact for fact in corpus.notes.facts if not topic or topic in fact.topics)


@lru_cache(maxsize=8)
def _passages_as_facts(corpus: Corpus) -> tuple[Fact, ...]:
    """Sentences that can be read by themselves, from all over the texts, where there are no facts."""
    sample = ((one, corpus.passages(one)[0].words) for one in corpus.sentence_sample(_LOOKED_AT))
    whole = [(one, words) for one, words in sample if _reads_well(words)]
    alone = [(one, words) for one, words in whole if has_whole_quotations(words) and not points_back(words)]
    found = [one for one, _ in alone or whole]
    step = max(1, len(found) // _PASSAGES)
    return tuple(_passage_as_fact(corpus, one) for one in found[::step][:_PASSAGES])


def _passage_as_fact(corpus: Corpus, one: Reference) -> Fact:
    return Fact(f"passage {one}", f"A passage from {corpus.texts[one.text].name}.", None, (), (one,))


def _reads_well(words: str) -> bool:
    return _FEWEST <= len(words.split()) <= _MOST and is_whole_sentence(words) and has_full_stop(words)


def choose_fact(
    facts: Sequence[Fact], day: date, posted: Mapping[str, int], seed: str, today: Set[str] = frozenset()
) -> Fact:
    """The fact that a channel gets on a local day, of those there are, which is one at least.

    A fact of that very day (New Style) comes first; otherwise one of those posted least, so that none comes again
    before all have come, and rather not one whose own day is near. `posted` counts posts by a fact's id, `today` are
    the ids of those that the channel has had on the day by another schedule. The order is another for each `seed`.
    """
    fresh = [fact for fact in facts if fact.id not in today] or facts
    among = [fact for fact in fresh if _is_anniversary(fact, day)] or fresh
    fewest = min(posted.get(fact.id, 0) for fact in among)
    least = [fact for fact in among if posted.get(fact.id, 0) == fewest]
    rather = [fact for fact in least if _days_to_anniversary(fact, day) > _NEAR] or least
    # What comes in the first half of one round does so in all: none is the last of one and the first of the next.
    early = {fact.id for fact in sorted(facts, key=lambda fact: crc32(f"{seed} {fact.id}".encode()))[: len(facts) // 2]}
    first = [fact for fact in rather if fact.id in early] or rather
    return min(first, key=lambda fact: _shuffle_key(seed, fact, fewest))


def daily_reply(corpus: Corpus, fact: Fact, day: date, today: date) -> Reply:
    """The post of a local day, as it reads on `today`: after midnight, if it is late."""
    if day != today:
        title = f"The fact of {day:%A} {day.day} {day:%B}"
    else:
        is_that_day = fact.date is not None and _is_anniversary(fact, day) and fact.date.new_style.day == day.day
        title = "On this day" if is_that_day else "The fact of the day"
    return msgspec.structs.replace(fact_reply(corpus, fact), title=title)


def fact_reply(corpus: Corpus, fact: Fact, more: tuple[Button, ...] = ()) -> Reply:
    """A fact, its date, the passages it rests on, and what the editors add."""
    parts: list[AnyPart] = [Prose(fact.words)]
    if fact.date:
        parts.append(Prose(f"Date: {long_date(fact.date)}."))
    texts = list(dict.fromkeys(reference.text for reference in fact.references))
    for text in texts:
        parts.append(text_heading(corpus.texts[text]))
        parts.extend(one for place in fact.references if place.text == text for one in quotes(corpus, place))
    if fact.note:
        parts.append(Note(fact.note))
    buttons = (Button("In context", "quote.context", str(fact.references[0])), *more)
    repeat = Call("fact.show", (fact.id,)).encode()
    return Reply("A fact", tuple(parts), buttons, text=texts[0] if len(texts) == 1 else None, repeat=repeat)


def _another_button(value: str, label: str = "Another fact") -> Button:
    return Button(label, "fact.another", value)


def _is_anniversary(fact: Fact, day: date) -> bool:
    return _days_to_anniversary(fact, day) == 0


def _days_to_anniversary(fact: Fact, day: date) -> int:
    """How many days a fact's own day is away from another, before it or behind; of one without a day, a year."""
    if fact.date is None or fact.date.day is None:
        return _YEAR
    known = fact.date.new_style
    month, number = known.month or 1, known.day or 1
    if (month, number) == (2, 29) and not isleap(day.year):
        number = 28  # a year without that day remembers it on the day before
    ahead = date(_LEAP_YEAR, month, number) - date(_LEAP_YEAR, day.month, day.day)
    return min(ahead.days % _YEAR, -ahead.days % _YEAR)


def _shuffle_key(seed: str, fact: Fact, times: int) -> bytes:
    """A place in an order that differs for each seed, and for each time round."""
    return blake2b(f"{seed} {times} {fact.id}".encode(), digest_size=8).digest()
