"""Ids of a workspace that one token served and that now is one of several: channels and people are known with it then.

Slack's ids are unique only together with the workspace's. What it had goes on under the ids by which it is known now;
where the workspace has something under both, that stays as it is.
"""

from __future__ import annotations

from msgspec import Struct

from bot.storage import quiz_schedules, schedules
from bot.storage.server_rules import ServerRules, get_rules, put_rules
from bot.storage.session import Session, query


class _Ids(Struct, frozen=True):
    """How the ids of a workspace begin: `within` a channel's, `own` any of its channels, `person` a person's.

    `plain` is where a person's own id begins in what is kept without the workspace, `whole` in what is kept with it.
    """

    platform: str
    server: str
    within: str
    own: str
    person: str
    plain: int
    whole: int


async def is_qualified(session: Session, platform: str, server: str) -> bool:
    """Whether a workspace was one of several: its channels are known with it."""
    facts = await schedules.of_server(session, platform, server)
    quizzes = await quiz_schedules.of_server(session, platform, server)
    channels = [*(one.channel for one in facts), *(one.channel for one in quizzes)]
    return any(channel.startswith(f"{server}-") for channel in channels)


async def qualify(tx: Session, platform: str, server: str) -> None:
    """Let all that is kept for a workspace have ids with the workspace."""
    within, person = f"{server}-", f"{platform}:{server}-"
    ids = _Ids(platform, server, within, f"{within}%", person, len(platform) + 2, len(person) + 1)
    for move in MOVES:
        await move(tx, ids)
    rules = await get_rules(tx, platform, server)
    channels = [one if one.startswith(within) else f"{within}{one}" for one in rules.channel_ids]
    if channels and tuple(channels) != rules.channel_ids:
        await put_rules(tx, platform, server, ServerRules(rules.private_lookups, " ".join(channels)))


@query(
    """
    UPDATE round_answers SET person = :person || substr(person, :plain)
    WHERE round IN (SELECT id FROM rounds WHERE platform = :platform AND server = :server AND channel NOT LIKE :own)
    """
)
async def _round_answers(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE rounds SET
        channel = :within || channel,
        starter = CASE WHEN starter = '' THEN '' ELSE :person || substr(starter, :plain) END,
        winner = CASE WHEN winner IN ('', '-') THEN winner ELSE :person || substr(winner, :plain) END
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM rounds AS other
                        WHERE other.platform = :platform AND other.channel = :within || rounds.channel
                            AND other.state <> 'over' AND NOT other.daily)
    """
)
async def _rounds(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE schedules SET
        channel = :within || channel, set_by = CASE WHEN set_by = '' THEN '' ELSE :within || set_by END,
        previous = replace(
            replace(
                replace(previous, '"channel":"', '"channel":"' || :within), '"set_by":"', '"set_by":"' || :within
            ),
            '"set_by":"' || :within || '"', '"set_by":""'
        )
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM schedules AS other
                        WHERE other.platform = :platform AND other.server = :server
                            AND other.channel = :within || schedules.channel AND other.topic = schedules.topic)
    """
)
async def _schedules(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE quiz_schedules SET
        channel = :within || channel, set_by = CASE WHEN set_by = '' THEN '' ELSE :within || set_by END
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM quiz_schedules AS other
                        WHERE other.platform = :platform AND other.server = :server
                            AND other.channel = :within || quiz_schedules.channel AND other.kind = quiz_schedules.kind)
    """
)
async def _quiz_schedules(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE round_settings SET channel = :within || channel
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM round_settings AS other
                        WHERE other.platform = :platform AND other.server = :server
                            AND other.channel = :within || round_settings.channel)
    """
)
async def _round_settings(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE fact_counts SET channel = :within || channel
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM fact_counts AS other
                        WHERE other.platform = :platform AND other.server = :server
                            AND other.channel = :within || fact_counts.channel AND other.fact = fact_counts.fact)
    """
)
async def _fact_counts(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE scores SET channel = :within || channel, person = :person || substr(person, :plain)
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
        AND NOT EXISTS (SELECT 1 FROM scores AS other
                        WHERE other.platform = :platform AND other.channel = :within || scores.channel
                            AND other.person = :person || substr(scores.person, :plain) AND other.day = scores.day)
    """
)
async def _scores(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE question_reports SET channel = :within || channel, person = :person || substr(person, :plain)
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
    """
)
async def _question_reports(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE attempts SET channel = :within || channel, person = :person || substr(person, :plain)
    WHERE platform = :platform AND server = :server AND channel NOT LIKE :own
    """
)
async def _attempts(tx: Session, ids: _Ids) -> int: ...


@query(
    """
    UPDATE library_texts SET person = :person || substr(person, :plain)
    WHERE platform = :platform AND server = :server AND person <> '' AND substr(person, :plain) NOT LIKE :own
    """
)
async def _library_texts(tx: Session, ids: _Ids) -> int: ...


_OF_WORKSPACE = """
    SELECT :platform || ':' || substr(person, :whole) FROM attempts WHERE platform = :platform AND server = :server
"""


@query(
    f"""
    UPDATE cards SET person = :person || substr(person, :plain)
    WHERE person IN ({_OF_WORKSPACE})
        AND NOT EXISTS (SELECT 1 FROM cards AS other
                        WHERE other.person = :person || substr(cards.person, :plain)
                            AND other.question = cards.question)
    """  # noqa: S608 - puts in only the constant _OF_WORKSPACE; values are bound.
)
async def _cards(tx: Session, ids: _Ids) -> int: ...


def _of_person(table: str) -> str:
    return f"""
    UPDATE {table} SET person = :person || substr(person, :plain)
    WHERE person IN ({_OF_WORKSPACE})
        AND NOT EXISTS (SELECT 1 FROM {table} AS other WHERE other.person = :person || substr({table}.person, :plain))
    """  # noqa: S608 - tables are the literals given below; values are bound.


@query(_of_person("review_sessions"))
async def _review_sessions(tx: Session, ids: _Ids) -> int: ...


@query(_of_person("reminders"))
async def _reminders(tx: Session, ids: _Ids) -> int: ...


@query(_of_person("reviews"))
async def _reviews(tx: Session, ids: _Ids) -> int: ...


@query(_of_person("learners"))
async def _learners(tx: Session, ids: _Ids) -> int: ...


# Answers before cards, as everywhere: whoever is putting answers on cards has them locked.
MOVES = (
    _round_answers,
    _rounds,
    _schedules,
    _quiz_schedules,
    _round_settings,
    _fact_counts,
    _scores,
    _question_reports,
    _attempts,
    _library_texts,
    _cards,
    _review_sessions,
    _reminders,
    _reviews,
    _learners,
)
