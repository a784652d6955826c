"""Parsing a quotation: its words in fragments, cut at each elision; editors' brackets and footnote marks set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.language.contractions import expansions
from corpus.language.date_words import month_number, other_names_of_month
from corpus.language.negations import NEGATIONS
from corpus.language.number_signs import sign_before, unit_after
from corpus.language.number_spellings import in_round_numbers, in_two_figures, in_two_words, other_spellings
from corpus.language.numbers import MOST_WORDS
from corpus.language.tokens import tokens
from corpus.language.written_forms import day_at_start, forms_of_day
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.token_rows import ELISION, TokenRow

_SIC = re.compile(r"\[sic!?\]|\{sic!?\}|\(sic!?\)|<sic!?>|/sic!?/", re.IGNORECASE)
_SNIP = re.compile(r"[\[(<](?:snip|cut|omitted|omission)[\])>]", re.IGNORECASE)
_FITTED = re.compile(
    r"\[([^\W\d_]{1,2}|[^\W\d_A-Z]{3,15}|[^\W\d_]{1,15}-)\](?=[^\W\d_])"
    r"|(?<=[^\W\d_])\[(less[^\W\d_]{0,4}|n['’]?t)\]"
)
"""Letters that an editor made a part of a word: “[T]he revolution”, “[counter-]revolution”, “hope[less]”.

Others behind a word, as in “kindle[d]”, only fit it into a sentence.
"""
_HYPHEN = re.compile("[-‐‑\u00ad¬]\\s*")  # noqa: RUF001 - a hyphen in its characters, perhaps at a line's end.
_SEEN_HYPHENS = frozenset("-‐‑")  # noqa: RUF001 - those that are seen within a line.
_LONGEST_ABBREVIATION = 6  # letters
_TYPED_OUT = re.compile("([aou])e")
"""Letters of German as who does not have them on the keyboard writes them, folded."""
_IN_BRACKETS = re.compile(r"[\[(<]\s?[.…⋯]")
_AROUND = f'"{ELISION}()[]'
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹ᵃ-ᶻ†‡]+")
_PAGE = (
    r"(?:-{1,5} )?(?:[Pp]age |[Ss]eite |[Pp]\. ?|S\. ?)?\d{1,4}(?: (?:of|von) \d{1,4}| ?/ ?\d{1,4})?(?: -{1,5})?"
    r"|\d{1,3}[ \t](?:[Ss]ee|[Cc]f\.|[Ii]bid\b|[Vv]gl\.)[^\n]{1,150}"
)
_FOOTNOTE = re.compile(
    r"(?<=[^\W\d][.,;:!?”\"’)])\d{1,3}(?![\w.,])|(?<=[^\W\d_]{3})\d{1,3}(?=[\s.,;:!?]|$)"
    r"|\^(?:\d{1,3}|\{\d{1,3}\})|(?<=\s)\|\d{1,4}\|(?=\s)"
    rf"|(?:^|(?<=\n))[ \t]{{0,9}}(?:{_PAGE})(?=[ \t]{{0,9}}(?:\n|$))"
)
"""The marks of footnotes, and a page's number or note on a line of its own: “- 12 -”, “1 See p. 5.”"""
_MARGIN_NUMBER = re.compile(r"(?<![ \t])(?:[ \t]{2,9}|\t)(?:\d{1,3}[05]|[05])[ \t]*$", re.MULTILINE)
"""The number of each fifth of several lines, in the margin behind it."""
_FIGURE = re.compile(r"\d")
"""What each of these has: it is sooner looked for than such a mark."""
SQUARE = re.compile(r"\[{1,2}([^\[\]]{1,200})\]{1,2}|\{([^{}]{1,200})\}")
_ROUND = re.compile(r"\(([^()]{1,80})\)")
_CITED = re.compile(
    r"(?:(?:[A-Z][\w.'’-]*|and|&|et|al\.|ed\.|eds\.|trans\.|in|of|the)[ ,:]{1,2}){1,8}"
    r"(?:pp?\.? ?)?\d{1,4}[a-z]?(?: ?[-–—] ?\d{1,4})?"
)
"""Names and then a year or a page: (Bunyan and Fisher, p. 136), (Deutscher 1954, 314)."""
_ASIDE = re.compile(
    r"\d{1,3}|\*+|[a-z]|(?:fn|n|note|footnote)\.? ?\d{1,3}|pp?\.? ?\d{1,4}(?: ?[-–—] ?\d{1,4})?|page \d{1,4}"
    r"|(?:my |our |his |her )?(?:emphas[ie]s|italics|bold|translation|brackets|ellips[ie]s)\b.*"
    r"|(?:ibid|op\. ?cit|loc\. ?cit|trans|tr|cf)\b.*"
    r"|.*\b(?:mine|my emphasis|in (?:the )?original|citation needed|author's note|ed\.|eds\.|editor)",
    re.IGNORECASE | re.DOTALL,
)
"""What is in round brackets and is plainly no part of a quotation. Square brackets are always an editor's."""


