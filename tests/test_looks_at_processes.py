"""Whether tests may look at a process that ends meanwhile."""

from __future__ import annotations

import subprocess
import threading

from tests.processes import children, waits


def test_a_process_may_end_while_it_is_looked_at() -> None:
    for _ in range(100):
        with subprocess.Popen(["sleep", "0.004"]) as process:
            reaper = threading.Thread(target=process.wait)
            reaper.start()
            while reaper.is_alive():
                assert waits(process.pid) >= 0
                assert children(process.pid) == []
            reaper.join()
