"""The changes that `make mutants` makes: no module that is easily wrong is forgotten, and a sample can be repeated."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from tests.mutants import FOLDERS, TESTS, keep_sample, leave_out

ROOT = Path(__file__).parents[1]


def test_every_module_of_the_folders_has_its_tests_and_each_is_there() -> None:
    modules = {str(file.relative_to(ROOT)) for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")}
    assert {module for module in modules if not module.endswith("/__init__.py")} <= TESTS.keys()
    named = {*TESTS, *(path for tests in TESTS.values() for path in tests.split())}
    assert [path for path in named if not (ROOT / path).exists()] == []


def started(session: Path, columns: list[int]) -> Path:
    """A session with a change at each column of the first line; the first two need no trial."""
    with closing(sqlite3.connect(session)) as store, store:
        store.executescript("""
            CREATE TABLE work_items (job_id); CREATE TABLE work_results (job_id);
            CREATE TABLE mutation_specs (job_id, start_pos_row, start_pos_col, operator_name, operator_args, occurrence)
        """)
        store.executemany("INSERT INTO work_items VALUES (?)", [(n,) for n in range(len(columns))])
        specs = [(n, column, n) for n, column in enumerate(columns)]
        store.executemany("INSERT INTO mutation_specs VALUES (?, 1, ?, '', '', ?)", specs)
        store.execute("INSERT INTO work_results VALUES (0), (1)")
    return session


def pending(session: Path) -> list[int]:
    """Which changes are kept, but for the first two."""
    with closing(sqlite3.connect(session)) as store:
        items = store.execute("SELECT job_id FROM work_items ORDER BY job_id").fetchall()
        assert store.execute("SELECT job_id FROM mutation_specs ORDER BY job_id").fetchall() == items
    assert [n for (n,) in items[:2]] == [0, 1]
    return [n for (n,) in items[2:]]


def kept(session: Path, sample: int, seed: int) -> list[int]:
    """Which of eight changes are kept in a sample."""
    keep_sample(started(session, [0] * 8), sample, Random(seed))
    return pending(session)


def test_what_changes_no_answer_is_not_changed(tmp_path: Path) -> None:
    line = "n_cache(10), c_cache(maxsize=10), z(strict=True, frozen=True), lambda *, c: 2 * 10 if TYPE_CHECKING, 4_096"
    (tmp_path / "module.py").write_text(line)
    changed = ["n_", "n_", "n_", "10), c", "10), z", "True,", "True), l", "*,", "* 10", "10 if", "TYPE", "4_096"]
    session = started(tmp_path / "session", [line.rindex(one) for one in changed])
    leave_out(session, tmp_path / "module.py")
    assert pending(session) == [2, 8, 9]
    (tmp_path / "module.py").write_text('@action("quiz.forget", replaces=True)')
    leave_out(session := started(tmp_path / "declared", [0, 0, 32]), tmp_path / "module.py")
    assert pending(session) == []


def test_a_sample_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    assert kept(tmp_path / "all", 100, 1) == [2, 3, 4, 5, 6, 7]
    samples = [kept(tmp_path / f"{n}", 3, seed) for n, seed in enumerate((1, 1, 2, 3, 4))]
    assert {len(sample) for sample in samples} == {3}
    assert samples[0] == samples[1]
    assert len({tuple(sample) for sample in samples}) > 1
