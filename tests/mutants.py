"""`make mutants`: changes the subtle modules one place at a time, and says which changes no test notices.

    make mutants                            all of them; that takes hours
    make mutants SAMPLE=30                  thirty changes of each module, which a seed chooses: SEED repeats them
    make mutants MODULES=corpus/calendar.py

cosmic-ray makes the changes in a copy of the project; each is tried with the tests that are beside its module here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

FOLDERS = ("bot/scheduler", "bot/timetable", "corpus/quotations")
"""All modules of these have tests here."""
_QUOTATIONS = "tests/corpus/quotations/"
_VERDICTS = f"{_QUOTATIONS}test_verdict.py {_QUOTATIONS}test_extract.py"
_CHECKS = (
    f"{_QUOTATIONS}test_extract.py {_QUOTATIONS}test_claimed_speakers.py "
    "tests/cogs/check/test_check.py tests/cogs/check/test_report.py tests/cogs/check/test_provenance.py"
)
_INDEX = f"{_QUOTATIONS}test_token_index.py {_QUOTATIONS}test_concordance.py {_QUOTATIONS}test_parse.py {_VERDICTS}"
_SCHEDULED = "tests/scheduler/test_daily.py tests/scheduler/test_faults.py"
_RESTORED = "tests/scheduler/test_restore.py"
_DAILY = "tests/cogs/daily"
_QUIZ = "tests/cogs/quiz/"
_ROUNDS = f"{_QUIZ}test_game.py {_QUIZ}test_faults.py"
_REVIEWS = f"{_QUIZ}test_review.py {_QUIZ}test_alone.py"
TESTS = {
    "bot/core/standby.py": "tests/core/test_standby.py tests/core/test_times.py",
    "bot/scheduler/backoff.py": "tests/scheduler/test_backoff.py",
    "bot/scheduler/clock_check.py": "tests/scheduler/test_clock_check.py",
    "bot/scheduler/heartbeat.py": "tests/scheduler/test_heartbeat.py",
    "bot/scheduler/loop.py": "tests/scheduler/test_loop.py tests/scheduler/test_faults.py tests/core/test_times.py",
    "bot/scheduler/membership.py": "tests/scheduler/test_membership.py",
    "bot/scheduler/post_once.py": "tests/scheduler/test_post_once.py",
    "bot/scheduler/retention.py": "tests/scheduler/test_retention.py",
    "bot/scheduler/shelf_indexes.py": "tests/scheduler/test_shelf_indexes.py",
    "bot/scheduler/stalled_sessions.py": "tests/scheduler/test_stalled_sessions.py",
    "bot/scheduler/zone_rules.py": "tests/scheduler/test_zone_rules.py",
    "bot/timetable/arithmetic.py": "tests/timetable/test_arithmetic.py",
    "bot/timetable/clocks.py": "tests/timetable/test_zones.py tests/timetable/test_database.py",
    "bot/timetable/places.py": "tests/timetable/test_zones.py tests/timetable/test_words.py",
    "bot/timetable/words.py": "tests/timetable/test_words.py",
    "bot/timetable/zones.py": "tests/timetable/test_zones.py tests/timetable/test_database.py",
    "bot/storage/pace.py": "tests/storage/test_pace.py",
    "cogs/daily/choice.py": f"{_SCHEDULED} {_DAILY}",
    "cogs/daily/delivery.py": f"{_SCHEDULED} {_RESTORED} {_DAILY}",
    "cogs/daily/job.py": f"{_SCHEDULED} {_RESTORED}",
    "cogs/daily/operations.py": _DAILY,
    "cogs/daily/recovery.py": _SCHEDULED,
    "cogs/daily/server_schedules.py": _DAILY,
    "cogs/daily/set_up.py": _DAILY,
    "cogs/quiz/cards.py": f"{_QUIZ}test_cards.py {_QUIZ}test_review.py",
    "cogs/quiz/control.py": f"{_QUIZ}test_round.py {_QUIZ}test_game.py",
    "cogs/quiz/count_work.py": f"{_QUIZ}test_faults.py {_ROUNDS}",
    "cogs/quiz/job.py": f"{_QUIZ}test_review.py {_QUIZ}test_schedule.py {_ROUNDS}",
    "cogs/quiz/play.py": f"{_QUIZ}test_round.py {_ROUNDS}",
    "cogs/quiz/profile.py": _REVIEWS,
    "cogs/quiz/questions.py": f"{_QUIZ}test_questions.py {_QUIZ}test_round_replies.py {_QUIZ}test_alone.py",
    "cogs/quiz/remind.py": f"{_QUIZ}test_review.py",
    "cogs/quiz/review.py": _REVIEWS,
    "cogs/quiz/round_replies.py": f"{_QUIZ}test_round_replies.py",
    "cogs/quiz/round_state.py": f"{_QUIZ}test_round_steps.py",
    "cogs/quiz/schedule.py": f"{_QUIZ}test_schedule.py",
    "cogs/quiz/round_work.py": f"{_QUIZ}test_schedule.py {_QUIZ}test_round.py {_QUIZ}test_removed_texts.py {_ROUNDS}",
    "cogs/quiz/schedule_work.py": f"{_QUIZ}test_schedule.py",
    "cogs/quiz/scores.py": f"{_QUIZ}test_alone.py {_QUIZ}test_faults.py",
    "cogs/quiz/start.py": f"{_QUIZ}test_schedule.py {_ROUNDS}",
    "corpus/calendar.py": "tests/corpus/test_calendar.py tests/corpus/test_date_reading.py",
    "corpus/date_parts.py": "tests/corpus/test_date_reading.py",
    "corpus/date_reading.py": "tests/corpus/test_date_reading.py",
    "corpus/questions/answers.py": "tests/corpus/questions/test_answers.py",
    "corpus/quotations/align.py": f"{_QUOTATIONS}test_align.py {_VERDICTS}",
    "corpus/quotations/alignment_edges.py": f"{_QUOTATIONS}test_align.py {_VERDICTS}",
    "corpus/quotations/chat_messages.py": _CHECKS,
    "corpus/quotations/checked_quotation.py": _CHECKS,
    "corpus/quotations/checker.py": _CHECKS,
    "corpus/quotations/claim_checker.py": _CHECKS,
    "corpus/quotations/concordance.py": f"{_QUOTATIONS}test_concordance.py tests/cogs/test_word.py",
    "corpus/quotations/context.py": _VERDICTS,
    "corpus/quotations/copies.py": f"{_QUOTATIONS}test_copies.py {_CHECKS}",
    "corpus/quotations/denials.py": f"{_QUOTATIONS}test_denials.py {_CHECKS}",
    "corpus/quotations/diff.py": _VERDICTS,
    "corpus/quotations/elisions.py": f"{_VERDICTS} tests/cogs/check/test_check.py",
    "corpus/quotations/equal_words.py": f"{_VERDICTS} {_QUOTATIONS}test_numbers_with_signs.py",
    "corpus/quotations/extract.py": _CHECKS,
    "corpus/quotations/famous.py": f"{_QUOTATIONS}test_famous.py",
    "corpus/quotations/frame_patterns.py": f"{_QUOTATIONS}test_frame_patterns.py {_CHECKS}",
    "corpus/quotations/frames.py": _CHECKS,
    "corpus/quotations/interruptions.py": _CHECKS,
    "corpus/quotations/label_patterns.py": f"{_QUOTATIONS}test_labels_and_tables.py {_CHECKS}",
    "corpus/quotations/labelled_lines.py": f"{_QUOTATIONS}test_labels_and_tables.py",
    "corpus/quotations/limits.py": f"{_QUOTATIONS}test_extract.py tests/cogs/check",
    "corpus/quotations/marked_quotations.py": _CHECKS,
    "corpus/quotations/markup.py": f"{_QUOTATIONS}test_words_struck_or_coded.py {_CHECKS}",
    "corpus/quotations/message_reading.py": _CHECKS,
    "corpus/quotations/open_frames.py": f"{_QUOTATIONS}test_open_frames.py {_CHECKS}",
    "corpus/quotations/own_frames.py": _CHECKS,
    "corpus/quotations/words_set_aside.py": _CHECKS,
    "corpus/quotations/page_layout.py": _CHECKS,
    "corpus/quotations/parse.py": f"{_QUOTATIONS}test_parse.py {_VERDICTS}",
    "corpus/quotations/phrases.py": f"{_VERDICTS} {_QUOTATIONS}test_numbers_with_signs.py",
    "corpus/quotations/placement.py": _VERDICTS,
    "corpus/quotations/printed_tokens.py": _INDEX,
    "corpus/quotations/provenance.py": "tests/cogs/check/test_provenance.py",
    "corpus/quotations/quoted_slices.py": f"{_QUOTATIONS}test_quoted_slices.py {_QUOTATIONS}test_extract.py",
    "corpus/quotations/requests.py": f"{_QUOTATIONS}test_requests.py",
    "corpus/quotations/significance.py": _VERDICTS,
    "corpus/quotations/surroundings.py": _CHECKS,
    "corpus/quotations/tables.py": f"{_QUOTATIONS}test_labels_and_tables.py",
    "corpus/quotations/token_arrays.py": _INDEX,
    "corpus/quotations/token_index.py": _INDEX,
    "corpus/quotations/token_rows.py": _INDEX,
    "corpus/quotations/token_writer.py": f"{_INDEX} tests/corpus/indexing",
    "corpus/quotations/unframed_words.py": _CHECKS,
    "corpus/quotations/unknown_names.py": f"{_QUOTATIONS}test_unknown_names.py",
    "corpus/quotations/verdict.py": _VERDICTS,
}
ENOUGH = 0.85
"""The share of changes that tests have to notice."""
PROGRAMS = Path(".venv/mutants/bin").absolute()
LEFT_OUT = (
    # Annotations are never evaluated, and one other operator says as much as ten.
    r"core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul)",
    r"core/ReplaceUnaryOperator",
    r"core/RemoveDecorator",
    r"core/ExceptionReplacer",
    # Whether equal values are one object is the interpreter's affair, and ruff finds `== None`.
    r"core/ReplaceComparisonOperator_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq)$",
)
WITHOUT_EFFECT = re.compile(
    r"(^@(command|action|costs)|\bWhole)\(.*¦|(_cache\((maxsize=)?|\b(strict|frozen)=)¦|¦\*,|¦TYPE_CHECKING|¦\d[\d_]*_\d{3}\b"
)
"""What changes no answer, where a change at ¦ is beside it: what is declared of a command or a button, which
tests/golden/features has of all; how many a cache keeps, whether a fault of ours would be found, whether an argument
has to be named, whether what only annotations need is imported, and one more or less of thousands, which measure time,
work or memory."""
PENDING = "FROM mutation_specs WHERE job_id NOT IN (SELECT job_id FROM work_results)"


def copied(folder: Path) -> Path:
    """The project's files in a folder of their own."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    for name in listed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, folder / name)
    return folder


