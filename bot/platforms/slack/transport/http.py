"""Slack over HTTP: signed events go to slack-bolt, and people's browsers install the bot."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.logger import Logger
from bot.platforms.http_server import HttpServer, SignatureScheme
from bot.platforms.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.platforms.slack.transport.api_errors import NETWORK
from bot.platforms.slack.transport.oauth import Distribution, page
from bot.storage.errors import database_errors, error_name

log = Logger(__name__)

_TEAM = re.compile(r"T[A-Z0-9]{1,30}")
_TEAM_OR_ORGANISATION = re.compile(r"[TE][A-Z0-9]{1,30}")
_INTERACTION = "payload"
_FORMS = ("command", "ssl_check")
"""What the form of a command has, and that by which Slack tries whether the bot is there."""


def http_server(bolt: AsyncApp, flow: AsyncOAuthFlow, access: Distribution) -> HttpServer:
    """The server with Slack's paths, not yet listening."""
    server = HttpServer(access.host, access.port, "SLACK_HOST or SLACK_PORT")
    requests = _Requests(bolt, flow)
    bolt.error(_raise)
    server.add_signed(EVENTS_PATH, signature_scheme(access.signing_secret), requests.event)
    server.add_page(INSTALL_PATH, requests.install)
    server.add_page(REDIRECT_PATH, requests.redirect)
    return server


def signature_scheme(secret: str) -> SignatureScheme:
    """Slack's own: an HMAC over the time and the body."""
    form = re.compile(r"v0=[0-9a-f]{64}")
    return SignatureScheme("X-Slack-Signature", "X-Slack-Request-Timestamp", form, partial(_is_signed, secret))


def _is_signed(secret: str, body: bytes, signature: str, stamp: str) -> bool:
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
    return hmac.compare_digest(f"v0={digest}", signature)


@dataclass(frozen=True)
class _Requests:
    bolt: AsyncApp
    flow: AsyncOAuthFlow

    async def event(self, body: bytes, headers: Mapping[str, str]) -> web.StreamResponse:
        # As over Socket Mode, it gets what was read: its own reading drops a command with the word "payload" in it.
        request = AsyncBoltRequest(body=_payload(body), headers=_headers(headers), mode="socket_mode")
        for team in (request.context.team_id, request.body.get("team_id")):
            if team is not None and not _TEAM_OR_ORGANISATION.fullmatch(team):
                raise ValueError("not a workspace's id")
        return await to_aiohttp_response(await self.bolt.async_dispatch(request))

    async def install(self, request: web.Request) -> web.StreamResponse:
        team = request.query.get("team")
        if team is not None and not _TEAM.fullmatch(team):
            return await to_aiohttp_response(page(400, "That isn't a workspace's id."))
        response = await to_aiohttp_response(await self.flow.handle_installation(_query(request)))
        response.headers["Cache-Control"] = "no-store"
        for morsel in response.cookies.values():
            morsel["samesite"] = "Lax"
        return response

    async def redirect(self, request: web.Request) -> web.StreamResponse:
        try:
            answer = await self.flow.handle_callback(_query(request))
        except NETWORK:
            answer = page(502, "Slack could not be reached, so nothing was installed.")
        except database_errors() as error:
            log.error("failed", what="slack installation", error=error_name(error))
            answer = page(503, "I cannot use my store just now, so nothing was installed.")
        return await to_aiohttp_response(answer)


async def _raise(error: Exception) -> None:
    """Let the server log what slack-bolt could not do and answer it: slack-bolt's own lines do not say where it was."""
    raise error


def _payload(body: bytes) -> dict[str, Any]:
    """An event's JSON, a command's form, or the JSON in an interaction's form. Raises LookupError and ValueError."""
    if body.lstrip().startswith(b"{"):
        return _decoded(body)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    if _INTERACTION in form:
        return _decoded(form[_INTERACTION])
    if form.keys().isdisjoint(_FORMS):
        raise ValueError("neither an event nor an interaction nor a command")
    return dict(form)


def _decoded(json: bytes | str) -> dict[str, Any]:
    payload = msgspec.json.decode(json, type=dict[str, Any])
    if not isinstance(payload["type"], str):
        raise TypeError("the type of an event or interaction is a word")
    return payload


def _headers(headers: Mapping[str, str]) -> dict[str, str | Sequence[str]]:
    return dict(headers)


def _query(request: web.Request) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=request.query_string, headers=_headers(request.headers))
