"""Facts: one for anybody now, and which one a channel gets on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Note, Prose, Quote, Reply
from bot.platforms.discord.rendering.render import render as on_discord
from bot.platforms.slack.rendering.render import render as on_slack
from bot.platforms.terminal.render import plain
from bot.platforms.typed_commands import answer_line
from cogs.fact import choose_fact, daily_reply, fact_reply, facts_on
from cogs.shared.dates import long_date
from corpus.calendar import HistoricalDate
from corpus.corpus import Corpus
from corpus.note_model import Fact
from tests.cogs.test_promises import check_quotes
from tests.conftest import Ask, Press
from tests.platforms.discord import limits_check as discord_limits
from tests.platforms.slack import limits_check as slack_limits

DAY = timedelta(days=1)
PLAIN_DAY = date(2026, 6, 1)
EVERY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(reply: Reply) -> str:
    return next(part.words for part in reply.parts if isinstance(part, Prose))


def anniversaries(corpus: Corpus, day: date) -> set[str]:
    """The facts of a day of the year, by New Style."""
    dated = ((fact.id, fact.date.new_style) for fact in corpus.notes.facts if fact.date and fact.date.day)
    return {name for name, known in dated if (known.month, known.day) == (day.month, day.day)}


def dated(corpus: Corpus, day: str) -> set[str]:
    """The facts of a day, by New Style."""
    return {fact.words for fact in corpus.notes.facts if fact.date and str(fact.date.new_style) == day}


async def test_a_fact_has_its_passage_and_leads_to_it(ask: Ask, press: Press, corpus: Corpus) -> None:
    reply = await ask("/fact")
    assert said(reply) in {fact.words for fact in corpus.notes.facts}
    check_quotes(corpus, reply)
    [quote] = reply.quotes()
    [context, another] = reply.buttons
    assert (context.action, context.value) == ("quote.context", quote.reference)
    assert not (await press(context.action, context.value)).error
    assert said(await press(another.action, another.value)) in {fact.words for fact in corpus.notes.facts}


@pytest.mark.parametrize("typed", ["coalition", "Coalition", "coaltion", "power-sharing"])
async def test_a_topic_is_known_by_its_name_a_slip_or_a_synonym(ask: Ask, corpus: Corpus, typed: str) -> None:
    wanted = {fact.words for fact in facts_on(corpus, "coalition")}
    for _ in range(10):
        assert said(await ask(f"/fact {typed}")) in wanted


async def test_an_unknown_topic_is_told_with_those_that_are_near(ask: Ask) -> None:
    assert (await ask("/fact zeppelins")).error == "No fact has “zeppelins”. /fact alone gets any one."
    assert "Did you mean The Red Army" in (await ask("/fact army zeppelins")).error


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ice axe", "axe"),
        ("Mexico", "Mexico"),
        ("train", "train"),
        ("gunpowder", "gunpowder"),
        ("gunpwoder", "gunpowder"),
        ("Kronstadt sailors", "Kronstadt"),
        ("goatee", "goatee"),
    ],
)
async def test_a_fact_has_the_words_that_were_typed(ask: Ask, press: Press, typed: str, word: str) -> None:
    reply = await ask(f"/fact {typed}")
    for _ in range(5):
        assert word in said(reply) + "".join(quote.words for quote in reply.quotes())
        if another := next((one for one in reply.buttons if one.action == "fact.another"), None):
            reply = await press(another.action, another.value)


@pytest.mark.parametrize("typed", ["8 November 1917", "8 November", "26 October 1917 OS", "8. November", "1917-11-08"])
async def test_a_fact_of_a_date_is_one_that_is_dated_then(ask: Ask, press: Press, corpus: Corpus, typed: str) -> None:
    of_the_day = dated(corpus, "8 November 1917")
    reply = await ask(f"/fact {typed}")
    assert said(reply) in of_the_day
    for button in reply.buttons:
        if button.label == "Another fact":
            assert said(await press(button.action, button.value)) in of_the_day


async def test_a_fact_of_today_is_one_of_this_day_of_the_year(app: App, ctx: Context, ask: Ask) -> None:
    of_the_day = dated(app.corpus, "8 November 1917")
    anniversary = replace(ctx, now=datetime(2026, 11, 8, 12, tzinfo=UTC))
    for typed in ("today", "on this day", "heute"):
        assert said(await answer_line(app, f"/fact {typed}", anniversary)) in of_the_day
    nothing = await ask("/fact today")
    assert said(nothing) == "No fact for 22 November. /event may know what happened then."
    assert [button.label for button in nothing.buttons] == ["Any fact"]
    assert (await ask("/fact 30 February")).error


async def test_a_button_for_a_topic_that_is_no_more_says_what_to_do(press: Press) -> None:
    assert "/fact" in (await press("fact.another", "no-such-topic")).error


async def test_every_fact_fits_into_one_message_on_each_platform(corpus: Corpus) -> None:
    for fact in corpus.notes.facts:
        reply = daily_reply(corpus, fact, PLAIN_DAY, PLAIN_DAY)
        check_quotes(corpus, reply)
        [page] = pages = on_discord(reply, {name: text.colour for name, text in corpus.texts.items()})
        discord_limits.check(pages)
        assert page.components
        [message] = on_slack(reply)
        slack_limits.check_message(message.payload)
        assert fact.words.split()[-1] in plain(reply, None)


async def test_a_fact_with_a_date_says_it_in_both_calendars(corpus: Corpus) -> None:
    dated = [fact for fact in corpus.notes.facts if fact.date and fact.date.day]
    assert dated
    for fact in dated:
        assert fact.date
        assert f"Date: {long_date(fact.date)}." in [
            part.words for part in fact_reply(corpus, fact).parts if isinstance(part, Prose)
        ]


async def test_on_a_day_of_the_corpus_its_fact_comes_first_by_new_style(corpus: Corpus) -> None:
    facts = corpus.notes.facts
    days = [date(2026, 1, 1) + n * DAY for n in range(365)]
    memorable = [day for day in days if anniversaries(corpus, day)]
    assert date(2026, 11, 8) in memorable
    for day in memorable:
        posted = {fact.id: 5 for fact in facts if fact.id in anniversaries(corpus, day)}
        fact = choose_fact(facts, day, posted, "seed")
        assert fact.id in anniversaries(corpus, day)
        assert daily_reply(corpus, fact, day, day).title == "On this day"
    # 25 October Old Style is 7 November: nothing is remembered on the day that only the old calendar names.
    for day in set(days) - set(memorable):
        assert daily_reply(corpus, choose_fact(facts, day, {}, "seed"), day, day).title == "The fact of the day"


@pytest.mark.parametrize(
    ("day", "remembered"),
    [
        (date(2028, 2, 29), True),
        (date(2028, 2, 28), False),
        (date(2026, 2, 28), True),
        (date(2100, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
@pytest.mark.parametrize(
    "known",
    [HistoricalDate(1904, 2, 29), HistoricalDate(1904, 2, 16, "julian")],
    ids=["New Style", "Old Style"],
)
async def test_what_happened_on_29_february_is_remembered_every_year(
    corpus: Corpus, known: HistoricalDate, day: date, remembered: bool
) -> None:
    passages = corpus.notes.facts[0].references
    facts = [Fact(f"f{number}", "Words.", known if number == 7 else None, (), passages) for number in range(12)]
    found = choose_fact(facts, day, {"f7": 5}, "seed")
    assert (found.id == "f7") == remembered
    # It is not that day, on which nobody claims that it is.
    assert (daily_reply(corpus, found, day, day).title == "On this day") == (day == date(2028, 2, 29))


@settings(EVERY_TIME, max_examples=60)
@given(seed=st.text(max_size=16), start=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
async def test_no_fact_comes_again_before_all_have_come(corpus: Corpus, seed: str, start: date) -> None:
    facts = corpus.notes.facts
    posted: Counter[str] = Counter()
    for n in range(len(facts)):
        day = start + n * DAY
        fact = choose_fact(facts, day, posted, seed)
        if fact.id not in anniversaries(corpus, day):
            assert posted[fact.id] == min(posted[other.id] for other in facts)
        posted[fact.id] += 1
    assert max(posted.values()) <= 1 + len({day.year for day in (start, start + len(facts) * DAY)})


@pytest.mark.parametrize(("topic", "apart"), [("", 30), ("coalition", 8), ("masses", 2)])
async def test_no_fact_comes_again_within_a_few_weeks_nor_days_where_there_are_few(
    corpus: Corpus, topic: str, apart: int
) -> None:
    facts, posted, last = facts_on(corpus, topic), Counter[str](), dict[str, date]()
    for n in range(400):
        day = date(2026, 6, 1) + n * DAY
        fact = choose_fact(facts, day, posted, "seed")
        assert day - last.get(fact.id, date.min) > apart * DAY
        posted[fact.id] += 1
        last[fact.id] = day


async def test_two_channels_do_not_march_in_step(corpus: Corpus) -> None:
    orders = [order(corpus.notes.facts, seed, 60) for seed in ("a", "b", "c")]
    assert len(set(orders)) == 3
    for one, other in pairwise(orders):
        assert sum(a == b for a, b in zip(one, other, strict=True)) < 10


async def test_the_second_time_round_has_another_order(corpus: Corpus) -> None:
    facts = facts_on(corpus, "coalition")
    whole = order(facts, "a", 2 * len(facts))
    assert whole[: len(facts)] != whole[len(facts) :]
    assert set(whole[: len(facts)]) == set(whole[len(facts) :])


def order(facts: Sequence[Fact], seed: str, days: int) -> tuple[str, ...]:
    """The facts of so many days on which nothing is remembered."""
    posted: Counter[str] = Counter()
    names = []
    for _ in range(days):
        names.append(choose_fact(facts, PLAIN_DAY, posted, seed).id)
        posted[names[-1]] += 1
    return tuple(names)


async def test_the_editors_note_on_a_fact_is_shown_as_theirs_wherever_the_fact_is(corpus: Corpus) -> None:
    noted = [fact for fact in corpus.notes.facts if fact.note]
    assert {"evaporated-by-sunrise", "haystack-and-wig", "strike-force", "revolution-betrayed"} <= {
        one.id for one in noted
    }
    for fact in noted:
        for reply in (fact_reply(corpus, fact), daily_reply(corpus, fact, PLAIN_DAY, PLAIN_DAY)):
            assert Note(fact.note) in reply.parts
            assert fact.note not in said(reply)


async def test_a_fact_shows_every_passage_that_it_rests_on_under_its_text(corpus: Corpus) -> None:
    for fact in corpus.notes.facts:
        reply = fact_reply(corpus, fact)
        shown = {part.reference for part in reply.parts if isinstance(part, Quote)}
        assert shown == {str(one.reference) for place in fact.references for one in corpus.passages(place)}
        assert (reply.text is None) == (len({one.text for one in fact.references}) > 1)


async def test_nothing_can_be_left_out(ask: Ask) -> None:
    assert "I can't leave anything out." in (await ask("/fact not Lenin")).error


@pytest.mark.parametrize(
    ("command", "none"),
    [("fact", "No fact has"), ("event", "No event found for"), ("timeline", "I don't know the topic")],
)
async def test_words_that_no_note_has_lead_to_the_texts(ask: Ask, command: str, none: str) -> None:
    reply = await ask(f"/{command} dynamite")
    assert f"{none} “dynamite”." in (reply.error or said(reply))
    assert [(one.label, one.value) for one in reply.buttons][-1] == ("Look in the texts", "dynamite")


@pytest.mark.parametrize("typed", ["another", "another one", "next", "more"])
async def test_who_asks_for_another_fact_gets_one(ask: Ask, typed: str) -> None:
    assert (await ask(f"/fact {typed}")).title == "A fact"
