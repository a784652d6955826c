"""The command line, as a program of its own: what it prints, how it ends, and how soon.

What a start has no part in is tried in processes that have loaded already what they need, which is half of their time.
"""

from __future__ import annotations

import asyncio
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from aiohttp import web

from bot import __version__
from bot.__main__ import run
from bot.core.rate_limit import PERSON
from cogs import FEATURES
from corpus import SHIPPED, WRONG_PYTHON
from corpus.corpus import Corpus
from tests import command_line
from tests.corpus.sample import write_sample
from tests.processes import surroundings, waits, with_data

# As the installed command does, and `python -m` does not: import nothing from the folder where it is started.
SMOLNY = (sys.executable, "-P", "-m", "bot")
QUOTATION = "Our party held out its hand, with the gunpowder still in it"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shipped: Corpus, migrated: Path) -> Path:
    """Where the program is started: one for all, and it ran there before."""
    return with_data(tmp_path_factory.mktemp("started-here"), shipped, migrated)


def smolny(folder: Path, *arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SMOLNY, *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=folder,
        env=surroundings(**environment),
    )


def started(folder: Path, arguments: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*SMOLNY, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=folder,
        env=surroundings(**environment),
    )


def ended(process: subprocess.Popen[str], how: signal.Signals) -> tuple[int, float, str]:
    """The exit status after a signal, the seconds until then, and what was complained of.

    What it waited for a processor, which a busy machine gives to others, does not count.
    """
    since, waited = time.monotonic(), [waits(process.pid)]
    process.send_signal(how)
    with ThreadPoolExecutor(1) as reading:
        complaints = reading.submit(process.communicate, timeout=60)
        while not complaints.done():
            waited.append(waits(process.pid))
            time.sleep(0.01)
    seconds = time.monotonic() - since - (max(waited) - waited[0])
    return process.returncode, seconds, complaints.result()[1]


def test_ask_answers_on_standard_output_and_nowhere_else(folder: Path) -> None:
    done = smolny(folder, "ask", "/quote gunpowder")
    assert (done.returncode, done.stderr) == (0, "")
    assert QUOTATION in done.stdout
    assert "speech 5.3" in done.stdout


def test_ask_takes_words_without_quotation_marks_of_the_shell(folder: Path) -> None:
    assert QUOTATION in command_line.smolny(folder, "ask", "/quote", "gunpowder").stdout


def test_the_first_check_of_a_process_has_its_whole_time(folder: Path) -> None:
    done = smolny(folder, "ask", "/check Our whole dope is that our revolution will kindle a European revolution.")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("✗ Changed")


def test_nothing_found_is_an_answer(folder: Path) -> None:
    # Not /quote: that would look by meaning, for which the transformer first reads all sentences.
    done = command_line.smolny(folder, "ask", "/word zeppelin")
    assert (done.returncode, done.stderr) == (0, "")
    assert "“zeppelin” isn't in the texts" in done.stdout


def test_ask_finds_by_the_transformer_where_it_is_installed(tmp_path: Path) -> None:
    sample = write_sample(tmp_path / "sample")
    done = smolny(tmp_path, "ask", "/quote a ruler's chin", CORPUS_DIR=str(sample))
    assert (done.returncode, done.stderr) == (0, "")
    assert "novel 1.3" in done.stdout


def test_a_chat_does_not_wait_for_the_transformer(tmp_path: Path) -> None:
    sample = write_sample(tmp_path / "sample")
    done = command_line.smolny(tmp_path, typed="/quote a ruler's chin", CORPUS_DIR=str(sample))
    assert (done.returncode, done.stderr) == (0, "")
    assert "still being loaded" in done.stdout


@pytest.mark.parametrize("line", ["/qoute gunpowder", "", "/quote speech 99", "7", "/event 30 February 1917"])
def test_a_mistake_goes_to_standard_error_with_status_2(folder: Path, line: str) -> None:
    done = command_line.smolny(folder, "ask", line)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", [one.name for feature in FEATURES for one in feature.commands if one.is_form])