def configuration(module: str, tests: str) -> str:
    # tests/storage/test_conditions.py tries the queries; what a module makes of the rows, SQLite notices in less time.
    chosen = f"-k 'not postgresql' {tests}"
    command = f"{Path(sys.executable).absolute()} -m pytest -q -x -p no:cacheprovider -p no:randomly {chosen}"
    return f"""
        [cosmic-ray]
        module-path = {json.dumps(module)}
        timeout = 300.0
        excluded-modules = []
        test-command = {json.dumps(command)}
        [cosmic-ray.distributor]
        name = "local"
        [cosmic-ray.filters.operators-filter]
        exclude-operators = {json.dumps(LEFT_OUT)}
    """


def leave_out(session: Path, module: Path) -> None:
    """Leave out the changes of a module that change no answer."""
    lines = module.read_text(encoding="utf-8").split("\n")
    with closing(sqlite3.connect(session)) as store, store:
        places = store.execute(f"SELECT job_id, start_pos_row, start_pos_col {PENDING}").fetchall()
        marked = ((one, f"{lines[row - 1][:column]}¦{lines[row - 1][column:]}") for one, row, column in places)
        drop(store, (one for one, line in marked if WITHOUT_EFFECT.search(line)))


def keep_sample(session: Path, sample: int, dice: Random) -> None:
    """Keep `sample` of the changes to try; which ones is the same for the same dice."""
    with closing(sqlite3.connect(session)) as store, store:
        order = "start_pos_row, start_pos_col, operator_name, operator_args, occurrence"
        rows = store.execute(f"SELECT job_id {PENDING} ORDER BY {order}").fetchall()
        dice.shuffle(rows)
        drop(store, (one for (one,) in rows[sample:]))


