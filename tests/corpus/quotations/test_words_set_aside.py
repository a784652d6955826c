"""Words in brackets in the place of the text's own are compared with these; what editors add is set aside."""

from __future__ import annotations

import re

import pytest

from corpus.corpus import Corpus
from corpus.language.english import STOP_WORDS
from corpus.language.pronouns import PERSONAL_PRONOUNS, POSSESSIVE_PRONOUNS
from corpus.language.tokens import tokens
from corpus.quotations.checked_quotation import is_found
from tests.conftest import Ask

HOPE = "our whole hope is that our revolution will kindle a European"
WHOLE = "Our whole hope is that our revolution will kindle a European revolution."


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{", "}")])
async def test_no_other_word_in_brackets_is_confirmed(corpus: Corpus, opening: str, closing: str) -> None:
    for words, other in _cut_before_content_words(corpus):
        assert not corpus.check_quotation(f"{words} {opening}zebra{closing}").confirms, (words, other)
        true = corpus.check_quotation(f"{words} {opening}{other}{closing}")
        assert true.confirms, (words, other)


def _cut_before_content_words(corpus: Corpus) -> list[tuple[str, str]]:
    """Beginnings of sentences, and the next word of each, which says something."""
    found = []
    for text in corpus.token_index.texts.values():
        for reference in [*corpus.sentences(text.id)][::3]:
            words = corpus.passages(reference)[0].words
            cuts = [
                (words[: one.end], words[other.start : other.end])
                for one, other in zip(tokens(words)[7:], tokens(words)[8:], strict=False)
                if words[one.end : other.start] == " "
                and other.word not in STOP_WORDS | PERSONAL_PRONOUNS | POSSESSIVE_PRONOUNS
                and not set('“”"([') & set(words[: other.end])
            ]
            found += cuts[-1:]
    assert len(found) > 20
    return found


@pytest.mark.parametrize(
    "message",
    [
        f"{HOPE} [war]",
        "the fundamental interests of the classes [zebra]",
        "the fundamental interests of the classes [rule] … and the victory goes to the political party",
        "counter-revolutionary bands and the different [working]",
        f"{HOPE} [son]",  # a pronoun in French, and mir one in German
        f"{HOPE} [mir]",
        *(f"{HOPE} [{word}]" for word in ("on", "ton", "ma", "ta")),
        f"{HOPE} (war)",
        f"“{HOPE} [war]”",
        f"> {HOPE} [war]",
        f"Trotsky: {HOPE} [war]",
        f"{HOPE} [war] — Trotsky",
        f"{HOPE} [war] … There is no doubt about that",
        "[workers] of all countries will strangle our revolution",
        "“[The workers] of all countries will strangle our revolution”",
        "so long as they exist we cannot [accept them]",
        "he was [a coward] … He was the Chairman of the Petrograd Soviet",
        "then we will surely be [saved]",
        "our party held out [a fist], with the gunpowder still in it",
        "our party held out [a fist]",
        "at the same time both the governments and [an enemy]",
        "Then, he built an army of five million [soldiers] … He took the name",
        "To all those who really desire to help carry [the garden] … we say: “Dear comrades, we are brothers-in-arms”",
    ],
)
async def test_a_word_in_the_place_of_the_texts_is_changed(corpus: Corpus, message: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize(
    "message",
    [
        "Our party held out its hand [to the soldiers]",
        "Our party held out its hand, with the gunpowder still in [the barrel]",
        "Our party held out its hand, with the gunpowder still in it [the barrel]",
        "it meant he [Trotsky] … the most powerful group of workers",
        "“[He] was on the ground in Petrograd. He was the Chairman of the Petrograd Soviet.”",
        "“[His] teams seized the telegraph offices, the banks, and the bridges.”",
        "“[Their] whole hope is that our revolution will kindle a European revolution”",
        "“[Lenin’s] whole hope is that our revolution will kindle a European revolution”",
        "then we will surely be [crushing]",
        f"{HOPE} [i.e. continental]",
        f"{HOPE} [emphasis added]",
        f"{HOPE} revolution [uprising]",
        "He was the Chairman of the Petrograd Soviet [council]",
        "Political combinations come and go, but the fundamental interests of the classes [estates]",
        "the fundamental interests of the classes [social estates] … and the victory goes to the political party",
        "Trotsky was a man of massive contradictions [opposites]",
        "the victory goes to the political party [ours] that understands",
        "[O]ur whole hope is that our revolution will kindle a European revolution",
    ],
)
async def test_what_an_editor_adds_changes_nothing(corpus: Corpus, message: str) -> None:
    assert all(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize(
    "pronouns",
    [
        "my your his her its our their thy",
        "mein meine meinen meinem meiner meines dein deine deinen deinem deiner deines",
        "ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres unsre",
        "euer eure euren eurem eurer eures sein seine seinen seinem seiner seines",
        "mes tes sa ses notre nos votre vos leur leurs",
        "мой моя моё мои моего моей моему моим моём моих моими мою",
        "твой твоего свой своих наш нашего нашими ваш вашу его",
    ],
)
async def test_whose_something_is_may_be_said_in_any_form_and_language(corpus: Corpus, pronouns: str) -> None:
    for one in (*pronouns.split(), *pronouns.title().split()):
        (checked,) = corpus.quotation_checker.check(
            f"“[{one}] whole hope is that our revolution will kindle a European revolution”"
        )
        assert is_found(checked), one


@pytest.mark.parametrize("pronouns", ["me thee him them", "mich dich ihn uns euch ihnen", "moi toi vous eux",
                                      "меня тебя тебе мною вами ними себя нём неё"])  # fmt: skip
async def test_whom_a_pronoun_stands_for_may_be_said_in_any_form_and_language(corpus: Corpus, pronouns: str) -> None:
    for one in pronouns.split():
        (checked,) = corpus.quotation_checker.check(f"“so long as they exist we cannot ignore [{one}]”")
        assert is_found(checked), one


async def test_the_texts_word_is_shown(ask: Ask) -> None:
    reply = await ask(f"/check {HOPE} [war]")
    assert "revolution" in str(reply)
    assert "Not part of the text" not in str(reply)


@pytest.mark.parametrize("letters", ["anti", "counter-", "non-", "un", "im", "semi-", "mis", "pseudo-", "ultra"])
async def test_letters_in_brackets_before_a_word_are_a_part_of_it(corpus: Corpus, letters: str) -> None:
    for gap in re.finditer(" (?=[a-zE])", WHOLE):
        words = f"{WHOLE[: gap.end()]}[{letters}]{WHOLE[gap.end() :]}"
        assert not any(map(is_found, corpus.quotation_checker.check(words))), words


@pytest.mark.parametrize("letters", ["less", "lessness", "lessly", "n't", "n’t", "nt"])
async def test_letters_in_brackets_behind_a_word_are_a_part_of_it_where_they_turn_it_round(
    corpus: Corpus, letters: str
) -> None:
    for gap in re.finditer("(?<=[a-z]) ", WHOLE):
        words = f"{WHOLE[: gap.start()]}[{letters}]{WHOLE[gap.start() :]}"
        assert not any(map(is_found, corpus.quotation_checker.check(words))), words


@pytest.mark.parametrize("fitted", ["[o]ur", "[Our]", "[Applause] Our", "[Applause]Our", "Our[s]", "Our[a]", "Our[1]"])
async def test_other_letters_in_brackets_fit_a_word_into_a_sentence(corpus: Corpus, fitted: str) -> None:
    (found,) = corpus.quotation_checker.check(WHOLE.replace("Our", fitted, 1))
    assert is_found(found)
