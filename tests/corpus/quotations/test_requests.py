"""What people write around a quotation to have it checked: it is no change of the quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found
from corpus.quotations.requests import without_request
from tests.corpus.sample import edit, write_sample

REQUESTS = (
    "please check {}", "check {}", "Can you check this quote: {}", "can you verify if {}",
    "hey, could you fact-check {}",
    "Is this accurate?\n\n{}", "is this a real quote? {}",
    "Where is this from? {}", "Who said this? {}",
    "is it true that {}?", "real or fake: {}", "Today's quote: {}", "My favourite line: {}",
    "this quote: {} - is it real?",
    "I found this online: {}", "{} — is this right?", "{} (is that a real quote?)", "{} lol", "{} true or false?",
    "{} source?", "{} thanks", "ok so check whether this is true: {}",
    "{}\n\nIs this accurate?", "{} real?",
)  # fmt: skip
WORDS = (
    "Our whole hope is that our revolution will kindle a European revolution.",
    "the bourgeoisie, frightened by the approaching revolution … will hasten to conclude peace",
    "He called them \"military specialists.\" He knew that you can’t win a war with just \"revolutionary spirit\"",
    "day and hour of the rising are not known",
    "the sun came up, the government had basically evaporated",
)  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS)
async def test_a_request_is_no_part_of_a_quotation(corpus: Corpus, request_: str) -> None:
    for words in WORDS:
        found = corpus.quotation_checker.check(request_.format(words))
        assert {is_found(one) for one in found} == {True}, request_.format(words)
        assert all(one.claim.has_words_beside for one in found)


async def test_a_request_that_a_text_has_as_well_is_none_of_the_quotation(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    asked = "Is it true that he has left the town? Nobody could tell them anything about that. "
    edit(folder / "texts" / "novel.txt", "worked unheeded.", f"worked unheeded. {asked}")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    (checked,) = corpus.quotation_checker.check("is it true that nobody could tell them anything about that?")
    assert is_found(checked)
    await corpus.close()


@pytest.mark.parametrize("request_", REQUESTS)
async def test_a_request_makes_no_changed_quotation_true(corpus: Corpus, request_: str) -> None:
    for words in (WORDS[0].replace("whole", "only"), WORDS[3].replace("not known", "known"), f"No! {WORDS[0]}"):
        assert not any(map(is_found, corpus.quotation_checker.check(request_.format(words)))), words


@pytest.mark.parametrize(
    "message",
    ["", "please", "check", "the line of the party is clear", "this is true of all", "we check the line: it is right",
     "right or wrong, my country", "Is it true? No, it is not true.", *WORDS],
)  # fmt: skip
def test_what_asks_for_nothing_stays(message: str) -> None:
    assert without_request(message).strip() in (message, "No, it is not true.")
