"""An interaction to answer: what Discord says of it, and the requests that answer it.

discord.py would make objects of the server, the channel and the member first, and of the message that was pressed, and
look the command up in a tree of its own, with a view for each answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import IntEnum
from functools import partial
from typing import Any

import aiohttp
import discord
import msgspec
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

from bot.logger import Logger
from bot.platforms.discord.interaction_payload import Data, Json, read_payload
from bot.platforms.discord.messages import files_of
from bot.platforms.discord.rendering.render import Message

log = Logger(__name__)


class CallbackType(IntEnum):
    """How an interaction is answered first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


EPHEMERAL = 1 << 6
_COMPONENTS_V2 = 1 << 15
_ALREADY_ANSWERED = 40060
_NO_MENTIONS: Mapping[str, Any] = {"parse": []}


class Interaction:
    """What was asked, and the requests that its token allows for 15 minutes: they raise discord.HTTPException.

    Raises ValueError where Discord cannot have written the `payload`.
    """

    def __init__(self, payload: Mapping[str, Any], client: discord.Client) -> None:
        self.payload = read_payload(payload)
        self.client = client
        self.id, self.application_id = int(self.payload.id), int(self.payload.application_id)
        self.created_at = discord.utils.snowflake_time(self.id)
        """When it was made, by Discord's clock."""
        self.is_answered = False
        """Whether Discord has taken a first answer, or a deferral."""

    @property
    def type(self) -> int:
        return self.payload.type

    @property
    def data(self) -> Data:
        return self.payload.data

    @property
    def token(self) -> str:
        return self.payload.token

    async def send(self, message: Message, *, private: bool) -> None:
        """Answer with a new message."""
        files = files_of(message)
        await self._respond(CallbackType.MESSAGE, _new(message, files, private), files)

    async def update(self, message: Message) -> None:
        """Answer with another message in place of the one that was pressed."""
        files = files_of(message)
        await self._respond(CallbackType.UPDATE, _replacement(message, files), files)

    async def defer(self, *, update: bool, private: bool) -> None:
        """Say that an answer will come: in place of the message that was pressed, or as a new one."""
        kind = CallbackType.DEFERRED_UPDATE if update else CallbackType.DEFERRED_MESSAGE
        await self._respond(kind, {"flags": EPHEMERAL} if private and not update else None)

    async def complete(self, choices: Sequence[Mapping[str, str]]) -> None:
        """Answer a keystroke."""
        await self._respond(CallbackType.CHOICES, {"choices": choices})

    async def show_modal(self, modal: discord.ui.Modal) -> None:
        await self._respond(CallbackType.MODAL, modal.to_dict())

    async def edit_original(self, message: Message) -> None:
        """Put a message in place of the first answer, or of the one that was pressed."""
        await edit_first_answer(self.client, self.application_id, self.token, message)

    async def follow_up(self, message: Message, *, private: bool) -> None:
        """Send one message more."""
        files = files_of(message)
        body = _parameters(_new(message, files, private), files)
        await async_context.get().execute_webhook(
            self.application_id,
            self.token,
            wait=True,
            with_components=True,
            **body._asdict(),
            **_connection(self.client),
        )

    async def delete_original(self) -> None:
        """Delete the first answer."""
        delete = async_context.get().delete_original_interaction_response
        await _retry_once(partial(delete, self.application_id, self.token, **_connection(self.client)))

    async def _respond(self, kind: CallbackType, data: Json | None, files: Sequence[discord.File] = ()) -> None:
        body: Json = {"type": kind} if data is None else {"type": kind, "data": data}
        respond = async_context.get().create_interaction_response
        params = _parameters(body, files)
        try:
            await _retry_once(partial(respond, self.id, self.token, params=params, **_connection(self.client)), files)
        except discord.HTTPException as error:
            if error.code != _ALREADY_ANSWERED:
                raise
            log.warning("answered before", reason="by a try that seemed to fail, or by another process")
        self.is_answered = True


async def edit_first_answer(client: discord.Client, application_id: int, token: str, message: Message) -> None:
    """Put a message in place of the first answer to the interaction with a token. Raises discord.HTTPException."""
    files = files_of(message)
    body = _parameters(_replacement(message, files), files)
    edit = async_context.get().edit_original_interaction_response
    await _retry_once(partial(edit, application_id, token, **body._asdict(), **_connection(client)), files)


def _connection(client: discord.Client) -> Json:
    """Through which session and proxy. discord.py keeps its session to itself, and takes it from there as well."""
    http: Any = client.http
    return {"session": http._HTTPClient__session, "proxy": http.proxy, "proxy_auth": http.proxy_auth}


async def _retry_once(request: Callable[[], Awaitable[object]], files: Sequence[discord.File] = ()) -> None:
    """Make a request, and where its connection breaks make it again, as it may not have arrived.

    For what Discord does only once: it takes one first answer, and says so to the second.
    """
    try:
        await request()
    except aiohttp.ClientConnectionError:
        for one in files:
            one.reset()
        await request()


def _new(message: Message, files: Sequence[discord.File], private: bool) -> Json:
    made: Json = {
        "components": message.components,
        "flags": _COMPONENTS_V2 | (EPHEMERAL if private else 0),
        "allowed_mentions": _NO_MENTIONS,
    }
    if files:
        made["attachments"] = [one.to_dict(number) for number, one in enumerate(files)]
    return made


def _replacement(message: Message, files: Sequence[discord.File]) -> Json:
    """A message whose files, or none, come in place of the old ones."""
    return {"attachments": [], **_new(message, files, private=False)}


def _parameters(body: Json, files: Sequence[discord.File]) -> MultipartParameters:
    """A body as discord.py sends it: as JSON or, where there are files, beside them."""
    if not files:
        return MultipartParameters(payload=body, multipart=None, files=None)
    json = {"name": "payload_json", "value": msgspec.json.encode(body).decode()}
    return MultipartParameters(None, [json, *(_part(number, one) for number, one in enumerate(files))], files)


def _part(number: int, file: discord.File) -> Json:
    octets = "application/octet-stream"
    return {"name": f"files[{number}]", "value": file.fp, "filename": file.filename, "content_type": octets}
