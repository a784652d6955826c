"""What went wrong with timed work once: places left idle, polls without end, clocks that jump, locks in two orders."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import datetime, timedelta
from random import Random

import pytest
from msgspec import structs

from bot.core.job import Services
from bot.core.platform import Undelivered
from bot.core.reply import Items, Prose, Reply
from bot.core.times import TIMES
from bot.scheduler.clock_check import ClockCheck
from bot.scheduler.heartbeat import Heartbeat
from bot.scheduler.loop import Loop
from bot.storage import departures, pace, round_answers, rounds, schedules
from bot.storage.claimant import Claimant
from bot.storage.migrate import migrate
from bot.storage.round import AnswerGiven, Round, RoundAnswer, RoundQuestion, State
from bot.storage.store import Store
from cogs.daily.job import DailyJob, RecoveryJob
from cogs.daily.recovery import paused_notice
from corpus.corpus import Corpus
from tests.processes import until
from tests.scheduler.conftest import DAY, HOUR, MINUTE, NINE, Study, schedule
from tests.scheduler.hub import Connection, Hub, Moody, daily
from tests.scheduler.world import Dead, InlineDatabase
from tests.simulation import SimulatedClock, simulate

SHARE = round(TIMES.a_second * TIMES.tick.total_seconds())
PRESSES = int(os.environ.get("ROUND_PRESSES", "600"))


async def test_after_an_outage_all_places_go_to_what_waits(study: Study) -> None:
    names = [f"{n:03}" for n in range(10 * SHARE)]
    await study.put(*(schedule(name) for name in names))
    study.start(Moody(study.hub, *["busy"] * len(names)))
    await study.at(NINE)
    assert study.hub.messages == []
    assert study.facts
    study.now = NINE + 4 * HOUR
    for _ in range(10):
        await study.facts.step(study.now)
    assert len(study.hub.messages) == len(names)


class Refusing(Connection):
    """Refuses for good with an error that is none of the usual ones."""

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        raise Undelivered("Discord refused the message (400, 50083)")


async def test_a_channel_that_refuses_for_good_is_told_of_and_shown(long_study: Study) -> None:
    await long_study.put(schedule("a"))
    long_study.start(Refusing(long_study.hub))
    await long_study.until(NINE + DAY, every=DAY)
    assert ((await long_study.schedule("a")).refusals, long_study.hub.told) == (1, [])
    await long_study.until(NINE + 3 * DAY + 7 * HOUR)
    assert [state for state, _ in await long_study.outcomes("a")] == ["failed"] * 4
    assert len(long_study.hub.told) == 1
    one = await long_study.schedule("a")
    assert (one.state, one.refusals > 2) == ("active", True)
    long_study.start()
    await long_study.until(NINE + 4 * DAY)
    assert (await long_study.schedule("a")).refusals == 0


async def test_one_message_names_all_that_somebody_has_to_mend_in_a_server(study: Study) -> None:
    names = [f"{n}" for n in range(4)]
    await study.put(*(schedule(name) for name in names), schedule("x", set_by="boris"))
    study.hub.gone |= {f"channel-{name}" for name in [*names, "x"]}
    await study.until(NINE + 10 * MINUTE)
    told = dict(study.hub.told)
    assert len(study.hub.told) == 2
    [listed] = [part for part in told["ada"].parts if isinstance(part, Items)]
    assert len(listed.items) == 4


class Addressed(Connection):
    """Notes in which server somebody is told."""

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        self.hub.told.append((f"{person} of {server}", reply))


@pytest.mark.parametrize(("server", "told"), [("guild", "ada of guild"), ("", "ada of None")])
async def test_who_set_it_up_is_told_in_their_server(study: Study, server: str, told: str) -> None:
    await study.put(schedule("a", server=server))
    study.hub.gone.add("channel-a")
    study.start(Addressed(study.hub))
    await study.until(NINE + 2 * MINUTE)
    assert [person for person, _ in study.hub.told] == [told]


async def test_what_somebody_paused_while_it_was_looked_at_stays_paused_and_is_looked_at_no_more(study: Study) -> None:
    class Pausing(Connection):
        async def missing_permissions(self, channel: str) -> tuple[str, ...]:
            async with study.store.transaction() as tx:
                await schedules.pause(tx, "a", "asked", NINE)
            return ()

    await study.put(schedule("a"))
    async with study.store.transaction() as tx:
        await schedules.pause_broken(tx, "a", "forbidden", NINE)
    study.start(Pausing(study.hub))
    await study.at(NINE)
    one = await study.schedule("a")
    assert (one.state, one.reason, one.check_at) == ("paused", "asked", None)


async def test_a_server_that_comes_back_and_keeps_a_channel_shut_hears_of_it(study: Study) -> None:
    await study.put(schedule("a"))
    async with study.store.transaction() as tx:
        await departures.leave(tx, "test", "guild", NINE)
        await departures.come_back(tx, "test", "guild", NINE)
    study.hub.missing["channel-a"] = ("Send Messages",)
    await study.until(NINE + HOUR)
    [(person, notice)] = study.hub.told
    assert person == "ada"
    assert "channel: Send Messages." in notice.parts[0].words  # type: ignore[union-attr]  # a sentence
    study.hub.missing.clear()
    await study.until(NINE + DAY)
    assert await study.outcomes("a") == [("sent", "")] * 2


async def test_a_look_that_lasts_is_left_alone_by_others(study: Study) -> None:
    await study.put(schedule("a"))
    async with study.store.transaction() as tx:
        await schedules.pause_broken(tx, "a", "forbidden", NINE)
    job = RecoveryJob(Services(study.store, study.corpus, Connection(study.hub), lambda: NINE))
    [work] = await job.claim(9, Claimant("one", NINE, NINE + TIMES.lease))
    assert await work.renew(NINE + HOUR)
    assert await job.claim(9, Claimant("two", NINE + MINUTE, NINE + HOUR)) == []
    assert len(await job.claim(9, Claimant("two", NINE + HOUR, NINE + 2 * HOUR))) == 1


@pytest.mark.parametrize(("hours", "outcome"), [(5, ("sent", "")), (6, ("skipped", "forbidden"))])
async def test_what_is_mended_within_the_grace_period_costs_no_day(
    long_study: Study, hours: int, outcome: tuple[str, str]
) -> None:
    await long_study.put(schedule("a"))
    async with long_study.store.transaction() as tx:
        await schedules.pause_broken(tx, "a", "forbidden", NINE + hours * HOUR)
    await long_study.until(NINE + hours * HOUR + MINUTE, every=MINUTE)
    assert await long_study.outcomes("a") == [outcome]


class Counting(Connection):
    """Notes when it is asked what is missing."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self.looks: list[timedelta] = []

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        self.looks.append(self.hub.clock() - NINE)
        return await super().missing_permissions(channel)


