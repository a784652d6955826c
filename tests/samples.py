"""How many of a great number of cases a run tries: a share that depends on its seed, or all with FUZZ_EXAMPLES set."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

EVERYTHING = "FUZZ_EXAMPLES" in os.environ


def one_in(many: int) -> Callable[[int], bool]:
    """Says of a case's number whether it is tried: each `many`th from a random one on, so that each has its turn."""
    first = random.randrange(many)
    return lambda number: EVERYTHING or number % many == first
