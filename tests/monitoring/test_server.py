"""Health and metrics over HTTP, as the person who runs the bot sees them: a real server, and real answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from math import nan
from pathlib import Path
from typing import NamedTuple

import aiohttp
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot import __version__, wiring
from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.errors import SetupError
from bot.core.platform import Shard
from bot.core.times import TIMES
from bot.monitoring.health import Health
from bot.monitoring.metrics import Metrics
from bot.monitoring.server import MonitoringServer
from bot.scheduler.loop import Scheduler
from bot.settings import Settings
from bot.storage import schedules
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.conftest import Ask
from tests.logs import capture_logs, quiet
from tests.platforms.malformed import RAW, news, send_raw
from tests.scheduler.conftest import HOUR, MINUTE, NINE, schedule
from tests.scheduler.hub import Connection, Hub, daily

HOST = "127.0.0.1"
BOARD = Path(__file__).parents[2] / "docs" / "grafana.json"
Values = dict[tuple[str, frozenset[str]], float]


class Site(NamedTuple):
    """What is looked at, and where."""

    platform: Connection
    metrics: Metrics
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as client, client.get(f"http://{HOST}:{self.port}{path}") as answer:
            return answer.status, await answer.text()

    async def values(self) -> Values:
        """The value of each metric, by its name and its labels' values."""
        status, page = await self.get("/metrics")
        assert status == 200
        families = text_string_to_metric_families(page)
        return {(one.name, frozenset(one.labels.values())): one.value for family in families for one in family.samples}


@pytest.fixture
async def scheduler(store: Store, corpus: Corpus) -> Scheduler:
    often = msgspec.structs.replace(TIMES, idle=TIMES.tick)
    return daily(store, corpus, [Connection(Hub(lambda: NINE))], clock=lambda: NINE + HOUR, times=often)


@pytest.fixture
async def site(app: App, scheduler: Scheduler) -> AsyncIterator[Site]:
    platform = Connection(Hub(lambda: NINE))
    health = Health([platform], scheduler, stalled=1.0)
    metrics = Metrics(health, app)
    app.observe = metrics.observe
    async with MonitoringServer(health, metrics).listen(HOST, 0) as port:
        yield Site(platform, metrics, port)


async def test_healthy_is_connected_and_making_progress(site: Site, scheduler: Scheduler) -> None:
    running = asyncio.create_task(scheduler.run())
    await asyncio.sleep(1.5)
    healthy = ("smolny_healthy", frozenset[str]())
    async with asyncio.timeout(60):  # a busy machine may make no progress for a moment
        while await site.get("/healthz") != (200, "ok\n"):  # noqa: ASYNC110 - another task's progress.
            await asyncio.sleep(0.1)
        while not (await site.values())[healthy]:  # noqa: ASYNC110 - the same.
            await asyncio.sleep(0.1)
    site.platform.ready = False
    async with asyncio.timeout(60):
        while await site.get("/healthz") != (503, "test: not connected\n"):  # noqa: ASYNC110 - the same.
            await asyncio.sleep(0.1)
    values = await site.values()
    assert values["smolny_healthy", frozenset()] == values["smolny_platform_up", frozenset(["test"])] == 0
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_a_store_that_stays_away_is_no_progress(site: Site, scheduler: Scheduler, store: Store) -> None:
    running = asyncio.create_task(scheduler.run())
    await store.close()
    async with asyncio.timeout(60):
        while (answer := await site.get("/healthz"))[0] == 200:  # noqa: ASYNC110 - another task's progress.
            await asyncio.sleep(0.1)
    assert re.fullmatch(r"test: job \w[\w ]* has made no progress for \d+ s(; .*)?\n", answer[1])
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_what_is_late_shows_how_late(site: Site, scheduler: Scheduler, store: Store) -> None:
    async with store.transaction() as tx:
        await schedules.put(tx, schedule("one"))
    await scheduler.step(NINE - MINUTE)
    values = await site.values()
    assert (
        max(value for (name, _), value in values.items() if name == "smolny_job_late_seconds") == HOUR.total_seconds()
    )


async def test_answers_are_counted_by_command_and_outcome(site: Site, ask: Ask, app: App, ctx: Context) -> None:
    for line in ("/quote gunpowder", "/quote coalition", "/quote text:zeppelinword"):
        await ask(line)
    await app.act("zeppelinword", "1", ctx)
    values = await site.values()

    def count(*labels: str) -> float:
        return values["smolny_answers_total", frozenset(labels)]

    assert count("/quote", "test", "answered") == 2
    assert count("/quote", "test", "user error") == 1
    assert count("unknown action", "test", "user error") == 1
    assert values["smolny_answer_seconds_count", frozenset(["/quote"])] == 3
    assert values["smolny_answer_seconds_bucket", frozenset(["/quote", "+Inf"])] == 3
    assert values["smolny_build_info", frozenset([__version__])] == 1


async def test_shards_show_whether_they_are_connected_and_how_quick(site: Site) -> None:
    site.platform.hub.shards = [
        Shard("0", is_connected=True, latency=0.04),
        Shard("1", is_connected=False, latency=nan),
    ]
    values = await site.values()
    assert values["smolny_shard_up", frozenset(["test", "0"])] == 1
    assert values["smolny_shard_up", frozenset(["test", "1"])] == 0
    assert values["smolny_gateway_latency_seconds", frozenset(["test", "0"])] == 0.04
    assert ("smolny_gateway_latency_seconds", frozenset(["test", "1"])) not in values


