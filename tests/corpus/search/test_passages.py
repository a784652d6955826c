"""Paragraphs that are read from the index: the same as those that were written, however they are reached."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from msgspec.structs import replace

from corpus import SHIPPED
from corpus.index_file import IndexFile
from corpus.search.passages import SCHEMA, PassageStore, PassageWriter
from corpus.search.writer import search_part
from corpus.source.check import check_corpus
from corpus.text_model import Paragraph, Text


@pytest.fixture(scope="module")
def written() -> list[Text]:
    """The shipped texts, and one whose numbers have gaps and are out of order, as a later edition's are."""
    texts = list(check_corpus(SHIPPED).texts.values())
    found = max((text.paragraphs for text in texts), key=len)
    numbers = [2 * n for n in (3, 1, 2, *range(4, len(found) + 1))]
    moved = tuple(replace(one, number=number) for one, number in zip(found, numbers, strict=True))
    headed = (replace(moved[0], heading="One"), *moved[1:9], replace(moved[9], heading="Two"), *moved[10:])
    return [*texts, replace(texts[0], id="later", paragraphs=headed)]


@pytest.fixture(scope="module")
def stored(written: list[Text], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Text]]:
    file = tmp_path_factory.mktemp("passages") / "index.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(SCHEMA)
        writer = PassageWriter(connection)
        for text in written:
            writer.add(search_part(text))
        connection.commit()
    index = IndexFile(file)
    yield PassageStore(index).texts(written)
    index.close()


def test_paragraphs_are_the_same_by_walk_by_place_and_by_slice(written: list[Text], stored: dict[str, Text]) -> None:
    for text in written:
        paragraphs: tuple[Paragraph, ...] = tuple(text.paragraphs)
        read = stored[text.id].paragraphs
        assert tuple(read) == paragraphs == tuple(read[:]) == tuple(read[n] for n in range(len(read)))
        assert read[-1] == paragraphs[-1]
        assert tuple(read[3:-2:2]) == paragraphs[3:-2:2]
        for place in (len(paragraphs), -len(paragraphs) - 1):
            with pytest.raises(IndexError):
                read[place]


def test_numbers_headings_and_speakers_are_found_as_in_memory(written: list[Text], stored: dict[str, Text]) -> None:
    for text in written:
        read = stored[text.id]
        numbers = {one.number for one in text.paragraphs}
        for number in range(max(numbers) + 3):
            near = abs(read.nearest(number) - number)
            assert near == min(abs(one - number) for one in numbers)
            if number in numbers:
                assert read.place(number) == text.place(number)
            else:
                with pytest.raises(LookupError):
                    read.place(number)
        assert read.speakers() == text.speakers()
        for place in range(0, len(text.paragraphs), 5):
            assert read.headings(place, 2) == text.headings(place, 2)
