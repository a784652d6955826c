"""The features, one file or folder each. They know no platform."""

from bot.core.command import Feature
from cogs import (
    card,
    check,
    compare,
    daily,
    event,
    export,
    fact,
    library,
    privacy,
    quiz,
    quote,
    read,
    sources,
    timeline,
    welcome,
    who,
    word,
)
from cogs import help as help_
from cogs.daily import job as daily_job
from cogs.quiz import job as quiz_job
from cogs.quiz import play, profile, reports, review, scores

FEATURES: tuple[Feature, ...] = (
    Feature.of(quote),
    Feature.of(card),
    Feature.of(check),
    Feature.of(event),
    Feature.of(timeline),
    Feature.of(who),
    Feature.of(compare),
    Feature.of(word),
    Feature.of(read),
    Feature.of(fact),
    Feature.of(quiz, play, scores, review, profile, reports, quiz_job),
    Feature.of(daily, daily_job),
    Feature.of(sources),
    Feature.of(library),
    Feature.of(export),
    Feature.of(privacy),
    Feature.of(help_),
    Feature.of(welcome),
)
"""All features, in the order in which /help lists them."""
