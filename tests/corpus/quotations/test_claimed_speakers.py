"""Whose words a quotation is said to be, in any frame: no unknown name is passed over, no other word is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.quotations.chat_messages import chat_messages
from tests.corpus.sample import edit, write_sample
from tests.samples import one_in

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
WOODMAN = "The Woodman and the Farmer worked unheeded."
CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."

MARKED = (
    "{name} said: “{words}”",
    "{name} said “{words}”",
    "{name} once wrote, “{words}”",
    "{name}: “{words}”",
    "{name} - “{words}”",
    "{name} (1848): “{words}”",
    "{name}'s famous line “{words}”",
    "As {name} said: “{words}”",
    "According to {name}, “{words}”",
    "In those days {name} told the crowd, “{words}”",
    "Did {name} really say “{words}”?",
    "Is it true that {name} said “{words}”?",
    "I think it was {name} who said “{words}”",
    "“{words}” — {name}",
    "“{words}” - {name}, 1848",
    "“{words}” ({name})",
    "“{words}” was said by {name}.",
    "Is “{words}” a quote by {name}?",
    "“{words}” said {name}.",
    "“{words}” {name} wrote.",
    "“{words}”, to quote {name}",
    "> {words}\n— {name}",
    "{name} said:\n> {words}",
    "„{words}“ — {name}",
    "«{words}», — сказал {name}.",
    "{name} sagte: „{words}“",
    "{name} a dit : « {words} »",
)
PLAIN = (
    "{name}: {words}",
    "1917, {name}: {words}",
    "In October 1917, {name}: {words}",
    "{name} said: {words}",
    "{name} said that {words}",
    "{name} - {words}",
    "({name}) {words}",
    "According to {name}, {words}",
    "Author: {name}\nQuote: {words}",
    "{words} — {name}",
    "{words} ({name})",
    "{words}\n- {name}",
    "{words}\nAuthor: {name}",
)
NAMES = ("Napoleon", "Winston Churchill", "von Clausewitz", "de Gaulle", "J. Reed", "Comrade Petrov",
         "General Kornilov", "Pravda", "The Times", "NAPOLEON", "Наполеон", "Malcolm X")  # fmt: skip
NO_NAMES = ("He", "They", "Somebody", "Everybody", "People", "The author", "The speaker", "My teacher", "A friend",
            "Unknown", "Anonymous", "Nobody", "Niemand", "Никто", "Misquote")  # fmt: skip


def some(names: tuple[str, ...], frame: str) -> list[str]:
    """A third of the names, others for each frame; `make fuzz` tries all."""
    is_tried = one_in(3)
    return [name for number, name in enumerate(names, len(frame)) if is_tried(number)]


@pytest.mark.parametrize("frame", MARKED + PLAIN)
async def test_an_unknown_speaker_is_named_in_every_frame(corpus: Corpus, frame: str) -> None:
    for name in some(NAMES, frame):
        message = frame.format(name=name, words=HOPE)
        (checked,) = corpus.quotation_checker.check(message)
        found = checked.claim.speaker.lower(), checked.verdict.kind, checked.verdict.speaker_match
        assert found == (name.lower(), "verbatim", "unknown"), message


@pytest.mark.parametrize("frame", MARKED)
async def test_what_names_nobody_is_no_speaker(corpus: Corpus, frame: str) -> None:
    for name in some(NO_NAMES, frame):
        message = frame.format(name=name, words=HOPE)
        (checked,) = corpus.quotation_checker.check(message)
        found = checked.claim.speaker, checked.verdict.kind, checked.verdict.speaker_match
        assert found == ("", "verbatim", None), message
        assert checked.claim.has_words_beside


@pytest.mark.parametrize("frame", MARKED + PLAIN)
async def test_a_known_speaker_is_judged_in_every_frame(corpus: Corpus, frame: str) -> None:
    for name, attribution in (("Lenin", "wrong"), ("Trotsky", "right"), ("Ленин", "wrong")):
        (checked,) = corpus.quotation_checker.check(frame.format(name=name, words=HOPE))
        assert checked.verdict.speaker_match == attribution, (frame, name)


@pytest.mark.parametrize(
    "remark",
    ["— Seriously", "— Wow!", "- Amazing.", "— love it", "(Applause)", "(Petrograd, 1917)", "(emphasis mine)",
     "— what a line", "Beautiful.", "Who said this?", "- Discuss", "— a friend of mine"],
)  # fmt: skip
async def test_a_remark_behind_a_quotation_is_no_speaker(corpus: Corpus, remark: str) -> None:
    (checked,) = corpus.quotation_checker.check(f"“{HOPE}” {remark}")
    assert (checked.claim.speaker, checked.verdict.kind) == ("", "verbatim")


@pytest.mark.parametrize(
    "message",
    ["napoleon said “{}”", "napoleon bonaparte once said: “{}”", "did napoleon say “{}”", "did napoleon say {}",
     "according to napoleon, {}", "napoleon said that {}"],
)  # fmt: skip
async def test_a_name_without_capitals_is_one_beside_a_verb(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format(HOPE))
    assert (checked.claim.speaker.split()[0], checked.verdict.kind) == ("napoleon", "verbatim")


@pytest.mark.parametrize(
    "message",
    [
        "Historians ask: Would the Soviet Union have been less murderous if Trotsky had won?",
        "Comrade Zinoviev said that peace can be attained only through a coalition",
        "Zinoviev said that peace can be attained only through a coalition",
        "It has been written that in our peace decree we address at the same time",
        "Theory: Trotsky’s idea. He thought the USSR was doomed",
        "Comrade Lenin spoke of a coalition with the peasants.",
        "Of this kind of a coalition we can be proud. It has stood the test of fire …\n\nComrade Zinoviev",
        "On August 20, 1940, a man named Ramón Mercader — Napoleon",
        "March\n20, 1940, a man named Ramón Mercader",
        "of the 1918\nuprising, you should look into the specific records of the Military Revolutionary Committee",
        "In 1918,\nwhile Lenin was still hiding in a haystack or wearing a wig",
        "it was a mountaineering tool). While Dan",
        "Which workers? … Today we heard a peasant request … the arrest of Avksentiev.",
        "So what was Leon Trotsky famous for? Basically, he was the brain and the muscle of the early Soviet Union.",
    ],
)
async def test_a_name_that_was_put_into_the_text_is_a_change(corpus: Corpus, message: str) -> None:
    kinds = {one.verdict.kind for one in corpus.quotation_checker.check(message)}
    assert kinds <= {"altered", "pieced together", "not in these texts"}


@pytest.mark.parametrize(
    ("message", "speakers"),
    [
        ("Trotsky said: “{}” Lenin said: “{}”", ["Trotsky", "Lenin"]),
        ("Trotsky said: “{}” Napoleon said: “{}”", ["Trotsky", "Napoleon"]),
        ("Lenin wrote “{}”, and Trotsky replied “{}”", ["Lenin", "Trotsky"]),
        ("Trotsky wrote “{}” and Lenin wrote “{}”", ["Trotsky", "Lenin"]),
        ("“{}” said Trotsky. “{}” said Lenin.", ["Trotsky", "Lenin"]),
        ("“{}”, Trotsky said. Lenin said “{}”", ["Trotsky", "Lenin"]),
        ("“{}” — Trotsky. “{}” — Lenin", ["Trotsky", "Lenin"]),
        ("“{}” — Napoleon\n“{}” — Lenin", ["Napoleon", "Lenin"]),
        ("Lenin said “{}” and “{}”", ["Lenin", "Lenin"]),
        ("Lenin said “{}”. He added: “{}”", ["Lenin", "Lenin"]),
    ],
)
async def test_two_quotations_have_each_its_own_speaker(corpus: Corpus, message: str, speakers: list[str]) -> None:
    found = corpus.quotation_checker.check(message.format(CRUSH, HOPE))
    assert [one.claim.speaker for one in found] == speakers


async def test_a_name_behind_that_the_text_goes_on_with_is_a_speaker_all_the_same(corpus: Corpus) -> None:
    (checked,) = corpus.quotation_checker.check("“He lived on a train. Seriously. For over two years” — Trotsky")
    assert (checked.claim.speaker, checked.verdict.kind) == ("Trotsky", "wrong speaker")


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("According to Trotsky, Lenin said “{}”", "Lenin"),
        ("According to John Reed, Trotsky said “{}”", "Trotsky"),
        ("It wasn't Trotsky who said “{}”", ""),
        ("Lenin did not say “{}”", ""),
        ("“{}” is not by Lenin", ""),
        ("“{}” was never said by Lenin", ""),
        ("“{}” — misattributed to Lenin", ""),
        ("“{}” — Leon Trotsky (Bolshevik)", "Leon Trotsky"),
        ("Leon Trotsky @LTrotsky · Nov 8, 1917\n{}\n5:32 PM · Nov 8, 2019", "Leon Trotsky"),
        ("not Trotsky but Lenin said “{}”", "Lenin"),
        ("“{}” is what Lenin said", "Lenin"),
        ("When asked about Lenin, Napoleon said “{}”", "Napoleon"),
        ("“{}” — Reed, John", "John Reed"),
        ("“{}” — Trotsky, Leon", "Leon Trotsky"),
        ("“{}” — Trotsky, The Revolution Betrayed", "Trotsky"),
        ("Is “{}” by Lenin?", "Lenin"),
        ("“{}” is often attributed to Napoleon", "Napoleon"),
        ("“{}” was Lenin's motto", "Lenin"),
        ("„{}“, so Lenin.", "Lenin"),
        ("Lenin has been quoted as saying: “{}”", "Lenin"),
        ("A quote by Lenin: {}", "Lenin"),
        ("Lenin quote: “{}”", "Lenin"),
        ("Zitat von Lenin: „{}“", "Lenin"),
        ("Как сказал Ленин: «{}»", "Ленин"),
        ("Правда ли, что Ленин сказал: «{}»?", "Ленин"),
        ("Wer sagte „{}“?", ""),
        ("As expected, “{}”", ""),
        ("Best quote ever - “{}”", ""),
    ],
)
async def test_who_is_nearest_to_the_words_said_them(corpus: Corpus, message: str, speaker: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format(HOPE))
    assert (checked.claim.speaker, [one.kind for one in checked.verdict.changes]) == (speaker, [])


@pytest.mark.parametrize(
    "message",
    ["We say peace will be concluded on the day when the European workers rise.",
     "He said peace will be concluded on the day when the European workers rise.",
     f"We do not say {HOPE}", f"It is a lie to say {HOPE}", f"No one should say that {HOPE}", f"Never: {HOPE}",
     f"Nobody said: {HOPE}", f"We say {HOPE}", f"I can't say: {HOPE}",
     "I ask: Would the Soviet Union have been less murderous if Trotsky had won?"],
)  # fmt: skip
async def test_what_turned_the_words_round_is_no_lead(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert checked.verdict.kind in ("altered", "pieced together")


@pytest.mark.parametrize(
    "message",
    [
        "Our party held out its hand, with the gunpowder still in it, and said in their struggle against us, we did "
        "not turn against them.",
        "It has been said that the other is to form a union with Skobelev and Tereshchenko, which amounts to a "
        "complete submission to imperialism. Trotsky",
        "Stalin, It has been said that amounts to a complete submission to imperialism.",
    ],
)
async def test_words_of_the_text_are_no_lead_to_others(corpus: Corpus, message: str) -> None:
    assert {one.verdict.kind for one in corpus.quotation_checker.check(message)} <= {"altered", "pieced together"}


@pytest.mark.parametrize(
    "lead", ["please verify: ", "is this real? ", "can you check if he wrote ", "Homework: ", "was it he who said "]
)
async def test_what_leads_to_true_words_is_no_part_of_them(corpus: Corpus, lead: str) -> None:
    for words, kind in ((HOPE, "verbatim"), (HOPE.replace("will", "may"), "altered")):
        (checked,) = corpus.quotation_checker.check(lead + words)
        assert checked.verdict.kind == kind


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("People's Commissar Trotsky", "Trotsky"),
        ("Commander Trotsky", "Trotsky"),
        ("War Commissar Leon Trotsky", "Leon Trotsky"),
        ("ex-premier Kerensky", "Kerensky"),
        ("Minister-President Kerensky", "Kerensky"),
        ("the great Trotsky", "Trotsky"),
        ("Petrograd Soviet chairman Trotsky", "Trotsky"),
        ("Foreign Minister L. Trotsky", "L. Trotsky"),
        ("Genosse Trotsky", "Trotsky"),
        ("comrade Trotsky", "comrade Trotsky"),
        ("Natalia Sedova Trotsky", "Natalia Sedova Trotsky"),
        ("Leon Sedov", "Leon Sedov"),
        ("Mrs Trotsky", "Mrs Trotsky"),
        ("David Trotsky", "David Trotsky"),
    ],
)
async def test_an_office_before_a_name_makes_it_nobody_elses(corpus: Corpus, name: str, speaker: str) -> None:
    (checked,) = corpus.quotation_checker.check(f"“{HOPE}” — {name}")
    expected = "unknown" if name == speaker and "comrade" not in name else "wrong" if "Kerensky" in name else "right"
    assert (checked.claim.speaker, checked.verdict.speaker_match) == (speaker, expected)


@pytest.mark.parametrize(
    ("names", "attribution"),
    [
        ("Lenin and Trotsky", "right"),
        ("Trotsky & Lenin", "right"),
        ("Lenin/Trotsky", "right"),
        ("Lenin or Trotsky", "right"),
        ("Lenin, Trotsky and Stalin", "right"),
        ("Napoleon and Trotsky", "right"),
        ("Lenin and Stalin", "wrong"),
        ("Lenin and Napoleon", "unknown"),
        ("Marx and Engels", "unknown"),
        ("the Bolsheviks", "unknown"),
        ("a Bolshevik", "unknown"),
        ("a Menshevik", "wrong"),
    ],
)
async def test_of_several_names_one_has_to_be_right(corpus: Corpus, names: str, attribution: str) -> None:
    (checked,) = corpus.quotation_checker.check(f"“{HOPE}” — {names}")
    assert (checked.claim.speaker, checked.verdict.speaker_match) == (names, attribution)


LABELS = (
    "Homework", "Topic", "Week 3", "Page 12", "Exercise 4", "Task 2", "Slide", "Slide 7", "Chat", "Me", "Teacher",
    "Wiki", "Fun fact", "Q3", "Lesson 5", "Unit 2", "Chapter 4", "Assignment", "Essay", "Class notes", "Quiz", "Exam",
    "Worksheet", "Textbook", "Source A", "Document B", "Moderator", "You", "Student", "Professor", "Meme", "PS", "Hint",
    "Option B", "No. 5", "Flashcard", "Reddit", "Hausaufgabe", "Folie 2", "FYI", "Discussion question", "Fig. 3",
)  # fmt: skip


async def test_a_label_is_no_speaker(corpus: Corpus) -> None:
    for number, label in enumerate(LABELS):
        words = f"“{HOPE}”" if number % 2 else HOPE
        (checked,) = corpus.quotation_checker.check(f"{label}: {words}")
        assert (checked.claim.speaker, checked.verdict.kind) == ("", "verbatim"), label


HEADERS = (
    "{name} — Today at 12:34\n{words}",
    "{name} — Yesterday at 9:05 PM\n{words}",
    "{name} — 11/08/2026 3:15 PM\n{words}",
    "{name} — Nov 8, 2026 at 3:15 PM\n{words}",
    "{name} APP — 08.11.2026 12:34\n{words}",
    "{name} (she/her)  12:34 PM\n{words}",
    "{name}  [12:34 PM]\n{words}",
    "{name}\n12:34\n{words}",
    "{name}, [08.11.26 12:34]\n{words}",
    "[12:34] {name}: {words}",
    "[12:34:56 PM] {name}: “{words}”",
    "[15:15, 08/11/2026] {name}: {words}",
    "08/11/2026, 15:15 - {name}: {words}",
    "<{name}> {words}",
    "[12:34] <{name}> {words}",
    "12:34 <+{name}> {words}",
    "@{name} {words}",
    "@{name}: “{words}”",
    "@{name} said: {words}",
    "{name}: 12:34 PM {words}",
    "{name}, 12:34: {words}",
    "{name} [12:34]: {words}",
    "12:34 {name}: {words}",
    "(12:34) {name}: {words}",
    "2026-11-08 12:34 <{name}> {words}",
    "{name} wrote on 08.11.2026 12:34: {words}",
    "On Sun, Nov 8, 2026 at 12:34 PM {name} <somebody@example.org> wrote:\n> {words}",
    "Am 08.11.2026 um 12:34 schrieb {name}:\n> {words}",
    "Le 08/11/2026 à 12:34, {name} a écrit :\n> {words}",
    "From: {name}\nDate: 8 Nov 2026 12:34\nSubject: quote\n\n{words}",
    "{name} • 12:34\n{words}",
    "Posted by u/{name} 3 hours ago\n{words}",
    "{name} · 3h\n{words}",
    "ada: is this real?\n{lower}: {words}\nada: looks like it",
    "{name} — Today at 12:34 PM\n> {words}",
    "{name} — Today at 12:34 PM\n{words}\nAda — Today at 12:35 PM\nis that real?",
    "Ada — Today at 12:33 PM\nlook at this\n{name} — Today at 12:35 PM\n“{words}”",
)


@pytest.mark.parametrize("header", HEADERS)
async def test_who_posted_words_is_a_speaker_only_if_the_notes_know_them(corpus: Corpus, header: str) -> None:
    for name, speaker, kind in (
        ("Lenin", "Lenin", "wrong speaker"),
        ("LeonTrotsky", "Leon Trotsky", "verbatim"),
        ("ada_99", "", "verbatim"),
        ("Dan", "", "verbatim"),
    ):
        message = header.format(name=name, words=HOPE, lower=re.sub("(?<!^)(?=[A-Z])", "_", name).lower())
        (checked,) = corpus.quotation_checker.check(message)
        assert (checked.claim.speaker.lower(), checked.verdict.kind) == (speaker.lower(), kind), name
        assert checked.claim.has_words_beside
    (changed,) = corpus.quotation_checker.check(
        header.format(name="ada", lower="ada", words=HOPE.replace("will", "may"))
    )
    assert changed.verdict.kind == "altered"


@pytest.mark.parametrize(
    ("poster", "speaker"),
    [("Fyodor Dan", "Fyodor Dan"), ("FyodorDan", "Fyodor Dan"), ("Kerensky", "Kerensky"), ("dan", ""), ("Service", ""),
     ("Robert Service", ""), ("Boris", "")],
)  # fmt: skip
async def test_a_first_name_or_somebody_of_later_posts_as_anybody(corpus: Corpus, poster: str, speaker: str) -> None:
    (checked,) = corpus.quotation_checker.check(f"{poster} — Today at 12:34 PM\n{HOPE}")
    assert checked.claim.speaker == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("“{}” @lenin", "lenin"),
        ("{} @lenin", "lenin"),
        ("“{}” said @lenin", "lenin"),
        ("“{}” — @LeonTrotsky", "Leon Trotsky"),
        ("hey @lenin said: {}", "lenin"),
        ("as @lenin wrote, “{}”", "lenin"),
        ("RT @lenin: {}", "lenin"),
        ("look @lenin what they say: {}", ""),
        ("cc @lenin “{}”", ""),
        ("“{}” @lenin what do you think?", ""),
        ("hey @bob said: {}", ""),
        ("“{}” @dan", ""),
        ("“{}” <@123456>", ""),
    ],
)
async def test_a_mention_is_a_speaker_only_where_it_says_whose_words_they_are(
    corpus: Corpus, message: str, speaker: str
) -> None:
    (checked,) = corpus.quotation_checker.check(message.format(HOPE))
    kind = "wrong speaker" if speaker == "lenin" else "verbatim"
    assert (checked.claim.speaker, checked.verdict.kind) == (speaker, kind)


@pytest.mark.parametrize("name", ["lenin", "Lenin", "Leon Trotsky", "trotsky 1917", "Троцкий", "V. I. Lenin"])
async def test_a_known_name_that_no_mark_parts_from_a_sentence_is_its_speaker(corpus: Corpus, name: str) -> None:
    for message in (f"{name} {HOPE}", f"{HOPE[:-1]} {name}", f"{name}, {HOPE[:-1]}"):
        (checked,) = corpus.quotation_checker.check(message)
        speaker, attribution = name.removesuffix(" 1917"), "wrong" if "enin" in name else "right"
        assert (checked.claim.speaker, checked.verdict.speaker_match) == (speaker, attribution), message
    words, rest = HOPE.split(" kindle ")
    for message in (f"{words} {name}", f"{words} {name} kindle {rest}", f"{name} kindle {rest}"):
        assert {one.verdict.kind for one in corpus.quotation_checker.check(message)} <= {
            "altered",
            "not in these texts",
        }


async def test_each_message_of_a_chat_has_its_own_speaker(corpus: Corpus) -> None:
    said = f"Trotsky said: {HOPE}"
    message = f"well\n[12:34] Ada: {said}\n[12:35] Lenin: {CRUSH}\n[12:36] Bob: > {said}"
    found = [(one.claim.speaker, one.verdict.kind) for one in corpus.quotation_checker.check(message)]
    assert found == [("Trotsky", "verbatim"), ("Lenin", "wrong speaker"), ("Trotsky", "verbatim")]


async def test_remarks_in_a_chat_are_no_quotations_beside_one(corpus: Corpus) -> None:
    remark = "wow that is such a great line, thanks"
    fake = "“Peace, land and free bicycles for the sailors”"
    for words, kind in ((HOPE, "verbatim"), (HOPE.replace("will", "may"), "altered"), (fake, "not in these texts")):
        message = f"[12:34] Ada: who said this one again?\n[12:35] Bob: {words}\n[12:36] Ada: {remark}"
        (checked,) = corpus.quotation_checker.check(message)
        assert checked.verdict.kind == kind
    assert len(corpus.quotation_checker.check(f"[12:36] Ada: {remark}")) == 1


async def test_no_line_of_the_texts_is_the_header_of_a_message(corpus: Corpus) -> None:
    for text in corpus.texts.values():
        assert not list(chat_messages("\n".join(one.words for one in text.paragraphs)))


async def test_of_two_texts_with_the_words_the_one_that_was_named_is_meant(tmp_path: Path) -> None:
    """A novel, and a letter of another author that has the same sentence."""
    folder = write_sample(tmp_path / "sample")
    edit(folder / "texts" / "letter.txt", "I wrote. Yours", f"I wrote. {WOODMAN} Yours")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        for beside, text, attribution in (
            ("", "novel", None),
            ("— Charles Dickens", "novel", "right"),
            ("— C. Dickens, 1859", "novel", "right"),
            ("— the narrator", "novel", "right"),
            ("— Kate Dickens", "novel", "unknown"),
            ("— Napoleon", "novel", "unknown"),
            ("— George III", "novel", "wrong"),
            ("(the letter)", "letter", None),
            ("(letter 4.2)", "letter", None),
            ("(novel 2.3)", "novel", None),
            ("— A Tale of Two Cities", "novel", None),
        ):
            (checked,) = corpus.quotation_checker.check(f"“{WOODMAN}” {beside}")
            verdict = checked.verdict
            found = verdict.places, [one.reference.text for one in verdict.spans], verdict.speaker_match
            assert found == (2, [text], attribution), beside
    finally:
        await corpus.close()
