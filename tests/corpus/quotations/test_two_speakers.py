"""Two quotations in one message: each has its verdict and its speaker, and neither is a frame of the other."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus

FIRST = "our whole hope is that our revolution will kindle a European revolution"
OTHER = "he built an army of five million people from scratch"


@pytest.mark.parametrize(
    "form",
    [
        "Trotsky wrote “{}”. Lenin replied: “{}”",
        "Trotsky told the Congress: “{}”. Lenin answered: “{}”",
        "“{}” — Trotsky; “{}” — Lenin",
        "“{}” — Trotsky. “{}” — Lenin",
        "Trotsky: “{}” Lenin: “{}”",
        "“{}” (Trotsky)\n“{}” (Lenin)",
        "According to Trotsky, “{}”, while Lenin wrote: “{}”",
        "When Trotsky said “{}”, Lenin said “{}”",
        "When Trotsky said “{},” Lenin said “{}.”",
        "After Trotsky said “{}”, Lenin replied, “{}”",
        "As Trotsky said “{}”, Lenin said that “{}”",
        "Trotsky said “{}”; Lenin said “{}”",
        "Trotsky told Lenin “{}”, and Lenin answered “{}”",
        "“{}”, Trotsky said; “{}”, Lenin said",
        "“{},” Trotsky said. “{},” Lenin said.",
        "Lenin’s book has Trotsky saying “{}”, and Lenin says “{}”",
        "Als Trotsky sagte: „{}“, antwortete Lenin: „{}“",
        "Während Trotsky sagte „{}“, sagte Lenin „{}“",
        "Trotsky schrieb „{}“, Lenin schrieb „{}“",
        "Quand Trotsky a dit « {} », Lenin a répondu « {} »",
        "Trotsky a écrit « {} », Lenin répondit : « {} »",
        "Когда Trotsky сказал «{}», Lenin ответил «{}»",
        "Trotsky писал «{}», Lenin писал «{}»",
        "Trotsky: «{}», а Lenin: «{}»",
        "Trotsky “{}”, Lenin “{}”",
        "Trotsky “{}.” Lenin “{}.”",
        "Trotsky “{}” and Lenin “{}”",
        "“{}” Trotsky, “{}” Lenin",
    ],
)
@pytest.mark.parametrize(
    ("first", "kinds"),
    [(FIRST, ["verbatim", "wrong speaker"]), (FIRST.replace("hope", "fear"), ["altered", "wrong speaker"])],
)
async def test_each_is_checked(corpus: Corpus, form: str, first: str, kinds: list[str]) -> None:
    found = corpus.quotation_checker.check(form.format(first, OTHER))
    assert [one.verdict.kind.replace("variants", "verbatim") for one in found] == kinds
    assert [one.claim.speaker for one in found] == ["Trotsky", "Lenin"]


@pytest.mark.parametrize(
    "form",
    [
        "Lenin’s book has Trotsky saying “{}”",
        "Lenin’s biography quotes Trotsky as saying: “{}”",
        "Lenin's memoirs have Trotsky say “{}”",
        "In Lenin’s book Trotsky says “{}”",
        "Lenin’s friend Trotsky said: “{}”",
        "Lenin heard Trotsky say “{}”",
        "Lenin wrote that Trotsky had said “{}”",
        "Trotsky told Lenin “{}”",
        "Trotsky answered Lenin, “{}”",
        "Trotsky wrote to Lenin: “{}”",
        "When Trotsky said “{}”, Lenin said nothing.",
        "When Trotsky said “{}”, Lenin was silent.",
        "Trotsky’s line “{}”",
        "Lenin's biographer quotes Trotsky: “{}”",
        "Lenin’s biographer quotes Trotsky “{}”",
        "Lenin cited Trotsky: “{}”",
        "Lenin zitiert Trotsky: „{}“",
        "Lenin quotes Trotsky as saying “{}”",
        "а Trotsky: «{}»",
        "и Trotsky писал: «{}»",
        "mais Trotsky a dit : « {} »",
        "aber Trotsky: „{}“",
        "Trotskys Buch: „{}“",
        "In Trotskys Rede von 1917: „{}“",
        "Trotskys berühmter Satz „{}“",
        "„{}“ – aus Trotskys Rede",
        "Dans le livre de Lenin, Trotsky dit « {} »",
        "Lenin writes: “{},” said Trotsky.",
    ],
)
async def test_the_nearest_verb_says_who_speaks(corpus: Corpus, form: str) -> None:
    (found,) = corpus.quotation_checker.check(form.format(FIRST))
    assert (found.claim.speaker, found.verdict.speaker_match) == ("Trotsky", "right")


@pytest.mark.parametrize("label", ["Document 25\n", "Source 25: ", "Task 25:\n"])
async def test_another_number_than_the_texts_is_none_of_a_label(corpus: Corpus, label: str) -> None:
    (true,) = corpus.quotation_checker.check(f"{label}{OTHER}")
    assert true.verdict.confirms
    changed = corpus.quotation_checker.check(f"{label}Trotsky’s teams seized the telegraph offices")
    assert not any(one.verdict.confirms for one in changed)


async def test_a_name_alone_before_the_last_quotation_is_its_speakers(corpus: Corpus) -> None:
    first, last = corpus.quotation_checker.check(f"“{FIRST}”, Lenin “{OTHER}”")
    assert (first.claim.speaker, last.claim.speaker) == ("", "Lenin")


@pytest.mark.parametrize(("owner", "name"), [("Napoleons", "Napoleon"), ("John Reeds", "John Reed")])
async def test_whose_a_work_is_may_be_said_in_german(corpus: Corpus, owner: str, name: str) -> None:
    (found,) = corpus.quotation_checker.check(f"{owner} Rede: „{FIRST}“")
    assert found.claim.speaker == name
