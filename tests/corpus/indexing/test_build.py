"""The index: made once, made anew when anything changed or broke, and never half there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.settings import Settings
from corpus import SHIPPED
from corpus.__main__ import main
from corpus.errors import CorpusError
from corpus.index_file import IndexFile
from corpus.indexing.index_files import Contents, contents, ensure, fresh_index
from corpus.search.paraphrases import read_paraphrases
from corpus.source.check import check_corpus
from corpus.source.editions import edition_of
from corpus.text_model import Text
from tests.corpus.sample import edit, write_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "sample")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def read(file: Path) -> Contents:
    """What an index was made from, with all paragraphs in memory, as they are where a folder is read."""
    with closing(IndexFile(file)) as index:
        found = contents(index)
        return replace(found, texts=tuple(replace(text, paragraphs=tuple(text.paragraphs)) for text in found.texts))


def with_editions(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Texts with the hash that an index keeps of each."""
    return tuple(replace(text, edition_hash=edition_of(text)) for text in texts)


@pytest.mark.parametrize("shipped", [True, False])
def test_the_index_holds_texts_and_notes_as_they_were_read(shipped: bool, sample: Path, cache: Path) -> None:
    folder = SHIPPED if shipped else sample
    judged = check_corpus(folder)
    file = ensure(folder, cache)
    assert read(file) == Contents(with_editions(judged.texts.values()), judged.notes)
    with closing(IndexFile(file)) as index:
        assert tuple(read_paraphrases(index)) == judged.paraphrases


def test_an_index_is_made_once(sample: Path, cache: Path) -> None:
    made = ensure(sample, cache)
    before = made.stat()
    assert ensure(sample, cache) == made
    after = made.stat()  # but for when it was last read
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)
    assert sorted(cache.iterdir()) == [made, made.with_suffix(".tokens"), made.with_suffix(".words")]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("texts/novel.txt", "a large jaw", "a king with a large jaw, a large jaw"),
        ("texts/novel.toml", "0x123456", "0x123457"),
        ("notes/people.toml", "King of Great Britain from 1760.", "King of Ireland, too."),
        ("notes/paraphrases.toml", "wide open", "quite open"),
    ],
)
def test_a_change_makes_the_index_anew_and_takes_the_old_away(
    sample: Path, cache: Path, file: str, old: str, new: str
) -> None:
    before = ensure(sample, cache)
    for note in (sample / "notes").iterdir():
        if file.endswith(".txt"):
            note.unlink()
    edit(sample / file, old, new)
    after = ensure(sample, cache)
    assert after != before
    assert sorted(cache.iterdir()) == [after, after.with_suffix(".tokens"), after.with_suffix(".words")]
    assert read(after).texts == with_editions(check_corpus(sample).texts.values())


def test_a_change_of_the_code_in_any_package_makes_the_index_anew(sample: Path, cache: Path, tmp_path: Path) -> None:
    code = tmp_path / "code" / "corpus"
    shutil.copytree(SHIPPED.parent, code, ignore=shutil.ignore_patterns("__pycache__"))
    line = [sys.executable, "-m", "corpus", "build", str(sample), str(cache)]

    def built() -> str:
        return subprocess.run(line, cwd=code.parent, capture_output=True, check=True, text=True).stdout

    indexes = [built(), built()]
    for file in ("reference.py", "language/english.py", "source/sentences.py"):
        with (code / file).open("a", encoding="utf-8") as module:
            module.write("# another version\n")
        indexes.append(built())
    assert indexes[0] == indexes[1]
    assert len(set(indexes)) == 4


@pytest.mark.parametrize("suffix", [".sqlite3", ".tokens"])
@pytest.mark.parametrize("damage", ["empty", "cut", "garbage", "one byte"])
def test_a_damaged_index_is_made_anew(sample: Path, cache: Path, damage: str, suffix: str) -> None:
    made = ensure(sample, cache)
    damaged = made.with_suffix(suffix)
    sound = damaged.read_bytes()
    middle = len(sound) // 2
    damaged.write_bytes(
        {
            "empty": b"",
            "cut": sound[:middle],
            "garbage": b"no database" * 1000,
            "one byte": sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :],
        }[damage]
    )
    assert ensure(sample, cache) == made
    assert damaged.read_bytes() == sound
    assert sorted(cache.iterdir()) == [made, made.with_suffix(".tokens"), made.with_suffix(".words")]


def test_what_a_crash_left_is_not_taken_for_an_index(sample: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / "corpus-0123456789abcdef.building").write_bytes(b"half")
    assert read(ensure(sample, cache)).notes == check_corpus(sample).notes


def test_processes_that_build_at_once_leave_one_sound_index(sample: Path, cache: Path) -> None:
    line = [sys.executable, "-m", "corpus", "build", str(sample), str(cache)]
    root = SHIPPED.parent.parent
    running = [subprocess.Popen(line, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {process.communicate()[0] for process in running}
    assert {process.returncode for process in running} == {0}
    (made,) = cache.glob("*.sqlite3")
    assert said == {f"The index is {made}.\n"}
    assert read(made).notes == check_corpus(sample).notes


def test_what_a_crash_left_goes_and_what_another_is_building_stays(sample: Path, cache: Path) -> None:
    cache.mkdir()
    left, building = cache / "corpus-0.building", cache / "corpus-1.building"
    for file in (left, building):
        file.write_bytes(b"half an index")
    os.utime(left, (0, 0))
    ensure(sample, cache)
    assert not left.exists()
    assert building.exists()


def test_a_corpus_that_does_not_check_builds_nothing(sample: Path, cache: Path) -> None:
    edit(sample / "notes" / "facts.toml", '"large jaw"', '"little jaw"')
    with pytest.raises(CorpusError, match=r"facts\.toml:13: “little jaw”") as raised:
        ensure(sample, cache)
    assert f"`python -m corpus check {sample}`" in str(raised.value)
    assert not cache.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(CorpusError, match="there is no such folder"):
        ensure(tmp_path / "nowhere", cache)


def test_a_cache_that_cannot_be_written_is_told(sample: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache.write_text("a file, no directory", encoding="utf-8")
    assert main(["build", str(sample), str(cache)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"The index of the texts cannot be written in {cache} (")
    assert "does not check" not in told


def test_an_index_that_is_built_beforehand_is_where_the_bot_looks(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(sample)]) == 0
    assert fresh_index(sample, Settings().data_dir / "index")
