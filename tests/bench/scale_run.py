"""Measures one index, in a process of its own: `python -m tests.bench.scale_run INDEX [--first]` writes JSON."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import msgspec

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Menu, Reply
from bot.core.warm_up import WarmUp
from bot.platforms.typed_commands import answer_line
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.logs import quiet
from tests.reach import ways_on

TIMES = 20
"""How often each query is asked."""
AT_ONCE = 1_000
RECALLED = 100
"""Queries by meaning of which the ten nearest are compared with those of an exhaustive search."""
_SAME = 1e-4  # between two cosines
_WATCH = 0.001  # seconds that the watcher of the event loop sleeps
_GARBAGE = ("qzx wvk jjq", "%%% ''' \"\" ((", "ооо ыыы 漢字", "a" * 300, "* NEAR ( OR", "x1y2z3 q9q9")
_TYPOS = ("gunpowdr", "revoluton", "soldeirs", "kingdm of heven", "begining", "wildernes")
_HALF_TYPED = ("g", "th", "the", "the king", "revol", "in the begin", "lord of", "zzz", "kin", "and he")
_DRAWN = ("card.", "timeline.")  # actions that draw a picture, which takes the same for any corpus
_TYPED = 30  # characters of a sentence that somebody types at most before a completion fits
_ASK = Person("1", "Ada"), Place("bench", "general", "guild")
_MEANT = (
    "the workers take power", "nobody had any food", "they were angry with him", "he ordered them to stop fighting",
)  # fmt: skip


class Measurement(msgspec.Struct, frozen=True):
    """A kind of question: milliseconds at p50 and p99, the longest block of the event loop, and memory after it.

    The times of a processor are what p50 and p99 would be where nothing else runs.
    """

    name: str
    p50: float
    p99: float
    block: float
    rss: float
    processor_p50: float
    processor_p99: float


class Run(msgspec.Struct, frozen=True):
    """What one process measured: milliseconds and megabytes.

    `warm_up` is how long the event loop was blocked while the warm-up of a running bot loaded what answers need;
    `recall` is the share of the ten nearest by meaning that the shortlist keeps.
    """

    opened: float
    rss: float
    peak: float
    warm_up: float
    recall: float
    measurements: tuple[Measurement, ...]


class Loop:
    """Watches the event loop: `longest` is how late, in seconds, it has come back to a task that slept a moment."""

    longest = 0.0

    async def watch(self) -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(_WATCH)
            self.longest = max(self.longest, time.perf_counter() - started - _WATCH)


@asynccontextmanager
async def watched() -> AsyncIterator[Loop]:
    loop = Loop()
    task = asyncio.create_task(loop.watch())
    await asyncio.sleep(0.01)
    loop.longest = 0.0
    try:
        yield loop
    finally:
        task.cancel()


def memory(name: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at most so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [one for one in status.splitlines() if one.startswith(f"{name}:")]
    return int(line.split()[1]) / 1024


Work = Callable[[], Awaitable[object]]


async def measured(name: str, works: Sequence[Work]) -> Measurement:
    """Each piece of work after the other."""
    async with watched() as loop:
        seconds = [await _timed(work) for work in works]
    return _measurement(name, seconds, loop)


async def measured_at_once(name: str, works: Sequence[Work]) -> Measurement:
    """All pieces of work at once: each takes as long as it is since all of them were asked for."""
    async with watched() as loop:
        since = _now()
        seconds = await asyncio.gather(*(_timed(work, since) for work in works))
    return _measurement(name, seconds, loop)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


async def _timed(work: Work, since: tuple[float, float] | None = None) -> tuple[float, float]:
    """Seconds that a piece of work took, and seconds of a processor, from its beginning or from an earlier moment."""
    started, processor = since or _now()
    await work()
    seconds = time.perf_counter() - started, time.process_time() - processor
    await asyncio.sleep(0)  # so that the watcher sees what never let go of the event loop
    return seconds


def _measurement(name: str, seconds: Sequence[tuple[float, float]], loop: Loop) -> Measurement:
    sys.stderr.write(f"{name}\n")
    whole, processor = (sorted(one * 1000 for one in column) for column in zip(*seconds, strict=True))
    middle, last = len(whole) // 2, min(len(whole) - 1, round(len(whole) * 0.99))
    block = loop.longest * 1000
    return Measurement(name, whole[middle], whole[last], block, memory("VmRSS"), processor[middle], processor[last])


class Questions:
    """Questions of every kind on a corpus, the same at each run."""

    def __init__(self, corpus: Corpus) -> None:
        self._dice = Random(1917)
        self._texts = [text for text in corpus.texts.values() if len(text.paragraphs) > 1]

    def sentence(self) -> list[str]:
        """The words of some sentence."""
        text = self._dice.choice(self._texts)
        paragraph = text.paragraphs[self._dice.randrange(len(text.paragraphs))]
        one = self._dice.choice(paragraph.sentences)
        return paragraph.words[one.start : one.end].split()

    def place(self) -> str:
        """Some paragraph."""
        text = self._dice.choice(self._texts)
        return f"{text.id} {text.paragraphs[self._dice.randrange(len(text.paragraphs))].number}"

    def words(self, count: int) -> str:
        """So many words of a sentence, not side by side."""
        found = [word.strip(".,;:!?\"'") for word in self.sentence() if len(word) > 4] or ["king"]
        return " ".join(self._dice.sample(found, min(count, len(found))))

    def phrase(self, count: int) -> str:
        """So many words side by side."""
        found = self.sentence()
        start = self._dice.randrange(max(1, len(found) - count + 1))
        return " ".join(found[start : start + count])

    def altered(self) -> str:
        """A passage with a word left out and one put in."""
        found = self.sentence() + self.sentence()
        found[len(found) // 3] = "never"
        del found[len(found) // 2]
        return " ".join(found)

    def half_typed(self) -> str:
        """The beginning of a sentence, broken off anywhere."""
        words = " ".join(self.sentence())
        return words[: self._dice.randint(1, _TYPED)]

    def unknown(self) -> str:
        """Sixty words that no text has."""
        return " ".join("".join(self._dice.choices("bcdfghjklmnprstvaeiou", k=8)) for _ in range(60))

    def lines(self) -> dict[str, list[str]]:
        """Typed lines by what they are measured as."""
        return {
            "/quote a word": [f"/quote {self.words(1)}" for _ in range(TIMES)],
            "/quote two words": [f"/quote {self.words(2)}" for _ in range(TIMES)],
            "/quote three words": [f"/quote {self.words(3)}" for _ in range(TIMES)],
            "/quote a phrase": [f"/quote {self.phrase(5)}" for _ in range(TIMES)],
            "/quote a reference": [f"/quote {self.place()}" for _ in range(TIMES)],
            "/quote a common word": ["/quote king", "/quote people"] * (TIMES // 2),
            "/quote a common pair": ["/quote king people", "/quote lord house"] * (TIMES // 2),
            "/quote stop words": ["/quote the and of", "/quote and it was the"] * (TIMES // 2),
            "/quote a typo": [f"/quote {one}" for one in _TYPOS] * 3,
            "/quote by meaning": [f"/quote {one}" for one in _MEANT] * 4,
            "/quote garbage": [f"/quote {one}" for one in _GARBAGE] * 3,
            "/quote 60 unknown words": [f"/quote {self.unknown()}" for _ in range(TIMES)],
            "/quote nothing": ["/quote"] * TIMES,
            "/compare words": [f"/compare {self.words(1)}" for _ in range(TIMES)],
            "/compare a topic": ["/compare coalition", "/compare peace"] * (TIMES // 2),
            "/word": [f"/word {self.words(1)}" for _ in range(TIMES)],
            "/word the most common": ["/word the"] * TIMES,
            "/word a phrase": ["/word of the", "/word the king", "/word exactly:yes workers"] * (TIMES // 3),
            "/check a true quotation": [f"/check {' '.join(self.sentence())}" for _ in range(TIMES)],
            "/check an altered one": [f"/check {self.altered()}" for _ in range(TIMES)],
            "/check common words": ["/check and it was of the and that the was it in of a and"] * TIMES,
            "/check another text": [f"/check {self.words(4)} {self.words(4)} {self.words(4)}" for _ in range(TIMES)],
            "/who": ["/who Trotsky", "/who Lenin", "/who Kerensky", "/who Avilov"] * (TIMES // 4),
            "/who nobody": ["/who Zebulon Smith", "/who king"] * (TIMES // 2),
            "/read": [f"/read {self.place()}" for _ in range(TIMES)],
            "/event": ["/event 1917", "/event Mercader", "/event", "/event zebra"] * (TIMES // 4),
            "/fact": ["/fact"] * TIMES,
            "/sources": ["/sources"] * TIMES,
        }

    def presses(self) -> dict[str, list[tuple[str, str]]]:
        """Buttons, as action and value, by what they are measured as."""
        return {
            "button: sentence after": [("quote.show", f"{self.place()}.2") for _ in range(TIMES)],
            "button: in context": [("quote.context", f"{self.place()}.2") for _ in range(TIMES)],
            "button: all matches": [("quote.matches", "2 - king"), ("quote.matches", "4 - people")] * (TIMES // 2),
            "button: next page": [("read.page", self.place()) for _ in range(TIMES)],
            "button: page of /word": [("word.page", "900 any king"), ("word.page", "3 any the")] * (TIMES // 2),
            "button: mentions": [("who.mentions", "trotsky 2"), ("who.company", "trotsky 1")] * (TIMES // 2),
        }


async def run(file: Path) -> Run:
    """All measurements on one index."""
    started = time.perf_counter()
    corpus = await Corpus.open_index(file)
    app = App(FEATURES, corpus, dice=Random(1917))
    await answer_line(app, "/quote gunpowder", app.context(*_ASK))
    opened = (time.perf_counter() - started) * 1000
    rss = memory("VmRSS")
    gc.freeze()  # as the bot does when it has started
    async with watched() as loop:
        await WarmUp(corpus).wait()  # and when it is first asked
    try:
        found = [one async for one in _each(app, Questions(corpus))]
        peak = memory("VmHWM")
        recall = shortlist_recall(corpus, Questions(corpus))
    finally:
        await corpus.close()
    return Run(opened, rss, peak, loop.longest * 1000, recall, tuple(found))


def shortlist_recall(corpus: Corpus, questions: Questions) -> float:
    """The share of the ten nearest by meaning that are found where only a shortlist is compared by all numbers.

    What is as near as the tenth counts, too: many sentences are the same to word vectors.
    """
    queries = [questions.words(4) for _ in range(RECALLED)]
    found = [corpus.semantic.cosines(one, 10) for one in queries]
    every = [corpus.semantic.cosines(one, 10, exhaustive=True) for one in queries]
    kept = [sum(one >= all_of[-1] - _SAME for one in some) for some, all_of in zip(found, every, strict=True) if all_of]
    return sum(kept) / max(1, sum(map(len, every)))


async def _each(app: App, questions: Questions) -> AsyncIterator[Measurement]:
    lines = questions.lines()
    for name, asked in lines.items():
        yield await measured(name, [_line(app, one) for one in asked])
    for name, pressed in questions.presses().items():
        yield await measured(name, [_press(app, *one) for one in pressed])
    yield await measured("button: any other", [_press(app, *one) for one in await _others(app, questions)])
    typed = [*_HALF_TYPED * 4, *(questions.half_typed() for _ in range(8 * TIMES))]
    yield await measured("completion", [_complete(app, one) for one in typed])
    mixed = [one for name, asked in lines.items() if name.startswith("/quote") for one in asked]
    quick = [_line(app, one) for one in lines["/quote a reference"]]
    slow = [_line(app, one) for one in lines["/quote stop words"][:4]]
    yield await _behind("a quick one behind slow ones", quick, slow)
    thousand = [_line(app, mixed[n % len(mixed)]) for n in range(AT_ONCE)]
    half_typed = [_complete(app, one) for one in _HALF_TYPED * 2]
    yield await _behind(f"completion while {AT_ONCE:,} wait", half_typed, thousand)
    yield await measured_at_once(f"{AT_ONCE:,} at once", thousand)


async def _others(app: App, questions: Questions) -> list[tuple[str, str]]:
    """For each kind of question one button, or choice, of each action that its answers lead to."""
    found: dict[tuple[str, str], str] = {}
    for name, asked in questions.lines().items():
        for line in asked[:2]:
            for action, value in ways_on(await answer_line(app, line, _context(app))):
                if not action.startswith(_DRAWN):
                    found[name, action] = value
    return [(action, value) for (_, action), value in found.items()]


async def _behind(name: str, quick: Sequence[Work], slow: Sequence[Work]) -> Measurement:
    """Quick questions, one after the other, while slow ones are being answered."""
    others = asyncio.gather(*(work() for work in slow))
    await asyncio.sleep(0)
    try:
        return await measured(name, quick)
    finally:
        await others


def _context(app: App) -> Context:
    return app.context(*_ASK)


def _line(app: App, line: str) -> Work:
    return lambda: _answered(answer_line(app, line, _context(app)))


def _press(app: App, name: str, value: str) -> Work:
    return lambda: _answered(app.act(name, value, _context(app)))


def _complete(app: App, typed: str) -> Work:
    return lambda: app.suggest("quote", "words", typed, _context(app))


async def _answered(answer: Awaitable[Reply]) -> None:
    """The answer. Raises AssertionError where it is our own apology: what failed is no measurement."""
    reply = await answer
    if reply.incident:
        raise AssertionError(reply.error)
    for part in reply.parts:
        if isinstance(part, Menu) and len(part.choices) > 100:
            raise AssertionError(f"a menu of {len(part.choices)} choices")


async def first(file: Path) -> None:
    """Only open the index, and answer once: what a start takes."""
    corpus = await Corpus.open_index(file)
    app = App(FEATURES, corpus)
    await answer_line(app, "/quote gunpowder", app.context(*_ASK))
    await corpus.close()


def main() -> None:
    quiet(logging.ERROR)
    file, *how = sys.argv[1:]
    if how:
        asyncio.run(first(Path(file)))
    else:
        sys.stdout.write(msgspec.json.encode(asyncio.run(run(Path(file)))).decode())


if __name__ == "__main__":
    main()
