"""Files that somebody sent on Slack, as attachments: fetched with the bot's token when somebody reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.core.attachment import Attachment, Attachments
from bot.core.platform import Gone
from bot.platforms.slack.transport.api_errors import FAILURES
from bot.platforms.slack.transport.workspaces import Workspaces


def attachments_of(workspaces: Workspaces, team: str, files: Iterable[Mapping[str, Any]]) -> Attachments:
    """The attachments that Slack's own descriptions of files stand for, by the files' ids."""
    return Attachments({str(one["id"]): _attachment(workspaces, team, one) for one in files if one.get("id")})


def files_of_view(view: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The files that were put into a submitted modal."""
    for state in view["state"]["values"].values():
        for field in state.values():
            yield from field.get("files") or ()


def _attachment(workspaces: Workspaces, team: str, file: Mapping[str, Any]) -> Attachment:
    address = str(file.get("url_private_download") or file.get("url_private") or "")

    async def read() -> bytes:
        try:
            return await workspaces.download(team, address)
        except (Gone, *FAILURES) as error:
            raise OSError(f"Slack does not give the file: {type(error).__name__}") from None

    return Attachment(str(file.get("name") or "file"), int(file.get("size") or 0), read)
