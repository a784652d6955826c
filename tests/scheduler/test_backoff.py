"""When to try again: twice as late each time, spread, and never before the platform asks for it or a look can tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.platform import TryLater
from bot.core.times import TIMES
from bot.scheduler.backoff import next_try, retry_delay
from tests.fakes.platform import QuietPlatform
from tests.scheduler.conftest import NINE

SECOND = timedelta(seconds=1)
BROKEN = ZeroDivisionError()


class Forgiving(QuietPlatform):
    """Swallows a repeat of a key."""

    swallows = timedelta(minutes=3)


def waited(tries: int, error: Exception = BROKEN, share: float = 0.0, *, swallows: bool = True) -> timedelta:
    return retry_delay(tries, error, share, TIMES, Forgiving() if swallows else QuietPlatform())


def test_each_pause_is_twice_the_one_before_up_to_the_longest() -> None:
    found = [waited(tries) for tries in range(1, 40)]
    assert found[:3] == [TIMES.first_try, 2 * TIMES.first_try, 4 * TIMES.first_try]
    assert max(found) == found[-1] == TIMES.longest_pause
    assert waited(10**9) == TIMES.longest_pause


def test_what_failed_together_is_spread_over_half_as_long_again() -> None:
    assert waited(1, share=1.0) == 1.5 * waited(1)
    assert waited(1, share=0.5) == 1.25 * waited(1)


@pytest.mark.parametrize(("asked", "seconds"), [(86_399.0, 86_399), (86_400.0, 86_400), (86_401.0, 86_400)])
def test_a_platform_is_believed_for_a_day(asked: float, seconds: int) -> None:
    assert waited(1, TryLater("busy", asked)) == seconds * SECOND


def test_a_platform_shortens_no_pause() -> None:
    assert waited(3, TryLater("busy", 0.001)) == waited(3)
    assert waited(1, TryLater("busy")) == TIMES.first_try


def test_a_post_has_time_to_show_only_where_it_may_be_there_and_a_repeat_would_be_a_second_one() -> None:
    unknown = TryLater("no answer", unknown=True)
    assert TIMES.first_look > TIMES.first_try
    assert waited(1, unknown, swallows=False) == TIMES.first_look
    assert waited(1, unknown) == TIMES.first_try
    assert waited(1, TryLater("busy"), swallows=False) == TIMES.first_try
    assert waited(1, TryLater("no answer", 999.0, unknown=True), swallows=False) == 999 * SECOND


def test_the_last_try_is_as_the_grace_ends_and_there_is_none_after_it() -> None:
    ends = NINE + 10 * SECOND
    assert next_try(NINE, 4 * SECOND, ends) == NINE + 4 * SECOND
    assert next_try(NINE, 11 * SECOND, ends) == ends
    assert next_try(ends - SECOND, 4 * SECOND, ends) == ends
    assert next_try(ends, SECOND, ends) is None
    assert next_try(ends + SECOND, SECOND, ends) is None
