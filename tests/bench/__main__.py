"""The command line of the measurements: `python -m tests.bench`, alone or with the names of those to run."""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentParser
from pathlib import Path

from tests.bench import answers, presses, schedule, servers, slack, startup, store
from tests.bench.timing import Comparison, as_json, table
from tests.logs import quiet

COMPARED = ("answers", "ready", "ask", "slack")
UNCOMPARED = ("schedule", "presses", "servers", "store")
REFERENCE = "89e1c92"
"""What `ask` is compared with, unless another commit is named."""


async def main() -> None:
    parser = ArgumentParser("tests.bench", description="Measure, and print ratios first.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(COMPARED + UNCOMPARED)}; without any, all"
    )
    parser.add_argument("--against", default=REFERENCE, metavar="COMMIT", help="what `ask` is compared with")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the figures are written")
    chosen = parser.parse_args()
    quiet()
    rows: list[Comparison] = []
    for name in chosen.names or COMPARED + UNCOMPARED:
        if name in UNCOMPARED:
            print(await _report(name), end="\n\n")
            continue
        found = await _compared(name, chosen.against)
        base = chosen.against[:9] if name == "ask" else "bare"
        print(table(found, base), end="\n\n", flush=True)
        rows += found
    chosen.json.write_text(json.dumps(as_json(rows), indent=1) + "\n", encoding="utf-8")


async def _compared(name: str, against: str) -> list[Comparison]:
    match name:
        case "answers":
            return await answers.measure()
        case "ready":
            return await startup.ready()
        case "ask":
            return startup.ask(against)
        case "slack":
            return await slack.measure()
    raise SystemExit(f"There is no {name}: choose of {', '.join(COMPARED + UNCOMPARED)}.")


async def _report(name: str) -> str:
    if name == "schedule":
        return "Daily facts\n" + await schedule.measure()
    if name == "store":
        return "A big store\n" + await store.measure()
    if name == "servers":
        return await servers.report()
    return "A quiz question that a thousand people press\n" + presses.as_lines(await presses.measure())


if __name__ == "__main__":
    asyncio.run(main())
