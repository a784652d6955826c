"""The command line: `python -m bot`, alone or with a command such as `ask LINE`. Arguments in, exit status out."""

from __future__ import annotations

import gc
import signal

if __name__ == "__main__":
    gc.disable()  # what a start makes stays: going through that again and again took a tenth of the time
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is begun: Ctrl-C says nothing of modules

import asyncio
import errno
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from corpus import WRONG_PYTHON

try:
    import msgspec
except ModuleNotFoundError:
    sys.exit(WRONG_PYTHON)

from bot import log, wiring
from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.reply import Reply
from bot.settings import ENV_FILE, Settings, export_home, export_proxy, home_path, read_settings
from bot.storage.errors import StoreError, database_errors, failure, reason_of
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from argparse import Namespace

    from corpus.progress import Progress

_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that stop it: Ctrl-C, a service manager, a closed terminal, which Windows does not know."""
_LONGEST_STOP = 4.8
"""Seconds from a signal to the end: more than platforms and posts under way are given together."""
_SAME_WISH = 1.0
"""Seconds after a signal in which another one says no more than it did."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_JSON = ("title", "parts", "buttons", "private", "error")


def main() -> None:
    """Run the command line and exit: 0 all right, 1 our fault or a wrong setting, 2 what was typed."""
    _open_closed_streams()
    status = run(sys.argv[1:])
    for each in _STOPPING:
        signal.signal(each, signal.SIG_IGN)  # all is done: one that comes now would end it as a failure
    gc.freeze()  # what is left ends with the process: going through that once more took longer than an answer
    sys.exit(status)


def _open_closed_streams() -> None:
    """Where a standard stream is closed, the next file that is opened would get its number, and what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115 - it is open until the end.


def run(arguments: Sequence[str]) -> int:
    """The exit status for a command line."""
    chosen = _parsed(arguments) if arguments else None
    # What is written from here on, people's answers and tokens among it, is for nobody else on this machine.
    os.umask(0o077)
    if isinstance(sys.stdout, TextIOWrapper):
        # An answer with a question mark for a curly quote is better than none, where a terminal knows no Unicode.
        sys.stdout.reconfigure(errors="replace")
    try:
        status = asyncio.run(_until_stopped(_work(chosen), stopped=1 if chosen else 0))
        sys.stdout.flush()  # here, where what goes wrong with it can be said
        return status
    except (SetupError, StoreError, CorpusError) as error:
        sys.stderr.write(f"{log.printable(str(error))}\n")
        return 1
    except database_errors() as error:
        sys.stderr.write(f"{failure(error)}\n")
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 1 if chosen else 0
    except BrokenPipeError:
        _drop_output()  # the reader of our answer has gone
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _drop_output()
        reason = os.strerror(error.errno).lower()
        sys.stderr.write(f"{error.filename or 'The output'} cannot be written ({reason}): make room.\n")
        return 1


def _drop_output() -> None:
    """Python would write what is left once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _work(chosen: Namespace | None) -> int:
    """Do what was chosen; by default, serve."""
    if chosen and chosen.command == "doctor":
        return await _examine(as_json=chosen.json)
    settings = read_settings(os.environ)
    export_proxy(settings, os.environ)
    export_home(os.environ)
    return await (_run_command(chosen, settings) if chosen else _serve(settings))


def _parsed(arguments: Sequence[str]) -> Namespace | None:
    """The command that was typed, if any."""
    from bot.argument_parser import command_line_parser  # serving needs none

    chosen = command_line_parser().parse_args(arguments)
    return chosen if chosen.command else None


async def _until_stopped(work: Coroutine[None, None, int], *, stopped: int) -> int:
    """Work until done, or until a signal or a closed terminal cancels it: then `stopped` is the exit status.

    A second signal exits at once, unless it comes with the first: a terminal that is closed sends two, one of them by
    its shell, and `timeout` as well.
    """
    task = asyncio.ensure_future(work)
    first = 0.0

    def stop() -> None:
        nonlocal first
        if task.cancelling():
            if time.monotonic() - first > _SAME_WISH:
                _exit_at_once(1)
            return
        first = time.monotonic()
        task.cancel()
        # A thread cannot be cancelled, and Python would wait for one that computes, or reads from a hung disk.
        last = threading.Timer(_LONGEST_STOP, _exit_at_once, [stopped])
        last.daemon = True
        last.start()

    _call_on_signals(stop)
    return await task


def _call_on_signals(stop: Callable[[], None]) -> None:
    """Let the running loop call something on each signal that stops it, until it is closed.

    The loop's own `add_signal_handler` forgets signals while it closes: one that comes then ends in a complaint, or
    kills what has ended well.
    """
    loop = asyncio.get_running_loop()

    def heed(_signal: int, _frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop)

    for each in _STOPPING:
        if signal.getsignal(each) is not signal.SIG_IGN:  # as under nohup, where it goes on
            signal.signal(each, heed)


