"""TOML files that still know their lines, so that every fault in one can say where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from corpus.errors import Fault

Form = TypeVar("Form")
Form_co = TypeVar("Form_co", covariant=True)


@dataclass(frozen=True)
class Entry(Generic[Form_co]):
    """One table of a file, decoded to its form. `line` is its first line, counted from 1; `lines` are its own."""

    file: Path
    line: int
    lines: tuple[str, ...]
    form: Form_co

    def fault(self, reason: str, *words: str) -> Fault:
        """A fault at the first line of the entry that holds one of `words` (tried in turn), or at its first line."""
        return Fault(self.file, self.line + _offset(self.lines, words), reason)


def _offset(lines: Iterable[str], words: Iterable[str]) -> int:
    held = list(lines)
    for wanted in words:
        for written in (wanted, wanted.replace("\\", "\\\\").replace('"', '\\"')):
            for offset, line in enumerate(held):
                if written and written in line:
                    return offset
    return 0


class TomlFile:
    """A TOML file, decoded. A file that is none, or cannot be read, leaves a fault and counts as empty."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.lines: tuple[str, ...] = ()
        self.document: dict[str, Any] = {}
        import tomllib  # most starts read the index alone

        source = read_source(path, faults)
        if source is None:
            return
        try:
            self.document = tomllib.loads(source)
            self.lines = tuple(source.split("\n"))
        except tomllib.TOMLDecodeError as error:
            faults.append(_syntax_fault(path, str(error), source))

    def whole(self, form: type[Form], faults: list[Fault]) -> Entry[Form] | None:
        """The file as one form; None, where it is no TOML or does not fit."""
        return self._entry(self.document, form, 1, self.lines, faults) if self.lines else None

    def entries(self, kind: str, form: type[Form], faults: list[Fault]) -> tuple[Entry[Form], ...]:
        """Its `[[kind]]` tables in order; one that does not fit its form leaves a fault and is left out."""
        tables = self.document.get(kind, [])
        if not isinstance(tables, list):
            faults.append(Fault(self.path, 1, f"`{kind}` must be written as [[{kind}]]"))
            return ()
        spans = list(self._spans(kind))
        spans += [(1, self.lines)] * (len(tables) - len(spans))
        made = (self._entry(table, form, *span, faults) for table, span in zip(tables, spans, strict=False))
        return tuple(entry for entry in made if entry is not None)

    def unknown(self, kinds: Iterable[str]) -> Iterator[Fault]:
        """A fault for each table that is none of `kinds`."""
        for key in sorted(self.document.keys() - set(kinds)):
            reason = f"unknown table or key `{key}`; known here: {', '.join(kinds)}"
            yield Fault(self.path, 1 + _offset(self.lines, (f"[[{key}]]", key)), reason)

    def _spans(self, kind: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """First line and lines of each `[[kind]]` table."""
        heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[\[?\s*[\w-]+\s*\]\]?", line)]
        for start, end in pairwise([*heads, len(self.lines)]):
            if re.match(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]", self.lines[start]):
                yield start + 1, self.lines[start:end]

    def _entry(
        self, table: object, form: type[Form], line: int, lines: tuple[str, ...], faults: list[Fault]
    ) -> Entry[Form] | None:
        try:
            return Entry(self.path, line, lines, msgspec.convert(table, form))
        except msgspec.ValidationError as error:
            reason, _, place = str(error).partition(" - at `$.")
            keys = re.findall(r"\w+", place) + re.findall(r"`(\w+)`", reason)
            written = f"{place.removesuffix('`')}: {reason}" if place else reason
            faults.append(Fault(self.path, line + _offset(lines, [f"{key} =" for key in keys]), written))
            return None


def read_source(path: Path, faults: list[Fault]) -> str | None:
    """The characters of a file, line ends as they are; None, and a fault, where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Fault(path, line, "this is not UTF-8; save the file as UTF-8"))
    except OSError as error:
        faults.append(Fault(path, 0, f"cannot be read: {error.strerror}"))
    return None


def _syntax_fault(path: Path, message: str, source: str) -> Fault:
    place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)", message)
    line = int(place[1]) if place and place[1] else source.count("\n") + 1
    reason = message[: place.start()] if place else message
    return Fault(path, line, f"not TOML: {reason}")
