"""Each fault that a corpus can have, named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import SHIPPED
from corpus.__main__ import main
from corpus.source.check import check_corpus
from tests.corpus.sample import edit, write_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "sample")


Case = tuple[str, str, str, str] | tuple[str, str, str, str, int]
"""File, old words, new words, reason, and the line where it is not the edited one."""

ANCHORS: list[Case] = [
    ("people.toml", '"Dear Dr. Crane"', '"Dear Dr Crane"', "is not in one paragraph of the letter"),
    ("people.toml", '"England had a king"', '"a king; 2. that"', "is not in one paragraph of the letter"),
    ("facts.toml", '"large jaw"', '"a Large jaw"', "the text has “a large jaw”"),
    ("facts.toml", '"large jaw"', '"it was the"', "is 3 times in the novel (novel 1.1, novel 1.1, novel 1.1)"),
    ("voices.toml", "(“Shame!” cries", "('Shame!' cries", "the text has “(“Shame!” cries a reader.)”"),
    ("events.toml", 'text = "novel"', 'text = "nivel"', "no text `nivel`; the texts are novel, letter"),
    ("topics.toml", '"spent paper money"', '"   "', "an anchor needs words"),
    ("people.toml", '"Dear Dr. Crane"', '"Book the First"', "is not in one paragraph of the letter"),
    ("facts.toml", '[{ text = "novel", words = "large jaw" }]', "[]", "length >= 1"),
    ("voices.toml", "(“Shame!” cries a reader.)", "“Shame!”", "must be whole sentences, not a part of novel 2.3"),
]
DATES: list[Case] = [
    ("events.toml", 'date = "1775"', 'date = "1775-02-30"', "30 February 1775"),
    ("events.toml", 'date = "1775"', 'date = "in 1775"', "“in 1775” isn't a date"),
    ("events.toml", 'date = "1775"', 'date = ""', "an event needs a date"),
    ("events.toml", 'until = "1900-03"', 'until = "1900-13"', "month 13"),
    ("events.toml", 'until = "1900-03"', 'until = "1899"', "it ends on 1899, before it begins on 28 February 1900"),
    ("events.toml", 'date = "1775"', 'date = "1901"', "out of order: 28 February 1900 comes before 1901", 19),
    ("facts.toml", 'calendar = "gregorian"', "", "a date needs its calendar", 4),
    ("questions.toml", 'answer = "1775"', 'answer = "31 June 1775"', "June 1775"),
    ("questions.toml", 'answer = "1775"', 'answer = "long ago"', "“long ago” must be a date"),
    ("questions.toml", 'calendar = "gregorian"', "", "a calendar belongs to an answer of type `date` alone", 26),
    ("questions.toml", 'answer_type = "date"', 'answer_type = "number"', "has an answer of type `date`"),
]
DOUBLES: list[Case] = [
    (
        "people.toml",
        'name = "Doctor Crane"',
        'name = "farmer george"',
        "“farmer george” is there twice, first in the entry of",
    ),
    ("people.toml", '"Farmer George"', '"George III"', "the name or alias “George III” is there twice", 3),
    ("people.toml", 'id = "crane"', 'id = "king"', "the id “king” is there twice"),
    ("events.toml", '"the worst of times"', '"The Best of Times"', "“The Best of Times” is there twice"),
    ("topics.toml", '"cash"', '"Albion"', "the name or synonym “Albion” is there twice"),
    ("topics.toml", '"cash"', '"England"', "the name or synonym “England” is there twice"),
    ("synonyms.toml", '"bank notes"', '"Paper money"', "the word “paper money” is there twice"),
    ("synonyms.toml", '"woodsman"', '"woodman"', "the word “woodman” is there twice"),
    ("facts.toml", 'id = "large-jaw"', 'id = "paper-money"', "the id “paper-money” is there twice"),
    ("questions.toml", 'id = "when"', 'id = "jaw"', "the id “jaw” is there twice"),
    ("questions.toml", '"the queen of England"', '"The king of England"', "must all differ"),
]
EXAMPLES: list[Case] = [
    ("examples.toml", '"paper money"', '"gold"', "“gold” is not answered from `letter`"),
    ("examples.toml", '"1775 to 1900"', '"1660"', "“1660” is not answered from `novel`"),
    ("examples.toml", '"1775 to 1900"', '"30 February 1775"', "“30 February 1775” is not answered from `novel`"),
    ("examples.toml", 'text = "letter"', 'text = "pamphlet"', "there is no text `pamphlet`"),
    ("examples.toml", 'kind = "dates"', 'kind = "words"', "line 1 has the example of this kind already", 7),
    *(
        ("examples.toml", 'kind = "words"', f'kind = "{kind}"', "“paper money” is not answered from `letter`", 3)
        for kind in ("topic", "person", "date", "passage")
    ),
    ("examples.toml", 'kind = "words"', 'kind = "poem"', "poem"),
]
FORMS: list[Case] = [
    ("events.toml", 'concerns = ["king"]', 'concerns = ["queen"]', "there is no person `queen`"),
    ("voices.toml", 'person = "king"', 'person = "queen"', "there is no person `queen`"),
    ("events.toml", 'topics = ["england"]', 'topics = ["france"]', "there is no topic `france`"),
    ("facts.toml", 'topics = ["money"]', 'topics = ["gold"]', "there is no topic `gold`"),
    ("facts.toml", 'topics = ["money"]', "topics = []", "length >= 1"),
    ("questions.toml", 'topics = ["money"]', 'topics = ["gold"]', "there is no topic `gold`"),
    (
        "questions.toml",
        '["the queen of England", "the Woodman", "the Farmer"]',
        "[]",
        "has one to 3 distractors, not 0",
    ),
    ("questions.toml", 'accept = ["money"]', 'distractors = ["gold"]', "has no distractors, not 1"),
    (
        "questions.toml",
        '["the queen of England", "the Woodman", "the Farmer"]',
        '["x"]\naccept = ["y"]',
        "nothing to accept",
        8,
    ),
    ("questions.toml", 'ask = "Who had a large jaw?"', 'ask = "Tell me"', "matching regex"),
    ("questions.toml", 'kind = "choice"', 'kind = "riddle"', "Invalid enum value 'riddle'"),
    ("people.toml", 'life = "1738-1820"', "life = 1738", "Expected `str`, got `int`"),
    ("people.toml", 'life = "1738-1820"', 'born = "1738"', "unknown field `born`"),
    ("people.toml", 'id = "king"', 'id = "The King"', "matching regex"),
    ("topics.toml", 'id = "money"', f'id = "{"money-" * 10}money"', "length <= 50"),
    ("people.toml", 'aliases = ["Farmer George",', 'aliases = ["",', "length >= 1"),
    ("synonyms.toml", '["bank notes", "paper money"]', '["bank notes"]', "length >= 2"),
    ("people.toml", 'life = "1738-1820"', "life = 1738-1820-", "not TOML"),
    ("voices.toml", 'kind = "stage direction"', "kind = ", "not TOML"),
]
HIGHLIGHTS: list[Case] = [
    ("highlights.toml", '"We had everything before us"', '"to us"', "is not in one paragraph"),
    ("highlights.toml", '"We had everything before us"', '"Shame!"', "at least 8 words, not 4", 4),
    ("highlights.toml", '"France rolled with exceeding smoothness down hill … She', '"She', "begins with “she”", 1),
    ("highlights.toml", '"We had everything before us"', '"and spent it"', "the highlight of line 1 shows the same", 4),
]
PROOFS: list[Case] = [
    (
        "facts.toml",
        "France made paper money",
        "France “rolled down” and made paper money",
        "“rolled down” is not in",
    ),
    ("facts.toml", "had a large jaw.", "had a large jaw, and “we had nothing before us”.", "widen its anchors"),
    (
        "questions.toml",
        "Who had a large jaw?",
        "Who had a “very large jaw”?",
        "“very large jaw” is not in the passages",
    ),
    (
        "questions.toml",
        'answer = "paper money"',
        'answer = "“paper gold”"',
        "“paper gold” is not in the passages",
    ),
    (
        "facts.toml",
        '{ text = "novel", words = "large jaw" }',
        '{ text = "letter", words = "that England" }',
        "begins with “that”",
    ),
    (
        "people.toml",
        "King of Great Britain from 1760.",
        "The “king of Spain”.",
        "“king of Spain” is not in any of the texts",
    ),
    (
        "events.toml",
        "The year in which",
        "The “third year” in which",
        "“third year” is not in any of the texts",
    ),
    (
        "topics.toml",
        "Both texts give England a king.",
        "Both have a “mad king”.",
        "“mad king” is not in any of the texts",
    ),
    ("voices.toml", "Nobody knows who.", "Not “A writer”.", "“A writer” is not in any of the texts"),
    (
        "people.toml",
        'anchors = [{ text = "letter", words = "Dear Dr. Crane" }]',
        "anchors = []",
        "without anchors it needs a note",
    ),
    ("events.toml", '[{ text = "letter", words = "A library closed" }]', "[]", "without anchors it needs a note"),
    (
        "voices.toml",
        'speaker = "A reader, in the novel"\nkind = "stage direction"',
        'speaker = "A"\nkind = "interjection"',
        "“cries a reader.” is not shouted",
        5,
    ),
]
TIMES: list[Case] = [
    (
        "events.toml",
        '["the worst of times"]',
        '["the times of 1776"]',
        "“the times of 1776” names another date than 1775",
    ),
    ("events.toml", '["the worst of times"]', '["the fourth of July, 4 July 1776"]', "names another date than 1775"),
    (
        "events.toml",
        'name = "The library closes"\ndate = "1900-02-28"\nuntil = "1900-03"\nbounds = "certain"',
        'name = "The reign of books"\ndate = "1900-02-28"',
        "“The reign of books” names what lasts",
    ),
    (
        "events.toml",
        'aliases = ["the worst of times"]\ndate = "1775"',
        'aliases = ["the birth of the worst"]\ndate = "1775"\nuntil = "1790"\nbounds = "certain"',
        "“the birth of the worst” names a moment",
    ),
    (
        "events.toml",
        'until = "1900-03"\nbounds = "certain"',
        'until = "1900-03"',
        "say whether its `bounds` are certain",
    ),
    ("events.toml", 'bounds = "certain"', 'bounds = "loose"', "Invalid enum value 'loose'"),
    (
        "events.toml",
        'dated_by = "text"',
        'dated_by = "heading"',
        "1775 is not the date of a text that it is anchored in",
        5,
    ),
]
REPEATS: list[Case] = [
    ("glossary.toml", '["paper money", "assignats"]', '["assignats"]', "“assignats” is not in the passages", 4),
    (
        "glossary.toml",
        'anchors = [{ text = "novel", words = "made paper money" }]',
        'anchors = [{ text = "novel", words = "made paper money" }]\n\n[[term]]\nwords = ["papers money"]\nnote = "x"\n'
        'anchors = [{ text = "novel", words = "made paper money" }]',
        "“papers money” is explained in the entry of line 1 too",
        7,
    ),
    ("elsewhere.toml", '"eat cake"', '"the worst of times"', "“the worst of times” is in the texts"),
    (
        "synonyms.toml",
        '["bank notes", "paper money"]',
        '["bank notes", "paper money"]\n\n[[synonyms]]\nwords = ["cash", "bank note"]',
        "is in the group of line 1 too",
        5,
    ),
]


PARAPHRASES: list[Case] = [
    (
        "paraphrases.toml",
        '"We had everything before us"',
        '"all before us"',
        "“all before us” is not in one paragraph of the novel",
    ),
    ("paraphrases.toml", '"We had everything before us"', '"foolishness. We had"', "touches novel 1.1-2: paraphrases"),
    ("paraphrases.toml", '"The Woodman and the Farmer"', '"spent it"', "line 9 has the paraphrases of novel 2.2", 14),
    (
        "paraphrases.toml",
        '"the country threw',
        '"They printed cash - and wasted it!", "the',
        "is there twice, first in",
    ),
    ("paraphrases.toml", '"two men toiled', '"the future was wide open, and also empty", "two', "entry of line 5"),
    (
        "paraphrases.toml",
        '"how somebody signs',
        '"yours the reader", "how',
        "“yours the reader” is the sentence itself",
    ),
    ("paraphrases.toml", '"how somebody signs', '"…", "how', "“…” has no words"),
    ("paraphrases.toml", '["two men toiled and nobody noticed them"]', "[]", "of length >= 1"),
]


@pytest.mark.parametrize(
    "fault",
    [*ANCHORS, *DATES, *DOUBLES, *EXAMPLES, *FORMS, *HIGHLIGHTS, *PARAPHRASES, *PROOFS, *TIMES, *REPEATS],
    ids=lambda fault: fault[3],
)
def test_a_fault_in_the_notes_is_named_with_its_line(sample: Path, fault: Case) -> None:
    name, old, new, reason, *elsewhere = fault
    line = edit(sample / "notes" / name, old, new)
    found = next(fault for fault in check_corpus(sample).faults if reason in fault.reason)
    assert (found.file, found.line) == (sample / "notes" / name, *(elsewhere or [line]))


HEADERS: list[Case] = [
    ("novel.toml", 'id = "novel"', 'id = "roman"', "the id must be the name of the file, `novel`"),
    ("novel.toml", 'date = "1859-04-30"', 'date = "1859-04-31"', "April 1859"),
    ("novel.toml", 'kind = "primary"', 'kind = "prime"', "Invalid enum value 'prime'"),
    ("novel.toml", "colour = 0x123456", "colour = 0x1234567", "colour: Expected `int` <= 16777215"),
    (
        "novel.toml",
        'headings = ["Book the First"]',
        'headings = ["Book the Last"]',
        "“Book the Last” is not a line of novel.txt",
    ),
    (
        "novel.toml",
        'words = "[Advertisement]"',
        'words = "Advertisement"',
        "“Advertisement” is not a line of novel.txt",
    ),
    ("novel.toml", "1859, {reference}.", "1859.", "the citation `mla` has no {reference}"),
    (
        "letter.toml",
        '"Yours, the reader"',
        '"the"',
        "“the” is there 2 times; to start a sentence it must be there once",
    ),
    ("letter.toml", '"Dr. Crane"', '"Mr. Crane"', "“Mr. Crane” is not in the text, so it joins nothing"),
    ("letter.toml", 'plain = "', 'plane = "', "citations: Object contains unknown field `plane`"),
    (
        "novel.txt",
        "France rolled",
        "Book the First\n\nFrance rolled",
        "“Book the First” is there once more than novel.toml says",
    ),
]


@pytest.mark.parametrize("fault", HEADERS, ids=lambda fault: fault[3])
def test_a_fault_in_a_text_is_named_with_its_line(sample: Path, fault: Case) -> None:
    name, old, new, reason, *elsewhere = fault
    line = edit(sample / "texts" / name, old, new)
    found = next(fault for fault in check_corpus(sample).faults if reason in fault.reason)
    assert (found.file, found.line) == (sample / "texts" / name, *(elsewhere or [line]))


def test_a_question_is_not_asked_twice(sample: Path) -> None:
    again = """
