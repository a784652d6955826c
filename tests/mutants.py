"""`make mutants`: changes the subtle modules one place at a time, and says which changes no test notices.

    make mutants                            all of them; that takes hours
    make mutants MODULES=corpus/calendar.py

cosmic-ray makes the changes in a copy of the project; each is tried with the tests that stand beside its module here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = {
    "bot/core/standby.py": "tests/core/test_standby.py",
    "bot/scheduler/backoff.py": "tests/scheduler/test_backoff.py",
    "bot/scheduler/post_once.py": "tests/scheduler/test_daily.py tests/scheduler/test_crashes.py",
    "bot/timetable/arithmetic.py": "tests/timetable/test_arithmetic.py",
    "cogs/quiz/round_state.py": "tests/cogs/quiz/test_round_state.py tests/cogs/quiz/test_round.py",
    "corpus/calendar.py": "tests/corpus/test_calendar.py",
    "corpus/questions/answers.py": "tests/corpus/questions/test_answers.py",
    "corpus/quotations/align.py": "tests/corpus/quotations",
    "corpus/quotations/significance.py": "tests/corpus/quotations",
    "corpus/quotations/verdict.py": "tests/corpus/quotations",
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
)


def copied(folder: Path) -> Path:
    """The project's files in a folder of their own."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    for name in listed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, folder / name)
    return folder


def configuration(module: str, tests: str) -> str:
    command = f"{Path(sys.executable).absolute()} -m pytest -q -x -p no:cacheprovider -p no:randomly {tests}"
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


def tried(module: str, project: Path) -> tuple[int, list[str]]:
    """How many changes were tried, and the diffs of those that no test noticed."""
    config, session = project / "mutants.toml", project / "mutants.sqlite"
    config.write_text(configuration(module, TESTS[module]))
    session.unlink(missing_ok=True)
    for program, *arguments in (
        ("cosmic-ray", "baseline", config),
        ("cosmic-ray", "init", config, session),
        ("cr-filter-operators", session, config),
        ("cosmic-ray", "exec", config, session),
    ):
        # A module and its changed form are of the same second and size: what was compiled of one is not the other.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([PROGRAMS / program, *arguments], cwd=project, env=environment, check=True)
    dump = subprocess.run(
        [PROGRAMS / "cosmic-ray", "dump", session], cwd=project, capture_output=True, text=True, check=True
    )
    results = [result for _, result in map(json.loads, dump.stdout.splitlines()) if result]
    counted = [one for one in results if one["worker_outcome"] == "normal" and one["test_outcome"] != "incompetent"]
    return len(counted), [one["diff"] for one in counted if one["test_outcome"] == "survived"]


def main(modules: list[str]) -> int:
    few = []
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(folder))
        for module in modules or TESTS:
            count, survivors = tried(module, project)
            share = 1 - len(survivors) / count
            few += [module] if share < ENOUGH else []
            print(*survivors, f"{module}: {share:.0%} of {count} changes were noticed", sep="\n", flush=True)  # noqa: T201 - a program that speaks
    return len(few)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
