"""Daily facts, step by step: each is posted once, on its day; failures are recorded, reported and recovered from."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from bot.core.clock import utc_now
from bot.core.job import Services
from bot.core.platform import TryLater
from bot.core.reply import Prose, Reply
from bot.core.times import TIMES, Times
from bot.scheduler.backoff import retry_delay
from bot.scheduler.loop import Scheduler
from bot.storage import deliveries, schedules
from bot.storage.claimant import Claimant
from bot.storage.owner import Owner
from cogs.daily.choice import resume_schedule
from cogs.daily.job import DailyJob, daily_jobs
from corpus.corpus import Corpus
from tests.bench.schedule import Block, crowded, watch
from tests.logs import capture_logs, quiet
from tests.processes import until, waits
from tests.scheduler.conftest import DAY, HOUR, MINUTE, NINE, TODAY, Study, schedule
from tests.scheduler.hub import Connection, Hub, Moody, daily

SECOND = timedelta(seconds=1)
SHARE = round(TIMES.a_second * TIMES.tick.total_seconds())
LATE = "I could not post within 6 hours"


def words(reply: Reply) -> str:
    return " ".join([reply.title, *(part.words for part in reply.parts if isinstance(part, Prose))])


async def test_what_is_due_is_posted_and_entered(study: Study) -> None:
    await study.put(schedule("a"), schedule("b", due_at=NINE + SECOND))
    quiet(logging.INFO)
    with capture_logs() as lines:
        await study.at(NINE)
    assert [(one["event"], one["schedule"], one["late"]) for one in lines] == [("posted", "a", 0)]
    [message] = study.hub.messages
    assert message.channel == "channel-a"
    assert message.reply.title == "The fact of the day"
    assert [*message.reply.quotes()]
    [entry] = await study.ledger("a")
    assert (entry.state, entry.message, entry.nonce) == ("sent", message.id, message.key)
    assert entry.fact in {fact.id for fact in study.corpus.notes.facts}
    one = await study.schedule("a")
    assert (one.due_at, one.due_date) == (NINE + DAY, TODAY + DAY)
    assert await study.ledger("b") == []


async def test_each_day_has_one_post_however_often_it_is_looked_at(long_study: Study) -> None:
    await long_study.put(schedule("a"))
    await long_study.until(NINE + 10 * DAY - MINUTE, every=17 * MINUTE)
    assert [message.at.date() for message in long_study.hub.messages] == [TODAY + n * DAY for n in range(10)]


async def test_two_loops_over_one_store_post_once(study: Study) -> None:
    await study.put(*(schedule(f"{n:02}") for n in range(40)))
    first = study.facts
    study.start()
    assert first
    assert study.facts
    for _ in range(20):
        await asyncio.gather(first.step(NINE), study.facts.step(NINE))
    assert len(study.hub.messages) == 40


async def test_a_day_whose_post_takes_long_to_prepare_is_posted_once_when_it_no_longer_does(study: Study) -> None:
    await study.put(schedule("a"))
    is_slow = True

    async def find_corpus(owner: Owner) -> Corpus:
        study.now += TIMES.lease / 2 if is_slow else SECOND
        return study.corpus

    connection = Connection(study.hub)
    services = Services(study.store, study.corpus, connection, lambda: study.now, find_corpus=find_corpus)
    facts = Scheduler([services], [daily_jobs])
    with capture_logs() as lines:
        await facts.step(NINE)
    assert [one["event"] for one in lines] == ["a post takes too long to prepare"]
    assert await study.outcomes("a") == [("failed", "it took too long to prepare")]
    is_slow = False
    for _ in range(9):
        study.now += MINUTE
        await facts.step(study.now)
    assert await study.outcomes("a") == [("sent", "")]
    assert len(study.hub.messages) == 1


async def test_a_late_start_posts_what_is_in_the_grace_period_and_enters_the_rest_as_skipped(study: Study) -> None:
    await study.put(schedule("a", due_at=NINE - 3 * DAY, due_date=TODAY - 3 * DAY))
    await study.put(schedule("b", due_at=NINE - 3 * DAY, due_date=TODAY - 3 * DAY))
    await study.put(schedule("weekly", days="4", due_at=NINE - 3 * DAY, due_date=TODAY - 3 * DAY))
    await study.at(NINE + 6 * HOUR - SECOND)
    assert await study.outcomes("a") == [("skipped", LATE)] * 3 + [("sent", "")]
    assert await study.outcomes("weekly") == [("skipped", LATE)]
    assert len(study.hub.messages) == 2
    assert [one.local_date for one in await study.ledger("b")] == [TODAY + n * DAY for n in (-3, -2, -1, 0)]


async def test_at_the_end_of_the_grace_period_it_is_too_late(study: Study) -> None:
    await study.put(schedule("a"))
    await study.at(NINE + 6 * HOUR)
    assert (await study.outcomes("a"), study.hub.messages) == ([("skipped", LATE)], [])
    study.start(times=Times(grace=HOUR))
    await study.at(NINE + DAY + HOUR)
    assert (await study.outcomes("a"))[1] == ("skipped", "I could not post within 1 hour")


async def test_years_away_are_entered_day_by_day_and_posted_once(study: Study) -> None:
    await study.put(schedule("a", due_at=NINE - 730 * DAY, due_date=TODAY - 730 * DAY))
    await study.at(NINE)
    entries = await study.ledger("a")
    assert [one.local_date for one in entries] == [TODAY + n * DAY for n in range(-730, 1)]
    assert [one.state for one in entries] == ["skipped"] * 730 + ["sent"]
    assert len(study.hub.messages) == 1


async def test_what_is_posted_after_midnight_says_which_day_it_is_of(study: Study) -> None:
    due = NINE + timedelta(hours=14, minutes=30)
    await study.put(schedule("a", local_time="23:30", due_at=due))
    await study.at(due + HOUR)
    [message] = study.hub.messages
    assert message.reply.title == "The fact of Sunday 22 November"


async def test_a_lost_answer_is_looked_up_before_anything_is_posted_again(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, "lost", "down", "lost")
    study.start(connection)
    await study.at(NINE)
    assert await study.outcomes("a") == [("failed", "no answer")]
    await study.until(NINE + HOUR)
    assert connection.calls == ["post", "find", "find", "find"]
    assert await study.outcomes("a") == [("sent", "")]
    assert [message.id for message in study.hub.messages] == [(await study.ledger("a"))[0].message]


async def test_an_answer_that_was_lost_with_the_post_is_posted_again(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, "down")
    study.start(connection)
    await study.until(NINE + HOUR)
    assert connection.calls == ["post", "find", "post"]
    assert len(study.hub.messages) == 1


async def test_each_try_posts_the_same_fact(study: Study) -> None:
    await study.put(schedule("a"))
    study.start(Moody(study.hub, "busy"))
    await study.at(NINE)
    [first] = await study.ledger("a")
    await study.until(NINE + HOUR)
    [last] = await study.ledger("a")
    assert (last.state, last.tries, last.fact) == ("sent", 2, first.fact)


async def test_who_is_busy_is_left_alone_as_long_as_it_asks(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, "busy")
    study.start(connection)
    await study.until(NINE + MINUTE - SECOND, every=SECOND)
    assert connection.calls == ["post"]
    await study.until(NINE + 2 * MINUTE, every=SECOND)
    assert connection.calls == ["post", "post"]


async def test_an_outage_is_tried_less_and_less_often_and_ends_with_the_grace_period(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, *["busy"] * 1000)
    study.start(connection)
    await study.until(NINE + 7 * HOUR)
    assert await study.outcomes("a") == [("failed", "too many posts")]
    assert 20 < len(connection.calls) < 60
    await study.at(NINE + DAY)
    assert len(await study.ledger("a")) == 2


async def test_a_history_that_stays_shut_is_not_written_over(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, "lost", *["down"] * 1000)
    study.start(connection)
    await study.until(NINE + 7 * HOUR)
    [entry] = await study.ledger("a")
    assert (entry.state, entry.unsure_from_at is not None, entry.open_at) == ("failed", True, None)
    assert connection.calls.count("post") == 1


@pytest.mark.parametrize(
    ("shut", "outcome"),
    [(["down"] * 5, ("sent", 8)), (["down"] * 99, ("failed", 20)), (["broken"] * 99, ("failed", 20))],
)
async def test_what_may_be_there_is_looked_for_after_the_grace_period_too_but_not_for_ever(
    study: Study, shut: list[str], outcome: tuple[str, int]
) -> None:
    await study.put(schedule("a"))
    study.now = NINE + 6 * HOUR - MINUTE
    study.start(Moody(study.hub, "well", "lost", *shut))
    await study.until(NINE + 12 * HOUR)
    [entry] = await study.ledger("a")
    assert (entry.state, entry.tries) == outcome
    assert entry.open_at is None
    assert len(study.hub.messages) == 1


def test_pauses_grow_and_are_spread() -> None:
    hub = Connection(Hub(lambda: NINE, remembers=MINUTE))
    busy, lost = TryLater("busy"), TryLater("lost", unknown=True)
    pauses = [retry_delay(n, busy, 0.5, TIMES, hub) for n in range(1, 30)]
    assert pauses == sorted(pauses)
    assert 10 * SECOND <= pauses[0] <= 15 * SECOND
    assert 15 * MINUTE <= pauses[-1] <= 23 * MINUTE
    assert len({retry_delay(1, busy, n / 64, TIMES, hub) for n in range(64)}) == 64
    assert retry_delay(1, TryLater("busy", 60.0), 0.0, TIMES, hub) == MINUTE
    assert retry_delay(1, TryLater("busy", 1e300), 0.0, TIMES, hub) == DAY
    assert retry_delay(1, lost, 0.0, TIMES, hub) == pauses[0] / 1.25
    assert retry_delay(1, lost, 0.0, TIMES, Connection(Hub(lambda: NINE))) == TIMES.first_look


async def test_a_fault_of_ours_is_one_channels_alone_and_is_tried_again(study: Study) -> None:
    await study.put(schedule("a"), schedule("b", due_at=NINE + SECOND))
    study.start(Moody(study.hub, "broken"))
    await study.at(NINE)
    await study.at(NINE + SECOND)
    assert [message.channel for message in study.hub.messages] == ["channel-b"]
    await study.until(NINE + 5 * MINUTE)
    assert await study.outcomes("a") == [("sent", "")]


class Stuck(Connection):
    """One channel gives no answer."""

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        if channel == "channel-a":
            await asyncio.sleep(600)
        return await super().post(channel, reply, key)


async def test_a_slow_channel_delays_nobody(study: Study) -> None:
    await study.put(schedule("a"), *(schedule(f"{n:02}", due_at=NINE + SECOND) for n in range(30)))
    study.now = NINE + SECOND
    study.start_in_real_time(Stuck(study.hub))
    assert study.facts
    running = asyncio.create_task(study.facts.run())
    async with asyncio.timeout(60):  # less than the slow channel takes
        await posted(study.hub, 30)
    await cancelled(running)
    assert "channel-a" not in {message.channel for message in study.hub.messages}


async def test_a_lease_goes_on_as_long_as_the_work_does(study: Study) -> None:
    await study.put(schedule("a"))
    study.start_in_real_time(Stuck(study.hub), times=structs.replace(TIMES, renewal=timedelta(milliseconds=40)))
    assert study.facts
    running = asyncio.create_task(study.facts.run())
    ends = set[datetime]()
    async with asyncio.timeout(60):
        while len(ends) < 3:
            await asyncio.sleep(0.02)
            ends |= {one.open_at for one in await study.ledger("a") if one.open_at}
    assert min(ends) > NINE
    assert max(ends) > min(ends) + timedelta(milliseconds=40)
    assert NINE + TIMES.lease < max(ends) <= study.hub.clock() + TIMES.lease
    await cancelled(running)


async def test_a_lost_permission_pauses_tells_once_and_names_what_mends_it(study: Study) -> None:
    await study.put(schedule("a"), schedule("b"))
    study.hub.missing["channel-a"] = ("Send Messages", "View Channel")
    await study.until(NINE + 5 * HOUR)
    assert await study.outcomes("a") == [("failed", "not allowed")]
    one = await study.schedule("a")
    assert (one.state, one.reason, one.told_at) == ("paused", "forbidden", NINE + MINUTE)
    [(person, notice)] = study.hub.told
    assert person == "ada"
    for expected in ("#channel-a", "Send Messages, View Channel", "/daily resume"):
        assert expected in words(notice)
    assert await study.outcomes("b") == [("sent", "")]


async def test_a_permission_that_is_back_is_noticed_and_what_was_missed_is_entered(long_study: Study) -> None:
    await long_study.put(schedule("a"))
    long_study.hub.missing["channel-a"] = ("Send Messages",)
    await long_study.until(NINE + 2 * DAY)
    long_study.hub.missing.clear()
    await long_study.until(NINE + 4 * DAY)
    assert await long_study.outcomes("a") == [
        ("failed", "not allowed"),
        ("skipped", "forbidden"),
        ("skipped", "forbidden"),
        ("sent", ""),
        ("sent", ""),
    ]
    assert len(long_study.hub.told) == 1


async def test_a_channel_that_refuses_though_all_seems_well_is_told_of_once(long_study: Study) -> None:
    await long_study.put(schedule("a"))
    long_study.start(Moody(long_study.hub, *["mute"] * 1000))
    await long_study.until(NINE + 3 * DAY + 7 * HOUR)
    assert await long_study.outcomes("a") == [("failed", "a bad hour")] * 4
    assert len(long_study.hub.told) == 1
    long_study.start()
    await long_study.until(NINE + 5 * DAY)
    assert (await long_study.outcomes("a"))[4:] == [("sent", "")] * 2
    long_study.start(Moody(long_study.hub, *["mute"] * 1000))
    await long_study.until(NINE + 7 * DAY + 7 * HOUR)
    assert len(long_study.hub.told) == 2


async def test_a_bad_hour_of_the_platform_pauses_nobody(study: Study) -> None:
    await study.put(schedule("a"))
    study.start(Moody(study.hub, "mute", "mute", "mute"))
    await study.until(NINE + HOUR)
    assert await study.outcomes("a") == [("sent", "")]
    assert study.hub.told == []


async def test_a_channel_that_is_gone_pauses_and_comes_back(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.gone.add("channel-a")
    await study.until(NINE + 2 * MINUTE)
    assert await study.outcomes("a") == [("failed", "the channel is gone")]
    assert (await study.schedule("a")).reason == "gone"
    [(_, notice)] = study.hub.told
    assert "/daily set" in words(notice)
    study.hub.gone.clear()
    await study.until(NINE + HOUR)
    assert await study.outcomes("a") == [("sent", "")]
    await study.until(NINE + DAY)
    assert await study.outcomes("a") == [("sent", "")] * 2


async def test_resuming_says_whether_it_was_paused(study: Study) -> None:
    await study.put(schedule("a"))
    one = await study.schedule("a")
    async with study.store.transaction() as tx:
        await schedules.pause(tx, "a", "asked", NINE)
        assert [await resume_schedule(tx, one, NINE, asked=True) for _ in range(2)] == [True, False]


class Unheard(Connection):
    """People cannot be told: the first time because the platform is busy."""

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        self.hub.told.append((person, reply))
        if len(self.hub.told) == 1:
            raise TryLater("busy", 5.0)
        raise TryLater("no answer", unknown=True)


async def test_who_could_not_be_told_is_told_at_the_next_look(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.missing["channel-a"] = ("Send Messages",)
    study.start(Unheard(study.hub))
    await study.until(NINE + 10 * HOUR)
    assert len(study.hub.told) == 2


async def test_many_broken_ones_are_looked_at_in_turn(study: Study) -> None:
    names = [f"{n:02}" for n in range(25)]
    await study.put(*(schedule(name, due_at=NINE + DAY) for name in names))
    async with study.store.transaction() as tx:
        for name in names:
            await schedules.pause_broken(tx, name, "forbidden", NINE)
    for step in range(5):
        assert study.facts
        study.now = NINE + step * SECOND
        await study.facts.step(study.now)
        assert [(await study.schedule(name)).state for name in names].count(schedules.State.ACTIVE) == 5 * (step + 1)


async def test_what_is_paused_or_removed_in_the_last_moment_is_not_posted(study: Study) -> None:
    await study.put(schedule("a"), schedule("b"), schedule("c"))
    study.start(Moody(study.hub, "busy", "busy", "busy"))
    await study.at(NINE)
    async with study.store.transaction() as tx:
        await schedules.pause(tx, "a", "asked", NINE)
        await schedules.remove(tx, "b", "removed", NINE)
    await study.until(NINE + HOUR)
    assert await study.outcomes("a") == [("skipped", "asked")]
    assert await study.outcomes("b") == [("skipped", "removed")]
    assert await study.outcomes("c") == [("sent", "")]


async def test_a_pause_between_a_crash_and_the_next_process_is_kept_and_what_was_posted_is_entered(
    study: Study,
) -> None:
    """Two died in the middle: one before it posted, the other after."""
    await study.put(schedule("a"), schedule("b"))
    study.start(Moody(study.hub, "broken", "broken"))
    await study.at(NINE)
    posted = {entry.nonce for entry in await study.ledger("a")}
    study.hub.post("channel-a", Reply("It was posted"), posted.pop())
    async with study.store.transaction() as tx:
        await schedules.pause(tx, "a", "asked", NINE)
        await schedules.pause(tx, "b", "asked", NINE)
    await study.until(NINE + HOUR)
    assert await study.outcomes("a") == [("sent", "")]
    assert await study.outcomes("b") == [("skipped", "asked")]
    assert len(study.hub.messages) == 1


async def test_rows_of_a_platform_that_is_not_here_or_not_connected_are_left_alone(study: Study) -> None:
    await study.put(schedule("a"), schedule("s", platform="elsewhere"))
    connection, elsewhere = Connection(study.hub), Connection(Hub(study.hub.clock), "elsewhere")
    connection.ready = elsewhere.ready = False
    study.start(connection)
    await study.at(NINE)
    assert await study.ledger("a") == []
    connection.ready = True
    await study.at(NINE)
    assert await study.outcomes("a") == [("sent", "")]
    assert await study.ledger("s") == []
    study.start(elsewhere)
    await study.at(NINE)
    assert await study.ledger("s") == []
    elsewhere.ready = True
    await study.at(NINE)
    assert len(elsewhere.hub.messages) == 1


async def test_what_another_platforms_process_left_is_left_to_it(study: Study) -> None:
    await study.put(schedule("s", platform="elsewhere"))
    elsewhere = Moody(Hub(study.hub.clock), "broken")
    elsewhere.name = "elsewhere"
    study.start(elsewhere)
    await study.at(NINE)
    study.start()
    await study.until(NINE + HOUR)
    assert [(entry.state, entry.owner) for entry in await study.ledger("s")] == [("failed", None)]


async def test_a_zone_that_is_not_known_here_is_in_nobodys_way(study: Study) -> None:
    await study.put(schedule("a", zone="Atlantis/Poseidonis", due_at=NINE - SECOND), schedule("b"))
    await study.at(NINE)
    assert (await study.schedule("a")).reason == "unreadable"
    assert await study.outcomes("b") == [("sent", "")]


async def test_a_step_takes_no_more_than_its_share(study: Study) -> None:
    await study.put(*(schedule(f"{n:03}") for n in range(3 * SHARE)))
    assert study.facts
    for n in range(1, 4):
        await study.facts.step(NINE)
        assert len(study.hub.messages) == n * SHARE


async def test_a_rush_waits_in_the_database_and_leaves_the_loop_to_others(corpus: Corpus) -> None:
    few, many = [await longest_block(corpus, waiting) for waiting in (200, 20_000)]
    # All that wait are a hundred times as many, and what the loop does at once hardly more.
    assert many < 10 * few


async def longest_block(corpus: Corpus, waiting: int) -> float:
    """The most processor seconds of the loop in one go, while so many posts are due and some of them are sent."""
    blocks: list[Block] = []
    async with crowded(waiting) as store:
        hub = Hub(utc_now)
        facts = daily(store, corpus, [Connection(hub)], clock=utc_now)
        running = [asyncio.create_task(work) for work in (facts.run(), watch(blocks))]
        await asyncio.sleep(2.0)
        await until(lambda: len(hub.messages) >= 20)
        await cancelled(*running)
        assert await deliveries.next_open_at(store.reader, "test") is None
    assert len(hub.messages) <= 2.5 * 40
    return max(block.ours for block in blocks)


class Failing(Connection):
    """The first look fails, as when the database is away for a moment."""

    looks = 0

    def is_ready(self) -> bool:
        self.looks += 1
        if self.looks == 1:
            raise ConnectionResetError
        return True


async def test_after_a_look_that_failed_the_next_one_posts_within_seconds_what_was_set_meanwhile(study: Study) -> None:
    times = structs.replace(TIMES, idle=2 * TIMES.tick)
    study.start(Failing(study.hub), times=times)
    assert study.facts
    running = asyncio.create_task(study.facts.run())
    await asyncio.sleep(0.1)
    await study.put(schedule("a"))
    began, waited = time.monotonic(), waits(os.getpid())
    await posted(study.hub, 1)
    assert time.monotonic() - began - (waits(os.getpid()) - waited) < times.idle.total_seconds() + 2
    await cancelled(running)


class Slow(Connection):
    """What is posted is there at once; the answer takes `seconds`."""

    seconds = 0.0

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        made = await super().post(channel, reply, key)
        await asyncio.sleep(self.seconds)
        return made


@pytest.mark.parametrize(("seconds", "state"), [(0.3, "sent"), (600, "claimed")])
async def test_a_stop_ends_what_is_nearly_done_and_leaves_the_rest_to_the_next(
    study: Study, seconds: float, state: str
) -> None:
    await study.put(schedule("a"))
    slow = Slow(study.hub)
    slow.seconds = seconds
    study.start_in_real_time(slow)
    assert study.facts
    running = asyncio.create_task(study.facts.run())
    await posted(study.hub, 1)
    async with asyncio.timeout(60):  # a tenth of what the slow one would take
        await cancelled(running)
    assert [entry.state for entry in await study.ledger("a")] == [state]
    study.start()
    await study.until(NINE + HOUR)
    assert await study.outcomes("a") == [("sent", "")]
    assert len(study.hub.messages) == 1


async def posted(hub: Hub, many: int) -> None:
    while len(hub.messages) < many:  # noqa: ASYNC110 - the hub has no events.
        await asyncio.sleep(0.01)


async def cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_outstanding_tries_do_not_take_the_place_of_what_is_due(study: Study) -> None:
    names = [f"{n:03}" for n in range(100)]
    await study.put(*(schedule(name) for name in names))
    study.start(Moody(study.hub, *["down"] * 100))
    await study.at(NINE)
    assert study.hub.messages == []
    await study.put(*(schedule(f"b{n}", due_at=NINE + HOUR) for n in range(20)))
    assert study.facts
    study.now = NINE + HOUR
    for _ in range(5):
        await study.facts.step(NINE + HOUR)
    assert len([message for message in study.hub.messages if message.channel.startswith("channel-b")]) == 20


@pytest.mark.parametrize(
    ("due", "open_", "claimed"), [(12, 5, (6, 2)), (12, 1, (7, 1)), (3, 9, (3, 5)), (12, 0, (8, 0)), (2, 2, (2, 2))]
)
async def test_a_claim_takes_as_much_as_there_is_room_for(
    study: Study, due: int, open_: int, claimed: tuple[int, int]
) -> None:
    await study.put(*(schedule(f"open-{n}") for n in range(open_)))
    connection = Moody(study.hub, *["busy"] * open_)
    study.start(connection)
    await study.at(NINE)
    now = NINE + HOUR
    await study.put(*(schedule(f"due-{n}", due_at=now) for n in range(due)))
    job = DailyJob(Services(study.store, study.corpus, connection, lambda: now))
    names = [one.name.partition("-")[0] for one in await job.claim(8, Claimant("one", now, now + TIMES.lease))]
    assert (names.count("due"), names.count("open")) == claimed


@pytest.mark.parametrize(
    ("after", "posts"),
    [
        (TIMES.lease, [1]),
        (TIMES.lease + SECOND, [2]),
        (TIMES.grace - SECOND, [2]),
        (TIMES.grace, []),
        (2 * TIMES.grace, []),
    ],
)
async def test_what_was_due_well_before_the_start_is_looked_for_first(
    study: Study, after: timedelta, posts: list[int]
) -> None:
    await study.put(schedule("a"))
    now = NINE + after
    job = DailyJob(Services(study.store, study.corpus, Connection(study.hub), lambda: now))
    assert [one.posts for one in await job.claim(8, Claimant("one", now, now + TIMES.lease))] == posts


async def test_no_fact_comes_again_until_all_have_come_and_no_two_channels_march_in_step(study: Study) -> None:
    topic = next(topic.id for topic in study.corpus.notes.topics if 5 < study.count(topic.id) < 15)
    known = study.count(topic)
    await study.put(schedule("a", topic=topic), schedule("b", topic=topic))
    await study.until(NINE + (3 * known - 1) * DAY, every=DAY)
    orders = []
    for name in ("a", "b"):
        order = [entry.fact for entry in await study.ledger(name)]
        assert len(order) == 3 * known
        orders.append(order)
    for order in orders:
        for n in range(3):
            assert len(set(order[n * known : (n + 1) * known])) == known
    assert orders[0] != orders[1]


async def test_two_schedules_of_a_channel_have_different_facts_on_a_day(study: Study) -> None:
    study.now = at = NINE.replace(month=11, day=7)
    study.start()
    await study.put(
        *(schedule(t or "all", channel="one", topic=t, due_at=at, due_date=at.date()) for t in ("", "uprising"))
    )
    await study.at(at)
    first, second = [message.reply for message in study.hub.messages]
    assert words(first) != words(second)
    assert "On this day" in {first.title, second.title}


async def test_a_topic_without_facts_is_skipped_with_the_reason(study: Study) -> None:
    await study.put(schedule("a", topic="no-such-topic"))
    await study.at(NINE)
    assert await study.outcomes("a") == [("skipped", "there are no facts on that topic any more")]


async def test_a_fact_that_a_new_corpus_lacks_gives_way_to_another(study: Study) -> None:
    await study.put(schedule("a"))
    study.start(Moody(study.hub, "busy"))
    await study.at(NINE)
    async with study.store.transaction() as tx:
        await tx.execute("UPDATE deliveries SET fact = 'forgotten'")
    await study.until(NINE + HOUR)
    [entry] = await study.ledger("a")
    assert entry.state == "sent"
    assert entry.fact in {fact.id for fact in study.corpus.notes.facts}
