"""Features are tried over a store in memory: most only look something up, and a file's threads are half of such a test.

What is stored, by several at once or for another day, is tried over a file: there, a module or folder says so.
"""

from __future__ import annotations

import pytest

from bot.storage.store import Store


@pytest.fixture
def store(store_in_memory: Store) -> Store:
    return store_in_memory
