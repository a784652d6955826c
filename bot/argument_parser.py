"""The command line's parser: all commands, whose options may come before, between and after the arguments."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bot import __version__

LIBRARY: Final = ("add", "list", "show", "remove", "export")
STORE: Final = ("backup", "restore", "copy-store")


class IntermixedParser(ArgumentParser):
    """A parser that takes `export reed --json FILE`: Python's own gives up an optional argument at the first option."""

    _is_within = False

    def parse_known_args(  # type: ignore[override]  # argparse overloads it by the type of the namespace
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Any, list[str]]:
        if self._is_within:
            return super().parse_known_args(args, namespace)
        self._is_within = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_within = False


def command_line_parser() -> ArgumentParser:
    """The parser of the whole command line. What a command does is loaded when it runs."""
    parser = ArgumentParser(
        "python -m bot", description="Serve every platform that has a token; without any, chat here."
    )
    parser.add_argument("--version", action="version", version=f"smolny {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=IntermixedParser)
    ask = commands.add_parser("ask", help="answer one line and exit")
    ask.add_argument("line", nargs="+", help='a command as you would type it, such as "/help quote"')
    ask.add_argument("--save", metavar="DIR", type=Path, help="write the answer's pictures and files into a folder")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    _add_library(commands)
    _add_store(commands)
    commands.add_parser("invite", help="print the link that invites the bot to a Discord server")
    doctor = commands.add_parser("doctor", help="check the setup: exit status 0 fine, 1 warnings, 2 faults")
    doctor.add_argument("--json", action="store_true", help="print the findings as one JSON object")
    sync = commands.add_parser("sync", help="register the commands with Discord, without serving")
    sync.add_argument("--force", action="store_true", help="even if they did not change")
    manifest = commands.add_parser("manifest", help="print the manifest that a Slack app is made from")
    manifest.add_argument("--url", default="", help="the bot's public address, where several workspaces install it")
    return parser


def _add_library(commands: Any) -> None:
    """The commands of `bot.library_commands`."""
    add = _shelf_parser(commands, "add", "add texts from files: plain text, Markdown, HTML, EPUB, PDF, Word, TEI")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument(
        "--id", default="", help="what references call it, such as memoir; an id that is there is replaced"
    )
    add.add_argument("--title", default="", help="instead of the title that the file gives")
    add.add_argument("--author", default="", help="instead of the author that the file gives")
    add.add_argument("--date", default="", help="when it was written: 1919, 1919-03 or 1919-03-05")
    add.add_argument(
        "--kind", choices=("primary", "secondary"), default="primary", help="what historians would call it"
    )
    add.add_argument("--speaker", default="", help="whose words they are, where that is not the author")
    add.add_argument("--yes", action="store_true", help="do not ask")
    add.add_argument("--dry-run", action="store_true", help="show what would be added, and add nothing")
    add.add_argument(
        "--allow-omissions", action="store_true", help="also where more than 5 %% of the words are left out"
    )
    _shelf_parser(commands, "list", "list the texts that were added")
    show = _shelf_parser(commands, "show", "show what a text of the library is")
    remove = _shelf_parser(commands, "remove", "remove a text from the library")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    export = _shelf_parser(
        commands,
        "export",
        "write a text of the library, as plain text, or with --json so that `add` reads it again as it is",
    )
    for one in (show, remove, export):
        one.add_argument("id", help="the text's id, as `list` shows it")
    export.add_argument("file", nargs="?", type=Path, help="where to write it; default: the standard output")


def _shelf_parser(commands: Any, name: str, what: str) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=what)
    parser.add_argument("--server", default="", metavar="PLATFORM:ID", help="one server's shelf; default: everybody's")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_store(commands: Any) -> None:
    """The commands of `bot.store_commands`."""
    backup = commands.add_parser("backup", help="write a checked copy of the store, while the bot runs")
    backup.add_argument("file", type=Path, help="where to write it")
    back = commands.add_parser("restore", help="put a backup in the store's place, while the bot is stopped")
    back.add_argument("file", type=Path, help="the file that backup wrote")
    copy = commands.add_parser(
        "copy-store", usage="python -m bot copy-store FROM TO", help="copy a store into an empty one"
    )
    # Counted here and not by argparse, which would print whatever is too much, with its password.
    copy.add_argument("stores", nargs="*", help="two of: a file, sqlite:///file, postgresql://user@host/database")
