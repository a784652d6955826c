"""Questions and facts as CSV, and all notes as JSON. The same notes are the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import asdict

from cogs.export.sources import Source, source
from corpus.corpus import Corpus

_SEVERAL = "; "
_SOURCE = Source._fields


def questions(corpus: Corpus, now: datetime) -> bytes:
    """One question a row. Several accepted answers, wrong answers or topics are parted by semicolons."""
    columns = ("id", "kind", "question", "answer", "also right", "wrong answers", "topics", *_SOURCE, "editors' note")
    return _csv(
        columns,
        (
            (
                one.id,
                one.kind,
                one.ask,
                one.answer,
                _SEVERAL.join(one.accept),
                _SEVERAL.join(one.distractors),
                _SEVERAL.join(one.topics),
                *source(corpus, one.references),
                one.note,
            )
            for one in corpus.notes.questions
        ),
    )


def facts(corpus: Corpus, now: datetime) -> bytes:
    """One fact a row, with its date in both calendars where it has one."""
    columns = ("id", "fact", "date", "topics", *_SOURCE, "editors' note")
    return _csv(
        columns,
        (
            (
                one.id,
                one.words,
                one.date.both() if one.date else "",
                _SEVERAL.join(one.topics),
                *source(corpus, one.references),
                one.note,
            )
            for one in corpus.notes.facts
        ),
    )


def notes(corpus: Corpus, now: datetime) -> bytes:
    """All that the editors know, as the notes hold it, and the editions of the texts that their references are to."""
    editions = {text.id: text.edition_hash for text in corpus.texts.values()}
    return msgspec.json.format(msgspec.json.encode({"editions": editions, **asdict(corpus.notes)}), indent=2) + b"\n"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    # With the mark in front, spreadsheets know that curly quotes are UTF-8.
    return file.getvalue().encode("utf-8-sig")


def _cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula: an apostrophe says that it is text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
