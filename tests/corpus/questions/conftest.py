"""The shipped corpus and a made one, as texts and notes."""

from __future__ import annotations

import pytest

from corpus import SHIPPED
from corpus.source.check import Judged, judge
from tests.corpus.sample import write_sample


@pytest.fixture(scope="session")
def shipped() -> Judged:
    return judge(SHIPPED)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge(write_sample(tmp_path_factory.mktemp("quiz") / "sample"))
