"""Adding a text: its sentences, its report, and the numbers that a later edition keeps."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from corpus.source.adding import About, propose
from corpus.source.editions import edition_of, keeps_numbers, numbering_of, renumbered
from corpus.source.exported import exported_text, propose_exported
from corpus.source.readers import read_file
from corpus.source.readers.document import Block, Document, Draft, Metadata, Unreadable
from corpus.source.segmenter import ordinary_words, segment
from corpus.text_model import Address, Text
from tests.corpus.source.readers import files

words = st.text(st.sampled_from("abz AB.!?…”“’\n\t\u00a0(1-)😀é"), max_size=200)
sentence = st.sampled_from([f"{name} came home." for name in ["Ann", "Ben", "Cid", "Dan", "Eve", "Fay", "Gus", "Hal"]])
paragraphs = st.lists(st.lists(sentence, min_size=1, max_size=4), min_size=1, max_size=6)

Said = list[list[str]]


def text_of(said: Said) -> Text:
    blocks = tuple(Block("paragraph", " ".join(one)) for one in said)
    return propose(Document(Metadata("T"), blocks), About(), file="t.txt").text


def by_number(text: Text) -> dict[tuple[int, int], str]:
    return {(p.number, s.number): p.words[s.start : s.end] for p in text.paragraphs for s in p.sentences}


@pytest.mark.parametrize(
    ("heading", "address"),
    [
        ("Chapter iv. The storm", Address("chapter", "IV")),
        ("Kapitel 4", Address("chapter", "4")),
        ("Section 3", Address("section", "3")),
        ("Impact 2", None),
        ("The march 4", None),
    ],
)
def test_a_heading_gives_the_address_of_what_is_below_it(heading: str, address: Address | None) -> None:
    blocks = (Block("heading", heading, 3), Block("paragraph", "Ann came home."))
    (paragraph,) = propose(Document(Metadata("T"), blocks), About(), file="t.txt").text.paragraphs
    assert paragraph.addresses == ((address,) if address else ())


@given(words)
def test_no_character_is_lost_between_sentences(paragraph: str) -> None:
    spans = segment(paragraph)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(paragraph)]
    assert all(not paragraph[end:start].strip() for end, start in zip(ends, starts, strict=True))
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Müller kam am 8. November.", "Das war z. B. der Fall, als „Wie geht es?“ gefragt wurde."],
        ["Г. Иванов приехал в 1917 г. в Москву.", "Всё смешалось."],
        ["هل تحب القراءة؟", "نعم، أحب القراءة."],
        [
            "He was 12.",
            "May came.",
            "He said no.",
            "He left at ten.",
            "“Nobody” saw him, for it was cold.",
            "He slept.",
        ],
        ["See vol. II of it, art. IV, cf. Marx.", "It is so, e.g. in London."],
        ["Es war hell am Tag.", "„Wo ist sie?“, fragte er.", "Niemand kam."],
        ["« Où est le moulin ? » demanda-t-il.", "Personne.", "« Rien ! »", "Et l’on s’en alla."],
        ["«¿Quién es?», gritaron.", "¿Y entonces?", "Nada."],
        ["¿Dónde está? —preguntó Juan.", "Nadie."],
        ["«Где мельница?» — спросил он.", "— Она сгорела, — сказал мельник.", "— Ещё весной."],
        ["«أين الطاحونة؟»", "سأل أحمد."],
        ["“Oh! what a day,” he said.", "He left! and so did she."],
        ["She wrote: “It is late.”", "(He was asleep.)", "Then she left."],
    ],
)
def test_sentences_end_where_their_language_ends_them(sentences: list[str]) -> None:
    words = " ".join(sentences)
    assert [words[start:end] for start, end in segment(words)] == sentences


def test_sentences_of_scripts_without_spaces() -> None:
    for sentences in (
        ["我是一个学生。", "今天天气很好\uff01", "“好。”", "他说。"],
        ["पहला वाक्य।", " दूसरा।"],
        ["1. Eins. ", "2. Zwei."],
    ):
        words = "".join(sentences)
        assert [words[start:end] for start, end in segment(words)] == [one.strip() for one in sentences]


def test_a_text_shows_which_of_its_words_are_no_abbreviations() -> None:
    words = ["He lost the hum. Nobody heard it.", "There was a hum in the air, and vol. II has it, and vol. III too."]
    ordinary = ordinary_words(words)
    assert "hum" in ordinary
    assert "vol" not in ordinary
    assert len(segment(words[0], ordinary)) == 2
    assert len(segment(words[1], ordinary)) == 1


@pytest.mark.parametrize(
    ("author", "title", "apa", "mla"),
    [
        ("", "Bread", "Bread. (n.d.). [r]", "Bread. [r]."),
        ("L. Doe Jr.", "Why?", "L. Doe Jr. (n.d.). Why? [r]", "L. Doe Jr. Why? [r]."),
        ("Ann A; Ben B", "A {b}", "Ann A and Ben B. (n.d.). A {b}. [r]", "Ann A and Ben B. A {b}. [r]."),
    ],
)
def test_citations_from_what_is_known(author: str, title: str, apa: str, mla: str) -> None:
    document = Document(Metadata(title, author), (Block("paragraph", "Words."),))
    citations = propose(document, About(), file="x").text.citations
    assert [style.replace("{reference}", "r") for style in (citations.apa, citations.mla)] == [apa, mla]


class TestExport:
    def exported(self) -> Text:
        pages = [
            "<h2>One</h2><p>Ann said: “Go.” Ben went.</p><blockquote><p>To all.</p></blockquote><p>He slept on.</p>"
        ]
        return propose(read_file("a.epub", files.epub(pages=pages)), About(id="queue"), file="a.epub").text

    def test_what_was_exported_comes_back_as_it_was(self) -> None:
        text = self.exported()
        again = exported_text(msgspec.json.encode(text))
        assert again is not None
        proposal = propose_exported(again, About(), taken=(), old=None)
        assert (proposal.text, proposal.edition) == (text, edition_of(text))
        known = propose_exported(again, About(), taken=(), old=numbering_of(text))
        assert known.is_known
        assert known.text == text

    def test_it_takes_no_other_texts_id_and_its_numbers_follow_the_shelfs(self) -> None:
        text = self.exported()
        assert propose_exported(text, About(), taken={"queue"}, old=None).text.id == "bread-queue"
        with pytest.raises(Unreadable):
            propose_exported(text, About(id="speech"), taken={"speech"}, old=None)
        other = numbering_of(text_of([["He slept on."], ["Ben went."]]))
        old = propose_exported(text, About(title="Bread", date="1919"), taken=(), old=other)
        assert by_number(old.text)[1, 1] == "He slept on."
        assert "Bread" in old.text.citations.plain

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a": 1}',
            b'{"id": "x", "paragraphs": []}',
            b"[{}]",
            *(
                msgspec.json.encode(one)
                for one in (
                    lambda text: [
                        structs.replace(text, paragraphs=()),
                        structs.replace(text, paragraphs=(text.paragraphs[0], text.paragraphs[0])),
                        structs.replace(text, colour=-1),
                        structs.replace(text, paragraphs=(structs.replace(text.paragraphs[0], words=""),)),
                        structs.replace(text, paragraphs=(structs.replace(text.paragraphs[0], number=0),)),
                    ]
                )(text_of([["Ann came home."]]))
            ),
        ],
    )
    def test_other_json_is_refused_in_a_sentence(self, data: bytes) -> None:
        with pytest.raises(Unreadable, match=r"exported"):
            exported_text(data)

    def test_what_only_looks_like_json_is_a_text(self) -> None:
        assert exported_text(b"{Laughs.} Then he went on.") is None


@given(st.text(st.sampled_from("ab .\n-_[]*1¶“"), max_size=400))
def test_each_word_of_a_plain_text_is_kept_or_listed(source: str) -> None:
    try:
        document = read_file("a.txt", source.encode())
    except Unreadable:
        return
    kept = [block.words + " " + block.marker for block in document.blocks] + [one.words for one in document.omissions]
    assert sorted("".join("".join(one.split()) for one in kept)) == sorted("".join(source.split()))


class TestReport:
    def test_it_says_what_was_found(self) -> None:
        report = propose(read_file("q.epub", files.epub()), About(), file="q.epub").report
        assert (report.title, report.author, report.date) == (files.TITLE, files.AUTHOR, "5 March 1919")
        assert (report.divisions, report.paragraphs, report.sentences) == (2, 4, 7)
        assert report.first.startswith("Mr. L. D. Baker")
        assert report.last.endswith("the shelves were bare.")
        assert not report.refusal

    def test_more_than_five_per_cent_left_out_is_refused(self) -> None:
        draft = Draft(Metadata("T"), [Block("paragraph", "word " * 94)])
        draft.omit("note " * 6, "A note.")
        report = propose(draft.document(), About(), file="t").report
        assert report.refusal.startswith("6 % of the words would be left out")

    def test_a_licence_around_a_short_text_is_no_part_of_it(self) -> None:
        report = propose(read_file("a.txt", files.gutenberg()), About(), file="a.txt").report
        assert report.left_out[0].words > 3_000
        assert not report.refusal

    def test_a_frame_that_is_longer_than_any_licence_counts(self) -> None:
        assert propose(read_file("a.txt", files.gutenberg(licence=9_000)), About(), file="a.txt").report.refusal

    def test_what_looks_odd_is_reported_and_not_changed(self) -> None:
        garbled = "Itâ€™s a cafÃ© of the old kind. " + "word " * 160 + "end."
        proposal = propose(read_file("a.md", garbled.encode()), About(), file="a.md")
        assert [one.what.split(" (")[0] for one in proposal.report.oddities] == [
            "Characters that look garbled", "Sentences of more than 150 words",
        ]  # fmt: skip
        assert proposal.text.paragraphs[0].words == " ".join(garbled.split())

    def test_columns_that_are_read_across_are_reported(self) -> None:
        lines = (
            "The river rose           LOST, on Monday,",
            "and the bridge           a grey cat that",
            "was shut.   So.",
        )
        proposal = propose(read_file("a.txt", "\n".join((*lines, "", "So.\n")).encode()), About(), file="a")
        assert [one.what.split(" (")[0] for one in proposal.report.oddities] == ["Wide gaps within lines"]


class TestAbout:
    @pytest.mark.parametrize("name", ["queue.docx", "queue.pdf"])
    def test_when_a_file_was_made_is_not_when_its_text_was_written(self, name: str) -> None:
        assert propose(read_file(name, files.ALL[name]()), About(), file=name).text.date is None

    def test_what_is_said_goes_before_what_the_file_says(self) -> None:
        about = About(
            id="bread", title="Bread", author="A. Other", date="1917-11", kind="secondary", speaker="The crowd"
        )
        text = propose(read_file("q.epub", files.epub()), about, file="q.epub").text
        assert (text.id, text.title, text.author, text.kind) == ("bread", "Bread", "A. Other", "secondary")
        assert str(text.date) == "November 1917"
        assert {s.speaker for p in text.paragraphs for s in p.sentences} == {"The crowd"}

    @pytest.mark.parametrize(
        ("title", "known"),
        [
            ("Ten Days That Shook the World", "ten-days"),
            ("The Communist Manifesto", "communist-manifesto"),
            ("1984", "text-1984"),
            ("All!", "text-all"),
            ("Война и мир", "text"),
            ("Élégies", "elegies"),
        ],
    )
    def test_ids_are_made_from_titles(self, title: str, known: str) -> None:
        document = Document(Metadata(title), (Block("paragraph", "Words."),))
        assert propose(document, About(), file="x").text.id == known
        assert propose(document, About(), file="x", taken={known}).text.id == f"{known}-2"

    @pytest.mark.parametrize("where", ["title", "author", "publisher", "file", "about"])
    def test_what_it_is_called_is_one_line_of_bearable_length(self, where: str) -> None:
        odd = "A\nB\x1b[31m\u202eC\x00 " + "word " * 1_000
        found = Metadata(**{where: odd}) if where in ("title", "author", "publisher") else Metadata()
        about = About(title=odd, author=odd, speaker=odd) if where == "about" else About()
        file = f"{odd}.txt" if where == "file" else "x"
        text = propose(Document(found, (Block("paragraph", "Words."),)), about, file=file).text
        citations = text.citations
        lines = (text.title, text.author, text.speaker, text.edition, text.description, citations.plain, citations.mla)
        assert all(len(line) < 1_000 and not set("\n\x1b\u202e\x00") & {*line} for line in lines)
        assert "A B" in " ".join(lines)

    @pytest.mark.parametrize(
        "about",
        [About(id="Bad Id"), About(id="all"), About(id="speech"), About(date="yesterday"), About(date="1917-13")],
    )
    def test_what_cannot_be_is_refused(self, about: About) -> None:
        with pytest.raises(Unreadable):
            propose(Document(Metadata("T"), (Block("paragraph", "Words."),)), about, file="x", taken={"speech"})


class TestEditions:
    def test_the_edition_is_the_hash_of_words_numbers_and_speakers(self) -> None:
        one = text_of([["Ann came home.", "Ben came home."]])
        assert edition_of(one) == edition_of(text_of([["Ann came home.", "Ben came home."]]))
        assert edition_of(one) != edition_of(text_of([["Ann came home."], ["Ben came home."]]))

    def test_the_same_text_keeps_every_number(self) -> None:
        old = text_of([["Ann came home.", "Ben came home."], ["Cid came home."]])
        assert edition_of(renumbered(numbering_of(old), old)) == edition_of(old)

    @given(st.lists(words.filter(str.strip), max_size=6))
    @example(["Wages\t3.50\t", "\tPrices"])
    def test_the_same_document_added_again_is_the_same_edition(self, said: list[str]) -> None:
        document = Document(Metadata("T"), (Block("paragraph", "First."), *(Block("paragraph", one) for one in said)))
        once = propose(document, About(id="t"), file="t")
        again = propose(document, About(id="t"), file="t", old=numbering_of(once.text))
        assert again.is_known
        assert again.text.paragraphs == once.text.paragraphs

    def test_a_new_sentence_gets_a_new_number_and_a_gone_one_is_a_tombstone(self) -> None:
        old = text_of([["Ann came home.", "Ben came home.", "Cid came home."]])
        new = renumbered(numbering_of(old), text_of([["Ann came home.", "Ben came home late.", "Cid came home."]]))
        assert by_number(new) == {(1, 1): "Ann came home.", (1, 4): "Ben came home late.", (1, 3): "Cid came home."}
        assert [(gone.paragraph, gone.sentence) for gone in new.tombstones] == [(1, 2)]
        assert [s.number for s in new.paragraphs[0].sentences] == [1, 4, 3]

    def test_a_new_paragraph_between_gets_a_number_at_the_end(self) -> None:
        old = text_of([["Ann came home."], ["Ben came home."]])
        new = renumbered(numbering_of(old), text_of([["Ann came home."], ["Cid came home."], ["Ben came home."]]))
        assert [p.number for p in new.paragraphs] == [1, 3, 2]

    def test_a_sentence_that_moved_within_its_paragraph_keeps_its_number(self) -> None:
        old = text_of([["Ann came home.", "Ben came home.", "Cid came home."]])
        new = renumbered(numbering_of(old), text_of([["Cid came home.", "Ann came home.", "Ben came home."]]))
        assert [s.number for s in new.paragraphs[0].sentences] == [3, 1, 2]
        assert not new.tombstones

    def test_a_paragraph_that_moved_keeps_its_numbers(self) -> None:
        old = text_of([["Ann came.", "Ben came."], ["Cid came.", "Dan came."], ["Eve came."], ["Fay came."]])
        new = renumbered(
            numbering_of(old),
            text_of([["Eve came."], ["Fay came."], ["Cid came.", "Dan came."], ["Ann came.", "Ben came."]]),
        )
        assert sorted(by_number(new).items()) == sorted(by_number(old).items())
        assert not new.tombstones

    def test_a_sentence_that_moved_to_another_paragraph_has_a_new_number_there(self) -> None:
        old = text_of([["Ann came.", "Ben came."], ["Cid came.", "Dan came."]])
        new = renumbered(numbering_of(old), text_of([["Ann came."], ["Cid came.", "Dan came.", "Ben came."]]))
        assert by_number(new) == {(1, 1): "Ann came.", (2, 1): "Cid came.", (2, 2): "Dan came.", (2, 3): "Ben came."}
        assert [(gone.paragraph, gone.sentence) for gone in new.tombstones] == [(1, 2)]

    def test_of_doubled_sentences_as_many_keep_their_numbers_as_are_there(self) -> None:
        once, twice = text_of([["Yes."], ["No."]]), text_of([["Yes."], ["No."], ["Yes."]])
        assert [p.number for p in renumbered(numbering_of(once), twice).paragraphs] == [1, 2, 3]
        fewer = renumbered(numbering_of(twice), once)
        assert [p.number for p in fewer.paragraphs] == [1, 2]
        assert [(gone.paragraph, gone.sentence) for gone in fewer.tombstones] == [(3, 0), (3, 1)]
        assert [p.number for p in renumbered(numbering_of(fewer), twice).paragraphs] == [1, 2, 4], (
            "no number is used again"
        )

    def test_a_sentence_that_comes_a_thousand_times_takes_no_minute(self) -> None:
        said = [["Yes.", f"Number {n} came home."] for n in range(1_000)]
        old = text_of(said)
        since = time.process_time()
        new = renumbered(numbering_of(old), text_of([["Yes."] * 2, *said[1:], ["Yes."]]))
        assert time.process_time() - since < 5
        kept = by_number(new).keys() & by_number(old).keys()
        assert len(kept) >= len(by_number(old)) - 2

    @given(st.permutations(range(8)))
    def test_paragraphs_in_whatever_order_keep_their_numbers(self, order: list[int]) -> None:
        said = [[f"Number {n} came.", f"Number {n} left."] for n in range(8)]
        old = text_of(said)
        new = renumbered(numbering_of(old), text_of([said[n] for n in order]))
        assert [p.number for p in new.paragraphs] == [n + 1 for n in order]
        assert not new.tombstones

    def test_other_words_or_none_under_a_number_do_not_keep_it(self) -> None:
        old = text_of([["Ann came home.", "Ben came home."]])
        fewer = renumbered(numbering_of(old), text_of([["Ann came home."]]))
        for other in (text_of([["Ann came home.", "Cid came home."]]), text_of([["Ann came home."]])):
            assert not keeps_numbers(numbering_of(old), other)
        assert not keeps_numbers(numbering_of(fewer), old), "a number that was gone does not come back"

    @given(paragraphs, paragraphs, paragraphs)
    def test_numbers_are_for_ever(
        self, first: list[list[str]], second: list[list[str]], third: list[list[str]]
    ) -> None:
        old = text_of(first)
        ever = {place: {said} for place, said in by_number(old).items()}
        for said in (second, third, first):
            new = renumbered(numbering_of(old), text_of(said))
            found = by_number(new)
            gone = {(one.paragraph, one.sentence) for one in new.tombstones}
            assert list(found.values()) == [words for one in said for words in one]
            assert keeps_numbers(numbering_of(old), new)
            assert not found.keys() & gone, "a number is never used again"
            assert ever.keys() <= found.keys() | gone, "a number that was there is there, or gone and said to be"
            assert all(ever.get(place, {words}) == {words} for place, words in found.items())
            assert len({p.number for p in new.paragraphs}) == len(new.paragraphs)
            ever |= {place: {words} for place, words in found.items()}
            old = new
