"""Divisions: what is the heading of a chapter or an article, in which of them a paragraph is, and no word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.division_headings import division_heading
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from corpus.source.readers.document import Block, Document, Metadata, Unreadable
from corpus.text_model import Text
from tests.corpus.source.readers import files

HEADINGS = {
    "Chapter the First": "chapter 1",
    "CHAPTER TWENTY-ONE": "chapter 21",
    "CHAPTER IV.": "chapter IV",
    "Chapter 1: The River": "chapter 1",
    "CHAPTER I In Which Nobody Arrives": "chapter I",
    "Chapter VII.—The End": "chapter VII",
    "FIRST PART": "part 1",
    "Volume the Second": "volume 2",
    "ACT THE THIRD.": "act 3",
    "SCENE II. The same, in the morning.": "scene II",
    "SECTION 3": "section 3",
    "§ 12": "section 12",
    "§ 2. Of the second kind": "section 2",
    "Article 2. The Citizens": "article 2",
    "ARTICLE IV.": "article IV",
    "2. Kapitel": "chapter 2",
    "Erstes Kapitel": "chapter 1",
    "III. Abschnitt": "section III",
    "Chapitre premier": "chapter 1",
    "Première partie": "part 1",
    "Capítulo segundo": "chapter 2",
    "Parte terza": "part 3",
    "Глава первая": "chapter 1",
    "ЧАСТЬ ВТОРАЯ.": "part 2",
    "第一章 到来": "chapter 1",
    "第二十一回": "chapter 21",
    "Preface": "",
    "PREFACE TO THE SECOND EDITION": "",
    "Epilogue.": "",
    "Appendix B. Tables": "appendix",
    "Предисловие": "",
}
SENTENCES = (
    "Part of it was lost.",
    "Part of the reason was the snow",
    "Part I played in it was small.",
    "Section by section the wall fell",
    "SECTION 1. The council has five members.",
    "Article 3. Nobody is made to wait.",
    "Letter I wrote to her",
    "Book him",
    "Act now!",
    "Chapter 5 was burnt.",
    "Conclusion: it was lost.",
    "chapter 4",
    "Mild weather",
    "In chapter 4",
)
PROSE = "The river rose in the night, and nobody at the mill could say whether it would stop before the bridge."
TOP, BOTTOM = PROSE[:51], PROSE[52:]


@pytest.mark.parametrize("words", HEADINGS)
def test_the_heading_of_a_division_says_its_kind_and_number(words: str) -> None:
    found = division_heading(words)
    assert found
    assert f"{found.kind} {found.number}".strip() == HEADINGS[words]


@pytest.mark.parametrize("words", SENTENCES)
def test_a_sentence_that_begins_like_a_heading_is_none(words: str) -> None:
    assert division_heading(words) is None


@pytest.mark.parametrize("words", [one for one in SENTENCES if one[0].isupper()])
def test_no_sentence_of_its_own_paragraph_is_lost_in_a_heading(words: str) -> None:
    text = text_of("a.txt", f"{PROSE}\n\n{words}\n\n{PROSE}\n".encode())
    assert [one.words for one in text.paragraphs] == [PROSE, words, PROSE]


PLAIN = tuple(words for words in HEADINGS if words not in ("SCENE II. The same, in the morning.", "Epilogue."))


@pytest.mark.parametrize("kind", ["txt", "html", "md", "epub", "docx"])
def test_a_paragraph_that_is_such_a_heading_is_one_in_every_format(kind: str) -> None:
    parts = [(words, f"{PROSE} This is what is below {n}.") for n, words in enumerate(PLAIN)]
    lines = [line for part in parts for line in part]
    text = text_of(f"a.{kind}", _written(kind, lines))
    assert [(one.heading, one.words) for one in text.paragraphs] == parts


def _written(kind: str, lines: list[str]) -> bytes:
    if kind == "epub":
        return files.epub(pages=["".join(f"<p>{one}</p>" for one in lines)])
    if kind == "html":
        return f"<html><body>{''.join(f'<p><b>{one}</b></p>' for one in lines)}</body></html>".encode()
    if kind == "docx":
        return files.word_of(lines)
    return "\n\n".join(one.replace("2. K", "2\\. K") if kind == "md" else one for one in lines).encode()


def text_of(name: str, data: bytes) -> Text:
    return propose(read_file(name, data), About(id="mill"), file=name).text


def test_a_division_ends_where_a_larger_one_or_what_is_in_none_begins() -> None:
    headings = (
        ["Preface"], ["BOOK I", "CHAPTER I", "The River"], ["CHAPTER II"], ["The fire"], ["BOOK II"],
        ["CHAPTER I"], ["Epilogue"], ["APPENDIX"],
    )  # fmt: skip
    blocks = [
        block
        for group in headings
        for block in (*(Block("heading", one, 2) for one in group), Block("paragraph", PROSE))
    ]
    text = propose(Document(Metadata("T"), tuple(blocks)), About(), file="t").text
    assert [" ".join(f"{a.scheme} {a.value}" for a in one.addresses) for one in text.paragraphs] == [
        "", "book I chapter I", "book I chapter II", "book I chapter II", "book II", "book II chapter I", "", "",
    ]  # fmt: skip


def test_a_heading_directly_above_its_text_is_one() -> None:
    text = text_of("a.txt", f"Article 1\n{TOP}\n{BOTTOM}\n\nArticle 2\n{TOP}\n{BOTTOM}\n".encode())
    assert [(one.heading, one.words) for one in text.paragraphs] == [("Article 1", PROSE), ("Article 2", PROSE)]


def test_a_table_of_contents_whose_lines_look_like_headings_is_left_out() -> None:
    parts = ("PREFACE", "BOOK I. THE RIVER", "CHAPTER I. Nobody Arrives", "BOOK II. THE SEA", "CHAPTER I. The End")
    contents = "CONTENTS\n\n{}\n\n {}\n {}\n {}\n {}\n".format(*parts)
    spaced = "\n\n".join(("CONTENTS", *parts))
    for one in (contents, spaced):
        body = "".join(f"\n\n\n{part}\n\n{PROSE}\n" for part in parts)
        document = read_file("a.txt", f"{one}\n\n{body}".encode())
        assert [block.words for block in document.blocks if block.kind == "heading"] == list(parts)


DAYS = ("1 January 1871", "Tuesday, 3rd January", "Jan. 4th.", "6/1/1871", "le 3 mai 1871", "3 мая 1871", "1871-05-04")


@pytest.mark.parametrize("kind", ["txt", "html", "epub", "docx"])
@pytest.mark.parametrize("room", ["\n\n", "\n\n\n\n"])
def test_the_days_of_a_diary_are_headings_and_no_chapters(kind: str, room: str) -> None:
    parts = [(day, f"{PROSE} That was day {n}.") for n, day in enumerate(DAYS)]
    lines = [line for part in parts for line in part]
    text = text_of(f"a.{kind}", room.join(lines).encode() if kind == "txt" else _written(kind, lines))
    assert [(one.heading, one.words, one.addresses) for one in text.paragraphs] == [(*part, ()) for part in parts]


@pytest.mark.parametrize(
    "lines", [("3 May 1871", PROSE, "4 May 1871", PROSE), (*DAYS, PROSE), ("3 May 1871.", *[PROSE] * 40) * 3]
)
def test_the_date_of_a_letter_and_dates_in_other_texts_are_none(lines: tuple[str, ...]) -> None:
    text = text_of("a.txt", "\n\n".join(lines).encode())
    assert [one.words for one in text.paragraphs] == [*lines]


@given(
    st.lists(
        st.sampled_from([*DAYS, *HEADINGS, *SENTENCES, PROSE, "THE END", "* * *", "[1] A note.", "12"]), max_size=12
    )
)
def test_each_word_is_in_the_text_or_listed(lines: list[str]) -> None:
    try:
        text = text_of("a.txt", "\n\n".join(lines).encode())
    except Unreadable:
        return
    kept = "".join(f"{one.heading} {one.marker} {one.words} " for one in text.paragraphs)
    kept += " ".join(one.words for one in text.omissions for _ in range(one.times))
    assert sorted("".join(kept.split())) == sorted("".join("".join(lines).split()))
