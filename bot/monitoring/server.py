"""The HTTP server for monitoring: `/healthz` for whoever restarts the bot, `/metrics` for Prometheus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.core.errors import SetupError
from bot.monitoring.health import Health
from bot.monitoring.metrics import Metrics

_STOPPING = 0.5
"""Seconds that a request under way has when the bot stops."""


class MonitoringServer:
    """Answers `/healthz` with 200 or, with what is wrong in one line, 503, and `/metrics` in Prometheus' form."""

    def __init__(self, health: Health, metrics: Metrics) -> None:
        self._health = health
        self._metrics = metrics
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOPPING)

    @asynccontextmanager
    async def listen(self, host: str, port: int) -> AsyncIterator[int]:
        """Serve at an address, and give the port. Raises SetupError where it is taken or is not this machine's."""
        await self._runner.setup()
        try:
            await self._open(host, port)
            yield int(self._runner.addresses[0][1])
        finally:
            await self._runner.cleanup()

    async def _open(self, host: str, port: int) -> None:
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            reason = (error.strerror or "no reason given").lower()
            raise SetupError(
                f"I cannot listen at {host}, port {port} ({reason}): set METRICS_HOST or METRICS_PORT."
            ) from None

    async def _healthz(self, _: web.Request) -> web.Response:
        fault = self._health.fault()
        return web.Response(status=503 if fault else 200, text=f"{fault or 'ok'}\n")

    async def _page(self, request: web.Request) -> web.Response:
        await self._metrics.look()
        body, content_type = self._metrics.page(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})
