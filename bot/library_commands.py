"""The library on the command line: `add`, `list`, `show`, `remove` and `export`."""

from __future__ import annotations

import asyncio
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.core.app import App
from bot.core.errors import SetupError, UserError
from bot.core.library import Library
from bot.core.reply import Reply
from bot.platforms.terminal.render import plain
from bot.progress_bar import with_bar
from bot.settings import home_path
from bot.storage.errors import reason_of
from bot.storage.library import ShelfText
from bot.storage.owner import EVERYBODY, Owner
from cogs.library.report import report_parts
from cogs.shared.lists import shortened
from corpus.language.phrasing import plural
from corpus.source.adding import About, Proposal
from corpus.source.readers.document import Unreadable
from corpus.source.sandbox import MOST_BYTES
from corpus.text_model import Omission, Text

_BY = "the person who runs the bot"


async def run(app: App, chosen: Namespace) -> int:
    """The exit status of a command of the library: 0 done, 1 refused. Raises SetupError for what was typed wrong."""
    if app.library is None:
        raise SetupError("The library needs a store.")
    shelf = _Shelf(app.library, _owner(chosen.server), as_json=chosen.json)
    try:
        if chosen.command == "add":
            return await shelf.add(chosen)
        if chosen.command == "list":
            return await shelf.list()
        if chosen.command == "show":
            return await shelf.show(chosen.id)
        if chosen.command == "remove":
            return await shelf.remove(chosen.id, yes=chosen.yes)
        return await shelf.export(chosen.id, chosen.file)
    except (Unreadable, UserError) as error:
        raise SetupError(str(error)) from None


_SERVERS = {"discord": "[0-9]+", "slack": "[TE][A-Z0-9]+", "terminal": r"\S+"}
"""The servers' ids of each platform. A text for a server that there cannot be would never be found."""
_NO_ID = "(?!)"


def _owner(typed: str) -> Owner:
    if not typed:
        return EVERYBODY
    platform, _, server = typed.strip().partition(":")
    if not re.fullmatch(_SERVERS.get(platform, _NO_ID), server):
        raise SetupError("Name a server as PLATFORM:ID, for instance discord:81384788765712384 or slack:T0123ABCD.")
    return Owner(platform, server)


