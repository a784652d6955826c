"""The features, one module each. They know no platform."""

from bot.core.command import Feature
from cogs import card, compare, daily, event, export, fact, quote, read, sources, timeline
from cogs import help as help_

FEATURES: tuple[Feature, ...] = tuple(
    Feature.of(module) for module in (quote, card, event, timeline, compare, read, fact, daily, sources, export, help_)
)
"""All features, in the order in which /help lists them."""
