"""Added texts are stored in a file, as where the bot runs."""

from __future__ import annotations

import pytest

from bot.storage.store import Store


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file
