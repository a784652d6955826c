"""Questions as the quiz shows them: the proof, and what the editors add."""

from __future__ import annotations

from random import Random

from bot.core.reply import Note, Prose, Quote
from cogs.quiz.questions import proof
from corpus.corpus import Corpus
from corpus.questions.question import from_curated


async def test_the_proof_shows_every_passage_and_the_editors_note(corpus: Corpus) -> None:
    noted = 0
    for question in corpus.notes.questions:
        parts = proof(corpus, from_curated(question, Random(0)))
        shown = {part.reference for part in parts if isinstance(part, Quote)}
        assert shown == {str(one.reference) for place in question.references for one in corpus.passages(place)}
        assert [part.words for part in parts if isinstance(part, Note)] == ([question.note] if question.note else [])
        noted += bool(question.note)
    assert noted > 20


async def test_a_date_that_the_editors_supply_is_said_to_be_theirs(corpus: Corpus) -> None:
    (question,) = [one for one in corpus.notes.questions if one.id == "date-kronstadt"]
    said = [part.words for part in proof(corpus, from_curated(question, Random(0))) if isinstance(part, Prose)]
    assert "The Kronstadt Rebellion: March 1921, by the editors' date." in said
