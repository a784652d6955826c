"""The HTTP server for monitoring: `/healthz` for what restarts the bot, `/metrics` for Prometheus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.monitoring.health import Health
from bot.monitoring.metrics import Metrics
from bot.platforms.http_server import HttpServer

_STOPPING = 0.5
"""Seconds that a request under way has when the bot stops."""


class MonitoringServer:
    """Answers `/healthz` with 200 or, with what is wrong in one line, 503, and `/metrics` in Prometheus' form."""

    def __init__(self, health: Health, metrics: Metrics) -> None:
        self._health = health
        self._metrics = metrics

    @asynccontextmanager
    async def listen(self, host: str, port: int) -> AsyncIterator[int]:
        """Serve at an address, and give the port. Raises SetupError where it is taken or is not this machine's."""
        server = HttpServer(host, port, "METRICS_HOST or METRICS_PORT", _STOPPING)
        server.add_page("/healthz", self._healthz)
        server.add_page("/metrics", self._page)
        try:
            await server.open()
            yield server.port
        finally:
            await server.close()

    async def _healthz(self, _: web.Request) -> web.Response:
        fault = self._health.fault()
        return web.Response(status=503 if fault else 200, text=f"{fault or 'ok'}\n")

    async def _page(self, request: web.Request) -> web.Response:
        await self._metrics.look()
        body, content_type = self._metrics.page(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})
