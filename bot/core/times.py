"""The times of jobs, in one table: how often, how long, how late. A test checks that they fit each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right says less: this version is not older. One without a battery starts in 1970."""


class Times(Struct, frozen=True):
    """Each time with its reason."""

    tick: timedelta = _SECOND / 4
    """Between two looks while there is something to do: what is due waits no longer than people notice."""
    idle: timedelta = 5 * _SECOND
    """The longest between two looks: so long may a schedule that was just set wait."""
    a_second: int = 40
    """Posts a second on one platform, of all processes together: Discord allows a bot 50 requests."""
    heartbeat: timedelta = _MINUTE
    """Between two notes that the store is in use."""
    downtime: timedelta = 3 * _MINUTE
    """Without such a note for longer, another copy of the store may have been in use. A restart takes less."""
    patience: timedelta = 20 * _SECOND
    """For one call of a platform. discord.py waits for rate limits inside a call; longer would hold a round up."""
    look: timedelta = 45 * _SECOND
    """For one look into a channel's history: it may have several pages."""
    lease: timedelta = 12 * _SECOND
    """How long a claim lasts without being renewed: so long is what a dead or frozen process had in hand left alone."""
    renewal: timedelta = 3 * _SECOND
    """Between two renewals: three may fail before a lease ends."""
    stopping: timedelta = _SECOND
    """What is under way at an orderly stop has so long to come to its end; what has not is released."""
    skew: timedelta = 5 * _MINUTE
    """How much further apart our clock and a platform's may be than when they were compared: a message is looked for so
    much before and after a try.
    """
    first_look: timedelta = 75 * _SECOND
    """After an unknown outcome, where a platform swallows no repeats: a post that was slow to show is there by then."""
    first_try: timedelta = 10 * _SECOND
    """After a failure; each later pause is twice as long."""
    longest_pause: timedelta = 15 * _MINUTE
    """The longest pause between two tries."""
    grace: timedelta = 6 * _HOUR
    """How late a daily fact may be posted; then the day is over."""
    round_grace: timedelta = 5 * _MINUTE
    """How late a round may go on; then nobody is waiting any more, and it ends with its table."""
    leeway: timedelta = 1.5 * _SECOND
    """How much later a question is closed than it says: what was pressed in time may still be on its way."""
    on_its_way: timedelta = 15 * _SECOND
    """How long ago a press may have been made by the platform's clock: what is older is not believed."""
    first_check: timedelta = _MINUTE
    """After a permission was lost: if it is back by then, nobody need hear of it."""
    longest_check: timedelta = 24 * _HOUR
    """Between two looks at a channel that stays shut: Discord shuts out a bot that asks too often for what is gone."""


TIMES = Times()
