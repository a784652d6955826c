"""Each format by its own rules: what becomes a paragraph, what is left out and why, and the source's own numbers."""

from __future__ import annotations

import time

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.source.adding import About, propose
from corpus.source.readers import format_of, read_file
from corpus.source.readers.document import Block, Document, Unreadable
from corpus.text_model import Address
from tests.corpus.source.readers import files


def paragraphs(document: Document) -> list[str]:
    return [block.words for block in document.blocks if block.kind != "heading"]


def headings(document: Document) -> list[str]:
    return [block.words for block in document.blocks if block.kind == "heading"]


def reasons(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in document.omissions:
        found.setdefault(one.reason, []).append(one.words)
    return found


@pytest.mark.parametrize("name", files.ALL)
def test_every_format_gives_the_same_text(name: str) -> None:
    text = propose(read_file(name, files.ALL[name]()), About(), file=name).text
    assert [p.words[s.start : s.end] for p in text.paragraphs for s in p.sentences] == files.SENTENCES
    assert [p.number for p in text.paragraphs] == [1, 2, 3, 4]
    assert [p.heading.split("\n")[-1] for p in text.paragraphs] == ["Chapter I", "", "Chapter II", ""]
    assert Address("chapter", "II") in text.paragraphs[3].addresses


@pytest.mark.parametrize("name", [name for name in files.ALL if name not in ("queue.txt", "queue.pdf")])
def test_title_and_author_come_from_the_file(name: str) -> None:
    about = read_file(name, files.ALL[name]()).metadata
    assert (about.title, about.author) == (files.TITLE, files.AUTHOR)


@pytest.mark.parametrize(
    ("begins", "title", "author"),
    [
        ("Letters of a Gardener\n\nby Maria Holm", "Letters of a Gardener", "Maria Holm"),
        ("LIEDER\n\nvon J. R. von Unbekannt", "LIEDER", "J. R. von Unbekannt"),
        ("Two Plays\n\nBy A. Smith and B. de la Cruz", "Two Plays", "A. Smith and B. de la Cruz"),
        ("It was late.\n\nby Maria Holm", "", ""),
        ("Letters\n\nBy noon the rain had stopped", "", ""),
        ("Letters\n\nby Maria and everybody", "", ""),
        ("Letters", "", ""),
        ("", "", ""),
    ],
)
def test_a_plain_text_may_begin_with_its_title_and_author(begins: str, title: str, author: str) -> None:
    long = "Nobody knows how long this line is, but it is far longer than anybody who wraps lines by hand makes one. "
    about = read_file("a.txt", f"{begins}\n\n{long}\n{long}\n".encode()).metadata
    assert (about.title, about.author) == (title, author)


GUTENBERG_PAGES = (
    '<section class="pg-boilerplate pgheader"><h2>The eBook</h2><div>*** START OF THE PROJECT GUTENBERG EBOOK A ***'
    '</div></section><h1>The Queue</h1><p>She<span class="pagenum">[Pg 5]</span> came first.</p>'
    '<section class="pg-boilerplate pgfooter"><div>*** END OF THE PROJECT GUTENBERG EBOOK A ***</div>Law</section>',
    "<pre>\n\nThe Project Gutenberg EBook\n\n*** START OF THIS PROJECT GUTENBERG EBOOK A ***\n\nProduced by Nobody"
    '</pre><h1>The Queue</h1><p>She<span class="pagenum"><a name="Page_5">{5}</a></span> came first.</p>'
    "<pre>End of Project Gutenberg's A\n\n*** END OF THIS PROJECT GUTENBERG EBOOK A ***\n\nThe licence</pre>",
)
FIELDS = f"Title: {files.TITLE}\n\nAuthor: {files.AUTHOR}\n\n"
ETEXT = f"**The Project Gutenberg Etext of {files.TITLE}, by {files.AUTHOR}**\n#1 in our series\n\nLawyers tell us:\n\n"
AUSTRALIA = f"""{FIELDS.replace(chr(10) * 2, chr(10))}* A Project Gutenberg of Australia eBook *
eBook No.: 0100021.txt

This eBook was produced by Nobody

To contact Project Gutenberg of Australia go to http://gutenberg.net.au

{FIELDS.replace(chr(10) * 2, chr(10))}"""
FRAMES = {
    "the": (
        f"{FIELDS}*** START OF THE PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n\nProduced by Nobody\n",
        "*** END OF THE PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n\nThe licence.",
    ),
    "this": (
        f"{FIELDS}*** START OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n",
        "End of Project Gutenberg's The Bread Queue\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***",
    ),
    "no spaces": (
        f"{FIELDS}***START OF THE PROJECT GUTENBERG EBOOK THE BREAD QUEUE***\n\nE-text prepared by Nobody\n",
        "***END OF THE PROJECT GUTENBERG EBOOK THE BREAD QUEUE***\n\n******* This file is a.txt *******",
    ),
    "a long title": (
        f"{FIELDS}*** START OF THE PROJECT GUTENBERG EBOOK THE\nBREAD QUEUE ***\n",
        "*** END OF THE PROJECT GUTENBERG EBOOK THE\nBREAD QUEUE ***",
    ),
    "etext": (
        f"{FIELDS}*** START OF THE PROJECT GUTENBERG ETEXT, THE BREAD QUEUE ***\n",
        "*** END OF THE PROJECT GUTENBERG E-TEXT, THE BREAD QUEUE ***",
    ),
    "no end": (f"{FIELDS}*** START OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n", ""),
    "a last line": (
        f"{FIELDS}*** START OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n",
        "End of the Project Gutenberg EBook of The Bread Queue, by Mary Example",
    ),
    "small print of 1993": (
        f"{ETEXT}*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n",
        "End of the Project Gutenberg Etext of The Bread Queue",
    ),
    "small print of 2002": (f"{ETEXT}*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.02.11.02*END*\n", ""),
    "Australia": (AUSTRALIA, "This site is full of FREE ebooks - Project Gutenberg Australia"),
}


class TestPlainText:
    def test_one_line_a_paragraph(self) -> None:
        lines = [
            f"Paragraph {n} is one long line of its own, with nothing wrapped and nothing blank. " * 3 for n in range(5)
        ]
        assert len(paragraphs(read_file("a.txt", "\n".join(lines).encode()))) == 5

    def test_gutenbergs_frame_is_left_out_and_listed(self) -> None:
        document = read_file("a.txt", files.gutenberg(licence=50))
        assert (
            sum(words.count("licence") for words in reasons(document)["Project Gutenberg's frame and licence."]) == 50
        )

    def test_a_second_end_mark_strips_nothing(self) -> None:
        twice = files.gutenberg() + b"\n*** END OF THIS PROJECT GUTENBERG EBOOK AGAIN ***\n"
        assert "Project Gutenberg's frame and licence." not in reasons(read_file("a.txt", twice))

    @pytest.mark.parametrize("kind", FRAMES)
    def test_frames_of_all_ages_are_left_out(self, kind: str) -> None:
        head, foot = FRAMES[kind]
        document = read_file("a.txt", f"{head}\n\n\n{files.plain_text().decode()}\n\n\n{foot}\n".encode())
        words = [words for words in paragraphs(document) if words != files.TITLE]
        assert words == [words for chapter in files.CHAPTERS.values() for words in chapter]
        assert (document.metadata.title, document.metadata.author) == (files.TITLE, files.AUTHOR)
        assert set(reasons(document)) == {"Project Gutenberg's frame and licence."}

    def test_underscores_of_italics_go_and_others_stay(self) -> None:
        body = (
            b"He read the _Volia Naroda_ twice, and snake_case_words once,\nin the morning. The "
            b"_Tsay-ee-kah,_composed of many, had\nits _Tabel o Rangov--_Table of Ranks--then.\n\nThen he slept.\n"
        )
        words = paragraphs(read_file("a.txt", files.gutenberg(body)))[0]
        assert "Volia Naroda twice" in words
        assert "snake_case_words" in words
        assert "The Tsay-ee-kah,composed of many" in words
        assert "its Tabel o Rangov--Table of Ranks--then" in words

    def test_verse_keeps_its_lines(self) -> None:
        verse = b"The woods are dark,\nThe road is long,\nAnd I must walk it.\n\n"
        prose = (
            b"This paragraph is wrapped by hand at a width which no line of\nthe verse above comes near, as usual in "
            b"such files, where\nthe lines of prose are all about as long as each other.\n"
        )
        assert (
            paragraphs(read_file("a.txt", verse + prose))[0]
            == "The woods are dark,\nThe road is long,\nAnd I must walk it."
        )

    def test_a_file_that_is_a_poem_keeps_its_lines_however_long(self) -> None:
        poem = "The woods are dark tonight,\nAnd all the road is long,\nBut I must walk it right,\nAnd sing a song."
        document = read_file("a.txt", f"{poem}\n\n{poem}\n".encode())
        assert paragraphs(document) == [poem, poem]

    def test_a_dash_at_a_lines_end_takes_no_space_and_a_hyphen_stays(self) -> None:
        body = (
            "This is a paragraph that was wrapped at a dash, as many are--\nand it goes on a while, until at a self-"
            "\nmade man it comes to an end.\n\nAnother one follows it.\n"
        )
        document = read_file("a.txt", body.encode())
        assert "are--and it" in paragraphs(document)[0]
        assert "self-made man" in paragraphs(document)[0]
        assert document.joined == ("self-made",)

    @pytest.mark.parametrize("dash", ["–", "—", "--"])
    @pytest.mark.parametrize("wrapped", [" {}\n", "\n{} "])
    def test_a_dash_with_spaces_around_it_keeps_them_at_a_lines_end(self, dash: str, wrapped: str) -> None:
        body = (
            f"This is a paragraph that was wrapped at a dash, as many are{wrapped.format(dash)}and it goes on a while,"
            "\nuntil it comes to an end.\n\nAnother one follows it.\n"
        )
        assert f"are {dash} and it" in paragraphs(read_file("a.txt", body.encode()))[0]

    def test_a_paragraph_of_very_many_lines_takes_no_minute(self) -> None:
        begun = time.process_time()
        with pytest.raises(Unreadable, match="One paragraph"):
            read_file("a.txt", b"*** START OF THE PROJECT GUTENBERG EBOOK\n" * 20_000)
        blank = b"contact Project Gutenberg Australia" + b"\n \n" * 30_000
        with pytest.raises(Unreadable, match="no paragraph"):
            read_file("a.txt", b"A Project Gutenberg of Australia eBook\n" + blank)
        assert time.process_time() - begun < 5

    @pytest.mark.parametrize(
        "long",
        [
            "\n" * 100_000,
            f"a{' ' * 100_000}b",
            f"Name {'.' * 100_000} here",
            "A\n\nB\n\nC\n\n\nWords again.\n\n\n" * 5_000,
        ],
    )
    def test_long_runs_take_time_in_proportion(self, long: str) -> None:
        note = "He came on a Monday[1] and left on the same day, as\nhe had said.\n\n[1] A note.\n\n"
        begun = time.process_time()
        assert read_file("a.txt", f"{note * 300}{long}\nThe end of it.\n".encode()).blocks
        assert time.process_time() - begun < 10

    def test_notes_and_their_marks_are_left_out(self) -> None:
        body = (
            "He came on a Monday[1] and left on the same day, as\nhe had said he would when he first wrote to her."
            "\n\n[1] A Tuesday, by the old calendar.\n\nNobody saw [him] go.\n"
        )
        document = read_file("a.txt", body.encode())
        assert paragraphs(document)[-1] == "Nobody saw [him] go."
        assert "Monday and" in paragraphs(document)[0]
        assert reasons(document)["A note."] == ["[1] A Tuesday, by the old calendar."]

    def test_notes_in_brackets_are_left_out_and_nothing_behind_them(self) -> None:
        body = (
            "He came on a Monday[A] and left on the same day, as\nhe had said he would when he first wrote to her.[12]"
            "\n\n[Footnote A: A Tuesday, by the old [sic] calendar.]\n\n"
            "[Footnote 12: The letter is\nlost.\n\nOr burnt.]\n\n[Illustration: The gate] Nobody saw\nhim go.\n\n"
            "[Sidenote: 1822.]\n\nThe gate was [illustration] shut.\n"
        )
        document = read_file("a.txt", body.encode())
        assert paragraphs(document) == [
            "He came on a Monday and left on the same day, as he had said he would when he first wrote to her.",
            "Nobody saw him go.",
            "The gate was [illustration] shut.",
        ]
        assert reasons(document)["A note."] == [
            "[Footnote A: A Tuesday, by the old [sic] calendar.]",
            "[Footnote 12: The letter is lost. Or burnt.]",
            "[Sidenote: 1822.]",
        ]
        assert reasons(document)["A transcriber's note."] == ["[Illustration: The gate]"]

    def test_a_table_of_contents_is_left_out(self) -> None:
        chapter = b"\n\n%s\n\nThis is what the chapter says, and it says it in a line that is\nwrapped by hand.\n\n"
        chapters = b"".join(chapter % name for name in (b"BREAD", b"PEACE", b"LAND"))
        body = b"Contents\n\n  1. Bread\n  2. Peace\n  3. Land\n\n\n" + chapters
        document = read_file("a.txt", body)
        assert headings(document) == ["BREAD", "PEACE", "LAND"]
        assert "3. Land" in " ".join(reasons(document)["The table of contents."])

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251", "koi8-r"])
    def test_encodings(self, encoding: str) -> None:
        russian = "Революция началась утром. Никто не спал, и все ждали новостей из города до ночи. "
        german = "Das Frühstück war vorüber, und die Gäste saßen auf der Straße. Äpfel, Öl, Übung und Größe. "
        words = (german if encoding == "cp1252" else russian) * 2 + "\n"
        assert paragraphs(read_file("a.txt", (words * 6).encode(encoding)))[0] == words.strip()


class TestMarkup:
    def test_note_marks_and_notes_are_left_out(self) -> None:
        inside = "<p>She knew<sup><a href='#fn1'>1</a></sup> it.</p><div class=footnotes><p>See above.</p></div>"
        document = read_file("a.html", files.html(inside))
        assert paragraphs(document)[-1] == "She knew it."
        assert reasons(document)["A note."] == ["See above."]

    def test_what_is_around_the_text_is_left_out(self) -> None:
        found = reasons(read_file("a.html", files.html("<form>Sign up</form><aside>Advertisement</aside>")))
        assert found["Navigation of the page."] == ["Home"]
        assert found["The foot of the web page, around the text."] == ["Imprint"]
        assert found["A form of the page."] == ["Sign up"]
        assert found["Matter beside the text."] == ["Advertisement"]

    def test_lists_tables_and_preformatted_words(self) -> None:
        inside = "<ol><li>One<li>Two</ol><table><tr><td>a</td><td>b</td></tr></table><pre>x = 1\n  y = 2</pre>"
        blocks = read_file("a.html", files.html(inside)).blocks[-4:]
        assert [(block.marker, block.words) for block in blocks] == [
            ("1.", "One"), ("2.", "Two"), ("", "a\tb"), ("", "x = 1\n  y = 2"),
        ]  # fmt: skip

    def test_scripts_say_nothing(self) -> None:
        words = " ".join(paragraphs(read_file("a.html", files.html("<script>alert(1)</script><style>p{}</style>"))))
        assert "alert" not in words
        assert "p{}" not in words

    def test_markdown_notes_and_tables(self) -> None:
        source = b"# T\n\nHe came.[^1] She *left*.\n\n[^1]: On foot.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
        document = read_file("a.md", source)
        assert paragraphs(document) == ["He came. She left.", "a\tb", "1\t2"]
        assert reasons(document)["A note."] == ["[^1]: On foot."]

    def test_a_page_says_its_encoding(self) -> None:
        page = "<html><head><meta charset=koi8-r></head><body><p>Революция</p></body></html>"
        assert paragraphs(read_file("a.html", page.encode("koi8-r"))) == ["Революция"]

    def test_main_is_the_text_and_the_rest_is_listed(self) -> None:
        page = b"<html><body><div>Menu</div><main><p>The text.</p></main><div>Cookies</div></body></html>"
        document = read_file("a.html", page)
        assert paragraphs(document) == ["The text."]
        assert reasons(document) == {"Navigation and other matter around the text of the page.": ["Menu Cookies"]}

    @pytest.mark.parametrize("page", GUTENBERG_PAGES)
    def test_gutenbergs_frame_in_pages_is_left_out(self, page: str) -> None:
        title = f"<head><title>The Project Gutenberg eBook of {files.TITLE}, by {files.AUTHOR}</title></head>"
        for name, data in (
            ("a.html", f"<html>{title}<body>{page}</body></html>".encode()),
            ("a.epub", files.epub(pages=[page])),
        ):
            document = read_file(name, data)
            assert [block.words for block in document.blocks] == ["The Queue", "She came first."]
            assert (document.metadata.title, document.metadata.author) == (files.TITLE, files.AUTHOR)
            assert document.blocks[1].addresses == (Address("page", "5", 3),)
            assert set(reasons(document)) == {"Project Gutenberg's frame and licence."}

    def test_hidden_words_formulas_and_readings_are_listed(self) -> None:
        inside = (
            "<p hidden>a</p><p style='color:red; display: none'>b</p>"
            "<p>Kept <span class=link-target>[f]</span><del>c</del><math><mi>d</mi></math>"
            "<ruby>漢<rp>(</rp><rt>e</rt><rp>)</rp></ruby></p>"
        )
        document = read_file("a.html", files.html(inside))
        assert paragraphs(document)[-1] == "Kept 漢"
        left_out = {words for listed in reasons(document).values() for words in listed}
        assert left_out >= {"a", "b", "c", "d", "e", "[f]"}

    def test_a_table_that_lays_out_a_page_is_no_row(self) -> None:
        row = "<tr><td><ul><li>Home</ul><td><h2>Head</h2><p>One.</p><p>Two.<sup><a href='#fn1'>1</a></sup></p></tr>"
        document = read_file("a.html", files.html(f"<table>{row}</table><table><tr><td>a<td>b</tr></table>"))
        assert paragraphs(document)[-4:] == ["Home", "One.", "Two.", "a\tb"]
        assert headings(document)[-1] == "Head"

    @pytest.mark.parametrize(
        ("title", "heading", "is_called"),
        [
            ("The Queue - A Site", "The Queue", "The Queue"),
            ("", "The Queue", "The Queue"),
            ("The Queue", "Mary Example", "The Queue"),
            ("The Queue | Project Gutenberg", "I", "The Queue"),
        ],
    )
    def test_the_title_is_the_pages_and_not_the_sites(self, title: str, heading: str, is_called: str) -> None:
        page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>a</p></body></html>"
        assert read_file("a.html", page.encode()).metadata.title == is_called

    @pytest.mark.parametrize(
        ("declared", "encoding"),
        [
            ("iso-8859-1", "cp1252"),
            ("us-ascii", "utf-8"),
            ("latin1", "utf-8"),
            ("windows-1252", "utf-8"),
            ("no-such-thing", "utf-8"),
            ("utf-8", "cp1252"),
            ("utf-16", "utf-16-le"),
            ("", "utf-16-be"),
            ("", "cp1252"),
        ],
    )
    def test_an_encoding_that_is_not_what_the_page_says(self, declared: str, encoding: str) -> None:
        words = "“Le café naïve de l’été était très bon — voilà.”"
        meta = f"<meta charset={declared}>" if declared else ""
        page = f"<html><head>{meta}</head><body><p>{words}</p></body></html>".encode(encoding)
        document = read_file("a.html", page)
        assert paragraphs(document) == [words]
        assert document.is_guessed == (encoding == "cp1252" and declared != "iso-8859-1")

    @pytest.mark.parametrize(
        "front",
        [
            "---\ntitle: Bread\nauthor: [Mary Example, John Doe]\nlang: en\n---\n",
            "---\r\ntitle: Bread\r\nauthors:\r\n- name: Mary Example\r\n- name: John Doe\r\nlanguage: en\r\n---\r\n",
            '+++\ntitle = "Bread"\nauthors = ["Mary Example", "John Doe"]\nlang = "en"\n+++\n',
        ],
    )
    def test_front_matter_of_any_kind_costs_no_words(self, front: str) -> None:
        proposal = propose(read_file("a.md", f"{front}\nShe ~~baked~~ bread.\n".encode()), About(), file="a.md")
        assert (proposal.text.title, proposal.text.author) == ("Bread", "Mary Example and John Doe")
        assert proposal.text.paragraphs[0].words == "She baked bread."
        assert not proposal.report.refusal


class TestEpub:
    @pytest.mark.parametrize("version", [2, 3])
    def test_chapters_that_only_the_table_of_contents_names(self, version: int) -> None:
        ncx = "".join(
            f"<navPoint><navLabel><text>{label}</text></navLabel><content src='p{n}.xhtml#x'/></navPoint>"
            for n, label in enumerate(("Chapter One", "Chapter Two"))
        )
        nav = "".join(
            f"<li><a href='p{n}.xhtml'>{label}</a></li>" for n, label in enumerate(("Chapter One", "Chapter Two"))
        )
        contents = {
            2: ("toc.ncx", f"<ncx><navMap>{ncx}</navMap></ncx>", 'media-type="application/x-dtbncx+xml"'),
            3: ("nav.xhtml", f"<html><body><ol>{nav}</ol></body></html>", 'media-type="a" properties="nav"'),
        }
        name, table, kind = contents[version]
        pages = ["<p class='c'>Chapter One</p><p>She came.</p>", "<p>CHAPTER\nTWO</p><p>He went. Chapter One</p>"]
        book = files.epub(
            pages=pages, extra=[(f"OPS/{name}", table.encode())], items=f'<item id="t" href="{name}" {kind}/>'
        )
        document = read_file("a.epub", book)
        assert headings(document) == ["Chapter One", "CHAPTER TWO"]
        assert paragraphs(document) == ["She came.", "He went. Chapter One"]

    def test_a_broken_table_of_contents_names_nothing(self) -> None:
        item = '<item id="t" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        book = files.epub(pages=["<p>One</p>"], extra=[("OPS/toc.ncx", b"<ncx><navPoint>")], items=item)
        assert paragraphs(read_file("a.epub", book)) == ["One"]

    def test_who_wrote_it_is_told_from_who_did_something_else(self) -> None:
        people = (
            '<dc:title>Part</dc:title><dc:title id="t">Whole</dc:title><dc:creator opf:role="aut">Mary Example'
            '</dc:creator><dc:creator id="e">Ed Itor</dc:creator><dc:creator id="c">John Doe</dc:creator>'
            '<meta refines="#e" property="role">trl</meta><meta refines="#c" property="role">aut</meta>'
            '<meta refines="#t" property="title-type">main</meta><dc:date opf:event="modification">2020</dc:date>'
            '<dc:date opf:event="original-publication">1919</dc:date>'
        )
        about = read_file("a.epub", files.epub(metadata=people)).metadata
        assert (about.title, about.author, about.date) == ("Whole", "Mary Example and John Doe", "1919")

    @pytest.mark.parametrize(
        ("dates", "date"),
        [
            (["2017-10-19T01:55:17Z"], ""),
            (["2017-10-19T01:55:17Z", "1848"], "1848"),
            (["1998-04-30T22:00:00+00:00"], "1998-04-30T22:00:00+00:00"),
            (["", "1919-03"], "1919-03"),
            ([], ""),
        ],
    )
    def test_when_the_file_was_made_is_not_the_date_of_the_text(self, dates: list[str], date: str) -> None:
        about = "".join(f"<dc:date>{one}</dc:date>" for one in dates)
        assert read_file("a.epub", files.epub(metadata=about)).metadata.date == date

    @pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8"])
    def test_pages_of_any_encoding_with_names_of_characters(self, encoding: str) -> None:
        head = f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE html PUBLIC "a"\n "b">\n'
        page = f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Café&nbsp;&mdash; déjà</p></body></html>'
        book = files.epub(pages=["<p>One.</p>"], extra=[("OPS/p0.xhtml", page.encode(encoding))])
        assert paragraphs(read_file("a.epub", book)) == ["Café\u00a0— déjà"]

    def test_what_the_book_marks_is_left_out_with_its_reason(self) -> None:
        pages = [
            "<section epub:type='titlepage'><h1>The Bread Queue</h1></section>",
            "<p>A word<a epub:type='noteref' href='n.xhtml#n1'>1</a> of joy\u2060.</p>",
            "<section epub:type='endnotes'><p>A note.</p></section>",
        ]
        document = read_file("a.epub", files.epub(pages=pages))
        assert paragraphs(document) == ["A word of joy."]
        assert reasons(document).keys() == {
            "The title page.", "The mark of a note.", "A note.", "An invisible character that only lays out lines.",
        }  # fmt: skip

    def test_printed_pages_are_second_addresses(self) -> None:
        page = "<p>Before <span epub:type='pagebreak' title='86'/>after.</p><p>Next.</p>"
        text = propose(read_file("a.epub", files.epub(pages=[page])), About(), file="a").text
        assert text.paragraphs[0].addresses == (Address("page", "86", 7),)
        assert text.paragraphs[1].addresses == (Address("page", "86"),)

    def test_names_of_characters(self) -> None:
        assert paragraphs(read_file("a.epub", files.epub(pages=["<p>caf&eacute;&nbsp;&amp; bar</p>"]))) == [
            "café\xa0& bar"
        ]

    def test_protection_is_said(self) -> None:
        lock = b'<encryption xmlns:e="x"><e:EncryptionMethod Algorithm="http://ns.adobe.com/adept"/></encryption>'
        with pytest.raises(Unreadable, match="protected against copying"):
            read_file("a.epub", files.epub(extra=[("META-INF/encryption.xml", lock)]))


class TestPdf:
    def page(self, n: int) -> list[tuple[int, str]]:
        words = [
            f"{['Ann', 'Ben', 'Cid', 'Dan'][n]} begins this page with a line of prose that is about as long",
            f"as others are, and it speaks of {['bread', 'peace', 'land', 'power'][n]}.",
        ]
        return [
            (9, "Bread and its Queues"),
            (10, ""),
            (10, ""),
            *((10, one) for one in words),
            (10, ""),
            (10, ""),
            (9, str(n + 7)),
        ]

    def test_running_heads_and_page_numbers_are_left_out(self) -> None:
        document = read_file("a.pdf", files.pdf([self.page(n) for n in range(4)]))
        assert len(paragraphs(document)) == 4
        assert reasons(document)["A running head or foot, or a page number."] == [
            word for n in range(4) for word in ("Bread and its Queues", str(n + 7))
        ]

    def test_a_paragraph_runs_over_a_pages_end(self) -> None:
        pages = [
            [(10, "The paragraph begins on the first page and goes on and on and")],
            [(10, "ends on the second. And one more sentence follows it there.")],
        ]
        document = read_file("a.pdf", files.pdf(pages))
        (block,) = document.blocks
        assert block.words.startswith(
            "The paragraph begins on the first page and goes on and on and ends on the second."
        )
        assert block.addresses == (Address("page", "1", 0), Address("page", "2", 62))

    def test_a_broken_word_is_joined_and_said(self) -> None:
        lines = [
            (10, "This line of the paragraph is long and ends with a broken admin-"),
            (10, "istrator, who is whole again below, where nobody looks."),
        ]
        document = read_file("a.pdf", files.pdf([lines]))
        assert "administrator, who" in paragraphs(document)[0]
        assert document.joined == ("administrator",)

    def test_one_page_needs_no_repetition_for_its_number(self) -> None:
        words = "A page of prose, on which the year 1917"
        document = read_file("a.pdf", files.pdf([[(10, words), (10, "is named."), (10, ""), (10, "- 1 -")]]))
        assert paragraphs(document) == [f"{words} is named."]
        assert reasons(document)["A running head or foot, or a page number."] == ["- 1 -"]

    def test_contents_of_two_lines_each_are_left_out(self) -> None:
        dots = " . . . . . . . . "
        lines = [
            "1 Bread" + dots + "1",
            "2 How the queue that reached",
            "around the corner ended" + dots + "2",
            "3 Peace" + dots + "3",
        ]
        document = read_file("a.pdf", files.pdf([[(10, line) for line in lines], [(10, "The text says this.")]]))
        assert paragraphs(document) == ["The text says this."]

    def test_a_sentence_that_fills_a_line_of_a_column_ends_no_paragraph(self) -> None:
        column = [
            "In the left column stands a line.",
            "Here another stands, and so it goes",
            "on to the column's end, as lines do",
        ]
        document = read_file("a.pdf", files.two_columns(column * 4))
        assert len(paragraphs(document)) == 1


class TestWord:
    def test_what_is_hidden_deleted_or_a_formula_is_listed(self) -> None:
        document = docx.Document()
        document.styles.add_style("My Chapter", 1).base_style = document.styles["Heading 2"]
        document.add_paragraph("One", style="My Chapter")
        for xml in (
            '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>',
            '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>One 1</w:t></w:r></w:p>',
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>Seen.</w:t></w:r></w:p>",
            "<w:p><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath><w:r><w:t>Sum.</w:t></w:r></w:p>",
            '<w:p><w:pPr><w:rPr><w:del w:id="7"/></w:rPr></w:pPr><w:r><w:t>First</w:t></w:r></w:p>',
            "<w:p><w:r><w:t>, second.</w:t></w:r></w:p>",
            '<w:tbl><w:tr><w:trPr><w:del w:id="9"/></w:trPr><w:tc><w:p><w:r><w:t>row</w:t></w:r></w:p></w:tc></w:tr>'
            "</w:tbl>",
        ):
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(xml.replace(">", f" {nsdecls('w', 'm')}>", 1)))
        read = read_file("a.docx", files.saved(document))
        assert [(block.words, block.level) for block in read.blocks] == [
            ("One", 2), ("Two", 3), ("Seen.", 0), ("Sum.", 0), ("First, second.", 0),
        ]  # fmt: skip
        assert {words for listed in reasons(read).values() for words in listed} == {"One 1", "secret", "E=mc", "row"}

    def test_deleted_words_notes_and_lists(self) -> None:
        document = docx.Document()
        kept = document.add_paragraph("They said ")
        deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>nothing</w:delText></w:r></w:del>'
        inserted = f'<w:ins {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t>everything</w:t></w:r></w:ins>'
        kept._p.append(parse_xml(deleted))
        kept._p.append(parse_xml(inserted))
        document.add_paragraph("A point", style="List Bullet")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
        read = read_file("a.docx", files.saved(document))
        assert paragraphs(read) == ["They said everything", "A point", "left\tright"]
        assert read.blocks[1].marker == "•"
        assert reasons(read) == {"Words that the file marks as deleted.": ["nothing"]}


