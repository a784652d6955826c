"""`python -m corpus check` judges texts and notes, `python -m corpus build` writes their index."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import SHIPPED, WRONG_PYTHON
from corpus.errors import CorpusError


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 where the corpus is sound, 1 where it is not."""
    asked = _parser().parse_args(arguments)
    try:
        status: int = asked.run(asked)
    except ModuleNotFoundError:
        sys.exit(WRONG_PYTHON)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Judge or index a corpus.")
    commands = parser.add_subparsers(required=True, metavar="check|build")
    check = commands.add_parser("check", help="name every fault in texts and notes, with file and line")
    check.set_defaults(run=_check)
    build = commands.add_parser("build", help="write the index, so that the bot need not at its start")
    build.set_defaults(run=_build)
    for command in (check, build):
        command.add_argument("folder", nargs="?", type=Path, default=SHIPPED, help="default: the shipped corpus")
    build.add_argument("cache", nargs="?", type=Path, default=Path("data/index"), help="default: data/index")
    return parser


def _check(asked: argparse.Namespace) -> int:
    from corpus.source.check import check_corpus

    judged = check_corpus(asked.folder)
    for fault in judged.faults:
        _say(str(fault))
    if judged.faults:
        return 1
    sentences = sum(len(paragraph.sentences) for text in judged.texts.values() for paragraph in text.paragraphs)
    notes = judged.notes
    _say(
        f"{len(judged.texts)} texts, {sentences} sentences; {len(notes.people)} people, {len(notes.events)} events, "
        f"{len(notes.topics)} topics, {len(notes.facts)} facts, {len(notes.questions)} questions, "
        f"{sum(len(one.words) for one in judged.paraphrases)} paraphrases: no fault."
    )
    return 0


def _build(asked: argparse.Namespace) -> int:
    from corpus.indexing.index_files import ensure

    try:
        _say(f"The index is {ensure(asked.folder, asked.cache)}.")
    except CorpusError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line speaks.
        return 1
    return 0


def _say(sentence: str) -> None:
    print(sentence)  # noqa: T201 - a command line speaks.


if __name__ == "__main__":
    sys.exit(main())
