"""Stems: which words are forms and spellings of one word."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.language.english import KEPT_APART, stem
from corpus.language.tokens import stems, tokens

SAME = """
armoured armored; programme program; programmes program; organised organize; colour colours; travelled traveling;
defence defenses; defencists defensists; centre center; theatres theater; catalogue catalogs; labourer laborers;
axes ax; gaolers jailer; czarist tsarist; fulfilled fulfil; analysed analyze; judgement judgments; ploughed plow;
grey gray; fought fighting; died dying; men man; children child; wrote writings; led leads; Trotsky's Trotskys;
treaties treaty; workers' worker; positions position; deserters deserter; betrayed betraying;
organisation organized; organise organizing; manoeuvres maneuver; neighbouring neighbors
"""


@pytest.mark.parametrize("pair", SAME.split(";"))
def test_forms_and_spellings_share_a_key(pair: str) -> None:
    one, other = stems(pair)
    assert one == other


@pytest.mark.parametrize(
    "pair",
    [
        "four for",
        "filled filed",
        "hour her",
        "Lenin Lieber",
        "revolution revolutionary",
        "Left leave",
        "1917 1918",
        "prize price",
        "author authority",
        "office officers",
        "positive position",
        "desert deserters",
        "capital capitalism",
        "import important",
        "major majority",
        "organ organized",
        "experience experiment",
        "general generally",
        "past paste",
        "effect effective",
    ],
)
def test_other_words_share_no_stem(pair: str) -> None:
    one, other = stems(pair)
    assert one != other


def test_words_that_are_held_apart_share_no_key_with_other_words() -> None:
    """A word held apart has itself as its key: no other word's stem may be the same."""
    apart = {stem(word) for word in KEPT_APART}
    assert not apart & {stem(word) for word in ("organ", "major", "minor", "capital", "author", "office", "general")}


@pytest.mark.parametrize(
    "words",
    [
        ("author", "authority"),
        ("office", "officer"),
        ("position", "positive", "posit"),
        ("capital", "capitalism"),
        ("desert", "deserter"),
        ("revolution", "revolut", "revolutionary"),
        ("university", "universe", "universal"),
        ("power", "powerful"),
        ("betray", "betrayer", "betrayal"),
        ("execute", "execution", "executive"),
        ("effect", "effective"),
        ("police", "policy", "polite", "politics"),
        ("nation", "national", "nationalism"),
        ("organ", "organize"),
    ],
)
def test_two_words_never_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    "forms",
    [
        ("authority", "authorities"),
        ("officer", "officers"),
        ("position", "positions"),
        ("capitalist", "capitalists"),
        ("betray", "betrays", "betrayed", "betraying"),
        ("execute", "executes", "executed", "executing"),
        ("powerful", "powerfully"),
        ("organise", "organized", "organizing"),
        ("army", "armies"),
        ("government", "governments"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_in_the_texts_only_forms_of_a_word_share_a_stem(corpus: Corpus) -> None:
    words = {token.word for text in corpus.texts.values() for _, said in text.sentences() for token in tokens(said)}
    families: dict[str, set[str]] = {}
    for word in words:
        families.setdefault(stem(word), set()).add(word)
    irregular = """
        bring build hear hold keep lose make man mean run stand stick think tri win
    """
    for key, family in families.items():
        begins_alike = len({word[:2] for word in family}) == 1
        assert key in irregular.split() or (
            begins_alike and len(max(family, key=len)) - len(min(family, key=len)) <= 4
        ), family
