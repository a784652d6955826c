"""The texts as they are cut: every character accounted for, and numbers that never shift."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import SHIPPED
from corpus.source.check import check_corpus
from corpus.source.sentences import slices
from corpus.text_model import Text
from tests.corpus.sample import edit, write_sample

GOLDEN = Path(__file__).parents[2] / "golden" / "corpus" / "numbering.txt"


def unaccounted(folder: Path, text: Text) -> str:
    """What is left of a source without its paragraphs, and without all that is listed as no part of the text."""
    rest = (folder / "texts" / f"{text.id}.txt").read_bytes().decode("utf-8").removeprefix("\ufeff")
    header = tomllib.loads((folder / "texts" / f"{text.id}.toml").read_text(encoding="utf-8"))
    lines = [line.strip() for line in rest.split("\n")]
    for listed in (*header.get("metadata", ()), *(omission.words for omission in text.omissions)):
        lines.remove(listed)
    for paragraph in text.paragraphs:
        for heading in filter(None, paragraph.heading.split("\n")):
            lines.remove(heading)
        line = next(line for line in lines if line)
        lines.remove(line)
        assert line.endswith(paragraph.words)
        assert line.removesuffix(paragraph.words).strip() == paragraph.marker
    return "".join(lines)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "sample")


def test_every_character_of_the_shipped_sources_is_in_the_corpus_or_listed() -> None:
    texts = check_corpus(SHIPPED).texts
    assert {f"{text}.txt" for text in texts} == {file.name for file in (SHIPPED / "texts").glob("*.txt")}
    for text in texts.values():
        assert unaccounted(SHIPPED, text) == ""


def test_every_character_of_another_corpus_is_in_it_or_listed(sample: Path) -> None:
    for text in check_corpus(sample).texts.values():
        assert unaccounted(sample, text) == ""


def test_numbers_are_for_ever() -> None:
    lines = [
        f"{text.id} {paragraph.number}.{s.number} {paragraph.words[s.start : s.end]}"
        for text in check_corpus(SHIPPED).texts.values()
        for paragraph in text.paragraphs
        for s in paragraph.sentences
    ]
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_header_gives_what_is_known_of_a_text(sample: Path) -> None:
    novel, letter = check_corpus(sample).texts.values()
    assert (novel.author, novel.kind, str(novel.date), novel.colour) == (
        "Charles Dickens",
        "primary",
        "30 April 1859",
        0x123456,
    )
    assert (letter.author, letter.kind, str(letter.date), letter.sources) == ("", "secondary", "1900", ())
    assert [(omission.words, omission.reason) for omission in novel.omissions] == [
        ("[Advertisement]", "No part of the novel.")
    ]


def test_the_shipped_statements_of_source_are_lines_of_the_source() -> None:
    for text in check_corpus(SHIPPED).texts.values():
        lines = (SHIPPED / "texts" / f"{text.id}.txt").read_text(encoding="utf-8").split("\n")
        assert set(text.sources) <= set(lines)


def sentences(text: Text, paragraph: int) -> list[str]:
    held = text.paragraphs[paragraph - 1]
    return [held.words[s.start : s.end] for s in held.sentences]


def test_headings_are_not_numbered_and_list_items_are(sample: Path) -> None:
    novel, letter = check_corpus(sample).texts.values()
    assert [p.heading for p in novel.paragraphs] == ["Book the First", ""]
    assert [p.marker for p in letter.paragraphs] == ["", "1.", "2.", ""]
    assert letter.paragraphs[1].words == "that England had a king;"


def test_sentences_end_where_readers_end_them(sample: Path) -> None:
    novel, letter = check_corpus(sample).texts.values()
    assert sentences(novel, 2) == [
        "France rolled with exceeding smoothness down hill …",
        "She made paper money, and spent it.",
        "(“Shame!” cries a reader.)",
        "The Woodman and the Farmer worked unheeded.",
    ]
    assert sentences(letter, 1)[0] == "Dear Dr. Crane, here is what I noticed."
    assert sentences(letter, 4) == ["A library closed on the day I wrote.", "Yours, the reader"]


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("on the rocks … Against us", ["on the rocks …", "Against us"]),
        ("the revolution … gained a victory.", ["the revolution … gained a victory."]),
        ("Which peasants? … Today we heard.", ["Which peasants? …", "Today we heard."]),
        ('He was a "master." It stuck.', ['He was a "master."', "It stuck."]),
        ('the "What If?" of history.', ['the "What If?" of history.']),
        ("said: “To the end.” (Loud applause.)", ["said: “To the end.”", "(Loud applause.)"]),
        ("In 1917. 8 days later.", ["In 1917.", "8 days later."]),
    ],
)
def test_a_sentence_ends_before_a_word_that_is_not_small(words: str, cut: list[str]) -> None:
    assert [words[start:end] for start, end in slices(words)] == cut


@given(st.text(), st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_between_sentences_is_nothing_but_space(words: str, starts: list[str], joins: list[str]) -> None:
    at = 0
    for start, end in slices(words, starts, joins):
        assert words[at:start].strip() == ""
        assert words[start:end] == words[start:end].rstrip()
        at = end
    assert words[at:].strip() == ""


LINES = st.lists(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))
    | st.sampled_from(["- item", "2) item", "Head"])
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]), st.sampled_from(["", "\ufeff"]))
def test_no_character_of_any_source_is_lost(lines: list[str], end: str, mark: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = write_sample(Path(made) / "sample")
        source = mark + end.join(["A letter about the tale", *lines, "Yours"])
        (folder / "texts" / "letter.txt").write_bytes(source.encode("utf-8"))
        headings = ["Head"] * [line.strip() for line in lines].count("Head")
        edit(folder / "texts" / "letter.toml", "sentence_starts =", f"headings = {headings}\nsentence_starts =")
        text = check_corpus(folder).texts["letter"]
        assert unaccounted(folder, text) == ""