async def test_a_channel_that_stays_shut_is_asked_after_less_and_less_often(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.gone.add("channel-a")
    connection = Counting(study.hub)
    study.start(connection)
    await study.until(NINE + 4 * DAY)
    later = [1, 11, 111, 1111, 1111 + 24 * 60, 1111 + 48 * 60, 1111 + 72 * 60]
    assert connection.looks == [timedelta(), *(n * MINUTE for n in later)]


@pytest.mark.parametrize(
    ("reason", "missing", "line", "mend"),
    [
        ("gone", (), "is paused: the channel is gone, or I cannot see it.", "use /daily set in the server"),
        (
            "forbidden",
            ("Send Messages", "Embed Links"),
            "channel: Send Messages, Embed Links.",
            "/daily resume",
        ),
        ("forbidden", (), "if I was removed, invite me again.", "/daily resume"),
        ("left", (), "if I was removed, invite me again.", "/daily resume"),
        ("refused", (), "does not get through: the channel refuses my posts.", "I try again every day"),
    ],
)
def test_a_notice_says_what_is_wrong_and_what_mends_it(
    reason: str, missing: tuple[str, ...], line: str, mend: str
) -> None:
    one = schedule("a", reason=reason)
    notice = paused_notice([one], ["#hall"], {"a": missing})
    first, second = notice.parts
    assert (notice.title, notice.private) == ("The daily fact is not posted", True)
    assert isinstance(first, Prose)
    assert isinstance(second, Prose)
    assert first.words.startswith("The daily fact for #hall (09:00 Europe/Berlin) ")
    assert first.words.endswith(line)
    assert mend in second.words
    # A channel without a name for them is not called by its id; of two, each has its line, and both are mended once.
    both = paused_notice([one, structs.replace(one, id="b")], ["#hall", ""], {"a": missing})
    listed, *mends = both.parts
    assert isinstance(listed, Items)
    assert (both.title, len(listed.items), mends) == ("Some daily facts are not posted", 2, [second])
    assert listed.items[1].startswith("The daily fact (09:00 Europe/Berlin) ")


async def test_a_permission_that_is_missing_for_a_moment_costs_no_day_and_bothers_nobody(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.missing["channel-a"] = ("Send Messages",)
    await study.at(NINE)
    study.hub.missing.clear()
    await study.until(NINE + 5 * MINUTE)
    assert await study.outcomes("a") == [("sent", "")]
    assert study.hub.told == []


class Dying(Connection):
    """A process that dies as it is about to tell somebody."""

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        raise Dead


async def test_who_dies_before_somebody_is_told_leaves_that_to_the_next(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.missing["channel-a"] = ("Send Messages",)
    study.start(Dying(study.hub))
    with pytest.raises(Dead):
        await study.until(NINE + HOUR)
    study.start()
    await study.until(NINE + 3 * HOUR)
    assert len(study.hub.told) == 1


async def test_who_removed_a_schedule_is_not_told_that_it_is_paused(study: Study) -> None:
    await study.put(schedule("a"))
    study.hub.gone.add("channel-a")
    await study.at(NINE)
    async with study.store.transaction() as tx:
        await schedules.remove(tx, "a", "removed", NINE)
    await study.until(NINE + DAY)
    assert study.hub.told == []


async def test_a_fault_of_ours_is_not_tried_for_ever(study: Study) -> None:
    await study.put(schedule("a"))
    connection = Moody(study.hub, *["broken"] * 10_000)
    study.start(connection)
    await study.until(NINE + 3 * DAY, every=DAY)
    first, *_ = await study.ledger("a")
    assert (first.state, first.open_at) == ("failed", None)
    assert len(connection.calls) < 300


async def test_a_broken_schedule_is_in_no_others_way_when_things_are_mended(study: Study) -> None:
    names = [f"{n:02}" for n in range(15)]
    await study.put(*(schedule(name, due_at=NINE + DAY) for name in names))
    async with study.store.transaction() as tx:
        for name in names:
            await schedules.pause_broken(tx, name, "forbidden", NINE)
        await tx.execute("UPDATE schedules SET zone = 'Atlantis/Poseidonis', set_by = 'eve' WHERE id = '00'")
    await study.until(NINE + MINUTE, every=timedelta(seconds=1))
    assert {(await study.schedule(name)).state for name in names[1:]} == {"active"}


class Late(Moody):
    """Shows a message only a minute after it was posted, as Slack may."""

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        shown = until if self.hub.clock() >= NINE + MINUTE else NINE - DAY
        return await super().find(channel, key, since, min(until, shown))


async def test_a_post_that_shows_late_after_its_answer_was_lost_is_not_made_again(long_study: Study) -> None:
    long_study.start(Late(long_study.hub, "lost"))
    await long_study.put(schedule("a"))
    await long_study.until(NINE + HOUR, every=5 * timedelta(seconds=1))
    assert await long_study.outcomes("a") == [("sent", "")]
    assert len(long_study.hub.messages) == 1


def test_a_clock_that_is_set_back_within_a_tick_delays_nothing(shipped: Corpus) -> None:
    async def live() -> None:
        database, clock = InlineDatabase(), SimulatedClock(NINE - MINUTE)
        await migrate(database)
        store, hub = Store(database), Hub(clock)

        class SetBack(Connection):
            async def post(self, channel: str, reply: Reply, key: str = "") -> str:
                message = await super().post(channel, reply, key)
                clock.skip(-HOUR)
                return message

        async with store.transaction() as tx:
            await schedules.put(tx, schedule("a"))
        running = asyncio.create_task(daily(store, shipped, [SetBack(hub)], clock=clock).run())
        await until(lambda: hub.messages, 120)
        async with store.transaction() as tx:
            await schedules.put(tx, schedule("b", due_at=clock()))
        await until(lambda: len(hub.messages) == 2, 120)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await store.close()

    simulate(live())


async def test_all_processes_keep_one_pace(database_url: str) -> None:
    stores = [await Store.open(database_url) for _ in range(3)]
    every, ahead = timedelta(milliseconds=25), timedelta(milliseconds=250)

    async def ask(one: Store, now: datetime) -> int:
        async with one.transaction() as tx:
            return await pace.take(tx, "discord", 10, every, now, ahead)

    taken = 0
    for n in range(12):
        taken += sum(await asyncio.gather(*(ask(one, NINE + n * ahead) for one in stores)))
    assert taken == 12 * 10
    for one in stores:
        await one.close()


async def test_a_job_leaves_to_others_what_it_does_not_need_of_the_pace(corpus: Corpus, store: Store) -> None:
    now = NINE
    services = Services(store, corpus, Connection(Hub(lambda: now)), lambda: now)
    async with store.transaction() as tx:
        for n in range(2 * SHARE):
            await schedules.put(tx, schedule(f"{n:02}", due_at=NINE if n < 2 else NINE + MINUTE))
    first, second = (
        Loop(services, DailyJob(services), owner, ClockCheck(services), Heartbeat([services]))
        for owner in ("one", "two")
    )
    await first._tick()
    async with store.transaction() as tx:
        taken = await pace.take(tx, "test", SHARE, timedelta(milliseconds=25), now, TIMES.tick)
    assert taken == SHARE - 2
    await first._stop()
    await second._stop()


async def test_presses_in_several_rounds_on_several_hosts_lose_no_answer(postgresql_url: str) -> None:
    stores = [await Store.open(postgresql_url) for _ in range(2)]
    for channel in ("one", "two", "three"):
        made = Round(channel, "test", "guild", channel, "everyone", 20, 1, "test:1", "Ada", NINE, State.ASKING, 1, NINE)
        async with stores[0].transaction() as tx:
            assert await rounds.add(tx, made, [RoundQuestion(1, "q", "{}", "choice", "")])
    dice = Random(1917)
    began = time.monotonic()

    async def press(n: int) -> bool:
        answer = RoundAnswer(f"test:{n}", f"P{n}", is_right=True)
        given = AnswerGiven(dice.choice(["one", "two", "three"]), 1, answer, NINE, lambda held: held, lambda held: held)
        receipt = await round_answers.answer(stores[n % 2], given)
        return receipt is not None and receipt.taken

    assert all(await asyncio.gather(*(press(n) for n in range(PRESSES))))
    assert time.monotonic() - began < 30 + PRESSES / 50
    counted = [await round_answers.count_answers(stores[0].reader, channel, 1) for channel in ("one", "two", "three")]
    assert sum(counted) == PRESSES
    for one in stores:
        await one.close()
