"""The store over both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage.store import Store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(database_url)
    yield opened
    await opened.close()