[[question]]
id = "whose-jaw"
kind = "choice"
ask = "Whose jaw was large?"
answer = "the king of England"
answer_type = "person"
distractors = ["the Farmer"]
anchors = [{ text = "novel", words = "king with a large jaw" }]
"""
    with (sample / "notes" / "questions.toml").open("a", encoding="utf-8") as questions:
        questions.write(again)
    (found,) = check_corpus(sample).faults
    assert found.reason == "the question of line 1 has the same passage and answer"


def test_no_date_answers_more_than_two_questions(sample: Path) -> None:
    asked = """
[[question]]
id = "when-{0}"
kind = "date"
ask = "When was it {0}?"
answer = "1775"
answer_type = "date"
calendar = "gregorian"
anchors = [{{ text = "novel", words = "{1}" }}]
"""
    with (sample / "notes" / "questions.toml").open("a", encoding="utf-8") as questions:
        questions.write(asked.format("one", "We had everything") + asked.format("two", "She made paper money"))
    (found,) = check_corpus(sample).faults
    assert found.reason == "“1775” answers more than 2 date questions"


def test_a_fault_in_one_place_leaves_no_other(sample: Path) -> None:
    edit(sample / "notes" / "people.toml", 'life = "1738-1820"', "life = 1738")
    assert [str(fault) for fault in check_corpus(sample).faults] == [
        f"{sample / 'notes' / 'people.toml'}:5: life: Expected `str`, got `int`"
    ]


def test_every_fault_is_found_at_once_in_order_of_file_and_line(sample: Path) -> None:
    edit(sample / "notes" / "people.toml", '"Dear Dr. Crane"', '"Dear Dr Crane"')
    edit(sample / "notes" / "people.toml", '"England had a king"', '"England had a queen"')
    edit(sample / "notes" / "facts.toml", '"large jaw"', '"little jaw"')
    assert [(fault.file.name, fault.line) for fault in check_corpus(sample).faults] == [
        ("facts.toml", 13),
        ("people.toml", 7),
        ("people.toml", 12),
    ]


def test_a_syntax_error_is_told_with_its_line(sample: Path) -> None:
    (sample / "notes" / "facts.toml").write_text('[[fact]]\nid = "a"\nwords = one\n', encoding="utf-8")
    (found,) = check_corpus(sample).faults
    assert (found.file.name, found.line, found.reason) == ("facts.toml", 3, "not TOML: Invalid value")


def test_a_file_that_is_not_utf8_is_told_with_its_line(sample: Path) -> None:
    (sample / "notes" / "facts.toml").write_bytes(b"# one\n# caf\xe9\n")
    (found,) = check_corpus(sample).faults
    assert (found.file.name, found.line) == ("facts.toml", 2)
    assert "UTF-8" in found.reason


def test_a_table_or_a_file_that_nothing_reads_is_a_fault(sample: Path) -> None:
    with (sample / "notes" / "people.toml").open("a", encoding="utf-8") as people:
        people.write('\n[[persons]]\nid = "a"\n')
    (sample / "notes" / "persons.toml").touch()
    found = check_corpus(sample).faults
    assert [(fault.file.name, fault.line) for fault in found] == [("people.toml", 14), ("persons.toml", 0)]
    assert "unknown table or key `persons`; known here: person" in found[0].reason


def test_a_text_without_its_header_and_a_header_without_its_text_are_faults(sample: Path) -> None:
    for file in (sample / "notes").iterdir():
        file.unlink()
    (sample / "texts" / "novel.txt").unlink()
    (sample / "texts" / "letter.toml").unlink()
    assert [(fault.file.name, fault.reason) for fault in check_corpus(sample).faults] == [
        ("letter.toml", "cannot be read: No such file or directory"),
        ("novel.toml", "there is no novel.txt beside it"),
    ]


def test_a_folder_without_texts_is_a_fault(tmp_path: Path) -> None:
    (nothing,) = check_corpus(tmp_path / "nowhere").faults
    assert str(nothing) == f"{tmp_path / 'nowhere'}: there is no such folder"
    (empty,) = check_corpus(tmp_path).faults
    assert empty.reason.startswith("no text is here")


def test_the_shipped_corpus_has_no_fault() -> None:
    assert check_corpus(SHIPPED).faults == ()


def test_the_command_line_names_each_fault_and_fails(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(sample / "notes" / "facts.toml", '"large jaw"', '"little jaw"')
    assert main(["check", str(sample)]) == 1
    assert capsys.readouterr().out.startswith(f"{sample / 'notes' / 'facts.toml'}:13: “little jaw” is not in")


def test_the_command_line_counts_what_a_sound_corpus_holds(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(sample)]) == 0
    assert capsys.readouterr().out == (
        "2 texts, 14 sentences; 2 people, 2 events, 2 topics, 2 facts, 3 questions, 7 paraphrases: no fault.\n"
    )
