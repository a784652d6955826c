"""Faults of a fake Discord's REST API."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOO_MANY = 429


@dataclass(frozen=True)
class Fault:
    """How a request fails: with a status, or with 0 by a connection that breaks. `done`: its effect is there anyway."""

    status: int = 0
    code: int = 0
    done: bool = False
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, request: web.Request) -> web.Response:
        if not self.status and request.transport:
            request.transport.abort()
        body = json.dumps({"message": "a fault to order", "code": self.code} | self.body)
        headers = {"Content-Type": "application/json"} | self.headers
        return web.Response(body=body, status=self.status or 500, headers=headers)


def rate_limit(seconds: float, *, for_all: bool = False) -> Fault:
    """Too many requests for one bucket, or of the whole bot."""
    scope = "global" if for_all else "user"
    headers = {"Via": "1.1 google", "X-RateLimit-Scope": scope, "Retry-After": f"{seconds:.3f}"}
    if for_all:
        headers["X-RateLimit-Global"] = "true"
    return Fault(TOO_MANY, body={"retry_after": seconds, "global": for_all}, headers=headers)


def ban(seconds: float) -> Fault:
    """Too many requests, in the words of what is in front of Discord: there is no `Via` in them."""
    return Fault(TOO_MANY, headers={"Retry-After": str(seconds)})
