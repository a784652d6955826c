"""Golden files: tests/golden/<name>/reply.json is what the bot said, beside it how each platform shows that.

UPDATE_GOLDEN=1 writes the files instead of comparing them; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import msgspec
from msgspec.structs import replace

from bot.core.command import Command
from bot.core.reply import File, Picture, Reply
from cogs import FEATURES
from corpus import SHIPPED
from corpus.examples import Example

FOLDER = Path(__file__).with_name("golden")

# A feature that remembers answers each time by what was done before.
REMEMBERING = ("daily", "library", "quiz", "setup")

_NOTES = tomllib.loads((SHIPPED / "notes" / "examples.toml").read_text(encoding="utf-8"))
NOTED = {one["kind"]: one["typed"] for one in _NOTES["example"]}


def _example_line(command: Command) -> str:
    """The line of a command's example over the shipped corpus, before that is open."""
    wanted = Example.TOPIC if command.example is Example.SUBJECT else command.example
    return f"/{command.name} {NOTED[wanted.value] if isinstance(wanted, Example) else wanted}".strip()


EXAMPLES = {
    command.name: _example_line(command)
    for feature in FEATURES
    if feature.name not in REMEMBERING
    for command in feature.commands
}

# What is typed for each reply that is kept: every command's example, and what else must not change unseen.
LINES = {
    **EXAMPLES,
    "quote-reference": "/quote speech 4.2",
    "quote-slip": "/quote counterrevolutionarys",
    "quote-nothing": "/quote zeppelin",
    "event-several": "/event October 1917",
    "event-no-such-date": "/event 30 February 1917",
    "event-nothing-then": "/event 1 January 1900",
    "compare-peasants": "/compare peasants",
    "help-all": "/help",
    "timeline-topic": "/timeline coalition",
    "timeline-nothing": "/timeline from:1950",
    "export-menu": "/export",
    "export-calendar": "/export calendar",
    "check-verbatim": "/check our party held out its hand, with the gunpowder still in it",
    "check-shortened": "/check If the rising of the people … we will surely be crushed.",
    "check-altered": "/check If the rising of the people does crush imperialism, then we will surely be crushed.",
    "check-speaker": "/check There is still a third! speaker:Trotsky",
    "check-pieced": "/check We shall never form a union with them. What are these men but betrayers of the revolution?",
    "check-nothing": "/check Workers of all lands unite, you have nothing to lose but your chains",
    "check-short": "/check the revolution",
    "who-nobody": "/who the guy with the goatee",
    "word-workers": "/word workers",
    "word-nothing": "/word insurrection",
    "unknown-command": "/qoute gunpowder",
}

# What needs a schedule, or is posted by one: tests/cogs/test_daily.py says how it comes about.
DAILY = ("daily-set", "daily-list", "daily-next", "daily-history", "daily-remove", "daily-post")

# What a round of questions says in its channel.
QUIZ = ("quiz-question", "quiz-gap", "quiz-paused", "quiz-answer", "quiz-order", "quiz-table")

# Made by hand: all that a reply can hold, with characters that mean something to some platform.
NAMES = (*LINES, *DAILY, *QUIZ, "every-part")

# What is kept that is no reply: texts, and tables of what is promised.
TABLES = ("corpus", "features", "quiz-steps", "store")


def check(name: str, file: str, actual: str) -> None:
    """Compare with tests/golden/<name>/<file>."""
    path = FOLDER / name / file
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")


def reply(name: str) -> Reply:
    """The reply that is kept under a name."""
    return msgspec.json.decode((FOLDER / name / "reply.json").read_bytes(), type=Reply)


def without_data(said: Reply) -> Reply:
    """A reply whose pictures and files are empty: other tests look into them."""
    return replace(said, parts=tuple(replace(p, data=b"") if isinstance(p, Picture | File) else p for p in said.parts))


def as_json(said: Reply) -> str:
    """A reply as reply.json keeps it."""
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"
