"""Patterns of the frames around a quotation, and what counts as a name in each."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.language.english import NEGATIONS
from corpus.names.attributions import ADVERBS, VERBS
from corpus.names.name_forms import NameForm

_MARKS = r"[\s\"“”'’»),.*_]*"
_OF_NAME = r"(?:[^\n,.:;!?—]|(?<=\b[^\W\d_])\.)"  # a stop behind an initial is a name's
_NAME, _OTHER = rf"(?P<name>[^\W\d_]{_OF_NAME}{{0,50}}?)", rf"(?P<other>{_OF_NAME}{{1,50}})"
_IN_BRACKETS = r"[(\[](?P<name>[^()\[\]\n]{1,120}(?:\([^()\n]{0,80}\))?)[)\]]"
_FEW_WORDS = r"(?P<name>(?:[^\W\d_][\w.'’-]*\s+){1,4}?)"
_PER = (
    r"(?i:according to|as per|per|as|in the words of|to quote|quoting"
    r"|laut|nach|wie|selon|d['’]après|según|как|по словам)"
)


class FramePattern(NamedTuple):
    """A pattern whose group `name` names the speaker of a quotation. `alone`: the group has nothing else."""

    pattern: re.Pattern[str]
    names: NameForm
    alone: bool = True
    in_brackets: bool = False


DASHED = re.compile(rf"{_MARKS}(?:[—–―~]|--?(?=\s))[ \t]*(?P<name>[^\n]{{1,150}})")
SAID_BEHIND = re.compile(
    rf"{_MARKS}(?:(?:is|was) what )?(?:(?:(?i:so|thus) )?{VERBS} {_OTHER}|{_NAME} (?:{ADVERBS} )?{VERBS}\b)"
)
BEHIND = (
    FramePattern(DASHED, NameForm.SINGLE, alone=False),
    FramePattern(re.compile(_MARKS + _IN_BRACKETS), NameForm.SINGLE, alone=False, in_brackets=True),
    FramePattern(
        re.compile(rf"{_MARKS}(?P<name>(?i:(?:as )?(?:quoted|cited|qtd\.?) in|cf\.?|apud) [^\n]{{2,80}})"),
        NameForm.SINGLE,
        alone=False,
    ),
    FramePattern(re.compile(rf"{_MARKS}{_PER} {_NAME}(?:(?=[\s.!?]*$|[,;])|(?<=\w\w)(?=\.))"), NameForm.SINGLE),
    FramePattern(
        re.compile(
            rf"{_MARKS}(?:[^\n.]{{0,40}}?\s)?(?:by|from|via|von|(?:attributed|ascribed|credited) to"
            rf"|(?:line|quote|words?) of)\s+{_NAME}[\s.!?]*$"
        ),
        NameForm.SINGLE,
    ),
    FramePattern(
        re.compile(
            rf"{_MARKS}(?:is|was|are|were)\s(?:one of\s)?(?P<name>[^\W\d_]{_OF_NAME}{{0,40}}['’]s?\s[^\n.,]{{1,40}})"
        ),
        NameForm.SINGLE,
    ),
    FramePattern(SAID_BEHIND, NameForm.SINGLE),
    FramePattern(re.compile(rf"{_MARKS}(?i:so|thus) {_NAME}[\s.!?]*$"), NameForm.KNOWN),
    FramePattern(re.compile(rf"{_MARKS}(?P<name>[^\n]{{1,120}})"), NameForm.KNOWN),
)
"""Frames after a marked quotation. The last is a name alone: one with a colon begins the next quotation."""

OF_THE_NEXT = re.compile(
    rf"[\s”\"’'»,;]*(?P<other>(?:and|but|while|whereas|then|und|et|и)\s)?"
    rf"(?:{_NAME} (?:{ADVERBS} )?{VERBS}[^\n.:!?]{{0,40}}|[^\n:]{{1,60}}(?=:))(?P<colon>:?),?\s*"
)
"""Words between two quotations that name the speaker of the second: “Lenin said:”."""

OF_THE_SAME = re.compile(
    rf"[ \t”\"’'»,;.]*(?:(?:and|but|then|also|again|und|et|и|&)[ \t,]+)*"
    rf"(?:(?:(?:he|she|they)[ \t]+)?(?:(?:{ADVERBS}|then)[ \t]+)?{VERBS})?[ \t]*(?:that)?[ \t,:;]*",
    re.IGNORECASE,
)
"""Words between two quotations of one speaker: “and”, “he added:”."""

LAST_BRACKET = FramePattern(re.compile(_IN_BRACKETS + r"[\s.!,]*$"), NameForm.SINGLE, alone=False, in_brackets=True)
LAST_DASH = FramePattern(
    re.compile(
        r"(?:\s*(?<!\d)[—–―~]|\s(?:\||//)(?=\s)|\s--?(?=\s|[^\W\d_])|\s?--)\s*"
        r"(?P<name>(?:[^—–―~\n]|(?<=\d)[—–](?=\d)){2,120})$"  # a dash between years parts no name from a quotation
    ),
    NameForm.LOWER_CASE,
    alone=False,
)
LAST_SAID = FramePattern(
    re.compile(rf"(?<=[,.!?…”\"’'])\s*(?:{_NAME} {VERBS}|{VERBS} {_OTHER})[.!]?\s*$"), NameForm.SINGLE
)
LAST_NAME = re.compile(r"(?<=[.!?…”\"'’»])\s+(?=\S)")

_OF_SPEAKER = r"(?:a|author|speaker|source|reference|ref|citation|name|by|from)(?::\s+|[ \t]*\n\s*)(?=\S)"
SPEAKER_LABEL = re.compile(_OF_SPEAKER, re.IGNORECASE)
LABEL = re.compile(
    rf"{_OF_SPEAKER}|(?:q|quote|quotation|quoted|quote of the (?:day|week)|text|title|date|original|claim|passage"
    r"|excerpt|zitat|re|fwd?)(?::\s+|[ \t]*\n\s*)(?=\S)|who (?:said|wrote)(?: that| this)?[:,]?\s+(?=[^\s“\"‘«])",
    re.IGNORECASE,
)
LEAD_IN = re.compile(rf"(?:[:?]|\b(?:{VERBS}|say|write)(?:\s+that)?[,:]?)[ \t]+(?=\S)", re.IGNORECASE)
"""Where what leads to a quotation without marks may end: “can you check if Lenin said”."""
NO_LEAD = re.compile(
    rf"n['’]t\b|\b(?:{'|'.join(sorted(NEGATIONS))}|lies?|false|wrong)\b|\b(?:I|we|you)\s+(?:{VERBS}|say|ask|think|believe)\b",
    re.IGNORECASE,
)
"""Words that make a statement of their own instead: “we do not say”, “it is a lie to say”."""
FIRST_LINE = FramePattern(re.compile(r"(?P<name>[^\n:]{1,100}[^\n:.!?…”\"])\n\s*(?=\S)"), NameForm.FULL)
WITH_COLON = FramePattern(re.compile(r"(?P<name>[^:\n]{2,100}):\s+(?=\S)"), NameForm.SINGLE)
TURN = re.compile(r"^[ \t]*(?P<name>[^:\n]{2,60}):[ \t]+(?=\S)", re.MULTILINE)
ASKED = FramePattern(
    re.compile(
        rf"(?i:is it true(?: that)?|(?:when |where )?did)\s+{_FEW_WORDS}"
        rf"(?:{ADVERBS}\s+)*(?:{VERBS}|say|write)[,:]?\s+(?:that\s+)?(?=\S)"
    ),
    NameForm.LOWER_CASE,
)
"""A question, whose question mark is not part of the quotation."""
ACCORDING_TO = FramePattern(
    re.compile(r"(?i:according to)\s+(?P<name>[^,:\n]{2,60}),\s[^,:.;\n]{0,60}\s(?=[“\"‘«])"), NameForm.SINGLE
)
"""Who reports a quotation. The one with a verb of speech after it said it: “According to Lenin, Trotsky said”."""
BEFORE = (
    FIRST_LINE,
    WITH_COLON,
    FramePattern(re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,60})[)\]]:?\s+(?=\S)"), NameForm.SINGLE),
    FramePattern(re.compile(r"(?P<name>[A-Z][A-Z .'’-]{2,60})\.\s+(?=\S)"), NameForm.SINGLE),
    FramePattern(
        re.compile(
            rf"{_PER}\s+(?:{VERBS}\s+)?"
            rf"(?P<name>[^,:\n]{{2,80}}?)(?:\s+(?:{ADVERBS}\s+)?{VERBS}[^,:\n]{{0,30}})?[,:]\s+"
        ),
        NameForm.SINGLE,
    ),
    FramePattern(re.compile(r"(?i:according to)\s+(?P<name>[^,:\n]{2,60})[,:]\s+"), NameForm.LOWER_CASE),
    ACCORDING_TO,
    FramePattern(re.compile(r"(?P<name>[^,:;\n]{2,60}['’]s?\s[^,:;\n]{2,60}?)\s+(?=[“\"‘«])"), NameForm.SINGLE),
    FramePattern(
        re.compile(rf"{_FEW_WORDS}(?:{ADVERBS}\s+)?{VERBS}[,:]?\s+(?=[A-Z“\"‘'«])"), NameForm.LOWER_CASE
    ),
    FramePattern(
        re.compile(r"(?P<name>[^\n—–―]{2,60}?)\s+(?:[—–―~|/-]|[-=]>|→|::|//)\s+(?=\S)"), NameForm.SINGLE
    ),
    ASKED,
    FramePattern(re.compile(r"(?P<name>[^,:;\n]{2,60}),?\s+(?=[“\"‘«])"), NameForm.FULL),
    FramePattern(
        re.compile(r"(?P<name>[^\W\d_][^\n():]{1,60})\s\((?:\d{4}[a-z]?|n\.d\.)[^()\n]{0,30}\)[.:,]?\s+(?=\S)"),
        NameForm.SINGLE,
    ),
)  # fmt: skip
"""Frames before a quotation, marked or not."""
OPEN_MARK = re.compile(r"(?:^|\s)[“„«\"][^\s“”„«»\"][^“”„«»\"]*$")
REPORTED = re.compile(
    rf"\W*(?:(?P<pronoun>he|she|they|people|some|many|the (?:author|speaker))|(?P<name>[^\W\d_][^\n,:;!?—]{{0,50}}?))"
    rf"\s+(?:{ADVERBS}\s+)?"
    rf"(?:{VERBS}|(?:insist|maintain|believe|think|thought|conclude|promise|predict|suggest|admit|explain)\w{{0,3}})\b"
    r"(?:\s+[\w’']{1,20}){0,4}?\s+that\s+(?=\S)",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    rf"\b(?:{VERBS}|say|write|declare|claim|argue|ask|put|thinks?|thought|believe[sd]?|speaking)\b", re.IGNORECASE
)
CITED_YEAR = re.compile(r"\s[(\[](?:[^()\[\]\n]{0,30}\b\d{4}[a-z]?|n\.d\.)[^()\[\]\n]{0,30}[)\]]\s*$")
BEFORE_VERBS = frozenset(
    (
        *ADVERBS.strip("(?:)").split("|"),
        "always",
        "as",
        "been",
        "cited",
        "has",
        "is",
        "often",
        "quoted",
        "then",
        "was",
        "who",
    )
)
"""Words between a name and a verb of speech."""
