"""Questions for whose a text is, or whose words some are: `who wrote the article`, `who said “seize the power”`."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.speech_verbs import SPEECH_VERB
from corpus.language.tokens import content_words

_LONGEST: Final = 200
"""Characters of the longest question; nothing longer is looked at."""
_LONGEST_WORDS: Final = 1_000
"""Characters of the longest words of which it is asked who said them."""
_FORM: Final = lazy_pattern(
    r"(?:who )?(?:(?:is |was )?(?:the )?(?:author|writer|speaker)(?: of| in)?"
    r"|(?:wrote|gave|made|delivered|held|authored|spoke in|is speaking in))(?: (?:this |that )?(?P<text>.+))?"
    r"|(?:who )?(?:is |was )?(?P<owner>.+?)['’]s? (?:author|writer|speaker)",
    re.IGNORECASE,
)
_THAT: Final = r"(?: (?:that|this|the words?|the phrase|the line|these words|those words|of|about))*"
_DE_THAT: Final = "(?: (?:den|der) satz| das wort| die worte)?"
_FR_THAT: Final = "(?: la phrase| les mots| le mot| que)?"
_NOT_AT: Final = r"(?!(?:talked|talks|speaks|spoke)\b(?! (?:of|about)\b))"
"""Who spoke at a congress is asked for no words."""
_WORDS: Final = tuple(
    lazy_pattern(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:who |person who |the one who )?(?:first |once |actually |really )?"
        rf"{_NOT_AT}(?:{SPEECH_VERB}|used|uses|coined|talked|speaks|spoke){_THAT}[:,]? (?P<words>.+)",
        rf"who(?:se|['’]?s)(?: own)? (?:words?|line|phrase|quotation|quote|sentence)(?: (?:are|is|was|were))?(?: it)?"
        rf"{_THAT}[:,]? (?P<words>.+)",
        rf"(?:who |the )?(?:is |was )?(?:the )?(?:source|origin|author|speaker)(?: of)?{_THAT}[:,]?"
        r" (?P<words>[\"“”„«‘'].+)",
        rf"wer (?:sagte|schrieb|sagt){_DE_THAT}[:,]? (?P<words>.+)",
        rf"wer hat{_DE_THAT}[:,]? (?P<words>.+) (?:gesagt|geschrieben)",
        rf"von wem (?:ist|sind|stammt|stammen){_DE_THAT}[:,]? (?P<words>.+)",
        rf"(?:qui (?:a |avait )?(?:dit|écrit|ecrit)|de qui (?:est|sont)){_FR_THAT}[:,]? (?P<words>.+)",
        r"(?:кто (?:сказал|написал|говорил)|чьи(?: это)? слова)(?: (?:что|слова|фразу))?[:,]? (?P<words>.+)",
        r"(?P<words>.+?)[,:]? (?:by whom|who said (?:it|that|this)|whose words(?: are (?:these|they|those))?)",
    )
)


def author_question(typed: str) -> str | None:
    """What it is whose author is asked for, or nothing where it was not said; None for any other question."""
    match = _FORM.fullmatch(" ".join(typed.split()).rstrip(" ?!.")) if len(typed) <= _LONGEST else None
    return (match["text"] or match["owner"] or "") if match else None


def words_question(typed: str) -> str:
    """The words of which it is asked whose they are; empty where that is not asked."""
    if len(typed) > _LONGEST_WORDS:
        return ""
    words = " ".join(typed.split()).strip(" ?!.")
    match = next((match for form in _WORDS if (match := form.fullmatch(words))), None)
    return match["words"].strip() if match and content_words(match["words"]) else ""
