"""Plain texts that were printed once: numbers and heads of pages, numbers of lines and hyphens are no words of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from corpus.source.readers import read_file
from corpus.source.readers.document import RUNNING_HEAD, Document, Unreadable

SENTENCE = (
    "The river came down in winter and nobody at the mill could say whether it would stop before the bridge or carry "
    "away everything that had stood there since the time of the old miller, who trusted nothing that others had made."
)
STORY = " ".join(" ".join(SENTENCE.split()[n % 7 :]).capitalize() for n in range(40))
WIDTH = 60


def _lines(words: str, *, breaks: bool = False) -> Iterator[str]:
    """The words wrapped to a width, long ones broken with a hyphen if need be."""
    line = ""
    for word in words.split():
        room = WIDTH - len(line) - 2
        if len(line) + 1 + len(word) <= WIDTH:
            line = f"{line} {word}".strip()
        elif breaks and len(word) > 7 and room > 3:
            yield f"{line} {word[:room]}-"
            line = word[room:]
        else:
            yield line
            line = word
    yield line


def _groups(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (lines[start : start + size] for start in range(0, len(lines), size))


def _printed(head: str, *, breaks: bool = False) -> bytes:
    pages = (
        f"{head.format(number)}\n\n" + "\n".join(lines)
        for number, lines in enumerate(_groups([*_lines(STORY, breaks=breaks)], 20), 12)
    )
    return "\n\n".join(pages).encode()


def words_of(document: Document) -> str:
    return "\n".join(block.words for block in document.blocks)


def is_story(document: Document) -> bool:
    """Whether all words of the story are there, and each of its paragraphs begins with a sentence."""
    return words_of(document).split() == STORY.split() and all(block.words[0].isupper() for block in document.blocks)


@pytest.mark.parametrize(
    "head",
    [
        "{}",
        "- {} -",
        "[{}]",
        "Page {}",
        "{}          THE MILL AT STOW",
        "Winter at the Mill          {}",
        "THE MILL\n\n{}",
    ],
)
def test_numbers_and_heads_of_pages_are_left_out_and_part_no_sentence(head: str) -> None:
    document = read_file("a.txt", _printed(head))
    assert is_story(document)
    assert {one.reason for one in document.omissions} == {RUNNING_HEAD}


@pytest.mark.parametrize("mark", ["[Pg {}]", "[Page {}] ", "{{{}}}"])
def test_numbers_of_pages_within_lines_are_left_out(mark: str) -> None:
    lines = [line.replace(" ", f" {mark.format(n // 9 + 3)}", n % 9 == 0) for n, line in enumerate(_lines(STORY))]
    assert is_story(read_file("a.txt", "\n".join(lines).encode()))


def test_numbers_of_chapters_and_what_is_numbered_in_the_text_stay() -> None:
    chapters = "\n\n\n".join(f"{n}\n\n" + "\n".join(_lines(f"{STORY[:400]}.")) for n in range(1, 6))
    assert RUNNING_HEAD not in {one.reason for one in read_file("a.txt", chapters.encode()).omissions}
    table = "\n".join(f"Coach to Stow          {n}" for n in range(5, 40, 5))
    assert not read_file("a.txt", f"{STORY}\n\n{table}\n".encode()).omissions


def test_what_is_beside_numbers_of_pages_only_by_chance_is_no_head() -> None:
    speeches = [f"{'ANNA' if n % 2 else 'BORIS'}\n\n" + "\n".join(_lines(f"{STORY[: 99 + n]}.")) for n in range(80)]
    lines = "\n\n".join(speeches).split("\n")
    pages = ("\n".join(group) + f"\n\n{number}\n\n" for number, group in enumerate(_groups(lines, 19), 12))
    document = read_file("a.txt", "".join(pages).encode())
    assert words_of(document).split() == " ".join(speeches).split()
    assert RUNNING_HEAD in {one.reason for one in document.omissions}


def test_a_broken_word_is_whole_where_the_text_has_it_whole_and_an_authors_hyphen_stays() -> None:
    document = read_file("a.txt", _printed("{}", breaks=True))
    assert is_story(document)
    assert "everything" in document.joined
    kept = read_file(
        "a.txt", b"Of a self-made man they say\nthat he was a self-\nmade man, and stays one.\n\nSo he was.\n"
    )
    assert "was a self-made man" in words_of(kept)


VERSE = [f"The {word} {other} of the river" for word in ("old", "wide", "slow") for other in "abcdefg"]


@pytest.mark.parametrize(("every", "lines"), [(5, 21), (5, 14), (10, 21), (4, 12)])
@pytest.mark.parametrize("right", [True, False])
def test_numbers_of_lines_of_verse_are_left_out(every: int, lines: int, *, right: bool) -> None:
    def numbered(number: int, line: str) -> str:
        if number % every:
            return line if right else f"     {line}"
        return f"{line:<40} {number}" if right else f" {number:<3} {line}"

    verses = [numbered(n, one) for n, one in enumerate(VERSE[:lines], 1)]
    stanza = "\n\n".join("\n".join(group) for group in _groups(verses, 7))
    document = read_file("a.txt", f"I\n\n{stanza}\n".encode())
    assert words_of(document).split("\n")[1:] == VERSE[:lines]
    assert {one.words for one in document.omissions} == {str(n) for n in range(every, lines + 1, every)}


@pytest.mark.parametrize("right", [True, False])
def test_a_number_that_does_not_count_the_lines_is_a_word_of_the_verse(*, right: bool) -> None:
    verse = VERSE * 3
    verse[32] = "The long year  1917" if right else "1917 was a year of floods"

    def numbered(number: int, line: str) -> str:
        if number % 5:
            return line if right else f"     {line}"
        return f"{line:<40} {number}" if right else f"{number:<4} {line}"

    lines = [numbered(n, one) for n, one in enumerate(verse, 1)]
    document = read_file("a.txt", ("I\n\n" + "\n".join(lines) + "\n").encode())
    assert words_of(document).split("\n")[1:] == verse
    assert {one.words for one in document.omissions} == {str(n) for n in range(5, 64, 5)}


def test_very_many_numbers_take_no_minute() -> None:
    begun = time.process_time()
    for data in (b"12\n" * 40_000 + b"a word  7\n" * 40_000, b" " * 200_000 + b"x" + b" " * 200_000 + b"7\n\nWords.\n"):
        with suppress(Unreadable):
            read_file("a.txt", data)
    assert time.process_time() - begun < 10
