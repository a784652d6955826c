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
