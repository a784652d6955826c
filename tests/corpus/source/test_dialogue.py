"""Plays and transcripts: who speaks is read from the names before the words, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from corpus.corpus import Corpus
from corpus.indexing.build import build_index
from corpus.note_model import Notes
from corpus.questions.generate import QuestionGenerator
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from corpus.source.readers.document import SPEAKER, STAGE
from corpus.text_model import Text

PLAY = (
    "[Enter MARTHA and OLD PETER.]",
    "MARTHA. The trams have stopped again tonight. I walked from the mill in the snow.",
    "OLD PETER. (laughing) Nobody runs them any more. They have all gone to the meeting.",
    "MARTHA. Then we shall walk to the harbour together. The boats will not wait for us.",
    "OLD PETER. I am too old to walk so far in the dark. The road is long and the wind is cold.",
    "He sits down on the bench and rubs his knees for a while before he answers.",
    "MARTHA (to herself). You were not too old last week. You danced until the morning came.",
    "OLD PETER. The committee danced with me, and the committee is always right.",
    "MARTHA. There will be another one in the morning, and it will not dance at all.",
    "[Exeunt.]",
)
MINUTES = tuple(
    f"{name}: {words}"
    for name, words in (
        ("Chairman", "The meeting is open, and the first matter is the bread."),
        ("Delegate Orlov", "There is bread for three days in the stores of the harbour."),
        ("Chairman", "Who has counted the sacks in the stores?"),
        ("Delegate Orlov", "I have counted them twice, with two witnesses beside me."),
        ("Chairman", "Then the matter is closed until tomorrow morning."),
        ("Delegate Orlov", "It will be closed when the bread is eaten."),
    )
)
ALONE = (
    "Thunder and lightning. Enter three Witches.",
    *("FIRST WITCH.", "When shall we three meet again in thunder, lightning, or in rain?"),
    *("SECOND WITCH.", "When the hurlyburly's done, and when the battle's lost and won."),
    *("FIRST WITCH.", "Where is the place at which we three shall meet once more?"),
    *("SECOND WITCH.", "Upon the heath, and there to meet with him, and not without the others."),
    *("FIRST WITCH.", "[Within.]", "I come, and nobody shall keep me from it."),
    *("SECOND WITCH.", "[Aside.]", "Fair is foul, and foul is fair."),
    "They dance around the fire for a while, and the fog closes in on them.",
)
TERMS = tuple(
    f"{word}: {meaning}"
    for word, meaning in (
        ("Soviet", "a council of workers."),
        ("Duma", "a council of the city."),
        ("Kulak", "a rich peasant."),
        ("Cadet", "a member of a party."),
        ("Junker", "a pupil of a school for officers."),
        ("Zemstvo", "a council of the country."),
    )
)
PROSE = (
    *(f"On the {day} day of the week the trams ran as they always had, and nobody asked why." for day in range(9)),
    "NOTE. The trams did not run on Sunday.",
    "NOTE. Nor did they run on Monday.",
    *(f"On the {day} day of the month the trams ran as they always had, and nobody asked why." for day in range(9)),
)


def text_of(paragraphs: tuple[str, ...]) -> Text:
    document = read_file("play.txt", "\n\n".join(paragraphs).encode())
    return propose(document, About(id="play", title="The Harbour", author="Ann Writer"), file="play.txt").text


def speakers(text: Text) -> list[str]:
    return [paragraph.sentences[0].speaker for paragraph in text.paragraphs]


def test_each_speech_of_a_play_has_its_speaker() -> None:
    martha, peter = "MARTHA", "OLD PETER"
    found = speakers(text_of(PLAY))
    assert found == [STAGE, martha, peter, martha, peter, "Ann Writer", martha, peter, martha, STAGE]


@pytest.mark.parametrize("paragraphs", [PLAY, MINUTES, ALONE])
def test_the_name_before_the_words_is_no_part_of_them(paragraphs: tuple[str, ...]) -> None:
    text = text_of(paragraphs)
    names = {omission.words for omission in text.omissions}
    whole = [one for one in paragraphs if one not in names]
    for paragraph, written in zip(text.paragraphs, whole, strict=True):
        name = next((one for one in names if written.startswith(one)), "")
        assert paragraph.words == written.removeprefix(name).lstrip()
        assert not names & {paragraph.words[one.start : one.end] for one in paragraph.sentences}
    assert {one.reason for one in text.omissions} == {SPEAKER}


def test_a_play_is_not_refused_for_the_names_that_are_left_out() -> None:
    document = read_file("play.txt", "\n\n".join(ALONE).encode())
    assert not propose(document, About(id="play"), file="play.txt").report.refusal


def test_each_speech_of_a_transcript_has_its_speaker() -> None:
    assert speakers(text_of(MINUTES)) == ["Chairman", "Delegate Orlov"] * 3


def test_a_name_alone_in_a_line_is_that_of_what_follows_it() -> None:
    first, second = "FIRST WITCH", "SECOND WITCH"
    assert speakers(text_of(ALONE)) == [STAGE, first, second, first, second, STAGE, first, STAGE, second, "Ann Writer"]


@pytest.mark.parametrize(
    "written",
    [
        "Enter MARTHA with a lantern.", "Exit OLD PETER.", "Exeunt.", "Exeunt all but MARTHA.", "Re-enter MARTHA.",
        "Thunder and lightning. Enter three Witches.", "[Enter MARTHA.]", "(They sit down.)",
    ],
)  # fmt: skip
def test_what_a_play_says_of_who_comes_and_goes_is_nobody_s_words(written: str) -> None:
    assert speakers(text_of((*PLAY, written)))[-1] == STAGE


@pytest.mark.parametrize("written", ["She may enter the house.", "Enter!", "The exit is on the left. He goes there."])
def test_other_words_without_a_name_are_the_author_s(written: str) -> None:
    assert speakers(text_of((*PLAY, written)))[-1] == "Ann Writer"


SAID = (
    "What ship is that with the lantern?", "The Swallow, out of Brest.", "Then go in and light the fire.",
    "It is lit.", "So be it.", "Good night to you.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("Q: {}", "A: {}", ("Q", "A")),
        ("Q. {}", "A. {}", ("Q", "A")),
        ("_Tob._ {}", "_Mira._ {}", ("Tob", "Mira")),
        ("_Tobias_: {}", "_Mira_: {}", ("Tobias", "Mira")),
        ("Tob. {}", "Mir. {}", ("Tob", "Mir")),
        ("TOBIAS\n{}", "MIRA\n{}", ("TOBIAS", "MIRA")),
        ("[00:01:05] Anna Berg: {}", "[00:01:09] Dr. Paul Ohm: {}", ("Anna Berg", "Dr. Paul Ohm")),
        ("12:31 Anna: {}", "12:32 Ben: {}", ("Anna", "Ben")),
    ],
)
def test_names_are_read_however_a_file_prints_them(one: str, other: str, names: tuple[str, str]) -> None:
    # Below each other, only speeches behind a colon are sure to be several.
    for between in ("\n\n", "\n") if one.endswith(": {}") and "_" not in one else ("\n\n",):
        _test_names(one, other, names, between)


def _test_names(one: str, other: str, names: tuple[str, str], between: str) -> None:
    speeches = between.join((one if n % 2 == 0 else other).format(words) for n, words in enumerate(SAID))
    document = read_file("a.txt", f"The Harbour\n\n{speeches}\n".encode())
    text = propose(document, About(author="Ann Writer", title="The Harbour"), file="a.txt").text
    spoken = [paragraph for paragraph in text.paragraphs if paragraph.sentences[0].speaker != "Ann Writer"]
    assert [paragraph.words for paragraph in spoken] == [*SAID]
    assert [paragraph.sentences[0].speaker for paragraph in spoken] == [*names] * 3


def test_names_in_paragraphs_of_their_own_are_those_of_what_follows_on_a_page() -> None:
    pairs = "".join(f"<p>{name}</p><p>{words}</p>" for name, words in zip(["TOBIAS", "MIRA"] * 3, SAID, strict=True))
    document = read_file("a.html", f"<html><body>{pairs}</body></html>".encode())
    text = propose(document, About(author="Ann Writer"), file="a.html").text
    assert [(one.words, one.sentences[0].speaker) for one in text.paragraphs] == [
        *zip(SAID, ["TOBIAS", "MIRA"] * 3, strict=True)
    ]


def test_what_is_in_square_brackets_within_a_speech_is_nobody_s_words() -> None:
    said = text_of((*PLAY, "MARTHA. You lost the boat? [She sits.] The boat!")).paragraphs[-1].sentences
    assert [one.speaker for one in said] == ["MARTHA", STAGE, "MARTHA"]


def test_where_a_scene_is_nobody_says() -> None:
    assert "SCENE" not in speakers(text_of((*PLAY, "SCENE: A harbour in the snow, and a boat that waits.")))


@pytest.mark.parametrize("paragraphs", [TERMS, PROSE, PLAY[1:4], ("MARTHA. Go on.",) * 9])
def test_terms_notes_and_a_few_names_are_no_dialogue(paragraphs: tuple[str, ...]) -> None:
    assert set(speakers(text_of(paragraphs))) == {"Ann Writer"}


def test_nobody_is_asked_about_words_of_a_play_that_no_name_tells() -> None:
    text = text_of(PLAY)
    asked = QuestionGenerator({text.id: text}, Notes())._attributable_sentences()
    assert {speaker for _, _, speaker in asked} == {"MARTHA", "OLD PETER"}


def test_a_stage_direction_is_offered_as_nobody() -> None:
    text = text_of(PLAY)
    assert STAGE in speakers(text)
    asked = [QuestionGenerator({text.id: text}, Notes()).make("who", Random(seed)) for seed in range(20)]
    offered = {option for one in asked if one for option in one.options}
    assert offered == {"MARTHA", "OLD PETER", "Ann Writer"}


async def test_who_speaks_in_a_play_is_who_said_it(tmp_path: Path) -> None:
    corpus = await Corpus.open_index(build_index([text_of(PLAY)], Notes(), tmp_path, "play"))
    for claimed, match in {
        "Old Peter": "right",
        "Peter": "right",
        "Martha": "wrong",
        "Ann Writer": "author",
        "Napoleon": "unknown",
    }.items():
        (checked,) = corpus.quotation_checker.check(f"“They have all gone to the meeting.” — {claimed}")
        found = checked.verdict.speaker_match, checked.verdict.kind
        assert found == (match, "wrong speaker" if match == "wrong" else "verbatim")
    await corpus.close()
