"""What the store's queries cost when it is big: `BENCH_STORE=1 python -m tests.bench store` is its whole size.

Ten million deliveries of a hundred thousand schedules, a million rounds, a million answers in one server, and a person
with twenty thousand answers. By default (0.01) it is a hundredth of that.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.storage import cards, deliveries, learning, round_answers, rounds, schedules
from bot.storage.claimant import Claimant
from bot.storage.learning import Where
from bot.storage.owner import Owner
from bot.storage.retention import RULES, step
from bot.storage.session import Session
from bot.storage.store import Store
from tests.bench.timing import percentile

SCALE = float(os.environ.get("BENCH_STORE", "0.01"))
TIMES = 100
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
_MICROSECONDS = int(NOW.timestamp()) * 1_000_000
_NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {many} - 1)\n"
_A_DAY = 86_400_000_000

_FILL = (
    # Of every five hundred schedules one is due now, the others at some time in the next day.
    """
    INSERT INTO schedules
        (id, platform, server, channel, topic, local_time, zone, days, set_by, set_at, due_at, due_date, state, reason)
    {schedules}
    SELECT printf('%016x', n), 'test', 'guild-' || (n / 3), 'channel-' || n, '', '09:00', 'Europe/London', '1234567',
        'ada', 0, {now} + (n % 500 > 0) * (n % 86400 + 1) * 1000000, '2026-11-22', 'active', '' FROM numbers
    """,
    # A hundred days of each.
    """
    INSERT INTO deliveries (schedule_id, local_date, due_at, state, fact, message, nonce, tries, reason, changed_at)
    {deliveries}
    SELECT printf('%016x', n / 100), date('2026-11-22', '-' || (n % 100 + 1) || ' days'),
        {now} - (n % 100 + 1) * {day}, 'sent', 'fact-' || (n % 126), '1', printf('%024x', n), 1, '',
        {now} - (n % 100 + 1) * {day} FROM numbers
    """,
    # Of every five thousand rounds one is running.
    """
    INSERT INTO rounds (id, platform, server, channel, mode, seconds, questions, starter, starter_name, started_at,
        state, number, due_at, closes_at, message, winner, remaining, skipped, late, stopped, tries, version, shown,
        shown_at, lease_ends_at)
    {rounds}
    SELECT printf('%012x', n), 'test', 'guild-' || (n % 20000), 'channel-' || n, 'everyone', 20, 1, '', 'somebody',
        {now} - n % 90 * {day} - n, CASE WHEN n % 5000 THEN 'over' ELSE 'asking' END, 1, {now}, {now}, '1', '', 0,
        FALSE, FALSE, FALSE, 0, 0, 0, 0, 0 FROM numbers
    """,
    """
    INSERT INTO round_questions (round, number, question, kind, topics, asked)
    {rounds} SELECT printf('%012x', n), 1, 'question-' || (n % 737), 'choice', 'peace', '' FROM numbers
    """,
    # A thousand people in one server, and what each did in a day.
    """
    INSERT INTO attempts
        (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel,
         on_card)
    {answers}
    SELECT 'test:' || (n % 1000), 'question-' || (n / 1000 % 737), {now} - n * 8000000, 'P' || (n % 1000), 'choice',
        'peace', n % 3 > 0, 3, 'round-' || (n / 5000), 'test', 'guild-0', 'channel-0', TRUE FROM numbers
    """,
    """
    INSERT INTO scores (platform, server, channel, person, day, name, right_ones, answered, asked)
    SELECT platform, server, channel, person, attempted_at / {day}, MAX(name), SUM(is_right), COUNT(*), COUNT(*)
    FROM attempts WHERE round <> '' GROUP BY platform, server, channel, person, attempted_at / {day}
    """,
    """
    INSERT INTO attempts
        (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server, channel,
         on_card)
    {learner}
    SELECT 'test:zoe', 'question-' || (n % 5000), {now} - n * 600000000, 'Zoe', 'choice', 'peace', n % 3 > 0, 3, '',
        'test', '', '', TRUE FROM numbers
    """,
    """
    INSERT INTO cards (person, question, state, step, stability, difficulty, due_at, reviewed_at, in_days, met_at,
        met_in_review, missed)
    SELECT person, question, 2, NULL, 5.0, 5.0, {now} + (MAX(attempted_at) - {now} / 2) % {day}, MAX(attempted_at),
        TRUE, MIN(attempted_at), TRUE, FALSE FROM attempts WHERE person = 'test:zoe' GROUP BY question
    """,
)


async def measure() -> str:
    """A table for people."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        began = time.perf_counter()
        await _fill(file)
        took, size = time.perf_counter() - began, file.stat().st_size / 1e6
        began = time.perf_counter()
        store = await Store.open(str(file))
        opened = time.perf_counter() - began
        lines = [("made", f"{took:.0f} s, {size:,.0f} MB"), ("opened", f"{opened * 1000:.0f} ms")]
        for name, work in _queries().items():
            lines.append((name, await _timed(store, work)))
        await store.close()
    many = f"{10_000_000 * SCALE:,.0f} deliveries, {1_000_000 * SCALE:,.0f} rounds, {1_000_000 * SCALE:,.0f} answers"
    return "\n".join([many, *(f"{name:54}{figure}" for name, figure in lines)])


