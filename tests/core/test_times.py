"""The times of timed work fit each other, on every platform."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core import standby
from bot.core.times import TIMES
from bot.platforms.discord.adapter import Discord
from bot.platforms.slack.adapter import Slack
from bot.platforms.terminal.adapter import Terminal
from bot.scheduler import clock_check
from bot.storage.postgresql import SETTINGS, STALLED_SECONDS, STATEMENT_SECONDS
from bot.storage.sqlite import BUSY_SECONDS
from bot.wiring import STOPPING
from cogs.quiz import count_work, job, round_state, round_work, schedule_work

SECOND = timedelta(seconds=1)
KILLED = 10 * SECOND
"""After a polite signal a container's host waits so long before it kills."""


def test_a_lease_outlasts_some_failed_renewals_and_others_go_on_within_15_seconds() -> None:
    assert 3 * TIMES.renewal < TIMES.lease
    assert TIMES.lease + TIMES.tick + job.QuizJob.idle_time < 15 * SECOND
    assert TIMES.tick < TIMES.idle < TIMES.lease


def test_some_heartbeats_may_fail_before_a_store_is_thought_to_be_out_of_use() -> None:
    assert TIMES.idle < TIMES.heartbeat
    assert 2 * TIMES.heartbeat + TIMES.idle < TIMES.downtime < clock_check.JUMP


def test_each_tick_has_room_for_some_posts() -> None:
    assert TIMES.a_second * TIMES.tick >= SECOND


def test_a_frozen_process_lets_go_of_its_locks_before_anybody_gives_up_waiting() -> None:
    idle, lock = (int(SETTINGS[f"{name}_timeout"].rstrip("s")) for name in ("idle_in_transaction_session", "lock"))
    assert idle < lock < STATEMENT_SECONDS
    # By the server, or by another process that looks for it.
    assert idle == STALLED_SECONDS
    assert STALLED_SECONDS * SECOND + TIMES.idle < 15 * SECOND
    assert TIMES.lease > BUSY_SECONDS * SECOND


def test_who_serves_a_connection_stops_before_another_starts_and_that_one_does_within_15_seconds() -> None:
    assert 3 * standby.BEAT < standby.STOP_AFTER
    assert standby.LAST_TRY > 0
    assert standby.STOP_AFTER + 2 * standby.LAST_TRY < standby.GONE_AFTER
    assert standby.GONE_AFTER + 2 * standby.BEAT < 15


def test_an_orderly_stop_ends_before_it_is_cut_short() -> None:
    assert 3 * TIMES.stopping + STOPPING * SECOND < KILLED


@pytest.mark.parametrize("platform", [Discord, Slack, Terminal])
def test_the_first_look_comes_while_repeats_are_swallowed_or_when_a_slow_post_shows(platform: type) -> None:
    swallows: timedelta = platform.swallows  # type: ignore[attr-defined]
    if swallows:
        assert TIMES.patience + 1.5 * TIMES.first_try < swallows
        assert TIMES.lease + TIMES.look < swallows
    else:
        assert timedelta(seconds=60) < TIMES.first_look
    pace: timedelta = platform.channel_pace  # type: ignore[attr-defined]
    assert pace * 4 < TIMES.lease


def test_a_day_has_time_for_many_tries_and_many_looks() -> None:
    assert 10 * TIMES.longest_pause < TIMES.grace
    assert TIMES.first_look + TIMES.look < TIMES.longest_pause
    assert TIMES.first_check < TIMES.grace < TIMES.longest_check
    assert TIMES.patience < TIMES.look


def test_a_look_goes_further_than_clocks_move_apart_unnoticed() -> None:
    assert clock_check.JUMP + TIMES.patience < TIMES.skew < clock_check.FAR_OFF


def test_a_round_gives_up_neither_before_its_grace_nor_long_after() -> None:
    given_up = sum((round_state.pause_after(n) for n in range(round_state.MOST_TRIES)), timedelta())
    assert TIMES.round_grace < given_up < 2 * TIMES.round_grace
    assert TIMES.lease + round_work.VISIBLE < TIMES.round_grace
    assert TIMES.leeway < round_state.LATE < TIMES.lease + TIMES.renewal
    assert TIMES.leeway < TIMES.on_its_way
    assert TIMES.patience > count_work.COUNT_PATIENCE


def test_a_question_of_the_day_is_tried_for_as_long_as_it_may_be_late() -> None:
    given_up = sum((round_state.pause_after(n) for n in range(round_state.MOST_DAILY_TRIES)), timedelta())
    assert TIMES.grace < given_up < 1.1 * TIMES.grace
    assert TIMES.grace > schedule_work.GRACE


def test_players_hear_whether_they_were_right_before_the_next_question() -> None:
    assert round_work.VERDICT_PATIENCE < round_state.BREAK
    assert TIMES.leeway < round_state.SECOND_THOUGHTS
    assert timedelta(minutes=15) > round_work.RECEIPT_LASTS