def _exit_at_once(status: int) -> None:
    logging.shutdown()  # writes the lines that wait
    os._exit(status)


async def _serve(settings: Settings) -> int:
    """Serve every platform that has a token; without any, chat here."""
    log.set_up(settings.log_level or ("INFO" if settings.serves_others else "WARNING"))
    wiring.warn_of_misspelt_settings(os.environ)
    if settings.serves_others:
        wiring.warn_of_readable_files(ENV_FILE, settings)
    if settings.serves_slack:
        wiring.slack_access(settings)  # half a set of tokens is told before anything is made
    async with wiring.open_app(settings) as app:
        await wiring.serve(app, settings)
        return 0


async def _run_command(chosen: Namespace, settings: Settings) -> int:
    from bot.argument_parser import LIBRARY, STORE

    log.set_up(settings.log_level or "WARNING")
    if chosen.command == "invite":
        return await _invite(settings)
    if chosen.command in STORE:
        from bot import store_commands

        return await store_commands.run(settings, chosen)
    if chosen.command == "manifest":
        from bot.platforms.slack.manifest import as_yaml
        from cogs import FEATURES

        sys.stdout.write(as_yaml(FEATURES, chosen.url.rstrip("/")))
        return 0
    wiring.collect_garbage()
    async with wiring.open_app(settings) as app:
        if chosen.command in LIBRARY:
            from bot import library_commands

            return await library_commands.run(app, chosen)
        if chosen.command == "ask":
            folder = chosen.save and home_path("--save", chosen.save)
            return await ask_once(app, " ".join(chosen.line), folder, as_json=chosen.json)
        return await _sync(app, settings, force=chosen.force)


async def _examine(*, as_json: bool) -> int:
    from bot import doctor

    log.set_up("CRITICAL")  # what libraries complain of is said in the findings
    findings = await doctor.examine(os.environ)
    sys.stdout.write(doctor.as_json(findings) if as_json else doctor.as_text(findings))
    return doctor.exit_status(findings)


async def ask_once(app: App, line: str, folder: Path | None, *, as_json: bool) -> int:
    """Answer one line, print the answer, and return the exit status: 0 answered, 1 our fault, 2 what was typed."""
    # Loaded only by what shows something in a terminal, as each platform is.
    from bot.core.library import BUILDING, owner_of
    from bot.platforms.terminal.conversation import Conversation
    from bot.platforms.terminal.render import plain
    from bot.platforms.typed_commands import answer_line
    from bot.progress_bar import with_bar

    conversation = Conversation(app)

    async def answer(_: Progress) -> Reply:
        if app.library:
            # This one question cannot be asked again once the index of added texts is there.
            await app.library.corpus(owner_of(conversation.context.place), patience=BUILDING)
        # Nobody can be asked for what a form lacks: its command says so.
        return await conversation.answer(line) or await answer_line(app, line, conversation.context)

    # That index, or what finds by meaning, may take minutes.
    reply = await with_bar("Looking", answer)
    if as_json:
        sys.stdout.write(msgspec.json.encode({name: getattr(reply, name) for name in _JSON}).decode() + "\n")
    elif not reply.error:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        sys.stdout.write(plain(reply, width, numbers=False) + "\n")
    sys.stdout.flush()
    if reply.error:
        sys.stderr.write(plain(reply, numbers=False) + "\n")
    _save_parts(reply, folder)
    return 1 if reply.incident else 2 if reply.error else 0


def _save_parts(reply: Reply, folder: Path | None) -> None:
    """Save what a terminal cannot show, or say how to, where pipes do not take it for the answer."""
    from bot.platforms.terminal.save_file import savable_parts, save

    for part in savable_parts(reply):
        try:
            line = f"Saved as {save(part, folder)}" if folder else f"To keep {part.name}, add: --save ."
        except OSError as error:
            raise SetupError(f"{part.name} cannot be saved there ({reason_of(error)}): name another folder.") from None
        sys.stderr.write(f"{line}\n")


async def _sync(app: App, settings: Settings, *, force: bool) -> int:
    _needs_discord(settings)
    from bot.platforms.discord.adapter import sync_commands
    from bot.platforms.discord.command_sync import SyncOutcome

    outcome = await sync_commands(app, settings.discord_token, settings.discord_api_url, force=force)
    if outcome is SyncOutcome.REFUSED:
        raise SetupError(outcome.value)
    sys.stdout.write(f"{outcome.value}\n")
    return 0


def _needs_discord(settings: Settings) -> None:
    if not settings.discord_token:
        raise SetupError("DISCORD_TOKEN is not set: put DISCORD_TOKEN=… into .env, then try again.")


async def _invite(settings: Settings) -> int:
    _needs_discord(settings)
    from bot.platforms.discord.connection import fetch_invite_url

    sys.stdout.write(await fetch_invite_url(settings.discord_token, settings.discord_api_url) + "\n")
    return 0


if __name__ == "__main__":
    main()
