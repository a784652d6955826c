"""What a message strikes out of a quotation, or shows by a code between its words, is not passed over in silence."""

from __future__ import annotations

import re

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
NOT_TRUE = "No, it is not true. Not we but the Provisional Government"
STRUCK = ("~~{}~~", "<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>", r"\sout{{{}}}")
CODES = (":{}:", "@{}", "<@U123|{}>", "<:{}:123456>", "<a:{}:123456>")
FORMS = ("{}", "“{}”", "> {}", "Trotsky: “{}”", "{} — Trotsky", "Did Trotsky say “{}”?")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("struck", [*STRUCK, "over"])
async def test_struck_words_are_left_out(corpus: Corpus, form: str, struck: str) -> None:
    word = "n\u0336o\u0336t\u0336" if struck == "over" else struck.format("not")
    message = form.format(NOT_TRUE.replace("not", word, 1))
    (found,) = corpus.quotation_checker.check(message)
    assert (found.verdict.kind, [one.negates for one in found.verdict.elisions]) == ("shortened", [True]), message


@pytest.mark.parametrize("struck", STRUCK)
async def test_struck_words_that_are_not_the_texts_are_changes_as_before(corpus: Corpus, struck: str) -> None:
    for changed in (f"{struck.format('hope')} fear", f"{struck.format('fear')} hope", struck.format("fear")):
        (found,) = corpus.quotation_checker.check(HOPE.replace("hope", changed))
        assert not is_found(found), changed
    true, changed = NOT_TRUE.replace("not", struck.format("not"), 1), HOPE.replace("hope", "fear")
    mixed = f"Trotsky wrote: “{true}”\n\nLenin replied: “{changed}”"
    one, two = corpus.quotation_checker.check(mixed)
    assert (one.verdict.kind, two.verdict.kind) == ("shortened", "altered")
    (found,) = corpus.quotation_checker.check(struck.format("our revolution will kindle a European revolution"))
    assert found.verdict.kind == "verbatim", "all of it is struck out"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", CODES)
async def test_what_a_code_shows_within_a_quotation_is_set_aside(corpus: Corpus, form: str, code: str) -> None:
    for gap in re.finditer(" (?=[a-z])", HOPE):
        for shown in ("winter", "not"):
            words = f"{HOPE[: gap.start()]} {code.format(shown)} {HOPE[gap.end() :]}"
            (found,) = corpus.quotation_checker.check(form.format(words))
            assert found.verdict.asides == ("winter",) if shown == "winter" else not is_found(found), words


@pytest.mark.parametrize("code", [*CODES, "<@123456>", "<t:1700000000:R>", "https://example.org/winter"])
async def test_a_code_beside_a_quotation_is_none_of_its_words(corpus: Corpus, code: str) -> None:
    shown = code.format("ada")
    for form in ("hey {} did Trotsky say “{}”?", "“{1}” {0}", "can you {} check if Trotsky said {}", "Quote {}: “{}”"):
        (found,) = corpus.quotation_checker.check(form.format(shown, HOPE))
        assert is_found(found), form
        assert not found.verdict.asides, form
