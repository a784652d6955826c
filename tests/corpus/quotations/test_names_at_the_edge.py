"""A name at the edge of a quotation that is another one in the text is changed, and no signature."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found


@pytest.mark.parametrize(
    "message",
    [
        "{}\nfrom photos. It’s one of the earliest and most famous examples",
        "{}\n\nfrom photos. It’s one of the earliest and most famous examples",
        "a man named Ramón Mercader—a Soviet agent posing as a friend—entered {}",
        "[{}] was on the ground in Petrograd. He was the Chairman of the Petrograd Soviet.",
        "({}) was on the ground in Petrograd. He was the Chairman of the Petrograd Soviet.",
        "“{{{}}} was on the ground in Petrograd. He was the Chairman of the Petrograd Soviet.”",
        "wearing a wig to avoid the secret police, [{}]",
        "On the night of October 24, [{}’s] … the banks, and the bridges.",
        "[{}’s] teams seized the telegraph offices, the banks, and the bridges",
        "a man named Ramón Mercader, a Soviet agent posing as a friend - entered {}",
    ],
)
@pytest.mark.parametrize("name", ["Lenin", "Stalin", "Karl Marx"])
async def test_it_is_changed(corpus: Corpus, message: str, name: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(message.format(name))))


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
@pytest.mark.parametrize("name", ["Comrade Kerensky", "Comrade Lenin"])
async def test_a_title_and_a_name_are_no_signature_where_the_text_has_the_title(
    corpus: Corpus, gap: str, name: str
) -> None:
    words = "What are these men but betrayers of the revolution? We shall never form a union with them."
    (changed,) = corpus.quotation_checker.check(f"{words}{gap}{name}")
    assert changed.verdict.kind == "altered"
    (true,) = corpus.quotation_checker.check(f"{words}{gap}Comrade Avilov")
    assert is_found(true)
    (signed,) = corpus.quotation_checker.check(f"{words}{gap}{name.removeprefix('Comrade ')}")
    assert signed.claim.speaker == name.removeprefix("Comrade ")


@pytest.mark.parametrize(
    "message",
    [
        "[six] million people from scratch … Before he was a general",
        "Then, he built an army of [six] … people from scratch",
        "Then, he built an army of five million people from scratch … Before [Lenin], a general, was a writer",
    ],
)
async def test_no_number_of_an_editor_is_for_the_texts_own(corpus: Corpus, message: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize(
    "message",
    [
        "Before he was a general, [Trotsky] was a writer",
        "“{Trotsky} He was the Chairman of the Petrograd Soviet.”",
        "“He was the Chairman of the Petrograd Soviet. [Emphasis added]”",
    ],
)
async def test_an_editor_may_say_who_somebody_is(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert is_found(checked)


@pytest.mark.parametrize(
    "message",
    [
        "{}\nheld out its hand, with the gunpowder still in it",
        "{}: from photos. It’s one of the earliest and most famous examples",
        "Then, he built an army of five million people from scratch. {}",
        "Then, he built an army of five million people from scratch.\n{}",
        "our party held out its hand, with the gunpowder still in it — {}",
        "our party held out its hand, with the gunpowder still in it, said {}",
    ],
)
@pytest.mark.parametrize("name", ["Lenin", "Leon Trotsky"])
async def test_it_is_that_of_whoever_is_said_to_have_said_it(corpus: Corpus, message: str, name: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format(name))
    assert is_found(checked)
    assert checked.claim.speaker == name
