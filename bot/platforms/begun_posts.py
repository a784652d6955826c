"""Posts of several messages of which only the beginning is in the channel, until somebody posts the rest."""

from __future__ import annotations

from collections.abc import Mapping

from bot.bounded_dict import BoundedDict

_MOST = 1_000


class BegunPosts:
    """The messages of posts that a look found, by their numbers: each post is asked for right after the look."""

    def __init__(self) -> None:
        self._found = BoundedDict[tuple[str, str], Mapping[int, str]](_MOST)

    def note(self, channel: str, key: str, messages: Mapping[int, str]) -> None:
        """Remember the ids of a post's messages, if there are any."""
        if messages:
            self._found[channel, key] = messages

    def take(self, channel: str, key: str) -> Mapping[int, str]:
        """The ids of the messages that are there, which must not be posted again."""
        return self._found.pop((channel, key), {})