@pytest.mark.parametrize("more", ["", " --json"])
def test_a_form_says_what_it_lacks_where_nobody_can_be_asked(folder: Path, name: str, more: str) -> None:
    done = command_line.smolny(folder, "ask", f"/{name}", *more.split())
    assert done.returncode == 2
    assert f"/{name}" in done.stderr
    assert "Please" in done.stderr


def test_ask_json_prints_the_neutral_reply(folder: Path) -> None:
    done = command_line.smolny(folder, "ask", "--json", "/quote gunpowder")
    reply = json.loads(done.stdout)
    assert set(reply) == {"title", "parts", "buttons", "private", "error"}
    [quote, *_] = reply["parts"]
    assert quote["kind"] == "quote"
    assert QUOTATION in quote["words"]
    assert (quote["reference"], quote["speaker"], quote["text"]) == ("speech 5.3", "Leon Trotsky", "speech")
    assert reply["buttons"][0]["label"]


def test_ask_json_tells_a_mistake_in_both_places(folder: Path) -> None:
    done = command_line.smolny(folder, "ask", "/quote speech 99", "--json", LOG_LEVEL="INFO")
    assert done.returncode == 2
    # The log is written by a thread of its own, before the complaint or after it.
    complaint, logged = sorted(done.stderr.splitlines(), key=lambda line: line.startswith("{"))
    assert json.loads(logged)["event"] == "asked"
    assert json.loads(done.stdout)["error"] == complaint


def test_bytes_that_are_no_text_are_no_trouble(folder: Path) -> None:
    assert smolny(folder, "ask", "/who \udcff\udcfe").returncode == 0
    assert command_line.smolny(folder, "ask", "--json", "/quote \udcff gunpowder").returncode == 0


def test_a_terminal_that_knows_no_unicode_gets_what_it_can_show(folder: Path) -> None:
    done = smolny(folder, "ask", "/quote gunpowder", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert QUOTATION in done.stdout


def test_lines_from_a_pipe_are_answered_in_plain_text(folder: Path) -> None:
    done = command_line.smolny(folder, typed="/quote gunpowder\n\ni\n/nonsense\n/help quote")
    assert (done.returncode, done.stderr) == (0, "")
    first, *_ = done.stdout.splitlines()
    assert "DISCORD_TOKEN" in first
    assert ".env" in first
    assert "\x1b" not in done.stdout
    for expected in (QUOTATION, "[i] In context", "paragraph 5", "don't know that command", "Find a quotation"):
        assert expected in done.stdout


def test_who_runs_it_may_ask_as_much_as_they_like_in_the_terminal(folder: Path) -> None:
    done = command_line.smolny(folder, typed="/quote gunpowder\n" * (round(PERSON.size) + 5))
    assert done.stdout.count(QUOTATION) == PERSON.size + 5


def test_no_input_at_all_is_an_end(folder: Path) -> None:
    assert command_line.smolny(folder).returncode == 0


@pytest.mark.usefixtures("signals_count")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_within_five_seconds_while_it_waits(folder: Path, how: signal.Signals) -> None:
    process = started(folder)
    assert process.stdin
    assert process.stdout
    process.stdin.write("/quote gunpowder\n")
    process.stdin.flush()
    while QUOTATION not in process.stdout.readline():
        assert process.poll() is None
    status, seconds, complaints = ended(process, how)
    assert (status, complaints) == (0, "")
    assert seconds < 5


def test_a_signal_stops_it_within_five_seconds_while_a_thread_is_busy(tmp_path: Path) -> None:
    """With a large corpus, with a model that first reads all sentences, or with a disk that does not answer."""
    shutil.copytree(SHIPPED, tmp_path / "corpus")
    text = tmp_path / "corpus" / "texts" / "speech.txt"
    text.unlink()
    os.mkfifo(text)
    process = started(tmp_path, CORPUS_DIR=str(text.parent.parent))
    writing = os.open(text, os.O_WRONLY)  # waits until it is read
    status, seconds, complaints = ended(process, signal.SIGTERM)
    os.close(writing)
    assert (status, complaints) == (0, "")
    assert seconds < 8  # of which 3 are for a busy machine


def test_a_reader_who_goes_away_is_no_trouble(folder: Path) -> None:
    process = started(folder, ["ask", "/read article"])
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")


def test_a_chat_on_a_terminal_talks_and_a_signal_leaves_the_terminal_as_it_was(folder: Path) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    environment = surroundings(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1")
    process = subprocess.Popen(
        SMOLNY, stdin=theirs, stdout=theirs, stderr=theirs, encoding="utf-8", cwd=folder, env=environment
    )
    seen = _seen(ours, b"smolny>")
    assert b"DISCORD_TOKEN" in seen.splitlines()[0]
    os.write(ours, b"/quote gunpowder\r")
    assert b"\x1b[0;1mgunpowder" in _seen(ours, b"Cite")
    status, seconds, _ = ended(process, signal.SIGTERM)
    assert status == 0
    assert seconds < 5
    assert b"Traceback" not in _seen(ours, None)
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


def _seen(terminal: int, awaited: bytes | None) -> bytes:
    """What a terminal shows until some words come, or until nothing more does."""
    seen = b""
    deadline = time.monotonic() + 60
    while awaited is None or awaited not in seen:
        ready, _, _ = select.select([terminal], [], [], 30 if awaited else 0.2)
        if not ready:
            break
        seen += os.read(terminal, 65536)
        assert time.monotonic() < deadline, seen
    assert awaited is None or awaited in seen
    return seen


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"DISCORD_API_URL": "nowhere"}, "DISCORD_API_URL"),
        ({"DATABASE_URL": "mysql://user:hunter2@host/db"}, "DATABASE_URL"),
        ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR"),
        ({"CORPUS_DIR": "/nonexistent"}, "CORPUS_DIR"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("ask", "/help")])
