"""Run all measurements and print them."""

from __future__ import annotations

import asyncio
import logging

import structlog

from tests.bench import lookups, presses, schedule, startup
from tests.bench.timing import told


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    answers, completions = await lookups.measure()
    print("From interaction to payload, in a simulated Discord\n" + told(answers), end="\n\n")
    print("Completion, in a simulated Discord\n" + told(completions), end="\n\n")
    print("Start-up, a process each time\n" + told(await startup.measure()), end="\n\n")
    print("Daily facts\n" + await schedule.measure(), end="\n\n")
    print("A quiz question that a thousand people press\n" + presses.told(await presses.measure()))


if __name__ == "__main__":
    asyncio.run(main())
