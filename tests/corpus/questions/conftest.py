"""The shipped corpus and a made one, as texts and notes."""

from __future__ import annotations

import pytest

from corpus import SHIPPED
from corpus.source.check import CorpusReport, check_corpus
from tests.corpus.sample import write_sample


@pytest.fixture(scope="session")
def shipped() -> CorpusReport:
    return check_corpus(SHIPPED)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> CorpusReport:
    return check_corpus(write_sample(tmp_path_factory.mktemp("quiz") / "sample"))
