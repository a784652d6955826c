"""Patterns and words of attributions: what may be around a name in “as Lenin once wrote, The State, p. 7”."""

from __future__ import annotations

import re

from corpus.date_parts import STYLE
from corpus.language.alternation import any_of, phrases
from corpus.language.division_words import DIVISION_OR_ABBREVIATION
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.speech_verbs import ADVERB, SPEECH_VERB

_LEADS = """
according to, attributed to, ascribed to, credited to, in the words of, to quote, as, by, from, in, zitat von, zitat,
an?(?= (?:famous )?(?:quote|quotation|line)\\b), and, but, und, aber, et, mais, и(?=\\s), а(?=\\s), но, aus, quote,
quoting, source, speaker, author
"""  # noqa: RUF001 - Russian words.
FRAME = lazy_pattern(
    rf"^(?:(?:{any_of(phrases(_LEADS))}|{SPEECH_VERB})\b[:\s]*)+"
    rf"|\s+(?:{ADVERB}\s+)?{SPEECH_VERB}(?:\s+(?:it|so|this))?(?:\s+in\s+\d{{4}})?$",
    re.IGNORECASE,
)
"""What is before or after a name and is not a part of it: “according to”, “once wrote in 1917”."""

_WORKS = """
speech, word, words, book, line, lines, quote, quotes, quotation, quotations, writing, writings, address, letter,
letters, essay, essays, report, remark, remarks, lecture, lectures, autobiography, memoir, memoirs, diary, work, works,
article, articles, pamphlet, history, saying, phrase, testament, statement, reply, answer, note, notes, rede, motto,
slogan, maxim, dictum
"""
_GERMAN_WORKS = """
antwort, artikel, aufsatz, aussage, autobiographie, brief, briefe, buch, erinnerungen, erklärung, losung, memoiren,
parole, rede, reden, satz, schrift, schriften, spruch, tagebuch, text, werk, werke, wort, worte, zitat
"""
GERMAN_WORK = lazy_pattern(
    rf"(?<=[^\W\d_]s)\s+(?:[\w-]+e[nrs]?\s+){{0,2}}{any_of(phrases(_GERMAN_WORKS))}(?:\s+[\w ]{{1,40}})?$",
    re.IGNORECASE,
)
"""The same in German, which has no apostrophe: “Lenins Buch von 1917”, “Engels Rede”."""
BEGINS_PHRASE = lazy_pattern(r"(?:the )?(?:of|for|to|and|or|with|against|about|on|at|in|is|was|are|were)\s")
"""The beginning of what has a name in it and is none: “of Avksentiev”, what is left of “the arrest of Avksentiev”."""
POSSESSIVE = lazy_pattern(
    rf"['’]s?\s+(?:[\w-]+\s+){{0,3}}{any_of(phrases(_WORKS))}(?:\s+[\w ]{{1,40}})?$", re.IGNORECASE
)
"""What is somebody's and has their words: “Trotsky's speech of 1917”, but not “Lenin's brother”."""
QUOTE = lazy_pattern(r"\s+(?:quotes?|quotation)$", re.IGNORECASE)
"""The same without an apostrophe: “Lenin quote”."""
WHERE = lazy_pattern(
    r"\s+(?:(?:qtd\.?|quoted|cited) in|to|in|at|before|on|during|when|after)\s.*$", re.IGNORECASE | re.DOTALL
)
"""After a name, when and to whom it was said: “Avilov to the Congress”."""

_TITLE_BEGINNINGS = (
    "the, my, our, their, a, an, history, on, in, what, why, lessons, letter, letters, diary, collected, selected"
)
TITLE = lazy_pattern(rf"{any_of(phrases(_TITLE_BEGINNINGS))}\s", re.IGNORECASE)
"""The beginning of a book's title."""
_ROLES = """
author, bolshevik, commander, commissar, communist, congress, founder, institute, leader, marxist, philosopher,
politician, revolutionary, soviet, soviets, statesman, theorist, writer
"""
ROLE = lazy_pattern(rf"{any_of(phrases(_ROLES))}$", re.IGNORECASE)
"""The last word of what somebody was: “the leader of the Bolsheviks, a Marxist”."""
CITED = lazy_pattern(
    r"(?:as )?(?:(?:quoted|cited|qtd\.?) (?:in|by|from)|cf\.?|see(?: also)?|apud|vgl\.?|siehe"
    r"|zit(?:iert|\.) (?:nach|in))\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""What leads to the book in which somebody found a quotation."""

YEARS = lazy_pattern(r"(?:c\.? ?|circa |in )?\d{3,4}s?(?: ?[-–—] ?\d{2,4})?")
YEAR = lazy_pattern(r"\b(?:1[5-9]|20)\d\d(?=[a-z]?\b)")
LAST_YEAR = lazy_pattern(r"(?:\s+in)?\s+\d{4}$")
DATE = lazy_pattern(
    r"(?<![\w–—-])(?:(?:[0-3]?\d(?:st|nd|rd|th)?\.? (?:of )?[^\W\d_]{3,9}\.?,? "
    r"|[^\W\d_]{3,9}\.? (?:[0-3]?\d(?:st|nd|rd|th)?,? )?))?"
    r"(?<!p\. )(?<!p\.)(?<!page )(?P<year>(?:1[5-9]|20)\d\d)(?! ?[–—-] ?\d|\w)"
    rf"(?:,? [(\[]?(?i:{STYLE})(?!\w))?"
)
"""A date within words, but not the years of a life."""
PAGES = lazy_pattern(
    r"(?:pp?\.?|pages?|n[or]\.?|number|vol\.?|ch\.?|chapter|lines?|ll?\.) ?[\divxlc]{1,8}(?: ?[-–—] ?\d{1,5})?",
    re.IGNORECASE,
)
"""A page, or another place in a book, and nothing else."""
PAGE = lazy_pattern(r"\b(?:pp?|S)\. ?\d|\bpages? \d|\d: ?\d")
"""A page within words."""
PAGE_NUMBER = lazy_pattern(r"(?<=[^\W\d_])[ ,]+\d{1,3}(?:[-–]\d{1,3})?$")
"""A page's number after a name: “Deutscher, 314”."""
SEGMENTS = lazy_pattern(r"[,;:()\[\]\n|]+|\s[—–―-]{1,2}\s")
"""What parts the name from the title, the title from the date, and so on."""
DIVISION = lazy_pattern(
    rf"(?<![\w-])(?!part I\b)(?P<kind>(?i:{DIVISION_OR_ABBREVIATION}|paragraph|para|par\.|page|p\.)) ?"
    r"(?P<number>[0-9]{1,4}|[IVXL]{1,7})(?![\w/])"
)
"""A chapter, a paragraph, a page or the like within words, by its number; “in part I agree” is none."""
NOBODY = frozenset(("unknown", "anonymous", "anon", "author unknown", "unknown author", "source unknown"))
