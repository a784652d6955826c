"""Topics by their German, Russian and French names, wherever a topic is asked for."""

from __future__ import annotations

import pytest

from tests.conftest import Ask

NAMES = {
    "Ways to peace": ("Frieden", "paix", "мир", "мира"),
    "The civil war": ("Bürgerkrieg", "guerre civile", "гражданская война", "гражданской войны"),
    "Land": ("Landfrage", "terre", "земля", "землю"),
    "Coalition": ("Koalition", "коалиция", "коалиции"),
    "The Bolsheviks": ("Bolschewiki", "bolcheviks", "большевики"),
    "Terror and violence": ("Terror", "terreur", "террор"),
    "World revolution": ("Weltrevolution", "révolution mondiale", "мировая революция"),
}


@pytest.mark.parametrize(("topic", "typed"), [(topic, one) for topic, names in NAMES.items() for one in names])
async def test_a_topic_is_found_by_its_name_in_other_languages(ask: Ask, topic: str, typed: str) -> None:
    assert (await ask(f"/compare {typed}")).title == topic
    assert (await ask(f"/timeline {typed}")).title == f"Timeline: {topic}"
    assert (await ask(f"/timeline {typed} 1914-1940")).title == f"Timeline: {topic}, 1914 to 1940"


@pytest.mark.parametrize(
    ("topic", "typed"),
    [
        ("War", "la guerre"),
        ("War", "La  guerre"),
        ("War", "der Krieg"),
        ("War", "den Krieg"),
        ("The civil war", "la guerre civile"),
        ("The civil war", "der Bürgerkrieg"),
        ("The Red Army", "l'Armée rouge"),
        ("The Red Army", "l’armée rouge"),
        ("The Red Army", "die Rote Armee"),
        ("Ways to peace", "la paix"),
        ("Ways to peace", "der Frieden"),
        ("The Bolsheviks", "les bolcheviks"),
        ("The Bolsheviks", "die Bolschewiki"),
    ],
)
async def test_an_article_before_a_topic_says_nothing(ask: Ask, topic: str, typed: str) -> None:
    assert (await ask(f"/compare {typed}")).title == topic
    assert (await ask(f"/timeline {typed}")).title == f"Timeline: {topic}"
    assert (await ask(f"/timeline topic:{typed}")).title == f"Timeline: {topic}"


@pytest.mark.parametrize(
    ("topic", "typed"),
    [
        ("War", "sur la guerre"),
        ("War", "über den Krieg"),
        ("War", "о войне"),
        ("The Red Army", "à propos de l'Armée rouge"),
        ("The Red Army", "zur Roten Armee"),
        ("Ways to peace", "au sujet de la paix"),
        ("Ways to peace", "zum Frieden"),
        ("The civil war", "о гражданской войне"),
        ("Coalition", "про коалицию"),
    ],
)
async def test_a_preposition_before_a_topic_says_nothing(ask: Ask, topic: str, typed: str) -> None:
    assert (await ask(f"/compare {typed}")).title == topic
    assert (await ask(f"/timeline topic:{typed}")).title == f"Timeline: {topic}"


@pytest.mark.parametrize("typed", ["la", "sur la", "und", "l'", "der", "la la", "der zebra", "les no such topic"])
async def test_an_article_alone_is_no_topic(ask: Ask, typed: str) -> None:
    assert "know the topic" in (await ask(f"/timeline {typed}")).error
