"""Questions made from texts: their words are kept while a quiz or a card needs them, and no longer than the text.

Cards and answers have no words of a text. They stay, and count again when the text is added again and the same question
is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from bot.storage.owner import Owner
from bot.storage.round import Round, RoundQuestion
from bot.storage.session import Session, query


@query("SELECT asked FROM made_questions WHERE question = :question")
async def made_question(session: Session, question: str) -> str | None:
    """A question that is not in the notes, as JSON."""


async def hold(tx: Session, question: str) -> bool:
    """Whether a question that was made is still kept; until the transaction ends nobody removes its last text."""
    text_id = await _text(tx, question)
    return text_id == "" or (text_id is not None and bool(await _hold_texts(tx, question)))


@query("SELECT text_id FROM made_questions WHERE question = :question")
async def _text(session: Session, question: str) -> str | None:
    """The text of which a question was made; empty where it is on no shelf."""


@query(
    """
    SELECT server FROM library_texts
    WHERE (platform, server, text_id) IN (
        SELECT shelves.platform, shelves.server, made_questions.text_id FROM made_questions
        JOIN made_question_shelves AS shelves ON shelves.question = made_questions.question
        WHERE made_questions.question = :question
    )
    ORDER BY platform, server /*lock*/
    """
)
async def _hold_texts(tx: Session, question: str) -> list[str]:
    """Hold the texts of a question, whoever removes one of which takes its row first."""


class MadeQuestion(Struct, frozen=True):
    """A question's id, and the question as JSON."""

    question: str
    asked: str


@query(
    """
    SELECT made_questions.question, asked FROM made_questions
    JOIN made_question_shelves AS shelves ON shelves.question = made_questions.question
    WHERE text_id = :text_id AND platform = :platform AND server = :server ORDER BY made_questions.question
    """
)
async def of_text(session: Session, platform: str, server: str, text_id: str) -> list[MadeQuestion]:
    """The questions that were made from a text of a shelf."""


async def keep(tx: Session, round_: Round, one: RoundQuestion) -> bool:
    """Keep a question of a round, so that it can come again; False where its text was removed meanwhile."""
    shelf = await _shelf(tx, one, round_.platform, round_.server) if one.text_id else None
    if one.text_id and shelf is None:
        return False
    await _add(tx, one)
    if shelf:
        await _add_shelf(tx, one, shelf)
    return True


@query(
    """
    SELECT platform, server FROM library_texts
    WHERE text_id = :text_id AND ((platform = :platform AND server = :server) OR (platform = '' AND server = ''))
    ORDER BY server DESC LIMIT 1 /*lock*/
    """
)
async def _shelf(tx: Session, question_: RoundQuestion, platform: str, server: str) -> Owner | None:
    """The shelf with the text of a question, which nobody removes until the transaction ends.

    A server's own goes before everybody's.
    """


@query(
    """
    INSERT INTO made_questions (question, asked, text_id) VALUES (:question, :asked, :text_id)
    ON CONFLICT (question) DO UPDATE SET text_id = excluded.text_id
    """
)
async def _add(tx: Session, question_: RoundQuestion) -> int:
    """Keep a question."""


@query(
    """
    INSERT INTO made_question_shelves (question, platform, server) VALUES (:question, :platform, :server)
    ON CONFLICT (question, platform, server) DO NOTHING
    """
)
async def _add_shelf(tx: Session, question_: RoundQuestion, shelf: Owner) -> int:
    """Note on which shelf the text of a question is."""


async def forget_text(tx: Session, platform: str, server: str, text_id: str) -> None:
    """Delete all words of questions that were made from a text which leaves its shelf, but for those of other shelves.

    In rounds that are under way such a question has no words any more.
    """
    await _forget_shelf(tx, platform, server, text_id)
    await _forget_words(tx, text_id)


async def forget_outdated(tx: Session, platform: str, server: str, text_id: str, outdated: Iterable[str]) -> None:
    """The same for some questions: a new edition of their text does not have their words."""
    for question in outdated:
        await _forget_shelf_of(tx, platform, server, question)
    await _forget_words(tx, text_id)


async def _forget_words(tx: Session, text_id: str) -> None:
    await _forget_asked(tx, text_id)
    await _forget_reports(tx, text_id)
    await _forget_reviews(tx, text_id)
    await _forget_questions(tx, text_id)


async def forget_server(tx: Session, platform: str, server: str) -> None:
    """Delete the words of all questions that were made from texts of a server's shelf alone."""
    for text_id in await _texts(tx, platform, server):
        await forget_text(tx, platform, server, text_id)


@query(
    """
    SELECT DISTINCT text_id FROM made_questions
    JOIN made_question_shelves AS shelves ON shelves.question = made_questions.question
    WHERE platform = :platform AND server = :server
    """
)
async def _texts(tx: Session, platform: str, server: str) -> list[str]:
    """The texts of a shelf from which questions were made."""


@query(
    """
    DELETE FROM made_question_shelves
    WHERE platform = :platform AND server = :server
        AND question IN (SELECT question FROM made_questions WHERE text_id = :text_id)
    """
)
async def _forget_shelf(tx: Session, platform: str, server: str, text_id: str) -> int:
    """Note that a shelf no longer has the text of some questions."""


@query("DELETE FROM made_question_shelves WHERE platform = :platform AND server = :server AND question = :question")
async def _forget_shelf_of(tx: Session, platform: str, server: str, question: str) -> int:
    """Note that a shelf does not have the words of a question any more."""


@query(
    """
    UPDATE round_questions SET asked = ''
    WHERE question IN (SELECT question FROM made_questions WHERE text_id = :text_id)
        AND NOT EXISTS (
            SELECT 1 FROM made_question_shelves AS shelves JOIN rounds ON rounds.id = round_questions.round
            WHERE shelves.question = round_questions.question
                AND (shelves.server = '' OR (shelves.platform = rounds.platform AND shelves.server = rounds.server))
        )
    """
)
async def _forget_asked(tx: Session, text_id: str) -> int:
    """Forget the words of questions in the rounds of servers that cannot look them up any more."""


@query(
    """
    DELETE FROM question_reports
    WHERE question IN (SELECT question FROM made_questions WHERE text_id = :text_id)
        AND NOT EXISTS (
            SELECT 1 FROM made_question_shelves AS shelves
            WHERE shelves.question = question_reports.question
                AND (shelves.server = '' OR (shelves.platform = question_reports.platform
                                             AND shelves.server = question_reports.server))
        )
    """
)
async def _forget_reports(tx: Session, text_id: str) -> int:
    """Delete the reports of such questions."""


@query(
    """
    DELETE FROM reviews
    WHERE question IN (SELECT question FROM made_questions WHERE text_id = :text_id)
        AND NOT EXISTS (
            SELECT 1 FROM made_question_shelves AS shelves WHERE shelves.question = reviews.question
        )
    """
)
async def _forget_reviews(tx: Session, text_id: str) -> int:
    """Delete everybody's reviews of questions whose text is on no shelf any more."""


@query(
    """
    DELETE FROM made_questions
    WHERE text_id = :text_id
        AND NOT EXISTS (
            SELECT 1 FROM made_question_shelves AS shelves WHERE shelves.question = made_questions.question
        )
    """
)
async def _forget_questions(tx: Session, text_id: str) -> int:
    """Delete questions whose text is on no shelf any more."""
