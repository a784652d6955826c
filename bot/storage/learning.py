"""What people have learnt: every answer that counted, the question before them, and what they say of questions."""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct, structs

from bot.storage.rounds import Standing
from bot.storage.session import read
from bot.storage.store import Store

_FORGET = ("attempts", "answers", "reviews", "learner", "reports", "starter", "winner")
_REPORTS = 25


class Attempt(Struct, frozen=True):
    """One answer of a person. `topics` are ids between spaces, `rating` is FSRS's, `round` is empty in a review."""

    question: str
    attempted_at: datetime
    kind: str
    topics: str
    is_right: bool
    rating: int
    round: str = ""


class Where(Struct, frozen=True):
    """Where something was said; `server` is empty in private."""

    platform: str
    server: str
    channel: str


class Review(Struct, frozen=True):
    """The question that somebody has before them; `token` stands in its buttons, `asked` is the question as JSON."""

    token: str
    asked: str
    asked_at: datetime


class Report(Struct, frozen=True):
    """What somebody finds wrong with a question."""

    id: str
    question: str
    asked: str
    words: str
    reported_at: datetime


class Learning:
    """What is kept of people's learning. A person is a platform's name, a colon, and the person's id there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def attempts(self, person: str) -> list[Attempt]:
        """All that a person has answered, the earliest first."""
        return [read(Attempt, row) for row in await self._store.reader.attempts_of(person=person)]

    async def rate(self, person: str, question: str, attempted_at: datetime, rating: int) -> bool:
        """Say how well an answer that was right was known; False where there is no such answer."""
        async with self._store.transaction() as tx:
            rated: int = await tx.rate_attempt(
                person=person, question=question, attempted_at=attempted_at, rating=rating
            )
        return rated == 1

    async def standings(self, where: Where, since: datetime, *, channel: bool) -> list[Standing]:
        """How everybody did in the rounds of a server, or of its channel, in no order."""
        reader = self._store.reader
        if channel:
            rows = await reader.channel_standings(platform=where.platform, channel=where.channel, since=since)
        else:
            rows = await reader.server_standings(platform=where.platform, server=where.server, since=since)
        return [read(Standing, row) for row in rows]

    async def put_review(self, person: str, asked: str, now: datetime) -> str:
        """Put a question before a person, in place of another; returns its token."""
        token = secrets.token_hex(6)
        async with self._store.transaction() as tx:
            await tx.put_review(person=person, token=token, asked=asked, asked_at=now)
        return token

    async def review(self, person: str) -> Review | None:
        """The question that a person has before them."""
        row = await self._store.reader.get_review(person=person)
        return read(Review, row) if row else None

    async def answer_review(self, person: str, name: str, token: str, attempt: Attempt, where: Where) -> bool:
        """Count the answer to the question before a person; False where it was answered, or is another by now."""
        values = structs.asdict(attempt)
        del values["round"]
        async with self._store.transaction() as tx:
            if not await tx.end_review(person=person, token=token):
                return False
            await tx.add_attempt(person=person, name=name, **values, **structs.asdict(where))
        return True

    async def made_question(self, question: str) -> str | None:
        """A question that stands in no notes, as JSON."""
        asked: str | None = await self._store.reader.get_made_question(question=question)
        return asked

    async def timezone(self, person: str) -> str | None:
        """The name of the zone that a person has set."""
        name: str | None = await self._store.reader.get_timezone(person=person)
        return name

    async def set_timezone(self, person: str, name: str) -> None:
        async with self._store.transaction() as tx:
            await tx.put_timezone(person=person, timezone=name)

    async def report(self, person: str, where: Where, report: Report) -> None:
        """Keep what somebody finds wrong."""
        async with self._store.transaction() as tx:
            await tx.add_question_report(person=person, **structs.asdict(where), **structs.asdict(report))

    async def reported_since(self, person: str, since: datetime) -> int:
        """How many reports a person has made."""
        many: int = await self._store.reader.count_reports_of(person=person, since=since)
        return many

    async def reports(self, where: Where) -> list[Report]:
        """The latest reports of a server."""
        rows = await self._store.reader.question_reports(platform=where.platform, server=where.server, most=_REPORTS)
        return [read(Report, row) for row in rows]

    async def settle(self, where: Where, report: str) -> bool:
        """Do away with a report of a server; False where there is none."""
        async with self._store.transaction() as tx:
            settled: int = await tx.settle_question_report(id=report, platform=where.platform, server=where.server)
        return settled == 1

    async def forget(self, person: str) -> None:
        """Delete all that is kept about a person, at once or not at all."""
        async with self._store.transaction() as tx:
            for what in _FORGET:
                await getattr(tx, f"forget_{what}")(person=person)
