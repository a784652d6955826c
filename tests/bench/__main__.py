"""Run all measurements and print them."""

from __future__ import annotations

import asyncio
import logging

import structlog

from tests.bench import lookups, startup
from tests.bench.timing import told


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    answers, completions = await lookups.measure()
    print("From interaction to payload, in a simulated Discord\n" + told(answers), end="\n\n")
    print("Completion, in a simulated Discord\n" + told(completions), end="\n\n")
    print("Start-up, a process each time\n" + told(await startup.measure()))


if __name__ == "__main__":
    asyncio.run(main())
