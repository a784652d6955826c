"""Pictures and files, uploaded behind the message they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.reply import File, Picture
from bot.platforms.slack.rendering.limits import ALT, clip
from bot.platforms.slack.transport.workspaces import Workspace


async def upload(workspace: Workspace, channel: str, files: Sequence[Picture | File], thread: str = "") -> None:
    """Share files in a channel. Raises SlackApiError and what the network raises."""
    if files:
        await workspace.asking.files_upload_v2(
            channel=channel, thread_ts=thread or None, file_uploads=[_described(one) for one in files]
        )


def _described(one: Picture | File) -> dict[str, object]:
    made: dict[str, object] = {"filename": one.name, "title": one.name, "content": one.data}
    return made | {"alt_txt": clip(one.alt, ALT)} if isinstance(one, Picture) else made
