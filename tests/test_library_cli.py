"""The library on the command line, as a program of its own: add, list, show, remove, export."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.command_line import smolny
from tests.corpus.sample import write_sample
from tests.corpus.source.readers import files
from tests.processes import children, surroundings
from tests.test_cli import started


@pytest.fixture(scope="module")
def used_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a text was added and removed again: what is made of the base corpus for that is there."""
    folder = tmp_path_factory.mktemp("used-before")
    write_sample(folder / "corpus")
    (folder / ".env").write_text("CORPUS_DIR=corpus\n")
    (folder / ".env").chmod(0o600)
    (folder / "queue.epub").write_bytes(files.epub())
    assert smolny(folder, "add", "queue.epub", "--id", "first", "--yes").returncode == 0
    assert smolny(folder, "remove", "first", "--yes").returncode == 0
    return folder


@pytest.fixture
def folder(used_before: Path, tmp_path: Path) -> Path:
    return shutil.copytree(used_before, tmp_path, dirs_exist_ok=True)


def test_a_text_is_added_shown_looked_up_and_removed(folder: Path) -> None:
    added = smolny(folder, "add", "queue.epub", "--id", "queue", "--yes")
    assert added.returncode == 0, added.stderr
    assert "7 sentences" in added.stdout
    assert "queue: The Bread Queue, edition " in smolny(folder, "list").stdout
    assert "author: Mary Example" in smolny(folder, "show", "queue").stdout
    smolny(folder, "export", "queue", "--json", "kept.json")
    assert "kept.json is queue, edition" in smolny(folder, "add", "kept.json", "--yes").stdout
    quoted = smolny(folder, "ask", "/quote shelves were bare")
    assert "queue 4.2" in quoted.stdout
    assert "By one the shelves were bare." in smolny(folder, "export", "queue").stdout
    removed = smolny(folder, "remove", "queue", "--yes")
    assert (removed.returncode, removed.stdout) == (0, "")
    assert smolny(folder, "list", "--json").stdout == "[]\n"


def test_a_dry_run_keeps_nothing_and_says_everything(folder: Path) -> None:
    done = smolny(folder, "add", "queue.epub", "--dry-run", "--json", "--title", "Bread", "--date", "1919-03")
    found = json.loads(done.stdout)
    assert (found["id"], found["report"]["title"], found["report"]["date"]) == ("bread", "Bread", "March 1919")
    assert found["refusal"] == ""
    assert smolny(folder, "list", "--json").stdout == "[]\n"


def test_a_second_edition_keeps_the_numbers_and_the_same_file_changes_nothing(folder: Path) -> None:
    smolny(folder, "add", "queue.epub", "--yes")
    assert "already" in smolny(folder, "add", "queue.epub", "--yes").stdout
    pages = [f"<p>{words}</p>" for paragraphs in files.CHAPTERS.values() for words in paragraphs]
    (folder / "queue.epub").write_bytes(files.epub(pages=[*pages, "<p>Then it snowed.</p>"]))
    second = smolny(folder, "add", "queue.epub", "--yes")
    assert "A new edition: 7 sentences keep their numbers, 1 new, 0 gone" in second.stdout
    assert "bread-queue 5" in smolny(folder, "ask", "/quote Then it snowed").stdout


def test_a_removed_text_leaves_no_number_to_other_words(folder: Path) -> None:
    smolny(folder, "add", "queue.epub", "--yes")
    smolny(folder, "remove", "bread-queue", "--yes")
    (folder / "snow.txt").write_text("Then it snowed.\n")
    other = smolny(folder, "add", "snow.txt", "--id", "bread-queue", "--yes")
    assert "Cited as: bread-queue 5, edition" in other.stdout
    assert "bread-queue 5" in smolny(folder, "ask", "/quote Then it snowed").stdout
    old = smolny(folder, "ask", "/quote bread-queue 1")
    assert "has no bread-queue 1 any more: an earlier edition had it." in old.stdout + old.stderr


