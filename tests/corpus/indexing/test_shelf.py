"""Indexes of shelves: joined of partial indexes, whatever was there before; and left whole by whatever dies."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.indexing import index_files, shelf_files
from corpus.indexing.shelf import ensure_shelf
from corpus.indexing.shelf_build import build_shelf
from corpus.indexing.shelf_job import ShelfJob
from corpus.progress import unseen
from corpus.search.embeddings import word_vectors
from corpus.search.paraphrases import kept_rows, paraphrase_rows, read_paraphrases
from corpus.search.vector_file import vectors_file
from corpus.source.adding import About, propose
from corpus.source.frozen import freeze
from corpus.source.readers import read_file
from tests.corpus.sample import write_sample
from tests.processes import until

WORDS = ("bread", "Bread", "queue", "sea-wall", "seawall", "ne'er", "Élan", "the", "George", "King", "jaws", "colour")
"""Words that texts have in common, in several forms, as compounds, and as names of the sample's notes."""
OWN = {"one": "xylograph", "two": "quixotry", "three": "zephyrean", "four": "vlogging"}
"""A word of each text that no other has."""

Contents = tuple[str, bytes, bytes]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    return index_files.ensure(write_sample(folder / "sample"), folder / "cache")


def text_of(name: str, *paragraphs: str) -> bytes:
    """A frozen text."""
    document = read_file("a.txt", "\n\n".join((*paragraphs, f"This is {OWN[name]}.")).encode())
    return freeze(propose(document, About(id=name, title=name), file="a.txt").text)


def stream_of(base: Path, cache: Path, texts: Sequence[bytes], unused: frozenset[str] = frozenset()) -> bytes:
    """What the process that builds an index reads."""
    job = msgspec.msgpack.encode(ShelfJob(str(base), unused, str(cache), "0" * 16, 9))
    return b"".join(len(one).to_bytes(8) + one for one in (job, *texts))


def built(base: Path, cache: Path, texts: Sequence[bytes], unused: frozenset[str] = frozenset()) -> Contents:
    """All that is in the index of these texts, which is built in `cache`."""
    return contents_of(build_shelf(BytesIO(stream_of(base, cache, texts, unused)), unseen))


def contents_of(file: Path) -> Contents:
    """All that is in the files of an index: the rows of every table, and the bytes of what is beside it."""
    with closing(sqlite3.connect(file)) as connection:
        rows = "\n".join(connection.iterdump())
    return rows, file.with_suffix(".tokens").read_bytes(), file.with_suffix(".words").read_bytes()


PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda words: f"{' '.join(words)} - again."),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8, deadline=None)
@given(
    paragraphs=st.fixed_dictionaries(dict.fromkeys(OWN, PARAGRAPHS)),
    shelves=st.lists(st.lists(st.sampled_from(list(OWN)), unique=True), min_size=2, max_size=5),
    unused=st.sampled_from((frozenset[str](), frozenset(("novel",)))),
)
def test_an_index_is_the_same_whatever_was_there_before(
    base: Path,
    tmp_path_factory: pytest.TempPathFactory,
    paragraphs: dict[str, list[str]],
    shelves: list[list[str]],
    unused: frozenset[str],
) -> None:
    texts = {name: text_of(name, *words) for name, words in paragraphs.items()}
    used, fresh = (tmp_path_factory.mktemp(name) for name in ("used", "fresh"))
    for names in shelves:
        joined = built(base, used, [texts[name] for name in names], unused)
    assert joined == built(base, fresh, [texts[name] for name in names], unused)


def test_no_byte_of_a_removed_text_is_in_the_next_index(base: Path, tmp_path: Path) -> None:
    texts = {name: text_of(name, "The bread queue.") for name in ("one", "two", "three")}
    before = stream_of(base, tmp_path, list(texts.values()))
    assert texts_in(build_shelf(BytesIO(before), unseen)) == ["one", "two", "three"]
    after = stream_of(base, tmp_path, [texts["one"], texts["three"]])
    assert texts_in(build_shelf(BytesIO(after), unseen)) == ["one", "three"]


def texts_in(file: Path) -> list[str]:
    """The texts of which the files of an index have so much as five letters of a word of their own, or the id."""
    content = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.stem}.*"))
    pieces = {name: [f"id\xa3{name}", *(word[n : n + 5] for n in range(len(word) - 4))] for name, word in OWN.items()}
    return [name for name in OWN if any(piece.encode("latin-1") in content for piece in pieces[name])]


