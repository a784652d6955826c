"""Questions for what somebody said of something: `what did Trotsky say about peace`, `Trotsky on the peasants`."""

from __future__ import annotations

import re
from typing import NamedTuple

_ASKED = re.compile(r"(?:what|where|how)\s+(?:did|does|do|has|had)\s+", re.IGNORECASE)
_SAID = re.compile(
    r"\s+(?:(?:say|says|said|think|thinks|thought|write|wrote|written|speak|spoke|talk|tell|told|feel|felt)\s+"
    r"(?:about|of|on)|mentions?|mentioned|discuss(?:es|ed)?|describes?|described|on|about)\s+"
    r"|['’]s?\s+(?:views?|opinions?|thoughts|ideas?|attitude|stance|position|take)\s+(?:of|on|about|towards?)\s+",
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
    asked = _ASKED.match(words)
    rest = words[asked.end() :] if asked else words
    said = _SAID.search(rest)
    if said is None or not 0 < len(rest[: said.start()].split()) <= _NAME or not rest[said.end() :].strip():
        return None
    return SpeakerQuestion(rest[: said.start()].strip(), rest[said.end() :].strip())


def asks_what_was_said(typed: str) -> bool:
    """Whether a question for what somebody said is put as one: “Trotsky on the train” may be about him."""
    return bool(_ASKED.match(typed.strip())) and speaker_question(typed) is not None
