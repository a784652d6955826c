"""Posts of several messages of which only the beginning is in the channel, until somebody posts the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from bot.bounded_dict import BoundedDict
from bot.core.platform import TryLater, Undelivered

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


@contextmanager
def finishing(sent: Collection[int]) -> Iterator[None]:
    """What keeps the rest of a post back is for later, and for a look first, once some of its messages are `sent`.

    To send all of it again would double them.
    """
    try:
        yield
    except Undelivered as error:
        if not sent:
            raise
        after = error.after if isinstance(error, TryLater) else None
        raise TryLater(str(error), after, unknown=True) from None
