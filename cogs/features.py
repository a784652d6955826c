"""All features, in the order of /help."""

from bot.core.command import Audience, Feature
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
    settings,
    setup,
    sources,
    timeline,
    welcome,
    who,
    word,
)
from cogs import help as help_
from cogs.daily import operations, set_up
from cogs.quiz import control, play, profile, remind, reports, review, schedule, scores
from cogs.quiz import start as quiz_start

FEATURES: tuple[Feature, ...] = (
    Feature.of(quote, only_reads=True),
    Feature.of(card),
    Feature.of(check),
    Feature.of(event, only_reads=True),
    Feature.of(timeline),
    Feature.of(who, only_reads=True),
    Feature.of(compare, only_reads=True),
    Feature.of(word, only_reads=True),
    Feature.of(read, only_reads=True),
    Feature.of(fact, only_reads=True),
    Feature.of(
        quiz,
        quiz_start,
        control,
        play,
        scores,
        review,
        profile,
        reports,
        remind,
        schedule,
        audience=Audience.CHANNEL,
    ),
    Feature.of(daily, set_up, operations, audience=Audience.ASKER),
    Feature.of(sources, only_reads=True),
    Feature.of(library),
    Feature.of(export),
    Feature.of(setup, audience=Audience.ASKER),
    Feature.of(settings, audience=Audience.ASKER),
    Feature.of(privacy, audience=Audience.ASKER),
    Feature.of(help_, audience=Audience.ASKER, only_reads=True),
    Feature.of(welcome, audience=Audience.CHANNEL),
)
"""All features, in the order in which /help lists them."""
