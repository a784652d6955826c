"""The command line, which wires everything: `python -m bot`, alone or with a command such as `ask LINE`."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import msgspec

from bot import library_commands, log
from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.platform import Platform
from bot.core.reply import Reply
from bot.platforms.terminal.adapter import Terminal
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import plain
from bot.platforms.terminal.save_file import savable_parts, save
from bot.scheduler.daily import DailyFacts
from bot.scheduler.rounds import RoundsLoop
from bot.scheduler.terms import Terms
from bot.settings import Settings, read_settings
from bot.storage.errors import StoreError
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.errors import CorpusError
from corpus.search.embeddings import has_transformer

_JSON = ("title", "parts", "buttons", "private", "error")
STOPPING = 3.5
"""Seconds that platforms have to finish what they are answering, after the second that posts under way have."""


def main() -> None:
    """Run the command line and exit: 0 all right, 1 our fault or a wrong setting, 2 what was typed."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The exit status for a command line."""
    chosen = _parser().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # An answer with a question mark for a curly quote is better than none, where a terminal knows no Unicode.
        sys.stdout.reconfigure(errors="replace")
    try:
        return asyncio.run(_until_told(_chosen(chosen, read_settings(os.environ))))
    except (SetupError, StoreError, CorpusError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 1 if chosen.command else 0
    except BrokenPipeError:
        # Whoever read our answer has gone. Python would flush once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser("smolny", description="Serve every platform that has a token; without any, chat here.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    ask = commands.add_parser("ask", help="answer one line and exit")
    ask.add_argument("line", nargs="+", help='a command as you would type it, such as "/help quote"')
    ask.add_argument("--save", metavar="DIR", type=Path, help="write the answer's pictures and files into a folder")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    library_commands.add_parsers(commands)
    commands.add_parser("invite", help="print the link that invites the bot to a Discord server")
    manifest = commands.add_parser("manifest", help="print the manifest that a Slack app is made from")
    manifest.add_argument("--url", default="", help="the bot's public address, where several workspaces install it")
    return parser


async def _until_told(work: Coroutine[Any, Any, int]) -> int:
    """Work until done, or until a signal cancels it; asyncio itself sees to Ctrl-C."""
    task = asyncio.ensure_future(work)
    with suppress(NotImplementedError):  # Windows has no such signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


async def _chosen(chosen: Namespace, settings: Settings) -> int:
    connects = chosen.command is None and (settings.discord_token or settings.serves_slack)
    log.set_up(settings.log_level or ("INFO" if connects else "WARNING"))
    if chosen.command == "invite":
        return await _invite(settings)
    if chosen.command == "manifest":
        sys.stdout.write(_slack("manifest").as_yaml(FEATURES, chosen.url.rstrip("/")))
        return 0
    if connects and settings.serves_slack:
        _slack_access(settings)  # half a set of tokens is told before anything is made
    async with _opened(settings) as app:
        if chosen.command in library_commands.NAMES:
            return await library_commands.run(app, chosen)
        if chosen.command == "ask":
            return await _ask(app, " ".join(chosen.line), chosen.save, as_json=chosen.json)
        platforms = _platforms(app, settings)
        return await _serve(platforms, _scheduled(app, platforms, settings))


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[App]:
    try:
        # What people tell the bot is nobody else's on this machine.
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise SetupError(f"DATA_DIR {settings.data_dir} cannot be made ({reason}): name another folder.") from None
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.store_url)
        stack.push_async_callback(store.close)
        index = settings.data_dir / "index"
        corpus = await Corpus.open(settings.corpus_dir, index, transformer=has_transformer())
        stack.push_async_callback(corpus.close)
        app = App(FEATURES, corpus, store)
        if app.library is not None:
            stack.push_async_callback(app.library.close)
        yield app


