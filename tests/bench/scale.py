"""Growth from a thousand sentences to a million: builds corpora, measures each, and writes a table, a plot and JSON."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec

from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.indexing.shelf import ensure_shelf
from corpus.source.frozen import freeze
from tests.bench.scale_plot import plot
from tests.bench.scale_run import AT_ONCE, Measurement, Run
from tests.bench.scale_texts import scale_texts, source_sentences

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_STARTS = 5
_CROWDED = 2  # measurements, the last, for which a thousand ask at once


class Size(msgspec.Struct, frozen=True):
    """What was measured at one size: to build, megabytes on disk, from start to the first answer.

    Times are seconds of a processor: other programs make no difference.
    """

    sentences: int
    build: float
    disk: float
    start: float
    run: Run


async def measure(sizes: Sequence[int], source: Path | None, folder: Path) -> list[Size]:
    """Each size, and before them the shipped corpus alone, as size 0."""
    sentences = source_sentences(source)
    base = await Corpus.open(SHIPPED, folder)
    await base.close()
    found = [_measured(0, base.file, 0.0)]
    for size in sizes:
        before = _children()
        file = await ensure_shelf(base.file, str(size), _frozen(size, sentences), ())
        found.append(_measured(size, file, _children() - before))
        sys.stderr.write(f"{size:,} sentences measured\n")
    return found


async def _frozen(size: int, source: Sequence[str]) -> AsyncIterator[bytes]:
    for text in scale_texts(size, source):
        yield freeze(text)


def _measured(size: int, file: Path, build: float) -> Size:
    line = [sys.executable, "-m", "tests.bench.scale_run", str(file)]
    start = min(_start([*line, "--first"]) for _ in range(_STARTS))
    out = subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout
    disk = sum(one.stat().st_size for one in file.parent.glob(f"{file.stem}.*")) / 1e6
    return Size(size, build, disk, start, msgspec.json.decode(out, type=Run))


def _start(line: Sequence[str]) -> float:
    before = _children()
    subprocess.run(line, check=True)
    return _children() - before


def _children() -> float:
    """Seconds of a processor that child processes took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(sizes: Sequence[Size]) -> str:
    """The figures as Markdown: p50 and p99 of each kind of question at each size, then what the whole takes.

    First the time of a processor, then that of the clock, which is longer where other programs run.
    """
    heads = [f"{one.sentences:,}" if one.sentences else "shipped" for one in sizes]
    rows = [["p50 / p99 of a processor (by the clock), ms", *heads]]
    kinds = zip(*(one.run.measurements for one in sizes), strict=True)
    rows += [[kind[0].name, *map(_cell, kind)] for kind in kinds]
    alone = [one.run.measurements[:-_CROWDED] for one in sizes]
    blocks = [max(kinds, key=lambda kind: kind.block) for kinds in alone]
    rows += [
        ["event loop blocked at most by the warm-up, ms", *(f"{one.run.warm_up:.0f}" for one in sizes)],
        ["event loop blocked at most, one at a time, ms", *(f"{one.block:.0f} ({one.name})" for one in blocks)],
        [
            f"memory before {AT_ONCE:,} at once, MB",
            *(f"{one.run.measurements[-1 - _CROWDED].rss:.0f}" for one in sizes),
        ],
        ["memory at most, MB", *(f"{one.run.peak:.0f}" for one in sizes)],
        ["ten nearest by meaning that the shortlist keeps", *(f"{one.run.recall:.3f}" for one in sizes)],
        ["process start to first answer, s of a processor", *(f"{one.start:.2f}" for one in sizes)],
        ["index built, s of a processor", *(f"{one.build:.1f}" for one in sizes)],
        ["index on disk, MB", *(f"{one.disk:.0f}" for one in sizes)],
    ]
    rows.insert(1, ["---", *("---:" for _ in sizes)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(one: Measurement) -> str:
    return f"{one.processor_p50:.1f} / {one.processor_p99:.0f} ({one.p50:.1f} / {one.p99:.0f})"


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="SENTENCES")
    parser.add_argument("--source", type=Path, help="a plain text whose sentences are used")
    parser.add_argument("--out", type=Path, default=Path("docs/scale"), help="the folder for table, plot and JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(chosen.sizes, chosen.source, Path(folder)))
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "figures.json").write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1))
    (chosen.out / "table.md").write_text(table(found), encoding="utf-8")
    (chosen.out / "growth.svg").write_text(plot(found[1:]), encoding="utf-8")
    sys.stdout.write(table(found))


if __name__ == "__main__":
    main()