class QuotedWord(NamedTuple):
    """A word of the quotation, its slice `start:end`.

    `form` is empty where it is part of the compound before it. `after` is the punctuation after it. Of a number, `sign`
    and `unit` are what of the marks before and after it belongs to it: £, %.
    """

    key: str
    form: str
    after: str
    start: int
    end: int
    sign: str = ""
    unit: str = ""


Fragment = tuple[QuotedWord, ...]


class ParsedQuotation(NamedTuple):
    """A parsed quotation: fragments of at least one word, none where it has no words. `tail` are its last marks."""

    fragments: tuple[Fragment, ...]
    pieces: int
    """How many pieces white space parts it into: the texts' own free-standing “…” counts as one."""
    tail: str
    asides: tuple[str, ...] = ()
    """What was set aside: editors' words in brackets, marks of footnotes."""
    in_brackets: tuple[bool, ...] = ()
    """Of the elision after each fragment but the last, whether it is in brackets."""
    set_aside: tuple[str, ...] = ()
    """What is beside the words and was set aside: before the first fragment, and after each."""

    @property
    def words(self) -> list[QuotedWord]:
        return [word for fragment in self.fragments for word in fragment]

    @property
    def typed_words(self) -> int:
        """How many words were typed."""
        return sum(1 for word in self.words if word.form)


def readings(index: TokenIndex, quotation: str) -> Iterator[ParsedQuotation]:
    """The ways to read a quotation, all of it as it is typed first: asides or none, contractions written out or not."""
    prepared = _prepared(quotation)
    bare, asides = _set_aside(prepared)
    for parsed in [_parsed(index, prepared, []), *([_parsed(index, bare, asides)] if asides else [])]:
        parsed = parsed._replace(set_aside=_beside_words(prepared, parsed.fragments))
        yield parsed
        for words in _respelled(index, parsed.words):
            yield parsed._replace(fragments=tuple(_fragments(words)))


def _parsed(index: TokenIndex, prepared: str, asides: list[str]) -> ParsedQuotation:
    words = _words(index, prepared)
    # What follows a closing mark is not quoted, and a comma before it replaces a full stop: “…,” he said.
    tail = words[-1].after.partition('"')[0].strip(_AROUND).rstrip(",") if words else ""
    fragments = tuple(_fragments(words))
    gaps = (prepared[one[-1].end : other[0].start] for one, other in pairwise(fragments))
    in_brackets = tuple(bool(_IN_BRACKETS.search(gap)) for gap in gaps)
    return ParsedQuotation(fragments, len(prepared.split()), tail, tuple(asides), in_brackets)


def _beside_words(prepared: str, fragments: Sequence[Fragment]) -> tuple[str, ...]:
    """What is before the words of the first fragment, and after those of each, and is no word of it."""
    starts = [*(one[0].start for one in fragments), len(prepared)]
    ends = [0, *(one[-1].end for one in fragments)]
    return tuple(prepared[end:start] for end, start in zip(ends, starts, strict=True))


def _prepared(quotation: str) -> str:
    """The quotation with “[T]he” as “The”, without [sic]; every other character where it was."""
    quotation = _SIC.sub(_blank, quotation)
    if "[" in quotation:
        quotation = _FITTED.sub(lambda match: f"  {match[1]}" if match[1] else f"{match[2]}  ", quotation)
    return _SNIP.sub(lambda match: f"[{ELISION}]".ljust(len(match[0])), quotation)


