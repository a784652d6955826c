"""The claimant: the process that takes work under a lease."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Claimant(Struct, frozen=True):
    """Who claims work, when, and until when. `owner` names one process and no other, living or dead."""

    owner: str
    now: datetime
    until: datetime
