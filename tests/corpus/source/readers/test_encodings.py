"""Encodings that no file names: the words of short texts of many languages come out as they were written."""

from __future__ import annotations

import pytest

from corpus.source.readers import read_file
from corpus.source.readers.document import Unreadable

ENGLISH = "“Is it late?” asked Mrs. Pell — she’d waited. “It’s always late,” said he; the café was shut."
GERMAN = "Am 3. Mai kam Hr. Müller an. „Wo ist die Mühle am Fluß?“, fragte er. Die Straße war weiß."
FRENCH = "M. Dupont arriva à l’aube. « Où est le moulin ? » demanda-t-il. L’été, il n’avait rien dit…"
SPANISH = "¿Dónde está el molino? —preguntó el Sr. López. ¡Se quemó! Nadie lo sabía, ni el panadero español."
POLISH = "W maju przyjechał pan Żółkiewski. Gdzie jest młyn? Nikt nie wiedział, że spłonął wiosną."
RUSSIAN = "Иванов приехал в Харьков. «Где мельница?» — спросил он. Никто не знал, никто не хотел говорить."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        *((words, one) for words in (ENGLISH, GERMAN, FRENCH, SPANISH) for one in ("cp1252", "mac_roman", "utf-16-le")),
        (POLISH, "cp1250"),
        *((RUSSIAN, one) for one in ("cp1251", "utf-16-be")),
        *((words.translate(str.maketrans("“”„’—…", '"""\'-.')), "cp850") for words in (GERMAN, FRENCH, SPANISH)),
        *((words.translate(str.maketrans("“”„’—…", '"""\'-.')), "latin-1") for words in (GERMAN, FRENCH, SPANISH)),
    ],
)
def test_a_short_text_is_read_in_its_encoding(words: str, encoding: str) -> None:
    document = read_file("a.txt", f"{words}\n".encode(encoding))
    assert [block.words for block in document.blocks] == [words]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", "\r\r\n", "\x0b", "\u2028"])
@pytest.mark.parametrize("paragraph", ["", "\f", "\u2029"])
def test_lines_and_paragraphs_end_as_any_program_ends_them(line: str, paragraph: str) -> None:
    wrapped = ["The mill stood by the", "river, as it had for", "a hundred years."]
    file = (paragraph or line * 2).join([line.join(wrapped), line.join(wrapped)])
    document = read_file("a.txt", f"{file}{line}".encode())
    assert [block.words for block in document.blocks] == [" ".join(wrapped)] * 2


@pytest.mark.parametrize("others", [1, 5])
def test_what_is_mostly_utf_8_is_read_so_and_the_rest_in_windows_1252(others: int) -> None:
    pasted = "Früh am Tag war das Café noch zu."
    document = read_file("a.txt", f"{GERMAN}\n\n".encode() * 9 + f"{pasted}\n\n".encode("cp1252") * others)
    assert [block.words for block in document.blocks] == [GERMAN] * 9 + [pasted] * others
    assert document.is_guessed


@pytest.mark.parametrize(
    "begins",
    [b"MZ\x90\x00\x03\x00\x00\xff", b"\x7fELF\x02\x01\x01", b"ID3\x03\x00\x00", b"\x00\x00\x00\x18ftypmp42", b"RIFF"],
)
def test_what_is_no_text_in_any_encoding_is_not_said_to_have_an_unknown_one(begins: bytes) -> None:
    rubbish = bytes(n * n * 7 % 251 for n in range(4_000))
    with pytest.raises(Unreadable, match="This isn't text"):
        read_file("a.txt", begins + rubbish)
