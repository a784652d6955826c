"""Notes as they are resolved: anchors to whole sentences, voices to the words they speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import SHIPPED
from corpus.reference import Reference
from corpus.source.check import CorpusReport, check_corpus
from tests.corpus.sample import edit, write_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "sample")


def speakers(judged: CorpusReport) -> dict[str, str]:
    """Who speaks where it is not the text's own speaker."""
    return {
        f"{text.id} {paragraph.number}.{sentence.number}": sentence.speaker
        for text in judged.texts.values()
        for paragraph in text.paragraphs
        for sentence in paragraph.sentences
        if sentence.speaker != text.speaker
    }


def test_an_anchor_means_the_whole_sentences_it_touches(sample: Path) -> None:
    anchors = sample / "notes" / "topics.toml"
    edit(anchors, 'words = "made paper money"', 'words = "hill … She made paper"')
    _, money = check_corpus(sample).notes.topics
    assert money.references == (Reference("novel", 2, 1, 2), Reference("letter", 3, 1))


def test_two_anchors_in_one_sentence_are_one_reference(sample: Path) -> None:
    edit(sample / "notes" / "people.toml", 'words = "England had a king"', 'words = "had a king"')
    edit(
        sample / "notes" / "people.toml",
        'anchors = [{ text = "novel"',
        'anchors = [{ text = "novel", words = "a queen" }, { text = "novel"',
    )
    assert check_corpus(sample).notes.people[0].references == (Reference("novel", 1, 3), Reference("letter", 2, 1))


def test_notes_of_every_kind_keep_what_is_written(sample: Path) -> None:
    notes = check_corpus(sample).notes
    king, crane = notes.people
    assert (king.name, king.aliases, king.life) == (
        "George III",
        ("Farmer George", "the king with a large jaw"),
        "1738-1820",
    )
    assert (crane.aliases, crane.life, crane.note) == ((), "", "")
    best, closed = notes.events
    assert (str(best.date), best.until, best.dated_by) == ("1775", None, "text")
    assert closed.date.both() == "12 March 1900 (New Style), 28 February 1900 (Old Style)"
    assert [(fact.id, fact.date is None, str(fact.references[0])) for fact in notes.facts] == [
        ("paper-money", False, "novel 2.2"),
        ("large-jaw", True, "novel 1.3"),
    ]
    assert [(q.kind, q.answer, q.calendar) for q in notes.questions] == [
        ("choice", "the king of England", None),
        ("open", "paper money", None),
        ("date", "1775", "gregorian"),
    ]
    assert (notes.synonyms, notes.spellings) == ((("bank notes", "paper money"),), (("woodman", "woodsman"),))


def test_paraphrases_are_of_a_sentence_and_no_part_of_the_notes_that_features_show(sample: Path) -> None:
    judged = check_corpus(sample)
    sentences = [str(one.reference) for one in judged.paraphrases]
    assert sentences == ["novel 1.1", "novel 1.2", "novel 2.2", "novel 2.4", "letter 4.2"]
    assert judged.paraphrases[2].words == ("they printed cash and wasted it", "the country threw away its fortune")
    assert "wide open" not in repr(judged.notes)


def test_every_sentence_of_the_shipped_texts_has_paraphrases() -> None:
    judged = check_corpus(SHIPPED)
    sentences = [reference for text in judged.texts.values() for reference, _ in text.sentences()]
    assert [one.reference for one in judged.paraphrases] == sentences
    assert all(len(one.words) >= 4 for one in judged.paraphrases)


def test_a_corpus_needs_no_notes(sample: Path) -> None:
    for file in (sample / "notes").iterdir():
        file.unlink()
    (sample / "notes").rmdir()
    judged = check_corpus(sample)
    assert judged.faults == ()
    assert judged.notes.people == ()


def test_an_interjection_is_not_the_speakers(sample: Path) -> None:
    assert speakers(check_corpus(sample)) == {"novel 2.3": "A reader, in the novel"}


def test_a_quotation_inside_a_sentence_leaves_it_to_its_speaker_and_is_kept(sample: Path) -> None:
    letter = check_corpus(sample).texts["letter"].paragraphs[0]
    (voice,) = letter.voices
    assert letter.words[voice.start : voice.end] == "best of times"
    assert (voice.speaker, voice.kind, voice.person) == ("The narrator, as quoted by the letter", "quoted", "king")


def test_a_quotation_that_is_a_whole_sentence_is_spoken_by_whom_it_quotes(sample: Path) -> None:
    edit(sample / "texts" / "letter.txt", "It says:", "“It was so.”")
    edit(sample / "notes" / "voices.toml", 'words = "best of times"', 'words = "It was so"')
    assert speakers(check_corpus(sample))["letter 1.3"] == "The narrator, as quoted by the letter"


def test_in_the_shipped_texts_nobody_is_given_the_words_of_another() -> None:
    judged = check_corpus(SHIPPED)
    assert speakers(judged) == {
        "speech 6.10": "A voice from the hall, in the record",
        "speech 8.3": "Whoever took down the record",
    }
    assert judged.texts["article"].speaker != "Leon Trotsky"


def test_highlights_are_passages_in_the_order_of_the_notes(sample: Path) -> None:
    assert check_corpus(sample).notes.highlights == (Reference("novel", 2, 1, 2), Reference("novel", 1, 2))
    shipped = check_corpus(SHIPPED).notes.highlights
    assert len(shipped) >= 20
    assert {one.text for one in shipped} == {"speech", "article"}
