"""What is said in the fake Slack, and what goes wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.platforms.slack import limits_check

Json = dict[str, Any]


@dataclass
class Said:
    """A message. `seen_by` is the one person who sees it, or nothing where all of the channel do."""

    channel: str
    payload: Json
    ts: str
    seen_by: str = ""
    thread: str = ""
    replaces: bool = False

    @property
    def blocks(self) -> list[Json]:
        return list(self.payload["blocks"])

    @property
    def words(self) -> str:
        return limits_check.words_of(self.blocks)


@dataclass
class Trouble:
    """What goes wrong with one call: an error code, a status, or a connection cut before or after the work is done.

    Cut `silent`, the work is done and no answer ever comes. What `passes` goes well, and leaves trouble to the next.
    """

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    cut: str = ""
    passes: bool = False