async def _fill(file: Path) -> None:
    store = await Store.open(str(file))
    sizes = {
        "schedules": 100_000,
        "deliveries": 10_000_000,
        "rounds": 1_000_000,
        "answers": 1_000_000,
        "learner": 20_000,
    }
    many = {name: _NUMBERS.format(many=max(1, int(size * SCALE))) for name, size in sizes.items()}
    for statement in _FILL:
        async with store.transaction() as tx:
            await tx.execute(statement.format(**many, now=_MICROSECONDS, day=_A_DAY))
    await store.close()


def _queries() -> dict[str, Callable[[Session], Awaitable[object]]]:
    claim = Claimant("bench", NOW, NOW + timedelta(seconds=12))
    where = Where("test", "guild-0", "channel-0")
    month = (NOW - 30 * DAY - datetime(1970, 1, 1, tzinfo=UTC)).days
    tomorrow = NOW + DAY / 2
    shelf = Owner("test", "guild-7")
    return {
        "daily facts: when the next is due": lambda tx: schedules.next_due_at(tx, "test"),
        "daily facts: ten that are due": lambda tx: schedules.due(tx, "test", NOW, 10),
        "daily facts: claim one": lambda tx: deliveries.claim(tx, f"{0:016x}", date(2026, 11, 22), NOW, claim, None),
        "daily facts: what is open": lambda tx: deliveries.next_open_at(tx, "test"),
        "daily facts: take over what was left": lambda tx: deliveries.take_over(tx, "test", 10, claim),
        "daily facts: facts a channel had": lambda tx: deliveries.facts_posted(tx, "test", "guild-0", "channel-0"),
        "/daily history": lambda tx: deliveries.history(tx, f"{7:016x}", 10),
        "/daily list": lambda tx: schedules.of_server(tx, "test", "guild-7"),
        "rounds: when the next is due": lambda tx: rounds.next_due_at(tx, "test"),
        "rounds: claim ten": lambda tx: rounds.claim(tx, "test", NOW, "bench", NOW + DAY, 10),
        "rounds: whose count is out of date": lambda tx: rounds.unshown(tx, "test", NOW - DAY, NOW, NOW - DAY, 10),
        "/quiz start: what was asked lately": lambda tx: rounds.lately_asked(
            tx, "test", "guild-7", "channel-7", NOW - 14 * DAY
        ),
        "a round's table": lambda tx: round_answers.standings(tx, "round-7"),
        "what one missed in a round": lambda tx: round_answers.missed(tx, "round-7", "test:7"),
        "/quiz scores month, of a server": lambda tx: learning.standings(tx, where, month, channel=False),
        "/quiz scores all, of a channel": lambda tx: learning.standings(tx, where, 0, channel=True),
        "/quiz review: cards that are due": lambda tx: cards.due(tx, "test:zoe", shelf, NOW, tomorrow, 50, 0),
        "/quiz review: new ones today": lambda tx: cards.count_met(tx, "test:zoe", NOW - DAY),
        "/quiz me: answers by kind": lambda tx: learning.answer_counts(tx, "test:zoe"),
        "/quiz me: the day before": lambda tx: learning.last_answer_at(tx, "test:zoe", NOW),
        **{f"retention: {rule.what}": lambda tx, rule=rule: step(tx, rule, NOW) for rule in RULES},  # type: ignore[misc]
    }


class _Undone(Exception):
    """Takes a transaction back."""


@asynccontextmanager
async def undone(store: Store) -> AsyncIterator[Session]:
    """A transaction that is taken back."""
    with suppress(_Undone):
        async with store.transaction() as tx:
            yield tx
            raise _Undone


async def _timed(store: Store, work: Callable[[Session], Awaitable[object]]) -> str:
    """How long a query takes in a transaction, and to take it back."""
    seconds = []
    for _ in range(TIMES):
        async with undone(store) as tx:
            began = time.perf_counter()
            await work(tx)
            seconds.append(time.perf_counter() - began)
        if sum(seconds) > 20:
            break
    p50, p99 = (1000 * percentile([*seconds, seconds[-1]], n) for n in (50, 99))
    return f"p50 {p50:.2f} ms, p99 {p99:.2f} ms"