def test_without_anybody_to_ask_nothing_is_added(folder: Path) -> None:
    done = smolny(folder, "add", "queue.epub")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert smolny(folder, "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "nowhere.txt", "--yes"), "nowhere.txt cannot be read (no such file or directory)."),
        (("add", "queue.epub", "--date", "soon", "--yes"), "A text's date is a year"),
        (("add", "queue.epub", "--id", "letter", "--yes"), "There is or was another text with the id letter"),
        *(
            (("add", "queue.epub", "--server", typed, "--yes"), "Name a server as PLATFORM:ID")
            for typed in (
                "discord",
                "discord:",
                ":25",
                "discord:abc",
                "discord:25 26",
                "Discord:25",
                "slack:t1",
                "irc:25",
            )
        ),
        (("add", "/dev/zero", "--yes"), "/dev/zero is a device, not a file."),
        (("add", ".", "--yes"), ". cannot be read (is a directory)."),
        (("show", "reed"), "There is no reed in the library. Nothing was added for everybody yet"),
        (("show", "reed", "--server", "discord:25"), "Nothing was added for this server yet."),
        (("remove", "reed", "--yes"), "There is no reed in the library."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = smolny(folder, *arguments)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_leaves_much_out_is_refused_unless_said_otherwise(folder: Path) -> None:
    notes = "<aside epub:type='footnotes'><p>A note as long as the text.</p></aside>"
    (folder / "notes.epub").write_bytes(files.epub(pages=["<p>Few words.</p>", notes]))
    refused = smolny(folder, "add", "notes.epub", "--yes")
    assert refused.returncode == 1
    assert "--allow-omissions" in refused.stderr
    assert smolny(folder, "add", "notes.epub", "--yes", "--allow-omissions").returncode == 0


def test_one_servers_shelf_is_nobody_elses(folder: Path) -> None:
    assert smolny(folder, "add", "queue.epub", "--server", "terminal:other", "--yes").returncode == 0
    assert "Bread" not in smolny(folder, "ask", "/sources").stdout
    assert smolny(folder, "add", "queue.epub", "--server", "terminal:terminal", "--yes").returncode == 0
    assert "Bread" in smolny(folder, "ask", "/sources").stdout


@pytest.mark.usefixtures("signals_count")
def test_ctrl_c_leaves_everything_as_it_was(folder: Path) -> None:
    long = "".join(f"<p>Sentence number {n} is here. And another.</p>" for n in range(60_000))
    (folder / "long.html").write_bytes(f"<html><body>{long}</body></html>".encode())
    smolny(folder, "list")  # makes the store and the index
    process = started(folder, ("add", "long.html", "--yes"))
    deadline = time.monotonic() + 60
    while not reads_a_file(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in complaints
    assert smolny(folder, "list", "--json").stdout == "[]\n"


def reads_a_file(pid: int) -> bool:
    """Whether the program has started the process that reads a file."""
    return any(b"sandbox_child" in line for line in children(pid))


def _small_files() -> None:
    """A disk that has room for no more."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))


def test_a_disk_that_is_full_when_a_text_is_added_is_one_sentence_and_loses_nothing(folder: Path) -> None:
    smolny(folder, "add", "queue.epub", "--yes")
    digests = (hashlib.sha256(str(number).encode()).hexdigest() for number in range(4_000))
    (folder / "long.txt").write_text("".join(f"Of {one} nothing is known.\n\n" for one in digests))
    line = [sys.executable, "-m", "bot", "add", "long.txt", "--yes"]
    done = subprocess.run(
        line,
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=_small_files,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The store failed before this was done (OperationalError SQLITE_")
    assert "make room on the disk" in done.stderr
    assert done.stderr.count("\n") == 1
    (kept,) = smolny(folder, "list").stdout.splitlines()
    assert kept.startswith("bread-queue: ")
    assert smolny(folder, "remove", "bread-queue", "--yes").returncode == 0


def test_an_index_that_cannot_be_built_is_said_with_its_reason(folder: Path) -> None:
    (folder / "other.txt").write_text("Nobody has read this yet.\n")
    assert smolny(folder, "add", "other.txt", "--yes").returncode == 0
    (shelves,) = folder.rglob("shelves")
    shutil.rmtree(shelves)
    shelves.write_text("no folder")
    for line in (("add", "queue.epub", "--id", "queue"), ("remove", "other")):
        done = smolny(folder, *line, "--yes")
        assert done.returncode == 1
        (said,) = [one for one in done.stderr.splitlines() if "look-ups do not know yet" in one]
        assert "look-ups do not know yet: The index of the texts cannot be written in " in said
        assert said.endswith("see that this folder can be written to and has room. The next one tries again.")
    shelves.unlink()
    assert "queue 4.2" in smolny(folder, "ask", "/quote shelves were bare").stdout
    assert smolny(folder, "remove", "queue", "--yes").stderr.endswith("Removed queue.\n")


async def test_a_database_that_takes_no_changes_when_a_text_is_added_is_one_sentence(
    folder: Path, postgresql_url: str
) -> None:
    admin = await asyncpg.connect(postgresql_url)
    name = urlsplit(postgresql_url).path.removeprefix("/")
    await admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await admin.close()
    done = smolny(folder, "add", "queue.epub", "--yes", DATABASE_URL=postgresql_url)
    assert done.returncode == 1
    assert done.stderr == (
        "The store failed before this was done (ReadOnlySQLTransactionError 25006): "
        "docs/operations.md says what it may be.\n"
    )