async def test_a_shelf_finds_sentences_by_their_paraphrases_and_none_of_a_text_that_is_left_aside(
    base: Path, tmp_path: Path
) -> None:
    file = build_shelf(BytesIO(stream_of(base, tmp_path, [text_of("one", "Bread.")], frozenset(("novel",)))), unseen)
    corpus = await Corpus.open_index(file)
    try:
        signs = await corpus.hybrid_search("somebody signs at the bottom of a page")
        assert [(str(hit.reference), hit.grade) for hit in signs.hits] == [("letter 4.2", "meaning")]
        assert not (await corpus.hybrid_search("nobody noticed two men who toiled")).hits
    finally:
        await corpus.close()


@pytest.mark.parametrize("has_embeddings", [True, False])
def test_paraphrases_are_kept_as_if_they_were_embedded_again(base: Path, tmp_path: Path, has_embeddings: bool) -> None:
    if not has_embeddings:
        vectors_file(base, word_vectors()).unlink()
    for unused in (frozenset[str](), frozenset(("novel",))):
        file = build_shelf(BytesIO(stream_of(base, tmp_path, [text_of("one", "Bread.")], unused)), unseen)
        with closing(IndexFile(file)) as index:
            assert kept_rows(index) == paraphrase_rows(read_paraphrases(index))
            assert {one.reference.text for one in kept_rows(index)} == {"letter", "novel"} - unused


def partials(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.partial"))


def test_a_text_is_read_once_for_all_shelves_that_have_it(base: Path, tmp_path: Path) -> None:
    one, two = text_of("one", "The bread queue."), text_of("two", "The sea-wall.")
    built(base, tmp_path, [one])
    known = {file: file.stat().st_mtime_ns for file in partials(tmp_path)}
    built(base, tmp_path, [two, one])
    assert {file: file.stat().st_mtime_ns for file in known} == known
    assert len(partials(tmp_path)) == len(known) + 1


@pytest.mark.parametrize("damage", ["empty", "cut", "one byte", "another's"])
def test_a_damaged_partial_index_is_made_anew(base: Path, tmp_path: Path, damage: str) -> None:
    texts = [text_of("one", "The bread queue."), text_of("two", "The sea-wall.")]
    sound = built(base, tmp_path, texts)
    for file in partials(tmp_path):
        content = file.read_bytes()
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        file.write_bytes({"empty": b"", "cut": content[:middle], "one byte": changed, "another's": b"\x80"}[damage])
    assert built(base, tmp_path, texts) == sound


async def test_what_a_killed_process_did_is_kept_and_the_next_one_finishes(base: Path) -> None:
    """Killed while it waits for its second text: there is no index, and nothing that passes for one."""
    texts, cache = [text_of("three", "The bread queue."), text_of("four", "The sea-wall.")], base.parent / "shelves"
    before, many = set(index_files.indexes(cache)), len(partials(cache))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "corpus.indexing.shelf_child"),
        stdin=asyncio.subprocess.PIPE,
        cwd=index_files.CODE.parent,
    )
    assert process.stdin
    process.stdin.write(stream_of(base, cache, texts[:1]))
    await until(lambda: len(partials(cache)) > many + 1)
    process.kill()
    await process.wait()
    known = partials(cache)
    assert set(index_files.indexes(cache)) == before
    file = await ensure_shelf(base, "killed", _each(texts), ())
    assert set(known) < set(partials(cache))
    assert contents_of(file) == built(base, base.parent / "whole", texts)


async def _each(texts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for one in texts:
        yield one


async def test_what_belongs_to_no_index_goes(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = base.parent / "shelves"
    cache.mkdir(exist_ok=True)
    left = [cache / f"{'0' * 32}.partial", *(cache / f"corpus-killed.{end}" for end in ("building", "tokens", "words"))]
    for file in left:
        file.write_bytes(b"of a text that was removed")
        os.utime(file, (0, 0))
    file = await ensure_shelf(base, "with one", _each([text_of("one", "The bread queue.")]), ())
    assert not [one for one in left if one.exists()]
    of_one = set(index_files.partial_names(file))
    assert of_one <= {one.stem for one in partials(cache)}
    monkeypatch.setattr(shelf_files, "KEPT", 0)
    monkeypatch.setattr(index_files, "_LEFT", -1)
    await ensure_shelf(base, "with none", _each(()), ())
    assert not of_one & {one.stem for one in partials(cache)}