class TestTei:
    def test_speakers_stage_directions_lines_and_pages(self) -> None:
        body = (
            '<div type="act" n="1"><head>Act I</head><pb n="12"/><stage>Enter the Ghost.</stage>'
            '<sp who="#h"><speaker>HAMLET.</speaker>'
            '<l n="1">Who is there?</l><l n="2">Speak<note>louder</note>!</l></sp></div>'
        )
        document = read_file("a.xml", files.tei(body))
        stage, speech = document.blocks[1:]
        assert stage == Block(
            "stage direction", "Enter the Ghost.", speaker="Stage direction", addresses=stage.addresses
        )
        assert (speech.speaker, speech.words) == ("HAMLET", "Who is there?\nSpeak!")
        assert speech.addresses == (Address("line", "1"), Address("line", "2", 14))
        proposal = propose(document, About(), file="a.xml")
        text = proposal.text
        assert Address("act", "1") in text.paragraphs[0].addresses
        assert Address("page", "12") in text.paragraphs[1].addresses
        assert [one.words for one in proposal.report.left_out] == [1, 1]
        assert proposal.report.share == pytest.approx(100 / 8)  # the note; the speaker is kept
        assert {s.speaker for p in text.paragraphs for s in p.sentences} == {"HAMLET", "Stage direction"}

    def test_corrections_show_what_is_right_and_list_the_slip(self) -> None:
        document = read_file("a.xml", files.tei("<p>the <choice><sic>kign</sic><corr>king</corr></choice> is</p>"))
        assert paragraphs(document) == ["the king is"]
        assert reasons(document) == {"A slip that the edition corrects.": ["kign"]}

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("<p>a <app><lem>b</lem><rdg>c</rdg></app></p>", ["a b"]),
            ("<p>a <app><rdg>b</rdg><rdg>c</rdg></app></p>", ["a b"]),
            ("<p><choice><unclear>b</unclear><unclear>c</unclear></choice></p>", ["b"]),
            ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice> <sic>teh</sic></p>", ["Doctor teh"]),
            ("<table><row><cell>a</cell><cell>b c</cell></row><row><cell>d</cell></row></table>", ["a\tb c", "d"]),
            ("<closer><salute>Bye,</salute><signed>Me</signed></closer>", ["Bye,", "Me"]),
            ("<epigraph><l>One</l><l>Two</l></epigraph><castList><castItem>A</castItem></castList>", ["One\nTwo", "A"]),
            ("<p>He said <q>Go</q> and <said>“Stay”</said>.</p>", ["He said “Go” and “Stay”."]),
            ("<lg><l>One</l><pb n='2'/><l>Two</l></lg>", ["One\nTwo"]),
        ],
    )
    def test_what_an_edition_offers_sets_or_leaves_to_its_readers(self, body: str, words: list[str]) -> None:
        assert paragraphs(read_file("a.xml", files.tei(body))) == words

    def test_very_many_readings_take_no_minute(self) -> None:
        begun = time.process_time()
        found = paragraphs(read_file("a.xml", files.tei(f"<p><app><lem>a</lem>{'<rdg>b</rdg>' * 20_000}</app></p>")))
        assert found == ["a"]
        assert time.process_time() - begun < 5

    def test_a_poem_without_stanzas_is_cut_behind_sentences(self) -> None:
        lines = "".join(f"<l n='{n}'>This is line {n}{'.' if n % 3 == 0 else ''}</l>" for n in range(1, 51))
        found = paragraphs(read_file("a.xml", files.tei(f"<div>{lines}</div>")))
        assert [len(words.split("\n")) for words in found] == [21, 21, 8]

    def test_speakers_have_the_names_of_the_list_of_people(self) -> None:
        people = '<person xml:id="ham"><persName>Hamlet</persName></person><person xml:id="x"/>'
        said = '<sp who="#ham"><p>Who is there?</p></sp><sp who="#ham #x"><p>We.</p></sp><u who="#ham">Spoken.</u>'
        source = files.tei(said).replace(b"<text>", f"<listPerson>{people}</listPerson><text>".encode())
        document = read_file("a.xml", source)
        assert [block.speaker for block in document.blocks] == ["Hamlet", "Hamlet and x", "Hamlet"]

    def test_stanzas_are_paragraphs_with_lines(self) -> None:
        document = read_file("a.xml", files.tei('<lg><l n="1">One</l><l n="2">Two</l></lg>'))
        assert document.blocks[0].words == "One\nTwo"
        assert document.blocks[0].addresses == (Address("line", "1", 0), Address("line", "2", 4))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", files.html("<blockquote><p>To all. The state fell.</p></blockquote>")),
        (
            "a.epub",
            files.epub(
                pages=[
                    "<p>He read this, and more than this:</p><blockquote><p>To all. The state fell.</p></blockquote>"
                ]
            ),
        ),
        ("a.md", b"He read this, and more than this:\n\n> To all. The state fell.\n\nThen he left.\n"),
        ("a.xml", files.tei("<p>He read this, and more than this:</p><quote><p>To all. The state fell.</p></quote>")),
    ],
)
def test_what_is_set_off_as_a_quotation_is_not_the_authors(name: str, data: bytes) -> None:
    text = propose(read_file(name, data), About(author="Mary Example"), file=name).text
    quoted = {p.words: p for p in text.paragraphs}["To all. The state fell."]
    assert [s.speaker for s in quoted.sentences] == ["", ""]
    assert [(v.start, v.end, v.kind) for v in quoted.voices] == [(0, 23, "quoted")]
    assert "Mary Example" in {s.speaker for p in text.paragraphs for s in p.sentences}


