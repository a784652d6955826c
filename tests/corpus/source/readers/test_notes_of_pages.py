"""Notes in web pages and EPUBs: their marks stand in no quotation, whatever they are called, and other links stay."""

from __future__ import annotations

import time

import pytest

from corpus.source.readers import read_file
from corpus.source.readers.document import NOTE, NOTE_MARK, Document
from tests.corpus.source.readers import files

WORDS = "The mill has burned, and nobody saw it."
MARKED = {
    "Marxists Internet Archive": (
        '<a href="#n1" name="f1"><sup class="enote">[1]</sup></a>',
        '<p class="endnote"><a href="#f1" name="n1">1.</a> In 1822.</p>',
    ),
    "a raised link": ('<sup><a id="b" href="#x9">2</a></sup>', '<p id="x9"><a href="#b">2</a> In 1822.</p>'),
    "a link behind a word": ('<a id="b" href="#zz">*</a>', '<li id="zz">In 1822. <a href="#b">↩</a></li>'),
    "brackets": (' <a id="b" href="#q">[12]</a>', '<div id="q"><p>[12] In 1822.</p></div>'),
    "Word": (
        '<a href="#_ftn1" name="_ftnref1"><span><span>[1]</span></span></a>',
        '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> In 1822.</p></div>',
    ),
    "a wiki": (
        '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>',
        '<ol class="references"><li id="cite_note-1">↑ In 1822.</li></ol>',
    ),
}
OTHERS = (
    'See page <a href="#p12">12</a>, and <a href="#p13">13</a>.',
    'It is 10<sup>3</sup> feet, as <a href="#a">the table</a> says.',
    '<a href="#top">1</a> is the first, and “<a href="other.html">I</a>” the next.',
)


def said(document: Document) -> dict[str, str]:
    return {one.reason: one.words for one in document.omissions}


@pytest.mark.parametrize("kind", MARKED)
@pytest.mark.parametrize("name", ["a.html", "a.epub"])
def test_the_marks_of_notes_and_the_notes_are_left_out_and_listed(name: str, kind: str) -> None:
    mark, note = MARKED[kind]
    body, notes = (
        f"<p>{WORDS[:19]}{mark}{WORDS[19:]}</p>",
        f"<p>It stopped.</p><h2>Notes</h2>{note}".replace("=ftn1", '="ftn1"'),
    )
    if name == "a.html":
        data = f"<html><body>{body}{notes}</body></html>".encode()
    else:
        data = files.epub(
            pages=[body.replace('href="#', 'href="p1.xhtml#'), notes.replace('href="#', 'href="p0.xhtml#')]
        )
    document = read_file(name, data)
    assert [block.words for block in document.blocks if block.kind == "paragraph"] == [WORDS, "It stopped."]
    assert "In 1822." in said(document)[NOTE]
    assert said(document)[NOTE_MARK]


@pytest.mark.parametrize("words", OTHERS)
def test_other_links_and_numbers_stay(words: str) -> None:
    page = f'<html><body><p id="top">First.</p><p id="p12">{words}</p><p id="a">Last.</p></body></html>'
    document = read_file("a.html", page.encode())
    assert len(document.blocks) == 3
    assert not document.omissions


def test_what_a_wiki_puts_around_its_text_is_left_out() -> None:
    page = (
        '<div id="toc" class="toc">Contents</div><h2>The fire<span class="mw-editsection">[edit]</span></h2>'
        f"<p>{WORDS}</p><div class=catlinks>Categories: Mills</div>"
    )
    document = read_file("a.html", f"<html><body>{page}</body></html>".encode())
    assert [block.words for block in document.blocks] == ["The fire", WORDS]


def test_empty_lines_part_the_paragraphs_of_old_pages() -> None:
    page = f"<html><body><b>CHAPTER I</b><br><br>{WORDS}<br>\n<br>&nbsp;&nbsp;It stopped.<br>At last.</body></html>"
    blocks = read_file("a.html", page.encode()).blocks
    assert [(one.kind, one.words.strip()) for one in blocks] == [
        ("heading", "CHAPTER I"), ("paragraph", WORDS), ("paragraph", "It stopped.\nAt last."),
    ]  # fmt: skip


def test_the_heading_of_a_chapter_is_not_the_title_of_a_page() -> None:
    page = f"<html><body><h1>Chapter I</h1><p>{WORDS}</p></body></html>"
    assert not read_file("a.html", page.encode()).metadata.title


def test_very_many_links_take_no_minute() -> None:
    begun = time.process_time()
    page = "<p>A word" + '<i></i><a href="#x">1</a>' * 30_000 + "</p>" + "<div>" * 200 + "<p id=x>y</p>"
    read_file("a.html", f"<html><body>{page}</body></html>".encode())
    assert time.process_time() - begun < 20
