"""Frames that nothing parts from a quotation: their words are no change of it, whoever they name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.corpus import Corpus
from corpus.quotations.open_frames import BESIDE_SENTENCES, WITHIN_SENTENCES, OpenFrame
from tests.cogs.reading import said
from tests.conftest import Ask
from tests.samples import one_in

HAND = "our party held out its hand, with the gunpowder still in it"
HOPE = "Our whole hope is that our revolution will kindle a European revolution."
TRUE = ("verbatim", "variants", "wrong speaker")
FRAMES = (
    "According to {name} {words}", "according to {name}, {words}", "per {name} {words}", "as per {name} {words}",
    "As {name} once said {words}", "As {name} once said, {words}", "as {name} put it, {words}",
    "As {name} wrote, {words}", "as said by {name}, {words}", "In the words of {name} {words}",
    "in the words of {name}, {words}", "to quote {name} {words}", "{name} wrote that {words}",
    "{name} has said {words}", "{name} told us {words}", "{name} said: {words}", "{name} argues {words}",
    "{name}'s famous quote {words}", "{name} - {words}", "did {name} really say {words}", "{words} - {name}",
    "{words}, said {name}", "{words} said {name}", "{words}, {name} said", "{words} as {name} said",
    "{words}, as {name} once put it", "{words} according to {name}", "{words}, wrote {name} in 1917",
)  # fmt: skip
NAMELESS = ("{words} ({name})", "quote by {name}: {words}", "{name} used to say {words}")
NAMES = ("Trotsky", "trotsky", "karl marx", "Karl Marx", "zoltan nagy", "Zoltan Nagy", "napoleon", "che guevara")


def some(frame: str) -> list[str]:
    is_tried = one_in(4)
    return [name for number, name in enumerate(NAMES, len(frame)) if is_tried(number)]


@pytest.mark.parametrize("frame", FRAMES)
async def test_a_frame_with_any_name_is_read(corpus: Corpus, frame: str) -> None:
    for name in some(frame):
        for words in (HAND, HOPE):
            message = frame.format(name=name, words=words)
            (checked,) = corpus.quotation_checker.check(message)
            assert checked.verdict.kind in TRUE, message
            assert checked.claim.speaker.casefold() == name.casefold(), message


@pytest.mark.parametrize("frame", [*FRAMES[:3], "{name} has said {words}", "{words} according to {name}"])
async def test_no_sentence_is_changed_by_a_frame(corpus: Corpus, frame: str) -> None:
    """Whatever is before it in its text, and whatever it has in quotation marks itself."""
    is_tried, changed = one_in(5), []
    for number, reference in enumerate(corpus.sentences(), len(frame)):
        words = " ".join(one.words for one in corpus.passages(reference))
        # A sentence with a colon has what is like a frame itself.
        if not is_tried(number) or len(words.split()) < 5 or ":" in words:
            continue
        if all(one.verdict.kind in TRUE for one in corpus.quotation_checker.check(words)):
            found = corpus.quotation_checker.check(frame.format(name="karl marx", words=words))
            changed += [str(reference)] * (not all(one.verdict.kind in TRUE for one in found))
    assert changed == []


@pytest.mark.parametrize("frame", ["{name}, {words}", "{name}\n{words}", "{words}, {name}", "{words}\n{name}"])
@pytest.mark.parametrize("name", ["karl marx", "leon trotsky", "rosa luxemburg", "Karl Marx"])
async def test_a_full_name_beside_a_sentence_is_a_speaker_also_in_small_letters(
    corpus: Corpus, frame: str, name: str
) -> None:
    words = HOPE.casefold().rstrip(".")
    (checked,) = corpus.quotation_checker.check(frame.format(name=name, words=words))
    assert (checked.claim.speaker.casefold(), checked.verdict.kind in TRUE) == (name.casefold(), True)


@pytest.mark.parametrize("begun", ["however", "in truth", "mark my words", "will power", "alas, comrades", "our karl"])
async def test_other_words_with_a_comma_are_changes(corpus: Corpus, begun: str) -> None:
    for message in (f"{begun}, {HOPE.casefold()}", f"{HOPE.casefold().rstrip('.')}, {begun}"):
        assert not any(one.verdict.kind in TRUE for one in corpus.quotation_checker.check(message)), message
    within = "karl marx, whole hope is that our revolution will kindle a European revolution"
    assert not any(one.verdict.kind in TRUE for one in corpus.quotation_checker.check(within))


@pytest.mark.parametrize("frame", NAMELESS)
async def test_what_may_be_no_name_is_no_change_of_the_quotation_either(corpus: Corpus, frame: str) -> None:
    for name in some(frame):
        (checked,) = corpus.quotation_checker.check(frame.format(name=name, words=HOPE))
        assert checked.verdict.kind in TRUE, name


@pytest.mark.parametrize(
    "signature",
    [" - Some Blogger, 2025", " – ernest mandel", " ~ raya dunayevskaya", " — my history teacher (2024)",
     " (Reed, Ten Days, loc 1234)", " [Trotsky, Selected Works, vol. 2]"],
)  # fmt: skip
async def test_whatever_signs_a_whole_sentence_is_no_change_of_it(corpus: Corpus, signature: str) -> None:
    (checked,) = corpus.quotation_checker.check(HOPE + signature)
    assert checked.verdict.kind in TRUE
    for words in (HOPE.replace("whole", "only"), HOPE.partition(" that")[0], f"{HAND} and we"):
        assert not any(one.verdict.kind in TRUE for one in corpus.quotation_checker.check(words + signature)), words


@pytest.mark.parametrize("frame", FRAMES[:12])
async def test_a_changed_quotation_has_its_own_changes_alone(corpus: Corpus, frame: str) -> None:
    changed = "our party held out its fist, with the gunpowder still in it"
    (alone,) = corpus.quotation_checker.check(changed)
    for name in some(frame):
        (checked,) = corpus.quotation_checker.check(frame.format(name=name, words=changed))
        assert (checked.verdict.kind, len(checked.verdict.changes)) == ("altered", len(alone.verdict.changes)), name


@pytest.mark.parametrize("form", [*WITHIN_SENTENCES, *BESIDE_SENTENCES], ids=lambda form: form.example)
async def test_each_form_is_read_in_its_example(corpus: Corpus, form: OpenFrame) -> None:
    words = HOPE.rstrip(".") if form.is_after else HOPE
    (checked,) = corpus.quotation_checker.check(form.example.replace("…", words))
    assert checked.verdict.kind == "verbatim"
    assert checked.claim.words.strip(" .") == HOPE.rstrip(".")


@pytest.mark.parametrize(
    "message",
    [
        f"Nobody has said {HOPE}",
        f"We said {HOPE}",
        f"It is a lie that marx said {HOPE}",
        "Comrade Avilov spoke of a coalition with the peasants. Which peasants? … Today we heard a peasant request … "
        "the arrest of Avilov",
        "Comrades, our party held out its hand, with the gunpowder still in it",
        "Which peasants? … Today we heard a peasant request … the arrest\nof Marx",
    ],
)
async def test_changed_words_are_no_frame(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert checked.verdict.kind not in TRUE


async def test_a_question_of_the_texts_own_does_not_lead_to_the_sentence_before_it(corpus: Corpus) -> None:
    tried = 0
    for text in corpus.texts.values():
        for paragraph in text.paragraphs:
            for one, other in pairwise(paragraph.sentences):
                words, question = (
                    paragraph.words[one.start : one.end],
                    paragraph.words[other.start : other.end].rstrip(" …"),
                )
                if question.endswith("?") and len(words.split()) > 4 and len(question.split()) > 1:
                    tried += 1
                    for message in (f"{question} {words}", f"{question} … {words}", f"So: {question} {words}"):
                        assert not all(one.verdict.kind in TRUE for one in corpus.quotation_checker.check(message)), (
                            message
                        )
    assert tried


@pytest.mark.parametrize("typed", [f"According to karl marx {HAND}", f"{HAND} said zoltan nagy"])
async def test_the_answer_says_whose_the_words_are(ask: Ask, typed: str) -> None:
    reply = await ask(f"/check {typed}")
    assert "hanged" not in reply.title
    assert "Said by Leon Trotsky" in said(reply)
    assert "According" not in said(reply)


@pytest.mark.parametrize("name", ["winston churchill", "nelson mandela", "thomas jefferson", "simone de beauvoir"])
@pytest.mark.parametrize("form", ["{}, {}", "{}: {}", "{}, “{}”", "{} “{}”", "{}\n{}", "{} - {}"])
async def test_a_famous_name_in_small_letters_before_a_quotation_is_a_speaker(ask: Ask, name: str, form: str) -> None:
    reply = await ask(f"/check {form.format(name, HOPE)}")
    assert reply.title == "✓ Word for word"
    assert f"I don't know {name}" in said(reply)


@pytest.mark.parametrize("words", ["dear comrades", "my friends", "once again", "in the end", "all the same"])
async def test_other_words_in_small_letters_before_a_quotation_are_no_name(ask: Ask, words: str) -> None:
    assert "don't know" not in said(await ask(f"/check {words}, {HOPE}"))
