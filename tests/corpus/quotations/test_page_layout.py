"""What pages and programs put between words and beside them is no part of a quotation."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found
from corpus.quotations.page_layout import without_page_layout

FIRST, SECOND = "our whole hope is that our revolution", "will kindle a European revolution"


@pytest.mark.parametrize(
    "message",
    [
        "quote {} {} unquote",
        "Trotsky said, quote, {} {}, end quote",
        "QUOTE {} {} UNQUOTE!",
        "12 {}\n13 {}",
        "1: {}\n2: {}",
        "1\t{}\n\n2\t{}",
        "{}  5\n{}",
        "{}\n{}\t10",
        "1\n00:00:01,000 --> 00:00:02,500\n{}\n\n2\n00:00:02,500 --> 00:00:04,000\n{}",
        "WEBVTT\n\n00:01.000 --> 00:02.500 align:start\n{}\n\n00:02.500 --> 00:04.000\n{}",
        "0:01\n{}\n0:03\n{}",
        "[00:01] {}\n[00:03] {}",
        "0:01 {}\n\n0:03 {}",
        "(59:59) {}\n(1:00:03) {}",
        "00:00:01.500 {}\n00:00:03.000 {}",
        "Highlight (yellow) - Chapter 3 > Page 12 · Location 345\n{} {}",
        "Page 12 | Highlight\n{} {}",
        "- 12 -\n{} {}",
        "{}\nPage 12 of 30\n{}",
        "{} |12| {}",
        "{} {}\n\n1 See Deutscher, p. 12.",
        "{} {}\n👍 2 🎉 1",
        "{} {} (edited)",
        "{} {}\nSent from my iPhone",
        "Source A (1917): {} {}",
        "Document 1\n{} {}",
    ],
)
async def test_it_is_left_out_of_words_true_or_not(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format(FIRST, SECOND))
    assert checked.verdict.kind in ("verbatim", "variants")
    for changed in (SECOND.replace("will", "must"), SECOND.replace("a European", "no European")):
        assert not any(map(is_found, corpus.quotation_checker.check(message.format(FIRST, changed))))


@pytest.mark.parametrize(
    "message",
    [
        "{coup} in  1920",
        "{coup} in\n1920",
        "{coup} in\n1918\n",
        "{coup} in\n12",
        "{coup} in page 12",
        "{coup} in\n- 1918 -",
        "{coup} in\n— 1918",
        "{coup} in (1918)",
        "{coup} in [1918]",
        "{coup} in\n[1918]",
        "Then, he built an army of   10",
        "Then, he built an army of\n6",
        "Then, he built an army of\n6\n… from scratch",
        "Then, he built an army of   10\nmillion people from scratch",
        "Then, he built an army of\n10\nmillion people from scratch",
        "1 Then, he built an army of\n2 million people from scratch",
        "By the time Lenin died in\n1925\nTrotsky was arguably the most famous person",
        "By the time Lenin died in |1925| Trotsky was arguably the most famous person",
        "1925\nTrotsky was arguably the most famous person in Russia",
        "Page 25\nTrotsky’s teams seized the telegraph offices",
        "{coup} in 1917\n− 5",
        "{coup} in 1917\n≥ 5",
        "he literally organized the failed quote coup that brought the Bolsheviks to power unquote",
    ],
)
async def test_another_number_than_the_texts_is_none_of_a_page(corpus: Corpus, message: str) -> None:
    coup = "he literally organized the coup that brought the Bolsheviks to power"
    assert not any(map(is_found, corpus.quotation_checker.check(message.format(coup=coup))))


@pytest.mark.parametrize(
    "message",
    [
        "{} from scratch.\n12",
        "{} from scratch\n- 12 -",
        "12\n{} from scratch",
        "Page 12\n{} from scratch",
        "{} from   10\nscratch",
        "{} [5,000,000] from scratch",
    ],
)
async def test_a_number_that_no_text_has_there_is_left_out(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format("Then, he built an army of five million people"))
    assert checked.verdict.confirms


@pytest.mark.parametrize(
    "message",
    [
        "",
        "the quote unquote experts of 1917",
        "12 men went\n15 came back",
        "12 men went\nand 13 came back",
        "12 men went home",
        "They met at 12:34\nand left",
        "It rose to  17",
        "It rose to  15",
        "0:05 it rose\n0:03 and fell",
        "[12:34] Ada: it rose\n[12:35] Bob: and fell",
        "[12:34] <ada> it rose\n[12:35] <bob> and fell",
        "[12:34] It rose.\n[12:35] And fell.",
    ],
)
def test_other_numbers_and_words_stay(message: str) -> None:
    assert without_page_layout(message) == message
