"""A quiz's options typed as a sentence: `ten questions on peace, 20 seconds, race`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.core.errors import Mistyped
from bot.core.parameters import Whole
from bot.storage.round import Mode
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS

QUESTIONS, SECONDS = Whole(5, 30), Whole(10, 120)
"""How many questions a quiz may have, and how many seconds there may be for each."""

_LONGEST: Final = 120
"""Characters of the longest sentence that is read."""
_NUMBER: Final = rf"[0-9]{{1,3}}|(?:twenty[ -])?(?:{'|'.join(sorted(CARDINALS, key=len, reverse=True))})"
_SUBJECT: Final = r"(?:about|on|of|with|topic)"
_AND: Final = r"(?:,|,? and|,? with)? "
_FORMS: Final[Mapping[str, str]] = {
    "seconds": rf"(?P<name>seconds? )?(?P<value>{_NUMBER})(?(name)| ?(?:s|secs?|seconds?))"
    r"(?: each| per question| a question)?",
    "mode": r"(?:(?:as|in|for|mode) )?(?:a )?(?P<value>race|everyone)(?: mode)?",
    "questions": rf"(?:questions? )?(?P<value>{_NUMBER})(?: (?:questions?|rounds?))?",
}
_LEADING: Final = {
    name: lazy_pattern(rf"{form}(?:{_AND}(?P<rest>.+))?", re.IGNORECASE) for name, form in _FORMS.items()
}
_TRAILING: Final = {name: lazy_pattern(rf"(?P<rest>.+?){_AND}{form}", re.IGNORECASE) for name, form in _FORMS.items()}
_BEHIND_MODE: Final = lazy_pattern(rf"(?:{_SUBJECT}|{_NUMBER})(?!\w).*", re.IGNORECASE)
"""What may come behind a mode: “race to the sea” begins with none."""
_BEFORE_SUBJECT: Final = lazy_pattern(rf"{_SUBJECT} ", re.IGNORECASE)


class QuizOptions(NamedTuple):
    """What was said of a quiz; None where nothing was."""

    topic: str = ""
    questions: int | None = None
    seconds: int | None = None
    mode: Mode | None = None


def read_options(said: QuizOptions) -> QuizOptions:
    """The options with those that are among the words of the topic as well.

    Raises Mistyped for numbers out of bounds.
    """
    read = split_options(said)
    if read.seconds is not None:
        _refuse_beyond(read.seconds, SECONDS, "A question has {} seconds", "seconds:25")
    if read.questions is not None:
        _refuse_beyond(read.questions, QUESTIONS, "A quiz has {} questions", "questions:10")
    return read


def split_options(said: QuizOptions) -> QuizOptions:
    """The options with those that are among the words of the topic as well, whether or not a quiz may have so many."""
    while len(said.topic) <= _LONGEST and (more := _one_more(said)):
        said = more
    lead = _BEFORE_SUBJECT.match(said.topic)
    return said._replace(topic=said.topic[lead.end() :]) if lead else said


def _one_more(said: QuizOptions) -> QuizOptions | None:
    """The options with one more, taken from the beginning or the end of the topic."""
    words = " ".join(said.topic.split())
    for name in _FORMS:
        if getattr(said, name) is None and (match := _leading(name, words) or _trailing(name, words)):
            rest = said._replace(topic=match["rest"] or "")
            return _with_option(rest, name, match["value"].casefold())
    return None


def _leading(name: str, words: str) -> re.Match[str] | None:
    match = _LEADING[name].fullmatch(words)
    is_option = match and (name != "mode" or not match["rest"] or _BEHIND_MODE.fullmatch(match["rest"]))
    return match if is_option else None


def _trailing(name: str, words: str) -> re.Match[str] | None:
    match = _TRAILING[name].fullmatch(words)
    if match is None or name != "questions" or match["value"].isdigit():
        return match
    # A number in words may be a part of the topic: World War Two.
    return match if _in_figures(match["value"]) >= QUESTIONS.least else None


def _with_option(said: QuizOptions, name: str, value: str) -> QuizOptions:
    if name == "mode":
        return said._replace(mode="race" if value == "race" else "everyone")
    number = _in_figures(value)
    return said._replace(seconds=number) if name == "seconds" else said._replace(questions=number)


def _in_figures(number: str) -> int:
    if number.isdigit():
        return int(number)
    return sum(CARDINALS[word] for word in re.findall("[a-z]+", number.casefold()))


def _refuse_beyond(number: int, bounds: Whole, says: str, example: str) -> None:
    if not bounds.least <= number <= bounds.most:
        sentence = says.format(f"{bounds.least} to {bounds.most}")
        raise Mistyped(f"{sentence}, for example: /quiz start {example}")