def _set_aside(quotation: str) -> tuple[str, list[str]]:
    asides: list[str] = []

    def take(match: re.Match[str]) -> str:
        words = next(filter(None, match.groups())).strip()
        if not (match.re is SQUARE or is_editorial(words)) or not _has_words(words) or _negates(words):
            return match[0]
        asides.append(" ".join(words.split()))
        return _blank(match)

    def drop(match: re.Match[str]) -> str:
        asides.append(match[0].strip())
        return _blank(match)

    # Twice: a footnote's mark may be within an editor's brackets.
    bare = _ROUND.sub(take, SQUARE.sub(take, SQUARE.sub(take, quotation)))
    bare = _SUPERSCRIPTS.sub(drop, bare)
    if _FIGURE.search(bare):
        bare = _FOOTNOTE.sub(drop, _MARGIN_NUMBER.sub(drop, bare) if "\n" in bare.strip() else bare)
    return bare, asides


def is_editorial(words: str) -> bool:
    """Whether words in brackets are plainly no part of a quotation, but a note, a page or a citation."""
    return any(form.fullmatch(words) for form in (_ASIDE, _CITED))


def _negates(words: str) -> bool:
    return not NEGATIONS.isdisjoint(token.word for token in tokens(words))


def _has_words(words: str) -> bool:
    return any(map(str.isalnum, words)) or "*" in words


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _fragments(words: list[QuotedWord]) -> Iterator[Fragment]:
    cuts = [n for n, word in enumerate(words[:-1], 1) if ELISION in word.after]
    for start, end in pairwise([0, *cuts, len(words)]):
        if words:
            yield tuple(words[start:end])


def _words(index: TokenIndex, prepared: str) -> list[QuotedWord]:
    """The words, compounds cut or joined as the texts have them."""
    row = index.read(prepared)
    words = [
        QuotedWord(key, form, after, start, end, sign_before(prepared, start), unit_after(prepared, end))
        for key, form, after, (start, end) in zip(row.keys, row.forms, row.punctuation, row.slices(), strict=True)
    ]
    odd = [n for n, word in enumerate(words) if word.after == "-" or not index.times(word.key)]
    for n in reversed(odd):
        word = words[n]
        if joined := _joined(index, row, n):
            after = words[n + 1]
            hyphen = "-" if row.between[n + 1] in _SEEN_HYPHENS else ""  # one at a line's end is no spelling
            words[n : n + 2] = [_as_one(words[n : n + 2], joined, word.form + hyphen + after.form)]
        elif parts := _parts(index, word):
            words[n : n + 1] = _parted(word, parts, "-")
    return words


def _parts(index: TokenIndex, word: QuotedWord) -> Sequence[str]:
    """The two words of a compound of the texts, or the letters of an abbreviation that they print with dots: USSR."""
    is_abbreviation = word.form.isupper() and 1 < len(word.key) <= _LONGEST_ABBREVIATION
    return index.compound(word.key) or (word.key if is_abbreviation and len(index.find(word.key)) else "")


def _parted(word: QuotedWord, keys: Sequence[str], between: str) -> list[QuotedWord]:
    """A word as several, of which only the first was typed by itself."""
    *others, last = [QuotedWord(key, "", between, word.end, word.end) for key in keys[1:]]
    first = word._replace(key=keys[0], after=between, unit="")
    return [first, *others, last._replace(after=word.after, unit=word.unit)]


def _as_one(words: Sequence[QuotedWord], key: str, form: str) -> QuotedWord:
    """Several words as one."""
    first, last = words[0], words[-1]
    return QuotedWord(key, form, last.after, first.start, last.end, first.sign, last.unit)


def _joined(index: TokenIndex, row: TokenRow, n: int) -> str:
    """The key of a word that a hyphen cuts here and not in the texts, or nothing."""
    if row.punctuation[n] != "-" or n + 1 == len(row.keys) or not _HYPHEN.fullmatch(row.between[n + 1]):
        return ""
    joined = row.keys[n] + row.keys[n + 1]
    return joined if index.times(joined) and not index.compound(joined) else ""


def _respelled(index: TokenIndex, words: list[QuotedWord]) -> Iterator[list[QuotedWord]]:
    """The words with contractions written out, in either way, or with those of the texts; with other figures.

    With months in full, and letters that a keyboard does not have; with each compound cut, or joined, that the texts
    have both in one word and in two.
    """
    renumbered = _renumbered(index, _with_round_numbers(words))
    others = (renumbered, _otherwise_spelt(index, words), _all_parted(index, words), _all_joined(index, words))
    forms = dict.fromkeys([tuple(words), *map(tuple, others)])
    written = dict.fromkeys([*forms, *(tuple(_written_out(one, way)) for one in forms for way in range(2))])
    for way in dict.fromkeys([*written, *(tuple(_contracted(index, one)) for one in written)]):
        if list(way) != words:
            yield list(way)


