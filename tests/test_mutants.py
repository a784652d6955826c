"""The changes that `make mutants` makes: no module that is easily wrong is forgotten, and a sample can be had again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from tests.mutants import FOLDERS, TESTS, keep_sample

ROOT = Path(__file__).parents[1]


def test_every_module_of_the_folders_has_its_tests_and_each_is_there() -> None:
    modules = {str(file.relative_to(ROOT)) for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")}
    assert {module for module in modules if not module.endswith("/__init__.py")} <= TESTS.keys()
    named = {*TESTS, *(path for tests in TESTS.values() for path in tests.split())}
    assert [path for path in named if not (ROOT / path).exists()] == []


def kept(session: Path, sample: int, seed: int) -> list[int]:
    """Which of eight changes are kept; the first two need no trial."""
    with closing(sqlite3.connect(session)) as store, store:
        store.executescript("""
            CREATE TABLE work_items (job_id); CREATE TABLE work_results (job_id);
            CREATE TABLE mutation_specs (job_id, start_pos_row, start_pos_col, operator_name, operator_args, occurrence)
        """)
        store.executemany("INSERT INTO work_items VALUES (?)", [(n,) for n in range(8)])
        store.executemany("INSERT INTO mutation_specs VALUES (?, ?, 0, '', '', 0)", [(n, n) for n in range(8)])
        store.execute("INSERT INTO work_results VALUES (0), (1)")
    keep_sample(session, sample, Random(seed))
    with closing(sqlite3.connect(session)) as store:
        items = store.execute("SELECT job_id FROM work_items ORDER BY job_id").fetchall()
        assert store.execute("SELECT job_id FROM mutation_specs ORDER BY job_id").fetchall() == items
    assert [n for (n,) in items[:2]] == [0, 1]
    return [n for (n,) in items[2:]]


def test_a_sample_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    assert kept(tmp_path / "all", 100, 1) == [2, 3, 4, 5, 6, 7]
    samples = [kept(tmp_path / f"{n}", 3, seed) for n, seed in enumerate((1, 1, 2, 3, 4))]
    assert {len(sample) for sample in samples} == {3}
    assert samples[0] == samples[1]
    assert len({tuple(sample) for sample in samples}) > 1