def test_a_page_that_is_all_block_quotation_only_has_a_margin() -> None:
    page = b"<html><body><h1>A</h1><blockquote><p>The whole text stands here.</p></blockquote></body></html>"
    text = propose(read_file("a.html", page), About(author="Mary Example"), file="a.html").text
    assert {s.speaker for p in text.paragraphs for s in p.sentences} == {"Mary Example"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file is empty."),
        (b"  \n ", "This file is empty."),
        (b"\xd0\xcf\x11\xe0rest", "an old Word file"),
        (b"{\\rtf1 x}", "rich text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x00\x01\x02\x03" * 100, "isn't text"),
        (files.zipped({"a.txt": b"x"}), "a zip file"),
        (b"<?xml version='1.0'?><book/>", "isn't TEI"),
        (b"<?xml version='1.0'?><svg/>", "a picture"),
        (b"<!-- drawn by hand --><svg xmlns='x'><text>a</text></svg>", "a picture"),
        (b"<?xml version='1.0'?><f:FictionBook xmlns:f='x'/>", "send it as EPUB"),
        (b"\\documentclass{article}\n\\begin{document}", "LaTeX"),
        (b"% by hand\n\\documentclass[12pt]{article}\n", "LaTeX"),
        (b"1\r\n00:00:01,000 --> 00:00:04,000\r\nGood evening.", "subtitles"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nGood evening.", "subtitles"),
        (b"Return-Path: <a@example.org>\nReceived: from b\n\tby c\n\nHello.", "an e-mail"),
        (files.zipped({"Index/Document.iwa": b"x"}), "a Pages document"),
        (b"From: <Saved by a browser>\nMIME-Version: 1.0", "save it as HTML"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "unpack"),
        (b"GIF89a" + bytes(90), "a picture"),
        (files.zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
        (files.zipped({"xl/workbook.xml": b"<x/>"}), "spreadsheet"),
        (files.zipped({"a.txt": b"a"}), "zip file"),
        (b"<html><body></body></html>", "no paragraph"),
        (b"... --- ...\n\n!!! 1917\n", "no words"),
    ],
)
def test_what_is_no_text_is_said_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as error:
        read_file("a", data)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", files.ALL)
def test_the_bytes_tell_the_format_whatever_the_name(name: str) -> None:
    known = format_of(name, files.ALL[name]())
    assert known in ("text", "markdown") or format_of("file.bin", files.ALL[name]()) == known


@pytest.mark.parametrize("end", ["", "<br><br>"])
def test_very_many_printed_pages_without_paragraphs_take_no_minute(end: str) -> None:
    pages = "".join(f'The words go <span class="pagenum">{n}</span>on, {end}and on. ' for n in range(8_000))
    begun = time.process_time()
    document = read_file("a.html", f"<html><body>{pages}</body></html>".encode())
    assert time.process_time() - begun < 10
    found = [(one.value, block.words[one.start :][:2]) for block in document.blocks for one in block.addresses]
    assert found == [(str(n), "on") for n in range(8_000)]