def test_a_wrong_setting_is_one_sentence(
    folder: Path, arguments: tuple[str, ...], environment: dict[str, str], named: str
) -> None:
    done = command_line.smolny(folder, *arguments, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_corpus_that_does_not_check_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.toml").write_text("id = \n")
    done = command_line.smolny(folder, "ask", "/help", CORPUS_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "a.toml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_settings_come_from_a_file_where_it_is_started(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=loud\n")
    assert "LOG_LEVEL" in command_line.smolny(tmp_path, "ask", "/help").stderr


def test_nothing_else_is_read_where_it_is_started(tmp_path: Path, shipped: Corpus, migrated: Path) -> None:
    with_data(tmp_path, shipped, migrated)
    for name in ("corpus", "cogs", "texts", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('imported from here')")
    done = smolny(tmp_path, "ask", "/quote gunpowder")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
async def refusing() -> AsyncIterator[str]:
    """A Discord that refuses every token; its address."""

    async def refuse(request: web.Request) -> web.Response:
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("arguments", [(), ("invite",)])
async def test_a_token_that_discord_refuses_is_one_sentence(
    folder: Path, refusing: str, arguments: tuple[str, ...]
) -> None:
    environment = {"DISCORD_TOKEN": "ab.cd.ef", "DISCORD_API_URL": refusing, "LOG_LEVEL": "WARNING"}
    done = await asyncio.to_thread(command_line.smolny, folder, *arguments, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "DISCORD_TOKEN" in done.stderr
    assert "ab.cd.ef" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_invitation_needs_a_token(folder: Path) -> None:
    done = command_line.smolny(folder, "invite")
    assert (done.returncode, done.stdout) == (1, "")
    assert "DISCORD_TOKEN" in done.stderr


@pytest.mark.usefixtures("signals_count")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_while_discord_is_out_of_reach(folder: Path, how: signal.Signals) -> None:
    process = started(folder, DISCORD_TOKEN="ab.cd.ef", DISCORD_API_URL="http://127.0.0.1:9")
    assert process.stderr
    line = json.loads(process.stderr.readline())
    assert "ab.cd.ef" not in str(line)
    status, seconds, complaints = ended(process, how)
    assert status == 0
    assert seconds < 5
    assert "Traceback" not in complaints


@pytest.mark.usefixtures("signals_count")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_comes_again_and_again_stops_it_as_one_does(folder: Path, how: signal.Signals) -> None:
    """As where a terminal is closed, of `timeout`, or of what passes Ctrl-C on: nobody asks it to hurry."""
    process = started(folder, DISCORD_TOKEN="ab.cd.ef", DISCORD_API_URL="http://127.0.0.1:9")
    assert process.stderr
    process.stderr.readline()
    until = time.monotonic() + 0.4
    while process.poll() is None and time.monotonic() < until:
        process.send_signal(how)
        time.sleep(0.001)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in complaints


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_it_was_started_without_does_not_stop_it(folder: Path, how: signal.Signals) -> None:
    """As under nohup, and in the background of a script, where Ctrl-C is for the script."""
    before = signal.signal(how, signal.SIG_IGN)
    process = started(folder, DISCORD_TOKEN="ab.cd.ef", DISCORD_API_URL="http://127.0.0.1:9")
    signal.signal(how, before)
    assert process.stderr
    process.stderr.readline()
    process.send_signal(how)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    assert ended(process, signal.SIGTERM)[0] == 0


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"smolny {__version__}\n"


@pytest.mark.parametrize("arguments", [("ask",), ("dance",), ("--quick",)])
def test_a_command_line_that_is_none_shows_the_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    done = command_line.smolny(folder, *arguments)
    assert done.returncode == 2
    assert "usage: python -m bot" in done.stderr


@pytest.mark.parametrize("arguments", [("bot",), ("bot", "doctor"), ("corpus", "check"), ("corpus", "build")])
def test_a_python_without_the_packages_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-S", "-m", *arguments]  # -S leaves out what is installed
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=surroundings())
    assert (done.returncode, done.stderr) == (1, f"{WRONG_PYTHON}\n")


def test_files_are_saved_where_they_are_wanted_and_only_then(folder: Path, tmp_path: Path) -> None:
    told = command_line.smolny(folder, "ask", "/export calendar")
    assert (told.returncode, told.stderr) == (0, "To keep smolny.ics, add: --save .\n")
    saved = command_line.smolny(folder, "ask", "/export calendar", "--save", str(tmp_path / "kept"))
    assert saved.stderr == f"Saved as {tmp_path / 'kept' / 'smolny.ics'}\n"
    assert saved.stdout == told.stdout
    assert (tmp_path / "kept" / "smolny.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert list(tmp_path.iterdir()) == [tmp_path / "kept"]


def test_a_folder_that_cannot_be_made_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, and no folder")
    done = command_line.smolny(folder, "ask", "--save", str(tmp_path / "taken"), "/export calendar")
    assert done.returncode == 1
    assert "name another folder" in done.stderr


def test_without_standard_input_it_ends_at_once(folder: Path) -> None:
    closed = f"exec {sys.executable} -P -m bot <&-"
    done = subprocess.run(["sh", "-c", closed], capture_output=True, timeout=60, cwd=folder, env=surroundings())
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_it_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    sample, data = write_sample(tmp_path / "sample"), tmp_path / "data"
    data.mkdir(mode=0o755)
    assert smolny(tmp_path, "ask", "/sources", CORPUS_DIR=str(sample)).returncode == 0
    assert {file.suffix for file in data.rglob("*")} >= {".db", ".sqlite3"}
    assert {file.name for file in data.rglob("*") if file.is_file() and file.stat().st_mode & 0o077} == set()


def test_an_error_moves_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = command_line.smolny(tmp_path, "ask", "/help", DATA_DIR="file/\x1b]0;x")
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