async def test_deliveries_are_counted_by_state(site: Site, scheduler: Scheduler, store: Store) -> None:
    async with store.transaction() as tx:
        await schedules.put(tx, schedule("one"))
        await schedules.put(tx, schedule("two"))
    site.platform.hub.gone.add(schedule("two").channel)
    await scheduler.step(NINE)
    values = await site.values()
    counted = {state: values["smolny_deliveries", frozenset([state])] for state in ("sent", "failed", "skipped")}
    assert sum(counted.values()) == 2


async def test_the_database_and_the_index_show_themselves(site: Site, app: App) -> None:
    values = await site.values()
    used, idle = (values["smolny_database_connections", frozenset([state])] for state in ("used", "idle"))
    assert (used, idle > 0) == (0, True)
    assert values["smolny_index_built_timestamp_seconds", frozenset()] == app.corpus.file.stat().st_mtime


async def test_a_store_that_cannot_be_asked_takes_no_metric_but_its_own(site: Site, store: Store) -> None:
    async with store.transaction() as tx:
        await tx.execute("ALTER TABLE deliveries RENAME TO elsewhere")
    values = await site.values()
    # How many there are is not known then, and it would be wrong to say none.
    assert not [name for name, _ in values if name == "smolny_deliveries"]
    assert values["smolny_healthy", frozenset()] == 1


async def test_two_who_look_at_once_get_the_same_deliveries(site: Site, scheduler: Scheduler, store: Store) -> None:
    async with store.transaction() as tx:
        await schedules.put(tx, schedule("one"))
    await scheduler.step(NINE)
    for values in await asyncio.gather(site.values(), site.values()):
        assert values.get(("smolny_deliveries", frozenset(["sent"])), 1) == 1


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
async def test_nothing_malformed_is_a_failure_or_in_the_log(
    site: Site, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    for name, raw in RAW.items():
        status = await send_raw(site.port, raw, path, {})
        assert not status or status[0] in {200, 400, 404, 405, 503}, name
        assert news(caplog) == [], name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(name=st.text(max_size=20), how=st.sampled_from(["run", "act", "act_on_message"]))
def test_no_label_is_typed(name: str, how: str, shipped: Corpus) -> None:
    app = App([], shipped)
    metrics = Metrics(Health([]), app)
    app.observe = metrics.observe
    ctx = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))

    async def answer() -> None:
        match how:
            case "run":
                await app.run(name, {}, ctx)
            case "act":
                await app.act(name, name, ctx)
            case _:
                await app.act_on_message(name, name, ctx)

    asyncio.run(answer())
    page = metrics.page("")[0].decode()
    assert set(re.findall(r'command="([^"]*)"', page)) <= {"unknown command", "unknown action"}


async def test_the_board_asks_for_metrics_that_there_are(site: Site, ask: Ask) -> None:
    await ask("/quote gunpowder")
    site.platform.hub.shards = [Shard("0", is_connected=True, latency=0.04)]
    offered = {name for name, _ in await site.values()}
    expressions = [target["expr"] for panel in json.loads(BOARD.read_text())["panels"] for target in panel["targets"]]
    asked = {name for one in expressions for name in re.findall(r"\b(?:smolny|process)_\w+", one)}
    assert {"smolny_healthy", "smolny_answers_total"} <= asked <= offered


async def test_a_port_that_is_taken_is_one_sentence(site: Site, app: App) -> None:
    health = Health([])
    with pytest.raises(SetupError, match=r"^I cannot listen at [^(]+ \([a-z ]+\): set METRICS_HOST or METRICS_PORT\.$"):
        async with MonitoringServer(health, Metrics(health, app)).listen(HOST, site.port):
            pass


async def test_strangers_who_say_nothing_take_no_descriptors_and_shut_nobody_out(site: Site) -> None:
    open_before = len(os.listdir("/proc/self/fd"))
    async with AsyncExitStack() as stack:
        for _ in range(300):
            _, writer = await asyncio.open_connection(HOST, site.port)
            stack.callback(writer.close)
        status, _ = await site.get("/healthz")
        assert status in (200, 503)  # no job of its scheduler runs, which shows after a second
        # Each has an end here as well.
        assert len(os.listdir("/proc/self/fd")) - open_before < 300 + 110
    async with aiohttp.ClientSession() as client, client.get(f"http://{HOST}:{site.port}/metrics") as answer:
        assert "Server" not in answer.headers


async def test_nobody_counts_where_no_port_is_set(app: App) -> None:
    async with wiring.monitored(app, Health([]), Settings()):
        assert app.observe is None


class Fickle(Connection):
    """A platform with a fault, or none, at each look; `seen` when all have been looked at."""

    def __init__(self, *faults: str) -> None:
        super().__init__(Hub(lambda: NINE))
        self.faults = deque(faults)
        self.seen = asyncio.Event()

    def fault(self) -> str:
        if self.faults:
            return self.faults.popleft()
        self.seen.set()
        return ""


@pytest.mark.parametrize(
    ("faults", "logged"),
    [
        ((), []),
        (("down", "", "down", ""), []),
        (("down", "down", "down", "slow", ""), ["unhealthy", "healthy again"]),
        (("", "down", "down", "", "down", "down", ""), ["unhealthy", "healthy again"] * 2),
    ],
)
async def test_the_log_says_once_what_lasts(faults: tuple[str, ...], logged: list[str]) -> None:
    platform = Fickle(*faults)
    quiet(0)
    with capture_logs() as lines:
        watching = asyncio.create_task(Health([platform], pause=0.001).watch())
        await asyncio.wait_for(platform.seen.wait(), 60)
        watching.cancel()
    assert [line["event"] for line in lines] == logged
    assert {line["reason"] for line in lines if line["event"] == "unhealthy"} <= {"test: down"}
