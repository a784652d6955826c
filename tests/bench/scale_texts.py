"""Texts of any size, for measurements: sentences that are installed or shipped, then the same words shuffled."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from random import Random

from corpus import SHIPPED
from corpus.source.check import check_corpus
from corpus.text_model import Citations, Paragraph, Sentence, Text

OF_A_TEXT = 20_000
"""Sentences of one text: a long book."""
_OF_A_PARAGRAPH = 5
_BLOCK = 20  # sentences over which words are shuffled
_OWN_WORDS = 1_500  # words that only one text has: names, as every book brings its own
_OWN = 0.004  # of all words are such
_SHIPPED = 12  # every twelfth sentence is of the shipped texts, so that their people and topics are in every text
_CITATION = "{reference}"


def source_sentences(file: Path | None = None) -> list[str]:
    """The sentences of a file; else of the King James Bible, where Debian's `bible-kjv` is installed; else shipped."""
    if file is not None:
        return re.split(r"(?<=[.!?])\s+", " ".join(file.read_text(encoding="utf-8").split()))
    if program := shutil.which("bible"):
        printed = subprocess.run([program, "-f", "Gen1:1-Rev22:21"], capture_output=True, check=True, text=True).stdout
        return [verse for line in printed.splitlines() if (verse := line.partition(" ")[2].strip())]
    return shipped_sentences()


@functools.cache
def shipped_sentences() -> list[str]:
    """The sentences of the shipped texts."""
    return [words for text in check_corpus(SHIPPED).texts.values() for _, words in text.sentences()]


def scale_texts(size: int, source: Sequence[str], of_a_text: int = OF_A_TEXT) -> Iterator[Text]:
    """Texts with `size` sentences in all: the source's own first, then its words in another order."""
    shipped = shipped_sentences()
    for number, start in enumerate(range(0, size, of_a_text), 1):
        yield _text(number, islice(_sentences(number, start, source, shipped), min(of_a_text, size - start)))


def _sentences(number: int, start: int, source: Sequence[str], shipped: Sequence[str]) -> Iterator[str]:
    """The sentences of one text, without end."""
    dice = Random(number)
    own = [_own_word(dice, source) for _ in range(_OWN_WORDS)]
    while True:
        block = [source[(start + n) % len(source)] for n in range(_BLOCK)]
        block[::_SHIPPED] = [dice.choice(shipped) for _ in block[::_SHIPPED]]
        yield from block if start + _BLOCK <= len(source) else _shuffled(block, own, dice)
        start += _BLOCK


def _shuffled(block: Sequence[str], own: Sequence[str], dice: Random) -> Iterator[str]:
    words = list(chain.from_iterable(map(str.split, block)))
    dice.shuffle(words)
    for place in range(len(words)):
        if dice.random() < _OWN:
            words[place] = dice.choice(own)
    rest = iter(words)
    for sentence in block:
        made = " ".join(islice(rest, len(sentence.split()))).rstrip(".,;:")
        yield f"{made[:1].upper()}{made[1:]}."


def _own_word(dice: Random, source: Sequence[str]) -> str:
    one, other = (dice.choice(dice.choice(source).split()).strip(".,;:!?") for _ in range(2))
    return (one[:4] + other[-4:]).capitalize()


def _text(number: int, sentences: Iterator[str]) -> Text:
    paragraphs: list[Paragraph] = []
    while run := list(islice(sentences, _OF_A_PARAGRAPH)):
        paragraphs.append(_paragraph(len(paragraphs) + 1, run))
    citations = Citations(_CITATION, _CITATION, _CITATION, _CITATION)
    return Text(
        f"book{number}", f"book {number}", f"Book {number}", "", "Nobody", None, "", "secondary", "", (), 0,
        tuple(paragraphs), (), citations,
    )  # fmt: skip


def _paragraph(number: int, run: Sequence[str]) -> Paragraph:
    sentences, end = [], 0
    for place, words in enumerate(run, 1):
        sentences.append(Sentence(place, end, end + len(words), "Nobody"))
        end += len(words) + 1
    heading = f"Chapter {number // 50 + 1}" if number % 50 == 1 else ""
    return Paragraph(number, " ".join(run), tuple(sentences), heading=heading)
