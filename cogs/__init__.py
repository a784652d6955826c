"""The features, one module each. They know no platform."""

from bot.core.command import Feature
from cogs import card, check, compare, daily, event, export, fact, quiz, quote, read, sources, timeline, who, word
from cogs import help as help_

FEATURES: tuple[Feature, ...] = tuple(
    Feature.of(module)
    for module in (
        quote, card, check, event, timeline, who, compare, word, read, fact, quiz, daily, sources, export, help_,
    )
)  # fmt: skip
"""All features, in the order in which /help lists them."""
