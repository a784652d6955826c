"""Questions that compare: `what do the texts say about peace`, `peace in both texts`, `Lenin vs Stalin`."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.small_words import FOREIGN_LINKS

_LONGEST: Final = 200
"""Characters of the longest question; a longer one is taken as it is."""
SUBJECT_LINKS: Final = ("on", "about", "over", "regarding", "concerning")
"""What stands between the texts that are compared and the subject."""
_ON: Final = any_of(SUBJECT_LINKS)
_NOUNS: Final = any_of(phrases("texts, sources, documents, readings"))
_TEXTS: Final = rf"(?:(?:{any_of(phrases('the, both, two, all, these, of'))} )*{_NOUNS}|both|they)"
_SAY: Final = any_of(phrases("say, said, tell us, write, wrote, think, mention, differ, disagree, agree, speak, talk"))
_FORMS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"(?:what|how|where) (?:do|did) {_TEXTS} {_SAY} (?:(?:of|{_ON}) )?(?P<subject>.+)",
        rf"(?:do|did) {_TEXTS} {_SAY} (?:(?:anything|something) )?(?:(?:of|{_ON}) )?(?P<subject>.+)",
        rf"(?:(?:what is|what's|is there) (?:the |a |any )?)?(?:differences?|agreement|disagreement)"
        rf"(?: (?:between|in|of|among) {_TEXTS})? {_ON} (?P<subject>.+)",
        rf"(?P<subject>.+?) (?:in|according to|between) {_TEXTS}",
        rf"(?:compare |contrast )?{_TEXTS} {_ON} (?P<subject>.+)",
        r"(?:compare|contrast) (?:what .+? (?:about|of|on) )?(?P<subject>.+)",
    )
)
_ONLY_TEXTS: Final = lazy_pattern(rf"(?:compare |contrast )?{_TEXTS}", re.IGNORECASE)
_ASKING: Final = lazy_pattern(
    rf"(?<!\w)(?:{_SAY}|"
    + any_of(
        phrases("""
        how, what, what's, where, which, is, are, there, any, do, does, did, compare, contrast, comparison,
        differences?, agreements?, disagreements?, differs, agrees, disagrees, says, between, among, each, other
        """)
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
_LINKS: Final = any_of((
    *phrases(r"vs?\.?, versus, and, or, against, with, (?:as )?compared (?:with|to)"),
    FOREIGN_LINKS,
))  # fmt: skip
_BETWEEN: Final = lazy_pattern(rf" ?(?:[,/&+→↔]|[-=]>) ?(?:and |or )?| {_LINKS} ?(?= )", re.IGNORECASE)
_BEFORE: Final = lazy_pattern(
    r"^(?:compare |contrast |comparison of |(?:what is |what's )?(?:the )?differences? )?(?:between )?", re.IGNORECASE
)


def names_texts(typed: str) -> bool:
    """Whether it only says that texts are to be compared, and not on what: "both texts"."""
    return len(typed) <= _LONGEST and bool(_ONLY_TEXTS.fullmatch(" ".join(typed.split()).rstrip("?!.")))


def subject_of_comparison(typed: str) -> str:
    """What is to be compared: what was typed, without the words that only ask all texts for it."""
    words = " ".join(typed[: _LONGEST + 1].split()).rstrip(" ?!.")
    if len(words) > _LONGEST:
        return typed
    return next((match["subject"] for form in _FORMS if (match := form.fullmatch(words))), typed)


def texts_of_comparison(typed: str) -> str:
    """What names the texts in the part of a question before its subject: "how do the speech and the article differ"."""
    return " ".join(_ASKING.sub(" ", typed).split()) if len(typed) <= _LONGEST else typed


def compared_subjects(typed: str) -> tuple[str, ...]:
    """The things that are to be compared with each other, or nothing where there are not at least two."""
    words = _BEFORE.sub("", " ".join(typed[:_LONGEST].split()).rstrip("?!."))
    found = tuple(one.strip(" \"'“”‘’") for one in _BETWEEN.split(words))
    return found if len(found) > 1 and all(found) else ()