class _Shelf:
    """One shelf, as the command line works on it."""

    def __init__(self, library: Library, owner: Owner, *, as_json: bool) -> None:
        self._library = library
        self._owner = owner
        self._as_json = as_json
        whose = "everybody yet: --server names a server's shelf" if owner == EVERYBODY else "this server yet"
        self._nothing = f"Nothing was added for {whose}."

    async def add(self, chosen: Namespace) -> int:
        if len(chosen.files) > 1 and (chosen.id or chosen.title):
            raise SetupError("An id or a title is for one file: add the files one by one.")
        statuses = [await self._add_file(file, chosen) for file in chosen.files]
        return max(statuses)

    async def _add_file(self, file: Path, chosen: Namespace) -> int:
        about = About(chosen.id, chosen.title, chosen.author, chosen.date, chosen.kind, chosen.speaker)
        data = _bytes(file)
        proposal = await with_bar(
            f"Reading {file.name}",
            lambda progress: self._library.propose(self._owner, file.name, data, about, progress),
        )
        if proposal.is_known:
            self._say(f"{file.name} is {proposal.text.id}, edition {proposal.edition}, already.", proposal)
            return 0
        self._report(file, proposal)
        if proposal.report.refusal and not chosen.allow_omissions:
            sys.stderr.write(f"{file.name} was not added. --allow-omissions adds it anyway.\n")
            return 1
        if chosen.dry_run:
            return 0
        if not chosen.yes and not await _agreed(f"Add {proposal.text.title} to the library?"):
            sys.stderr.write("Nothing was added.\n")
            return 1
        await with_bar(
            "Building the index",
            lambda progress: self._library.add(self._owner, proposal, _BY, datetime.now(UTC), progress),
        )
        return await self._changed(f"Added {proposal.text.id}")

    async def list(self) -> int:
        texts = await self._library.shelves.texts(self._owner)
        if self._as_json:
            _print(msgspec.json.encode(texts).decode())
            return 0
        for one in texts:
            _print(_line(one))
        if not texts:
            sys.stderr.write(f"{self._nothing} Add a text with: python -m bot add FILE\n")
        return 0

    async def show(self, text_id: str) -> int:
        text = await self._text(text_id)
        (row,) = [one for one in await self._library.shelves.texts(self._owner) if one.text_id == text_id]
        if self._as_json:
            _print(msgspec.json.encode(row).decode())
            return 0
        _print(_line(row))
        for name in ("author", "kind", "edition", "description"):
            if value := getattr(text, name):
                _print(f"{name}: {value}")
        for line in _left_out(text):
            _print(line)
        return 0

    async def remove(self, text_id: str, *, yes: bool) -> int:
        text = await self._text(text_id)
        if not yes and not await _agreed(f"Remove {text.title} from the library?"):
            sys.stderr.write("Nothing was removed.\n")
            return 1
        await with_bar("Building the index", lambda progress: self._library.remove(self._owner, text_id, progress))
        return await self._changed(f"Removed {text_id}")

    async def _changed(self, done: str) -> int:
        """Say what was done, and where its index could not be built, why; that is another exit status."""
        if fault := await self._library.index_fault(self._owner):
            sys.stderr.write(f"{done}, but look-ups do not know yet: {fault} The next one tries again.\n")
            return 1
        sys.stderr.write(f"{done}.\n")
        return 0

    async def export(self, text_id: str, file: Path | None) -> int:
        text = await self._text(text_id)
        written = msgspec.json.encode(text).decode() if self._as_json else _plain_text(text)
        if file is None:
            _print(written)
            return 0
        await asyncio.to_thread(_write, file, written)
        return 0

    async def _text(self, text_id: str) -> Text:
        text = await self._library.text(self._owner, text_id)
        if text is None:
            known = [one.text_id for one in await self._library.shelves.texts(self._owner)]
            there = f"There are: {', '.join(known)}." if known else self._nothing
            raise SetupError(f"There is no {text_id} in the library. {there}")
        return text

    def _report(self, file: Path, proposal: Proposal) -> None:
        if self._as_json:
            _print(_json(proposal))
        else:
            _print(plain(Reply(file.name, report_parts(proposal)), numbers=False))

    def _say(self, sentence: str, proposal: Proposal) -> None:
        _print(_json(proposal) if self._as_json else sentence)


def _json(proposal: Proposal) -> str:
    found = {"id": proposal.text.id, "edition": proposal.edition, "report": proposal.report}
    return msgspec.json.encode({**found, "refusal": proposal.report.refusal}).decode()


def _line(one: ShelfText) -> str:
    added = f"{one.added_at:%Y-%m-%d} by {one.added_by}"
    return f"{one.text_id}: {one.title}, edition {one.edition}, {plural(one.words, 'word')}, added {added}"


def _left_out(text: Text) -> Iterator[str]:
    """A line for each reason why something was left out: how often, and what first."""
    by_reason: dict[str, list[Omission]] = {}
    for one in text.omissions:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, omitted in by_reason.items():
        times = plural(sum(one.times for one in omitted), "time")
        first = next((one.words for one in omitted if any(map(str.isalnum, one.words))), "")
        yield f"left out: {reason.rstrip('.')}, {times}{f', such as “{shortened(first)}”' if first else ''}"


def _plain_text(text: Text) -> str:
    """The text with a blank line around headings and paragraphs."""
    parts = (part for one in text.paragraphs for part in (one.heading, f"{one.marker} {one.words}".strip()) if part)
    return "\n\n".join(parts)


def _bytes(file: Path) -> bytes:
    """What is in a file, or in a pipe; more than is ever read is not. Raises SetupError."""
    try:
        path = home_path("The path", file)
        if path.is_block_device() or path.is_char_device() or path.is_socket():
            raise SetupError(f"{file} is a device, not a file.")
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise SetupError(f"{file} cannot be read ({reason_of(error)}).") from None


def _write(file: Path, words: str) -> None:
    try:
        home_path("The path", file).write_text(f"{words}\n", "utf-8")
    except OSError as error:
        raise SetupError(f"{file} cannot be written ({reason_of(error)}): name another file.") from None


async def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise SetupError("There is no terminal to ask at: --yes adds or removes without asking, --dry-run only looks.")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    answer = await asyncio.to_thread(sys.stdin.readline)
    return answer.strip().lower() in ("y", "yes")


def _print(words: str) -> None:
    sys.stdout.write(f"{words}\n")
