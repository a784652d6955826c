"""Metrics in Prometheus' form: answers by command and outcome, how long they took, and timed work that is late.

Labels are names of commands, actions, jobs and platforms, of which there are few; nothing typed is among them.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot import __version__
from bot.core.app import App
from bot.monitoring.health import Health
from bot.scheduler.loop import JobState
from bot.storage.deliveries import State, StateCount, count_by_state
from corpus.corpus import Corpus

_RECENT = timedelta(days=1)
_LOOK_EVERY = 15.0
_PATIENCE = 2.0
"""Seconds: Prometheus waits ten for all metrics."""
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Seconds. Discord and Slack wait three for an answer."""


class Metrics:
    """The metrics of one process."""

    def __init__(self, health: Health, app: App) -> None:
        self._app = app
        self._deliveries: list[StateCount] | None = None
        self._looked_at = -math.inf
        disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus-client leaves it so
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "smolny_answers",
            "Answers to commands and presses.",
            ["command", "platform", "outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "smolny_answer_seconds",
            "How long an answer took to make, in seconds.",
            ["command"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        Info("smolny_build", "The bot's version.", registry=self._registry).info({"version": __version__})
        ProcessCollector(registry=self._registry)
        self._registry.register(_HealthCollector(health))
        self._registry.register(_StoreCollector(app, lambda: self._deliveries))

    def observe(self, what: str, platform: str, outcome: str, seconds: float) -> None:
        """Count an answer."""
        self._answers.labels(what, platform, outcome).inc()
        self._seconds.labels(what).observe(seconds)

    async def look(self) -> None:
        """Update what only the store knows, at most once in a few seconds."""
        store = self._app.store
        if store is None or time.monotonic() - self._looked_at < _LOOK_EVERY:
            return
        self._looked_at, counted = time.monotonic(), None
        with suppress(TimeoutError, *store.errors):
            async with asyncio.timeout(_PATIENCE):
                counted = await count_by_state(store.reader, self._app.clock() - _RECENT)
        self._deliveries = counted

    def page(self, accept: str) -> tuple[bytes, str]:
        """The metrics now, and their content type, in the newest form that an Accept header asks for."""
        try:
            encode, content_type = choose_encoder(accept if accept.isascii() else "")
        except TypeError:  # from a version that is no number
            encode, content_type = choose_encoder("")
        return encode(self._registry), content_type


class _HealthCollector(Collector):
    """What is read when somebody looks, rather than counted as it happens."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("smolny_healthy", "Whether /healthz says 200.", value=not self._health.fault())
        connected = GaugeMetricFamily(
            "smolny_platform_up", "Whether a platform is connected, or on standby.", labels=["platform"]
        )
        for platform in self._health.platforms:
            connected.add_metric([platform.name], not platform.fault())
        yield connected
        up = GaugeMetricFamily("smolny_shard_up", "Whether a shard is connected.", labels=["platform", "shard"])
        latency = GaugeMetricFamily(
            "smolny_gateway_latency_seconds", "How long a shard's last heartbeat took.", labels=["platform", "shard"]
        )
        for platform in self._health.platforms:
            for shard in platform.shards():
                up.add_metric([platform.name, shard.id], shard.is_connected)
                if math.isfinite(shard.latency):
                    latency.add_metric([platform.name, shard.id], shard.latency)
        yield up
        yield latency
        yield self._of_jobs("smolny_job_late_seconds", "How late the oldest work due is.", lambda job: job.late)
        yield self._of_jobs("smolny_job_under_way", "Pieces of work under way.", lambda job: job.under_way)

    def _of_jobs(self, name: str, help_text: str, value: Callable[[JobState], float]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(name, help_text, labels=["job", "platform"])
        for job in self._health.scheduler.state() if self._health.scheduler else ():
            family.add_metric([job.name, job.platform], value(job))
        return family


class _StoreCollector(Collector):
    """What store and index are like when somebody looks."""

    def __init__(self, app: App, deliveries: Callable[[], Sequence[StateCount] | None]) -> None:
        self._app = app
        self._deliveries = deliveries

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily(
            "smolny_deliveries", "Daily facts that are open, or were settled within a day, by state.", labels=["state"]
        )
        # Nothing is said while the store does not answer: none would be taken for a number.
        if (deliveries := self._deliveries()) is not None:
            counted = {one.state: one.number for one in deliveries}
            for state in State:
                family.add_metric([state], counted.get(state, 0))
        yield family
        built = "smolny_index_built_timestamp_seconds"
        yield GaugeMetricFamily(built, "When the index of the texts was built.", value=_changed_at(self._app.corpus))
        if self._app.store:
            connections = self._app.store.connections()
            pool = GaugeMetricFamily("smolny_database_connections", "Connections to the database.", labels=["state"])
            pool.add_metric(["used"], connections.used)
            pool.add_metric(["idle"], connections.idle)
            yield pool


def _changed_at(corpus: Corpus) -> float:
    try:
        return corpus.file.stat().st_mtime
    except OSError:
        return 0.0