def drop(store: sqlite3.Connection, changes: Iterable[str]) -> None:
    ids = [(one,) for one in changes]
    store.executemany("DELETE FROM mutation_specs WHERE job_id = ?", ids)
    store.executemany("DELETE FROM work_items WHERE job_id = ?", ids)


def run(project: Path, program: str, *arguments: str | Path) -> None:
    # A module and its changed form are of the same second and size: what was compiled of one is not the other.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([PROGRAMS / program, *arguments], cwd=project, env=environment, check=True)


def tried(module: str, project: Path, sample: int | None, seed: int) -> tuple[int, list[str]]:
    """How many changes were tried, and the diffs of those that no test noticed."""
    config, session = project / "mutants.toml", project / "mutants.sqlite"
    config.write_text(configuration(module, TESTS[module]))
    session.unlink(missing_ok=True)
    run(project, "cosmic-ray", "baseline", config)
    run(project, "cosmic-ray", "init", config, session)
    run(project, "cr-filter-operators", session, config)
    leave_out(session, project / module)
    if sample is not None:
        keep_sample(session, sample, Random(seed))
    run(project, "cosmic-ray", "exec", config, session)
    dump = subprocess.run(
        [PROGRAMS / "cosmic-ray", "dump", session], cwd=project, capture_output=True, text=True, check=True
    )
    results = [result for _, result in map(json.loads, dump.stdout.splitlines()) if result]
    counted = [one for one in results if one["worker_outcome"] == "normal" and one["test_outcome"] != "incompetent"]
    return len(counted), [one["diff"] for one in counted if one["test_outcome"] == "survived"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--sample", type=int, help="changes of each module; all of them by default")
    parser.add_argument("--seed", type=int, default=0, help="what chooses the sample")
    parser.add_argument("modules", nargs="*", default=list(TESTS), help="those to change; all by default")
    asked = parser.parse_args(arguments)
    few = []
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(folder))
        for module in asked.modules:
            count, survivors = tried(module, project, asked.sample, asked.seed)
            share = 1 - len(survivors) / max(count, 1)
            few += [module] if share < ENOUGH else []
            print(*survivors, f"{module}: {share:.0%} of {count} changes were noticed", sep="\n", flush=True)  # noqa: T201 - a program that speaks.
    return len(few)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
