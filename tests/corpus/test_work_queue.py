"""The work queue: quick work before slow work, a thread is left to it, and nothing is lost when somebody gives up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from corpus.work_queue import Turns, WorkQueue


@pytest.fixture
async def queue() -> AsyncIterator[WorkQueue]:
    opened = WorkQueue()
    yield opened
    await opened.close()


async def test_what_is_quick_passes_what_is_slow() -> None:
    turns, done = Turns(1), list[str]()

    async def work(name: str, seconds: float) -> None:
        async with turns.turn(seconds):
            done.append(name)

    await turns.take(0.0)
    async with asyncio.TaskGroup() as tasks:
        for name, seconds in (("slow", 0.02), ("quick", 0.001), ("completion", 0.0), ("slower", 0.03)):
            tasks.create_task(work(name, seconds))
        await asyncio.sleep(0)
        turns.pass_on()
    assert done == ["completion", "quick", "slow", "slower"]


async def test_slow_work_leaves_a_thread_to_quick_work(queue: WorkQueue) -> None:
    gate = threading.Event()
    slow = [asyncio.create_task(queue.run(gate.wait, 1.0)) for _ in range(9)]
    try:
        assert await asyncio.wait_for(queue.run(lambda: "quick", 0.001), 60) == "quick"
    finally:
        gate.set()
    assert await asyncio.gather(*slow) == [True] * 9


async def test_work_that_nobody_waits_for_any_more_is_passed_over(queue: WorkQueue) -> None:
    gate = threading.Event()
    first = [asyncio.create_task(queue.run(gate.wait, 0.0)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(queue.run(lambda: "done", 0.0)) for _ in range(6)]
    await asyncio.sleep(0)
    for one in waiting[::2]:
        one.cancel()
    gate.set()
    await asyncio.gather(*first)
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert found[1::2] == ["done"] * 3
    assert all(isinstance(one, asyncio.CancelledError) for one in found[::2])
    assert await asyncio.gather(*(queue.run(lambda: "again", 1.0) for _ in range(5))) == ["again"] * 5


async def test_other_things_are_done_between_two_pieces_of_work_on_the_event_loop(queue: WorkQueue) -> None:
    order: list[str] = []

    async def other() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            order.append("other")

    await asyncio.gather(*(queue.run_here(lambda: order.append("work"), 0.0) for _ in range(4)), other())
    assert order.index("other") < len(order) - 1 - order[::-1].index("work")


async def test_an_error_is_whose_work_it_is(queue: WorkQueue) -> None:
    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            await queue.run(lambda: 1 / 0, 0.0)
    assert await queue.run(lambda: 1, 0.0) == 1


async def test_a_queue_whose_work_needed_no_thread_ends_without_one(queue: WorkQueue) -> None:
    before = threading.active_count()
    assert await queue.run_here(lambda: 1, 0.001) == 1
    await queue.close()
    assert threading.active_count() == before