async def _ask(app: App, line: str, folder: Path | None, *, as_json: bool) -> int:
    # Nothing was pressed yet and nothing asked, so every line has its answer.
    reply = await Conversation(app).answer(line) or Reply()
    if as_json:
        sys.stdout.write(msgspec.json.encode({name: getattr(reply, name) for name in _JSON}).decode() + "\n")
    elif not reply.error:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        sys.stdout.write(plain(reply, width, numbers=False) + "\n")
    sys.stdout.flush()
    if reply.error:
        sys.stderr.write(plain(reply, numbers=False) + "\n")
    _keep(reply, folder)
    return 1 if reply.incident else 2 if reply.error else 0


def _keep(reply: Reply, folder: Path | None) -> None:
    """Save what a terminal cannot show, or say how to, where pipes do not take it for the answer."""
    for part in savable_parts(reply):
        try:
            told = f"Saved as {save(part, folder)}" if folder else f"To keep {part.name}, add: --save ."
        except OSError as error:
            reason = (error.strerror or "no reason given").lower()
            raise SetupError(f"{part.name} cannot be saved in {folder} ({reason}): name another folder.") from None
        sys.stderr.write(f"{told}\n")


async def _invite(settings: Settings) -> int:
    if not settings.discord_token:
        raise SetupError("DISCORD_TOKEN is not set: put DISCORD_TOKEN=… into .env, then ask for the invitation again.")
    from bot.platforms.discord.connection import fetch_invite_url

    sys.stdout.write(await fetch_invite_url(settings.discord_token, settings.discord_api_url) + "\n")
    return 0


def _platforms(app: App, settings: Settings) -> list[Platform]:
    found: list[Platform] = []
    if settings.discord_token:
        # discord.py takes half a second to import, for which whoever does not connect need not wait.
        from bot.platforms.discord.adapter import Discord

        found.append(Discord(app, settings.discord_token, settings.discord_api_url))
    if settings.serves_slack:
        found.append(_slack("adapter").Slack(app, _slack_access(settings), settings.slack_api_url))
    return found or [Terminal(app, settings.data_dir)]


def _slack(module: str) -> Any:
    """A module of the Slack platform, imported when needed, and by name: no check of the rest needs its folder."""
    return import_module(f"bot.platforms.slack.{module}")


def _slack_access(settings: Settings) -> Any:
    """What serves one workspace, or what serves all that install the bot. Raises SetupError for half of either."""
    one = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    many = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
    }
    if settings.slack_client_id and any(one.values()):
        raise SetupError("Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for one workspace, or SLACK_CLIENT_ID for several.")
    wanted = many if settings.slack_client_id else one
    if missing := [name for name, value in wanted.items() if not value]:
        raise SetupError(f"{' and '.join(wanted)} go together, and {missing[0]} is not set: README tells where it is.")
    if settings.slack_client_id:
        return _slack("transport.oauth").Distribution(*wanted.values(), settings.slack_port, settings.slack_host)
    return _slack("adapter").Tokens(*wanted.values())


def _scheduled(app: App, platforms: Sequence[Platform], settings: Settings) -> list[Coroutine[Any, Any, None]]:
    """What goes on by itself, each without an end."""
    if app.store is None:
        return []
    terms = Terms(grace=timedelta(hours=settings.daily_grace_hours))
    return [
        DailyFacts(app.store, app.corpus, platforms, clock=app.clock, terms=terms).run(),
        RoundsLoop(app.store, app.corpus, platforms).run(),
    ]


async def _serve(platforms: Sequence[Platform], scheduled: Sequence[Coroutine[Any, Any, None]]) -> int:
    """Serve until one platform ends, as the terminal does with its input."""
    serving = [asyncio.create_task(platform.start()) for platform in platforms]
    loops = [asyncio.create_task(loop) for loop in scheduled]
    try:
        done, _ = await asyncio.wait([*serving, *loops], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        # First, so that what is being posted still has its platform.
        await _cancel(loops)
        await _stop(platforms, serving)
    return 0


async def _stop(platforms: Sequence[Platform], serving: Sequence[asyncio.Task[None]]) -> None:
    try:
        async with asyncio.timeout(STOPPING):
            await asyncio.gather(*(platform.close() for platform in platforms))
    except TimeoutError:
        pass
    finally:
        await _cancel(serving)


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    main()
