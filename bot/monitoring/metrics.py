"""Metrics in Prometheus' form: answers by command and outcome, how long they took, and timed work that is late.

Labels are names of commands, actions, jobs and platforms, of which there are few; nothing typed is among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot import __version__
from bot.monitoring.health import Health
from bot.scheduler.loop import JobState

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Seconds. Discord and Slack wait three for an answer."""


class Metrics:
    """The metrics of one process."""

    def __init__(self, health: Health) -> None:
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

    def observe(self, what: str, platform: str, outcome: str, seconds: float) -> None:
        """Count an answer."""
        self._answers.labels(what, platform, outcome).inc()
        self._seconds.labels(what).observe(seconds)

    def page(self, accept: str) -> tuple[bytes, str]:
        """The metrics now, and their content type, in the newest form that an Accept header asks for."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type


class _HealthCollector(Collector):
    """What is read when somebody looks, rather than counted as it happens."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("smolny_healthy", "Whether /healthz says 200.", value=not self._health.fault())
        connected = GaugeMetricFamily(
            "smolny_platform_up", "Whether a platform is connected, or stands by.", labels=["platform"]
        )
        for platform in self._health.platforms:
            connected.add_metric([platform.name], not platform.fault())
        yield connected
        yield self._of_jobs("smolny_job_late_seconds", "How late the oldest work due is.", lambda job: job.late)
        yield self._of_jobs("smolny_job_under_way", "Pieces of work under way.", lambda job: job.under_way)

    def _of_jobs(self, name: str, help_text: str, value: Callable[[JobState], float]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(name, help_text, labels=["job", "platform"])
        for job in self._health.scheduler.state() if self._health.scheduler else ():
            family.add_metric([job.name, job.platform], value(job))
        return family
