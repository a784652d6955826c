"""Questions for what somebody said of something: `what did Trotsky say about peace`, `Trotsky on the peasants`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern

_ASKED: Final = lazy_pattern(
    rf"{any_of(phrases('what, where, how'))}\s+{any_of(phrases('did, does, do, has, had'))}\s+", re.IGNORECASE
)
_VERBS: Final = any_of(
    phrases(
        "say, says, said, think, thinks, thought, write, wrote, written, speak, spoke, talk, tell, told, feel, felt"
    )
)
_DIRECT_VERBS: Final = any_of(phrases("mentions?, mentioned, discuss(?:es|ed)?, describes?, described, on, about"))
_VIEWS: Final = any_of(phrases("views?, opinions?, thoughts, ideas?, attitude, stance, position, take"))
_SAID: Final = lazy_pattern(
    rf"\s+(?:{_VERBS}\s+(?:about|of|on)|{_DIRECT_VERBS})\s+|['’]s?\s+{_VIEWS}\s+(?:of|on|about|towards?)\s+",
    re.IGNORECASE,
)
_IN_QUESTIONS: Final = frozenset(
    phrases(
        "about, of, on, toward, towards, mention, mentions, mentioned, discuss, discusses, discussed, describe, "
        "describes, described"
    )
)
"""One of which is in each question of what somebody said of something."""
_ANYTHING: Final = lazy_pattern(
    rf"what\s+{any_of(phrases('did, does, do, has, had'))}\s+(?P<name>.+?)\s+{_VERBS}(?:\s+(?:here|there|exactly))?"
    r"|(?:(?:something|anything|everything|all)\s+)?(?:(?:said|spoken|written|words)\s+)?(?:by|from)\s+(?P<speaker>.+)"
    rf"|{any_of(phrases('everything, anything, something, all, what'))}\s+(?P<sayer>.+?)\s+{_VERBS}",
    re.IGNORECASE,
)
_LONGEST = 200
_NAME = 5  # words that a name has at most


class SpeakerQuestion(NamedTuple):
    """Whose words are asked for, and on what."""

    name: str
    topic: str


def speaker_question(typed: str) -> SpeakerQuestion | None:
    """The question that was typed, or None where it is not one. Whether the name is a speaker's is not known here."""
    words = typed[:_LONGEST].strip(" ?!.")
    if _IN_QUESTIONS.isdisjoint(words.casefold().split()):
        return None  # most of what is looked up
    asked = _ASKED.match(words)
    rest = words[asked.end() :] if asked else words
    said = _SAID.search(rest)
    if said is None or not 0 < len(rest[: said.start()].split()) <= _NAME or not rest[said.end() :].strip():
        return None
    return SpeakerQuestion(rest[: said.start()].strip(), rest[said.end() :].strip())


def speaker_of_anything(typed: str) -> str:
    """Whose words are asked for, whatever they are: “what did Kerensky say?”, “by Lenin”; empty for any other words."""
    match = _ANYTHING.fullmatch(" ".join(typed[: _LONGEST + 1].split()).strip(" ?!."))
    name = next(filter(None, match.groups()), "") if match and len(typed) <= _LONGEST else ""
    return name if len(name.split()) <= _NAME else ""


def asks_what_was_said(typed: str) -> bool:
    """Whether a question for what somebody said is put as one: “Trotsky on the train” may be about him."""
    return bool(_ASKED.match(typed.strip())) and speaker_question(typed) is not None
