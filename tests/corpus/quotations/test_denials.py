"""Nobody is right about the speaker who says that somebody did not say it, in any language and on either side."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found
from tests.samples import one_in

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
BEFORE = (
    "{} sagte nicht", "{} sagte nie", "{} sagte das nie", "{} sagte niemals", "{} schrieb nirgends",
    "{} behauptete keineswegs", "{} sagte, es sei falsch", "{} hat nie gesagt", "Nie sagte {}", "{} bestritt",
    "{} dit pas", "{} n'a pas dit", "{} n’a jamais écrit", "{} a nié", "Jamais {} n'a dit",
    "{} не говорил", "{} никогда не писал", "{} говорил не это", "{} отрицал",
    "{} said never", "{} said no such thing", "{} said nothing like", "{} never said", "{} denied",
    "It is false that {} said", "I doubt that {} said", "Nobody says {} said",
)  # fmt: skip
AFTER = (
    "{} sagte das nicht", "sagte {} nie", "wie {} nie sagte", "ist nicht von {}", "wurde nie von {} gesagt",
    "{} n'a jamais dit cela", "ne dit pas {}", "n'est pas de {}", "{} этого не говорил", "как {} никогда не говорил",
    "{} never said", "is not by {}", "is no line of {}", "falsely attributed to {}", "— {} (apocryphal)",
    "— {} (falsely attributed)", "— {} (nicht belegt)", "— not {}", "— nicht {}", "— pas {}", "— не {}", "(nicht {})",
)  # fmt: skip
FORMS_BEFORE = ("{}: {}", "{}: “{}”", "{} “{}”", "{}:\n> {}")
FORMS_AFTER = ("“{}”, {}", "“{}” {}", "{} {}")


def is_right(corpus: Corpus, message: str) -> bool:
    found = filter(is_found, corpus.quotation_checker.check(message))
    return any(one.verdict.speaker_match == "right" for one in found)


@pytest.mark.parametrize("name", ["Trotsky", "Trotzki", "Троцкий", "Leon Trotsky"])
async def test_a_denied_quotation_is_not_its_speakers(corpus: Corpus, name: str) -> None:
    is_tried, number = one_in(4), len(name)
    before = [form.format(one, HOPE) for one in (f.format(name) for f in BEFORE) for form in FORMS_BEFORE]
    after = [form.format(HOPE, one) for one in (f.format(name) for f in AFTER) for form in FORMS_AFTER]
    for message in (one for n, one in enumerate(before + after, number) if is_tried(n)):
        assert not is_right(corpus, message), message


@pytest.mark.parametrize(
    "frame",
    [
        "Trotsky said not without irony: “{}”",
        "Trotzki sagte nicht ohne Ironie: „{}“",
        "Trotsky said to the Congress, not for the first time: “{}”",
        "It was not Lenin but Trotsky who said “{}”",
        "Nicht Lenin, sondern Trotzki sagte: „{}“",
        "Не Ленин, а Троцкий сказал: «{}»",
        "“{}”, said Trotsky, not Lenin",
        "“{}”, Trotsky said. It is not often that one reads so.",
        "“{}” — Trotsky, not Lenin",
        "Without any doubt Trotsky said: “{}”",
    ],
)
async def test_what_is_denied_of_something_else_leaves_it_his(corpus: Corpus, frame: str) -> None:
    assert is_right(corpus, frame.format(HOPE))
