"""Patterns of what people put beside a quotation that says nothing of whose it is: labels, and remarks in a chat."""

from __future__ import annotations

import re

from corpus.language.alternation import any_of, phrases

_AUTHOR_LABELS = "author, speaker, source, reference, ref, citation, name, by, from"
_SPEAKER_LABELS = f"a, {_AUTHOR_LABELS}"
_DETAIL_LABELS = "title, date, year, place, work, book, context"
_OTHER_LABELS = """
q, quote, quotation, quoted, quote of the day, quote of the week, text, original, claim, passage, excerpt,
zitat, re, fw, fwd, transcript, transkript, caption, poll
"""
_NUMBERED_LABELS = """
source, document, doc, extract, excerpt, passage, text, slide, quote, quotation, q, task, exercise, question, example,
exhibit, fig., figure, quelle, material, zitat, aufgabe, speaker, sprecher, chapter, ch., kapitel, section, §
"""
_LABEL_END = r"(?::\s+|[ \t]*\n\s*)(?=\S)"
SPEAKER_LABEL = re.compile(any_of(phrases(_SPEAKER_LABELS)) + _LABEL_END, re.IGNORECASE)
DETAIL_LABEL = re.compile(any_of(phrases(_DETAIL_LABELS)) + _LABEL_END, re.IGNORECASE)
LABELLED_LINE = re.compile(
    rf"{any_of(phrases(f'{_AUTHOR_LABELS}, {_DETAIL_LABELS}'))}:[ \t]+[^\n]{{1,100}}(?:\n\s*|\Z)",
    re.IGNORECASE,
)
"""A line that says whose words are beside it, or what they are from: “Author: Lenin”, “Date: 1917”."""
_NUMBERED = r"(?:[ ]?#?\d{1,3}|[ ][A-Z])(?:[ ]\((?:1[5-9]|20)\d\d\))?"
LABEL = re.compile(
    rf"{any_of(phrases(f'{_SPEAKER_LABELS}, {_DETAIL_LABELS}, {_OTHER_LABELS}'))}{_LABEL_END}"
    rf"|{any_of(phrases(_NUMBERED_LABELS))}{_NUMBERED}(?:{_LABEL_END}|\.[ ]+(?=\S))"
    r"|who (?:said|wrote)(?: that| this)?[:,]?\s+(?=[^\s“\"‘«])",
    re.IGNORECASE,
)
"""What is before a quotation and says that it is one, or what follows."""
_EXCLAMATIONS = """
amazing, damn, guys, haha, hello, hey, hey all, hey everyone, hey guys, hi, hi all, hi everyone, hmm, huh, interesting,
lmao, lol, ok, ok so, okay, omg, ouch, so true, whoa, wow, yikes
"""
_REMARKS = """
by the way, btw, did you know, did you know that, fun fact, fwiw, fyi, icymi, imho, imo, nb, ps, psa, reminder, til,
til that, tl;dr, tldr, today i learned, today i learned that
"""
REMARK_BEFORE = re.compile(
    rf"{any_of(sorted(phrases(f'{_EXCLAMATIONS}, {_REMARKS}'), key=len, reverse=True))}"
    r"(?:[ \t]*[,:;.!?…–—-]{1,5}\s+|\s+)(?=\S)",
    re.IGNORECASE,
)
"""What people say before a quotation in a chat, and no text does: “wow, …”, “TIL that …”."""
_REMARKS_BEHIND = "amazing, btw, fwiw, haha, imho, imo, just wow, lmao, lol, omg, smh, so true, tbh, whoa, wow, /s"
REMARK_BEHIND = re.compile(
    rf"(?:(?<=[.!?…”\"’'»])|\s|[,;]\s|\s[(–—-])\s*"
    rf"(?:{any_of(phrases(_REMARKS_BEHIND))}[)\s.!?…]*|(?:right|source|thoughts)\?\s*)\Z",
    re.IGNORECASE,
)
"""The same behind it: “… lol”, “…, right?”."""
