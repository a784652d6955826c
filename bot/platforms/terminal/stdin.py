"""Lines from standard input, without the event loop ever waiting for them."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator


async def typed_lines() -> AsyncIterator[str]:
    """Each line as it comes, none without standard input. Bytes that are no UTF-8 become U+FFFD."""
    if sys.stdin is None:
        return
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    # A daemon of its own: a thread of the loop's pool, waiting for input that never comes, would hold up the end.
    threading.Thread(target=_read, args=(loop, lines), daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


def _read(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None]) -> None:
    try:
        # Not sys.stdin itself: Python closes that when it ends, and dies if this thread holds its lock.
        with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False) as stream:
            for line in stream:
                loop.call_soon_threadsafe(lines.put_nowait, line)
    finally:
        loop.call_soon_threadsafe(lines.put_nowait, None)
