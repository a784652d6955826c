"""Pictures and files in a terminal: what cannot be shown can be saved, and nothing is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.reply import File, Picture, Prose, Reply
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import plain
from bot.platforms.terminal.save_file import save


def file(data: bytes = b"one", name: str = "deck.apkg") -> File:
    return File(name, data, "application/octet-stream")


def test_a_file_is_written_whole_into_a_folder_that_is_made(tmp_path: Path) -> None:
    path = save(file(), tmp_path / "new" / "folder")
    assert (path.name, path.read_bytes()) == ("deck.apkg", b"one")


def test_what_is_there_stays(tmp_path: Path) -> None:
    assert [save(file(data), tmp_path).name for data in (b"one", b"two", b"three")] == [
        "deck.apkg",
        "deck-2.apkg",
        "deck-3.apkg",
    ]
    assert (tmp_path / "deck.apkg").read_bytes() == b"one"


def test_the_same_file_again_needs_no_second_name(tmp_path: Path) -> None:
    assert save(file(), tmp_path) == save(file(), tmp_path)


@given(name=st.text(max_size=30) | st.sampled_from(("../../etc/passwd", "..", ".", "a/b\\c", "\0", ".bashrc")))
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("kept")
    path = save(file(name=name), folder)
    assert path.resolve().parent == folder
    assert not path.name.startswith(".")


async def test_a_letter_saves_what_was_shown_and_keeps_the_other_letters(app: App, tmp_path: Path) -> None:
    talk = Conversation(app, folder=tmp_path)
    await talk.answer("/export calendar")
    for _ in range(2):
        reply = await talk.answer("a")
        assert reply
        assert reply.parts == (Prose(f"Saved as {tmp_path / 'smolny.ics'}"),)
    assert (tmp_path / "smolny.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_a_folder_that_cannot_be_written_is_told(app: App, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, and no folder")
    talk = Conversation(app, folder=tmp_path / "taken")
    await talk.answer("/export calendar")
    reply = await talk.answer("a")
    assert reply
    assert "cannot write smolny.ics here" in reply.error


def test_files_have_letters_after_the_buttons_and_pictures_named_in_a_line() -> None:
    text = plain(Reply(parts=(Picture("line.png", b"", "A timeline\nfirst\nsecond"), file())))
    assert text.startswith("[Picture: A timeline]\n")
    assert "[s] Save line.png   [d] Save deck.apkg" in text
