"""Patterns of the frames around a quotation. A new form of frame goes into a table here, with an example of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.negations import NEGATIONS
from corpus.language.speech_verbs import (
    ADVERB,
    ADVERBS,
    DENYING_VERB,
    OPINION_VERB,
    ORAL_VERB,
    QUOTING_VERB,
    REPORTING_VERB,
    SPEECH_INFINITIVE,
    SPEECH_VERB,
)
from corpus.names.name_forms import NameForm

_MARKS = r"[\s\"“”'’»),.*_]*"
_LOCATOR = r"\s?[(\[](?:[^()\[\]\n]{0,30}[ ,])?(?:(?:1[5-9]|20)\d\d[a-z]?\b|n\.d\.)[^()\[\]\n]{0,30}[)\]]"
_OF_NAME = rf"(?:(?!{_LOCATOR})[^\n,.:;!?—]|(?<=\b[^\W\d_])\.)"  # a stop after an initial is a name's
_ANY_NAME = rf"[^\W\d_]{_OF_NAME}{{0,50}}?"
_NAME = rf"(?P<name>{_ANY_NAME})"
_CITED = rf"(?P<cited>{_LOCATOR})?"
_OTHER = rf"(?P<other>{_OF_NAME}{{1,50}})(?P<other_cited>{_LOCATOR})?"
_IN_BRACKETS = r"[(\[](?P<name>[^()\[\]\n]{1,120}(?:\([^()\n]{0,80}\))?)[)\]]"
_FEW_WORDS = r"(?P<name>(?:[^\W\d_][\w.'’-]*\s+){1,4}?)"
_ACCORDING_TO = """
according to, as per, per, as, in the words of, to quote, quoting,
laut, nach, wie, selon, d['’]après, según, как, по словам
"""
ACCORDING_TO = rf"(?i:{any_of(phrases(_ACCORDING_TO))})"
"""A pattern for what leads to a name: “according to”."""
_TO_WHOM = r"(?:\s+(?:it|so|this|to|in|at|of|on|before|about|during|when|after|us|the)\b[^,:\n]{0,30})?"
"""What may be between a verb of speech and the comma before the quotation: “once said in 1917, …”."""


class FramePattern(NamedTuple):
    """A form of frame. The pattern's group `name`, or its group `other`, is what may be the name of the speaker.

    Its group `cited`, or `other_cited`, is the year in brackets after the name, which may make it that of a book.
    """

    example: str
    """A message in this form, with “…” for the quotation."""
    pattern: re.Pattern[str]
    names: NameForm = NameForm.SINGLE
    """What counts as a name in it."""
    alone: bool = True
    """Whether the group is the name and nothing else, such as a title or a date."""
    alone_within_sentence: bool = False
    """The same, where no sentence ends before the frame."""
    in_brackets: bool = False
    may_be_clause: bool = False
    """Whether the group may be a clause with a verb of speech: “In 1917 Trotsky told the Congress: …”."""
    may_be_date: bool = False
    """Whether the group may say only when or where: “8 November 1917: …”."""
    is_question: bool = False
    """Whether a question mark at the end belongs to the frame."""
    is_reporter: bool = False
    """Whether the name is that of somebody who reports the words, if a verb of speech after it has another."""


AFTER = (
    FramePattern(
        "“…”[^1]\n\n[^1]: Lenin, Works, p. 12",
        re.compile(r"[\s”\"’'».,]*\[\^?(?P<note>\d{1,3})\][^\[]{0,80}\n\s*\[\^?(?P=note)\]:?\s+(?P<name>[^\n]{1,150})"),
        alone=False,
    ),
    FramePattern(
        "“…” — Lenin, 1917", re.compile(rf"{_MARKS}(?:[—–―~]|--?(?=\s))[ \t]*(?P<name>[^\n]{{1,150}})"), alone=False
    ),
    FramePattern("“…” (Lenin, 1917)", re.compile(_MARKS + _IN_BRACKETS), alone=False, in_brackets=True),
    FramePattern(
        "“…” as quoted in Deutscher",
        re.compile(rf"{_MARKS}(?P<name>(?i:(?:as )?(?:quoted|cited|qtd\.?) in|cf\.?|apud) [^\n]{{2,80}})"),
        alone=False,
    ),
    FramePattern(
        "“…”, according to Lenin",
        re.compile(rf"{_MARKS}{ACCORDING_TO} {_NAME}{_CITED}(?:(?=[\s.!?]*$|[,;])|(?<=\w\w)(?=\.))"),
    ),
    FramePattern(
        "“…” is a line from Lenin",
        re.compile(
            rf"{_MARKS}(?:[^\n.]{{0,40}}?\s)?(?:by|from|via|von|(?:attributed|ascribed|credited) to"
            rf"|(?:line|quote|words?) of)\s+{_NAME}[\s.!?]*$"
        ),
    ),
    FramePattern(
        "“…” was Lenin's motto",
        re.compile(
            rf"{_MARKS}(?:is|was|are|were)\s(?:one of\s)?(?P<name>[^\W\d_]{_OF_NAME}{{0,40}}['’]s?\s[^\n.,]{{1,40}})"
        ),
    ),
    FramePattern(
        "“…” is what Lenin said",
        re.compile(
            rf"{_MARKS}(?:(?:is|was) what )?"
            rf"(?:(?:(?i:so|thus) )?{SPEECH_VERB} {_OTHER}|(?:as )?{_NAME}{_CITED} (?:{ADVERB} )?{SPEECH_VERB}\b)"
        ),
    ),
    FramePattern("„…“, so Lenin.", re.compile(rf"{_MARKS}(?i:so|thus) {_NAME}[\s.!?]*$"), NameForm.KNOWN),
    FramePattern(
        "“…” Lenin",
        re.compile(rf"{_MARKS}(?![^\n]*:[ \t]*(?:\n|$))(?P<name>[^\n]{{1,120}})"),  # a colon begins the next
        NameForm.KNOWN,
    ),
)
"""Frames after a marked quotation. The first that fits is read."""

LAST = (
    FramePattern(
        "…, said Lenin.",
        re.compile(rf"(?<=[,.!?…”\"’'])\s*(?:(?:as )?{_NAME}{_CITED} {SPEECH_VERB}|{SPEECH_VERB} {_OTHER})[.!]?\s*$"),
    ),
    FramePattern("… (Lenin)", re.compile(_IN_BRACKETS + r"[\s.!,]*$"), alone=False, in_brackets=True),
    FramePattern(
        "…\n\nLenin. State and Revolution (p. 12). Kindle Edition.",
        re.compile(
            r"\s*\n\s*(?P<name>[^\n,.]{2,40}(?:,\s(?:[^\n,.]{2,40}|[^\W\d_](?:\.\s?[^\W\d_]){0,2}))?)\.{1,2}\s"
            r"[^\n]{2,110}\bKindle[ -](?:Edition|Location|Version|Ausgabe)[^\n]{0,20}$"
        ),
    ),
    FramePattern(
        "…\tLenin", re.compile(r"[ ]?\t\s*(?P<name>[^\t\n]{2,120})$"), alone=False, alone_within_sentence=True
    ),
    FramePattern(
        "… - Lenin",
        re.compile(
            r"(?:\s*(?<!\d)[—–―~]|\s(?:\||//)(?=\s)|\s--?(?=\s|[^\W\d_])|\s?--)\s*"
            # A dash between years parts no name from a quotation.
            r"(?P<name>(?:(?!\s(?:\||//)\s)[^—–―~\n]|(?<=\d)[—–](?=\d)){2,120})$"
        ),
        NameForm.LOWER_CASE,
        alone=False,
        alone_within_sentence=True,
    ),
)
"""Frames at the end of a quotation without marks. The first that can be read counts."""
LAST_NAME = re.compile(r"(?<=[.!?…”\"'’»])\s+(?=\S)")
"""Where a name alone may begin after a sentence."""

FIRST_LINE = FramePattern(
    "Lenin, 1917\n…",
    re.compile(r"(?:\d{1,4}[ \t]{2,9})?(?P<name>[^\n:]{1,100}[^\n:.!?…”\"])\n\s*(?=\S)"),
    NameForm.FULL,
    may_be_date=True,
)
BEFORE = (
    FIRST_LINE,
    FramePattern(
        "October 1917, Lenin: …",
        re.compile(
            r"(?:(?:in|on|im|am|en)\s+)?(?:[^\W_]{1,10}\.?\s+){0,2}(?:1[5-9]|20)\d\d,\s+(?P<name>[^:,\n]{2,60}):\s+(?=\S)",
            re.IGNORECASE,
        ),
        is_reporter=True,
    ),
    FramePattern(
        "Lenin: …",
        re.compile(r"(?P<name>[^:\n]{2,100}):\s+(?=\S)"),
        may_be_clause=True,
        may_be_date=True,
        is_reporter=True,
    ),
    FramePattern("Lenin\t…", re.compile(r"(?P<name>[^\n\t:]{2,60}?)[ ]?\t[ \t]*(?=\S)")),
    FramePattern("(Lenin) …", re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,60})[)\]]:?\s+(?=\S)"), may_be_date=True),
    FramePattern("LENIN. …", re.compile(r"(?P<name>[A-Z][A-Z .'’-]{2,60})\.\s+(?=\S)")),
    FramePattern(
        "As Lenin once said, …",
        re.compile(
            rf"{ACCORDING_TO}\s+(?:{SPEECH_VERB}\s+)?"
            rf"(?P<name>[^,:\n]{{2,80}}?){_CITED}(?:\s+(?:{ADVERB}\s+)?{SPEECH_VERB}{_TO_WHOM})?[,:]\s+"
        ),
    ),
    FramePattern(
        "according to lenin, …", re.compile(r"(?i:according to)\s+(?P<name>[^,:\n]{2,60})[,:]\s+"), NameForm.LOWER_CASE
    ),
    FramePattern(
        "According to Lenin, the Congress heard “…”",
        re.compile(r"(?i:according to)\s+(?P<name>[^,:\n]{2,60}),\s[^,:.;\n]{0,60}\s(?=[“\"‘«])"),
        is_reporter=True,
    ),
    FramePattern(
        "Lenin's famous line “…”",
        re.compile(r"(?P<name>[^,:;\n]{2,60}['’]s?\s[^,:;\n]{2,60}?)\s+(?=[“\"‘«])"),
        is_reporter=True,
    ),
    FramePattern(
        "lenin once said “…”",
        re.compile(
            rf"{_FEW_WORDS}(?:{ADVERB}\s+)?{SPEECH_VERB}[,:]?\s+(?=[A-Z“\"‘'«])"
            r"(?!(?:[A-Z][\w.'’-]*[ ,]{1,2}){1,3}[“\"‘«])"  # who is told: “Lenin told Trotsky “…””
        ),
        NameForm.LOWER_CASE,
    ),
    FramePattern("Lenin -> …", re.compile(r"(?P<name>[^\n—–―]{2,60}?)\s+(?:[—–―~|/-]|[-=]>|→|::|//)\s+(?=\S)")),
    FramePattern(
        "Did Lenin really say …?",
        re.compile(
            rf"(?i:is it true(?: that)?|(?:when |where )?did)\s+{_FEW_WORDS}"
            rf"(?:{ADVERB}\s+)*(?:{SPEECH_VERB}|{SPEECH_INFINITIVE})[,:]?\s+(?:that\s+)?(?=\S)"
        ),
        NameForm.LOWER_CASE,
        is_question=True,
    ),
    FramePattern(
        "Lenin, “…”", re.compile(r"(?P<name>[^,:;\n]{2,60}),?\s+(?=[“\"‘«])"), NameForm.FULL, is_reporter=True
    ),
    FramePattern(
        "Lenin (1917) …",
        re.compile(rf"(?P<name>[^\W\d_][^\n():]{{1,60}})(?P<cited>{_LOCATOR})[.:,]?\s+(?=\S)"),
    ),
)
"""Frames before a quotation, marked or not. Without marks the first that can be read counts."""

OF_THE_NEXT = re.compile(
    rf"[\s”\"’'»,;]*(?P<other>(?:and|but|while|whereas|then|und|et|и)\s)?"
    rf"(?:{_NAME} (?:{ADVERB} )?{SPEECH_VERB}[^\n.:!?]{{0,40}}|[^\n:]{{1,60}}(?=:))(?P<colon>:?),?\s*"
)
"""Words between two quotations that name the speaker of the second: “Lenin said:”."""
OTHER_CLAUSE = re.compile(
    rf"[\s”\"’'»“,;]*(?:(?:and|but|then|und|et|и)\s)?"
    rf"(?:{_ANY_NAME} (?:{ADVERB} )?{SPEECH_VERB}\s+\w|(?:{SPEECH_VERB} )?{_ANY_NAME}[,:]?\s*“)"
)
"""What is behind a quotation and says who else said something: “, Lenin said nothing”, “, sagte Lenin “”."""
NAME_ALONE = re.compile(rf"[ \t”\"’'»,;.]*(?:(?:and|but|und|et|и)[ \t])?(?P<name>[^\W\d_]{_OF_NAME}{{1,50}}?)[ \t,]*")
OF_THE_SAME = re.compile(
    rf"[ \t”\"’'»,;.]*(?:(?:and|but|then|also|again|und|et|и|&)[ \t,]+)*"
    rf"(?:(?:(?:he|she|they)[ \t]+)?(?:(?:{ADVERB}|then)[ \t]+)?{SPEECH_VERB})?[ \t]*(?:that)?[ \t,:;]*",
    re.IGNORECASE,
)
"""Words between two quotations of one speaker: “and”, “he added:”."""

SIGNATURE = re.compile(
    r"[”\"'’»]*\s*(?:(?:[—–―~(\[]|--?(?=\s))\s*(?=[A-Z])(?:[^\n.!?]|\.(?= ?\d)){1,80}[.\s]*"
    r"|\n\s*(?=[^\W\d_])[^\n]{2,160}\([^()\n]{0,80}\b(?:1[5-9]|20)\d\d\)[^\n]{0,40}\s*)"
)
"""What follows a marked quotation to the end and says where it is from, known or not: “ — The Prophet Armed”.

Or a note on its own line: “Isaac Deutscher, The Prophet Armed (Oxford: University Press, 1954), 12.”
"""

LEAD_IN = re.compile(rf"(?:[:?!]|\b(?:{SPEECH_VERB}|{SPEECH_INFINITIVE})(?:\s+that)?[,:]?)[ \t]+(?=\S)", re.IGNORECASE)
"""Where what leads to a quotation without marks may end: “can you check if Lenin said”."""
_CROWD = """
brothers, citizens, companions, comrade, comrades, countrymen, fellow citizens, friends, gentlemen, ladies, peasants,
people, proletarians, sailors, sisters, soldiers, workers, working men, working women
"""
NO_LEAD = re.compile(
    rf"n['’]t\b|\b(?:{any_of(sorted(NEGATIONS))}|lies?|false|wrong)\b"
    rf"|\b(?:I|we|you)\s+(?:(?:will|may|might|can|shall|would)\s+)?(?:{SPEECH_VERB}|say|ask|{OPINION_VERB})\b"
    rf"|\b{any_of(phrases(_CROWD))}!",
    re.IGNORECASE,
)
"""Words that make a statement of their own instead, or address others: “we do not say”, “a lie to say”, “Comrades!”."""
TURN = re.compile(r"^[ \t]*(?P<name>[^:\n]{2,60}):[ \t]+(?=\S)", re.MULTILINE)
"""The beginning of a turn of a conversation."""
OPEN_MARK = re.compile(r"(?:^|\s)[“„«\"][^\s“”„«»\"][^“”„«»\"]*$")
"""A quotation that has begun and not ended: what follows is its own."""
REPORTED = re.compile(
    rf"\W*(?:(?P<pronoun>he|she|they|people|some|many|the (?:author|speaker))|(?P<name>[^\W\d_][^\n,:;!?—]{{0,50}}?))"
    rf"\s+(?:{ADVERB}\s+)?{REPORTING_VERB}\b(?:\s+(?!(?:I|we)\b)[\w’']{{1,20}}){{0,4}}?\s+that\s+(?=\S)",
    re.IGNORECASE,
)
"""“Trotsky said that”, “they promise everybody that”."""
STATES_OTHERWISE = re.compile(
    rf"n['’]t\b|\b(?:{any_of(sorted(NEGATIONS))}|{DENYING_VERB}|is|was|were|be|been|lies?|false|wrong)\b", re.IGNORECASE
)
"""What makes another statement of “Trotsky said … that”: “Trotsky said it is not true that”."""
VERB_FIRST = re.compile(
    rf"(?:^|[,;]\s*|\b(?:and|und|et|и)\s){SPEECH_VERB}\s+"
    r"(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3})[,:]?\s*$",
    re.IGNORECASE,
)
"""“…, sagte Lenin:” before a quotation."""
INTRODUCES = re.compile(
    rf"\b(?:{SPEECH_VERB}|{SPEECH_INFINITIVE})(?:,?\s(?:that|dass|que|что))?[,:]?\s*$|{VERB_FIRST.pattern}",
    re.IGNORECASE,
)
"""A verb of speech that leads to a quotation."""
SPOKEN = re.compile(rf"\b(?:{SPEECH_VERB}|{SPEECH_INFINITIVE}|{OPINION_VERB})\b", re.IGNORECASE)
ORAL = re.compile(rf"{ORAL_VERB}\b", re.IGNORECASE)
"""A verb whose words are spoken, and not in a book."""
QUOTES_WHOM = re.compile(
    rf"\b{QUOTING_VERB}\s+(?!in\b|by\b|from\b)(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){{0,3}}?)"
    r"[,:]?\s*[“\"‘«]?$",
)
"""“Lenin's biographer quotes Trotsky:” is before the words of Trotsky."""
PARTS_OF_QUOTING_VERBS = ("quot", "cit", "zit", "цит")
"""One of these is in each: to look for all at each place would take a hundred times as long."""
CITATION = re.compile(rf"\b(?P<name>[A-Z][\w'’-]*){_LOCATOR}")
"""A book by the name of its author and its year: “Deutscher (1954, p. 200)”."""
CITED_YEAR = re.compile(rf"{_LOCATOR}\s*$")
BEFORE_VERBS = frozenset((*ADVERBS, *phrases("always, as, been, cited, had, has, is, often, quoted, then, was, who")))
"""Words between a name and a verb of speech."""
