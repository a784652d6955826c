"""The tables of frames: each form is read in its own example, and every verb of speech beside a name."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.language.speech_verbs import ADVERBS, REPORTING_VERBS, SPEECH_INFINITIVES, SPEECH_VERBS
from corpus.quotations.frame_patterns import AFTER, BEFORE, LAST, FramePattern
from tests.samples import one_in

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
TABLES = (BEFORE, AFTER, LAST)


@pytest.mark.parametrize("form", [form for table in TABLES for form in table], ids=lambda form: form.example)
async def test_a_frame_is_read_in_its_example(corpus: Corpus, form: FramePattern) -> None:
    (checked,) = corpus.quotation_checker.check(form.example.replace("…", HOPE))
    assert (checked.claim.speaker.title() or checked.claim.attribution.source) in ("Lenin", "Deutscher")
    assert checked.verdict.kind in ("verbatim", "wrong speaker")


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        (SPEECH_VERBS, "Lenin {} “…”"),
        (SPEECH_INFINITIVES, "Did Lenin ever {} …"),
        (REPORTING_VERBS, "Lenin {} that …"),
        (ADVERBS, "Lenin {} said: …"),
    ],
)
async def test_every_verb_of_speech_is_read(corpus: Corpus, words: tuple[str, ...], frame: str) -> None:
    is_tried = one_in(4)
    for number, word in enumerate(words):
        if is_tried(number):
            (checked,) = corpus.quotation_checker.check(frame.format(word).replace("…", HOPE))
            assert (checked.claim.speaker, checked.verdict.kind) == ("Lenin", "wrong speaker"), word
