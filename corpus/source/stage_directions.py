"""Stage directions: what a record of a speech has in brackets of the hall, “(Loud applause.)”, and nobody says."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.readers.document import STAGE
from corpus.text_model import Paragraph

_LONGEST: Final = 120
"""Characters of the longest; what is longer may be anybody's."""
_NOISES: Final = any_of(
    phrases("""
    applause, applauses, ovation, cheers, cheering, laughter, laughs, hisses, hissing, hooting, whistling, whistles,
    uproar, commotion, tumult, disturbance, noise, noises, murmurs, murmuring, outcry, cries, shouts, shouting,
    interruption, interruptions, hear hear, sensation, disorder, groans, clapping, booing, boos,
    beifall, heiterkeit, zuruf, zurufe, gelächter, unruhe, lachen,
    applaudissements, rires, exclamations, bruit, mouvement, аплодисменты, смех, шум, возгласы, крики
    """)
)
_KINDS: Final = any_of(
    phrases("""
    loud, prolonged, stormy, general, great, tumultuous, continued, continuous, renewed, tremendous, long, thunderous,
    enthusiastic, wild, deafening, violent, slight, some, more, sustained, scattered, warm, and, a, lebhafter,
    stürmischer, anhaltender, allgemeine, große, vifs, longs, бурные, продолжительные, общий, голос, voice, voices
    """)
)
_DIRECTION: Final = lazy_pattern(
    rf"\s*[(\[]\s*(?:{_KINDS}[ ,]+)*(?:{_NOISES}\b|a voice\s*:|voices?\s*:|голос)[^()\[\]]*[)\]][.!]?\s*",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = lazy_pattern(r"\s*(?:\(.*\)|\[.*\])[.!]?\s*", re.DOTALL)
_SQUARE: Final = lazy_pattern(r"\[[^\[\]]+\]")
_EDITORS: Final = lazy_pattern(
    r"\s*\[\s*(?:editor|translator|transcriber|note|illustration|footnote|ed\.|tr\.)[^\[\]]*\]\.?\s*",
    re.IGNORECASE,
)


def is_stage_direction(words: str, *, is_spoken: bool = False) -> bool:
    """Whether the whole of a sentence says in brackets what was heard in the hall, or is an editor's note.

    Nobody says what is in square brackets in a dialogue, where the words beside it are `is_spoken`: below a name.
    """
    if len(words) > _LONGEST:
        return False
    return bool(_DIRECTION.fullmatch(words) or _EDITORS.fullmatch(words) or (is_spoken and _SQUARE.fullmatch(words)))


def is_aside(paragraph: Paragraph, sentence: int) -> bool:
    """Whether the whole of a sentence is in brackets, and is a stage direction or somebody's interjection."""
    place = paragraph.place(sentence)
    if place is None:
        return False
    one = paragraph.sentences[place]
    words = paragraph.words[one.start : one.end]
    if not _IN_BRACKETS.fullmatch(words):
        return False
    within = any(v.kind != "quoted" and v.start <= one.start and one.end <= v.end for v in paragraph.voices)
    return within or one.speaker == STAGE or is_stage_direction(words)