def _all_parted(index: TokenIndex, words: Iterable[QuotedWord]) -> Iterator[QuotedWord]:
    for word in words:
        parts = _parts(index, word)
        yield from _parted(word, parts, "-") if parts else [word]


def _all_joined(index: TokenIndex, words: Sequence[QuotedWord]) -> Iterator[QuotedWord]:
    n = 0
    while n < len(words):
        word, after = words[n], words[n + 1] if n + 1 < len(words) else None
        if after and word.after == "-" and index.times(word.key + after.key):
            word = _as_one((word, after), word.key + after.key, word.form + after.form)
            n += 1
        yield word
        n += 1


def _otherwise_spelt(index: TokenIndex, words: Iterable[QuotedWord]) -> Iterator[QuotedWord]:
    """The words with months as the texts write them, and with “Länder” for a “Laender” that no text has."""
    for word in words:
        others = () if index.times(word.key) else (_TYPED_OUT.sub(r"\1", word.key),)
        known = (key for key in (*other_names_of_month(word.key), *others) if index.times(key))
        yield word._replace(key=next(known, word.key))


def _with_round_numbers(words: Sequence[QuotedWord]) -> Iterator[QuotedWord]:
    """The words with round numbers in figures, such as 5,000,000, as “5 million”."""
    n = 0
    while n < len(words):
        end = n + 1
        while (
            words[n].key.isdecimal() and end < len(words) and words[end - 1].after == "," and len(words[end].key) == 3
        ):
            end += 1
        run = words[n:end]
        parts = in_round_numbers("".join(word.key for word in run))
        if parts:
            form = ",".join(word.form for word in run)
            yield from _parted(_as_one(run, "", form), parts, "")
        else:
            yield from run
        n = end


def _renumbered(index: TokenIndex, words: Iterable[QuotedWord]) -> Iterator[QuotedWord]:
    """The words with numbers and dates as the texts write them."""
    words = list(words)
    n = 0
    while n < len(words):
        many, keys = _other_form(index, words, n)
        run = words[n : n + many]
        form = "".join(f"{word.form}{'-' if word.after == '-' else ' '}" for word in run if word.form).strip(" -")
        word = _as_one(run, keys[0], form)
        yield from [word] if len(keys) == 1 else _parted(word, keys, "")
        n += many


def _other_form(index: TokenIndex, words: Sequence[QuotedWord], n: int) -> tuple[int, tuple[str, ...]]:
    """How many words from one on are a date, or a number, that the texts write otherwise; and the keys they have."""
    key = words[n].key
    ways = [*_forms_of_date([word.key for word in words[n : n + MOST_WORDS]])]
    if n + 1 < len(words) and (figures := in_two_figures(key, words[n + 1].key)):
        ways.append((2, (figures,)))
    ways += [(1, one) for one in (in_two_words(key), *((other,) for other in other_spellings(key))) if one]
    return next(((many, keys) for many, keys in ways if len(index.find(keys))), (1, (key,)))


def _forms_of_date(keys: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """How many of the first keys are a day of a month, and the keys of that date in other words or another order."""
    day, many = day_at_start(keys)
    if not day:
        return
    typed = tuple(keys[:many])
    month = next(key for key in typed if month_number(key))
    for way in forms_of_day(month, day):
        # In the same order, the day or the month alone is written otherwise.
        is_other_order = len(typed) > 2 or len(way) > 2 or (month_number(way[0]) is None) != (typed[0] != month)
        if way != typed and is_other_order:
            yield many, way


def _written_out(words: Sequence[QuotedWord], way: int) -> list[QuotedWord]:
    found: list[QuotedWord] = []
    for word in words:
        full = expansions(word.form)
        found += _parted(word, full[way % len(full)], "") if full else [word]
    return found


def _contracted(index: TokenIndex, words: Sequence[QuotedWord]) -> list[QuotedWord]:
    found: list[QuotedWord] = []
    for word in words:
        before = found[-1] if found else None
        short = index.contractions.get((before.key, word.key)) if before and not before.after else None
        if before and short:
            form = f"{before.form} {word.form}".strip()
            found[-1] = _as_one((before, word), short, form)
        else:
            found.append(word)
    return found
