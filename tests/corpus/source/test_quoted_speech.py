"""Quoted speech in texts that are added: where quotation marks begin and end, and whose the sentences are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.source.adding import About, propose
from corpus.source.editions import numbering_of
from corpus.source.quoted_speech import quoted_spans
from corpus.source.readers import read_file
from tests.corpus.source.readers import files


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Nobody speaks.", []),
        ("“We go.” He went.", ["“We go.”"]),
        ('"We go." He went. "Now."', ['"We go."', '"Now."']),
        ("„Wir gehen.“ Er ging.", ["„Wir gehen.“"]),
        ("«On y va.» Il alla.", ["«On y va.»"]),
        ("‘We go,’ said Ann’s father.", ["‘We go,’"]),
        ("'Twas the baker's bread.", []),
        ('A pipe of 5" and a plank.', []),
        ("“We go. He says ‘wait.’ We go on", ["“We go. He says ‘wait.’ We go on"]),
        ("He said: “We go.", ["“We go."]),
        ('"We go. And we stay', ['"We go. And we stay']),
        ("»Wir gehen«, sagte er. »Wohin?«", ["»Wir gehen«", "»Wohin?«"]),
        ("\u201aSo?‘ dachte er. \u203aJa\u2039, sagte sie.", ["\u201aSo?‘", "\u203aJa\u2039"]),
        ("« Où ? » dit-il. « Là. »", ["« Où ? »", "« Là. »"]),
        ("「どこ『ここ』ですか」と言った。", ["「どこ『ここ』ですか」"]),
        ('ד"ר כהן הגיע. "איפה?" שאל.', ['"איפה?"']),
        ("— Она сгорела, — сказал он.", ["— Она сгорела, — сказал он."]),
        ("—¿Dónde está? —preguntó.", ["—¿Dónde está? —preguntó."]),
        ("— Il a brûlé, dit-il.", ["— Il a brûlé, dit-il."]),
        ("—and so he went.", []),
        ("He went—She stayed.", []),
    ],
)
def test_quotation_marks_part_what_is_quoted(words: str, quoted: list[str]) -> None:
    assert [words[start:end] for start, end in quoted_spans(words)] == quoted


@given(st.text(st.sampled_from("abC .,“”„«»\"‘’'—\u201a\u203a\u2039「」『』"), max_size=80))
def test_spans_are_in_order_and_apart(words: str) -> None:
    ends = [0, *(place for span in quoted_spans(words) for place in span), len(words)]
    assert ends == sorted(ends)


def speakers(name: str, data: bytes) -> list[str]:
    text = propose(read_file(name, data), About(author="Ann"), file=name).text
    return [sentence.speaker for paragraph in text.paragraphs for sentence in paragraph.sentences]


def test_a_sentence_that_is_all_quoted_has_no_name() -> None:
    assert speakers("a.txt", "“We go. We go now!” So he said. “He,” I said, “is gone.”\n".encode()) == [
        "",
        "",
        "Ann",
        "Ann",
    ]


def test_very_many_quotations_in_a_paragraph_take_no_minute() -> None:
    begun = time.process_time()
    assert {*speakers("a.txt", ("“Now.” " * 30_000 + "He went.\n").encode())} == {"", "Ann"}
    assert time.process_time() - begun < 15


def test_a_speaker_of_a_play_says_what_is_in_quotation_marks_too() -> None:
    play = "<div><sp><speaker>Hamlet</speaker><p>“Seems,” madam! “Nay, it is.”</p></sp></div>"
    assert set(speakers("a.xml", files.tei(play))) == {"Hamlet"}


def test_a_later_edition_quotes_the_same() -> None:
    first = propose(read_file("a.txt", "“We go.” He went.\n".encode()), About(), file="a.txt").text
    later = read_file("a.txt", "It rained.\n\n“We go.” He went.\n".encode())
    text = propose(later, About(), file="a.txt", old=numbering_of(first)).text
    assert [one.words[voice.start : voice.end] for one in text.paragraphs for voice in one.voices] == ["“We go.”"]
