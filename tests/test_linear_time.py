"""What people type costs time in proportion to its length: for every reader, whatever characters it is made of.

`make fuzz` tries each character behind each beginning and at the greatest length; `make test` a part of these, others
each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import product
from random import Random

import pytest

from bot.core.app import App
from bot.core.command import Command
from bot.core.errors import UserError
from bot.platforms.discord.rendering.markup import escape
from bot.platforms.slack.inbound.mrkdwn import plain
from bot.platforms.typed_commands import completion_point, parse_line
from bot.timetable.words import Days, TimeOfDay
from bot.timetable.zones import TimeZone, completions
from cogs.shared.compared_passages import compared_passages
from corpus.corpus import Corpus
from corpus.date_reading import leading_dates, read_date
from corpus.errors import NotUnderstood
from corpus.language.tokens import folded, stems, tokens
from corpus.language.typed_numbers import read_number
from corpus.names.attributions import AttributionReader
from corpus.names.author_questions import words_question
from corpus.names.event_questions import alternatives, length_question, order_question
from corpus.questions.answers import AnswerChecker
from corpus.questions.question import from_curated
from corpus.quotations.concordance import occurrences
from corpus.quotations.extract import Extractor
from corpus.quotations.parse import readings
from corpus.reference import Reference
from corpus.search.quoted_phrases import quoted_query
from tests.samples import one_in

Reader = Callable[[Corpus, str], object]

EXPLODES = 0.5
"""Seconds for a hundred characters or so that no machine takes, unless each of them multiplies the time."""
LARGEST = 40_000
"""Characters of Slack's largest message; Discord's has a tenth of them."""
CHARACTERS = " \t\n.…,:;!?'\"“”‘’«»-—()[]<>{}*_`~|\\/#@&%=+0a1Zé\u0416\u0301\u200b\u00ad\u00b9👍"
PAIRED = " .…-'\"“([<*a1\n"
BEGINNINGS = ("", "[", "(", "<", "“", "> ", "speech ", "1 ", "a\n— ", "a", "/check ", "|\n")


def extractor(corpus: Corpus) -> Extractor:
    return Extractor(AttributionReader(corpus.texts, corpus.finder))


def compared(corpus: Corpus, typed: str) -> object:
    with suppress(UserError):
        return compared_passages(corpus, typed)
    return None


READERS: dict[str, Reader] = {
    "tokens": lambda _, typed: tokens(typed),
    "folded": lambda _, typed: folded(typed),
    "stems": lambda _, typed: stems(typed),
    "token index": lambda corpus, typed: corpus.token_index.read(typed),
    "concordance": lambda corpus, typed: occurrences(corpus.token_index, typed),
    "quotation": lambda corpus, typed: next(readings(corpus.token_index, typed)),
    "quotations of a message": lambda corpus, typed: corpus.quotation_checker.extracted(typed),
    "frames of a message": lambda corpus, typed: extractor(corpus).extract(typed),
    "date": lambda _, typed: read_date(typed),
    "dates at the beginning": lambda _, typed: leading_dates(typed),
    "zones half typed": lambda _, typed: completions(typed),
    "quoted phrases": lambda _, typed: quoted_query(typed),
    "question about events": lambda _, typed: (order_question(typed), length_question(typed), alternatives(typed)),
    "question whose words": lambda _, typed: words_question(typed),
    "passages to compare": lambda corpus, typed: compared(corpus, typed),
    "reference": lambda _, typed: Reference.read(typed),
    "number": lambda _, typed: read_number(typed),
    "person": lambda corpus, typed: corpus.finder.people(typed),
    "topic": lambda corpus, typed: corpus.finder.near_topics(typed),
    "event": lambda corpus, typed: corpus.finder.events(typed),
    "time of day": lambda _, typed: TimeOfDay.parse(typed),
    "time zone": lambda _, typed: TimeZone.parse(typed),
    "days": lambda _, typed: Days.parse(typed),
    "Slack's markup": lambda _, typed: plain(typed),
    "Discord's markup": lambda _, typed: escape(typed),
}


def run_of(beginning: str, one: str, size: int) -> str:
    return f"{beginning}{one * size}x"


def pairs_of(pair: str, size: int) -> str:
    return pair * (size // 2)


def soup_of(seed: int, size: int) -> str:
    return "".join(Random(seed).choices(CHARACTERS, k=size))


def runs() -> Iterator[Callable[[int], str]]:
    """Long runs: of one character, of a pair, of a random soup, after all that may begin them."""
    is_tried = one_in(6)
    for (row, beginning), (column, one) in product(enumerate(BEGINNINGS), enumerate(CHARACTERS)):
        if is_tried(row + column):
            yield partial(run_of, beginning, one)
    for (row, first), (column, second) in product(enumerate(PAIRED), repeat=2):
        if is_tried(row + column):
            yield partial(pairs_of, first + second)
    for seed in range(10):
        yield partial(soup_of, seed)


def seconds(read: Callable[[str], object], typed: str) -> float:
    start = time.thread_time()
    with suppress(NotUnderstood, UserError):
        read(typed)
    return time.thread_time() - start


def is_linear(read: Callable[[str], object], run: Callable[[int], str]) -> bool:
    """Small ones first, so that what explodes is caught before it never ends."""
    size = 16
    while size < 256:
        if seconds(read, run(size)) > EXPLODES:
            return False
        size += size // 2
    # What is short may have little of what takes time: then the longer pair tells.
    return any(is_in_proportion(read, run, size) for size in (800, 3_200))


def is_in_proportion(read: Callable[[str], object], run: Callable[[int], str], size: int) -> bool:
    """Whether four times as much takes less than eight times as long."""
    for _ in range(3):  # another process may have taken the caches away
        long = seconds(read, run(4 * size))
        if long < 0.01 or long < 8 * seconds(read, run(size)):
            return True
    return False


def assert_linear(read: Callable[[str], object]) -> None:
    slow = [run(12) for run in runs() if not is_linear(read, run)]
    assert slow == []
    is_tried = one_in(4)
    largest = [f"speech [{one * LARGEST}x" for number, one in enumerate(CHARACTERS) if is_tried(number)]
    largest += [f"{one * LARGEST}x" for one in " \t\n"]
    assert [typed[:20] for typed in largest if seconds(read, typed) > 1] == []


@pytest.mark.parametrize("name", READERS)
async def test_a_reader_takes_time_in_proportion_to_what_it_reads(corpus: Corpus, name: str) -> None:
    assert_linear(lambda typed: READERS[name](corpus, typed))


async def test_a_typed_answer_takes_time_in_proportion(corpus: Corpus) -> None:
    checker = AnswerChecker(corpus.notes.people)
    for question in {one.kind: one for one in corpus.notes.questions}.values():
        assert_linear(partial(checker.is_right, from_curated(question, Random(1917))))


def read_line(read: Callable[[str, Mapping[str, Command]], object], command: str, app: App, typed: str) -> object:
    return read(f"/{command} {typed}", app.commands)


async def test_a_typed_line_takes_time_in_proportion(app: App) -> None:
    for command in ("check", "daily set", "quote"):
        for read in (parse_line, completion_point):
            assert_linear(partial(read_line, read, command, app))
