"""Frames around a quotation: “Trotsky said:” before it, “— Lenin, 1917” or “(speech 6.6)” behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.names.attributions import VERBS, Attributed, AttributionReader

AROUND = 160
"""Characters beside a quotation in which it is said whose it is."""

_MARKS = r"[\s\"“”'’»),.*_]*"
_NAME, _OTHER = r"(?P<name>[^\W\d_][^\n,.:;!?—]{0,50}?)", r"(?P<other>[^\n,.:;!?—]{1,50})"
_IN_BRACKETS = r"[(\[](?P<name>[^()\[\]\n]{1,120}(?:\([^()\n]{0,80}\))?)[)\]]"

_DASHED = re.compile(rf"{_MARKS}(?:[—–―~]|--?(?=\s))[ \t]*(?P<name>[^\n]{{1,150}})")
_BRACKETED = re.compile(_MARKS + _IN_BRACKETS)
_SAID = re.compile(rf"{_MARKS}(?:(?:(?i:so|thus) )?{VERBS} {_OTHER}|{_NAME} {VERBS}\b)")
_BY = re.compile(rf"{_MARKS}(?:is|was|are|were)\s(?:[^\n.]{{0,30}}\s)?(?:by|from)\s+{_NAME}[\s.!?]*$")
_NAME_ALONE = re.compile(rf"{_MARKS}(?P<name>[^\n]{{1,120}})")

_LAST_BRACKET = re.compile(_IN_BRACKETS + r"[\s.!,]*$")
_LAST_DASH = re.compile(
    r"(?:\s*(?<!\d)[—–―~]|\s(?:\||//)(?=\s)|\s--?(?=\s|[^\W\d_])|\s?--)\s*"
    r"(?P<name>(?:[^—–―~\n]|(?<=\d)[—–](?=\d)){2,120})$"  # a dash between years parts no name from a quotation
)
_LAST_NAME = re.compile(r"(?<=[.!?…”\"'’»])\s+(?=\S)")
_LAST_SAID = re.compile(rf"(?<=[,.!?…”\"’'])\s*(?:{_NAME} {VERBS}|{VERBS} {_OTHER})[.!]?\s*$")

_OF_SPEAKER = r"(?:a|author|speaker|source|reference|ref|citation|name|by|from)(?::\s+|[ \t]*\n\s*)(?=\S)"
_SPEAKER_LABEL = re.compile(_OF_SPEAKER, re.IGNORECASE)
_LABEL = re.compile(
    rf"{_OF_SPEAKER}|(?:q|quote|quotation|quoted|quote of the (?:day|week)|text|title|date|original|claim|passage"
    r"|excerpt|zitat|re|fwd?)(?::\s+|[ \t]*\n\s*)(?=\S)|who (?:said|wrote)(?: that| this)?[:,]?\s+(?=[^\s“\"‘«])",
    re.IGNORECASE,
)
_FIRST_LINE = re.compile(r"(?P<name>[^\n:]{1,100}[^\n:.!?…”\"])\n\s*(?=\S)")
_TURN = re.compile(r"^[ \t]*(?P<name>[^:\n]{2,60}):[ \t]+(?=\S)", re.MULTILINE)
_WITH_COLON = re.compile(r"(?P<name>[^:\n]{2,100}):\s+(?=\S)")
_BEFORE = (
    _FIRST_LINE,
    _WITH_COLON,
    re.compile(r"[(\[](?P<name>[^()\[\]\n]{2,60})[)\]]:?\s+(?=\S)"),
    re.compile(r"(?P<name>[A-Z][A-Z .'’-]{2,60})\.\s+(?=\S)"),
    re.compile(
        r"(?i:according to|as|in the words of|to quote|quoting|per)\s+"
        rf"(?P<name>[^,:\n]{{2,80}}?)(?:\s+(?:once\s+)?{VERBS}[^,:\n]{{0,30}})?[,:]\s+"
    ),
    re.compile(r"(?i:according to)\s+(?P<name>[^,:\n]{2,60}),\s[^,:.;\n]{0,60}\s(?=[“\"‘«])"),
    re.compile(r"(?P<name>[^,:;\n]{2,60}['’]s?\s[^,:;\n]{2,60}?)\s+(?=[“\"‘«])"),
    re.compile(rf"(?P<name>(?:[^\W\d_][\w.'’-]*\s+){{1,4}}?)(?:once\s+|also\s+)?{VERBS}[,:]?\s+(?=[A-Z“\"‘'«])"),
    re.compile(r"(?P<name>[^\n—–―]{2,60}?)\s+(?:[—–―~|/-]|[-=]>|→|::|//)\s+(?=\S)"),
    re.compile(
        r"(?i:is it true(?: that)?|(?:when |where )?did)\s+(?P<name>(?:[^\W\d_][\w.'’-]*\s+){1,4}?)"
        rf"(?:(?:actually|ever|once|really)\s+)*(?:{VERBS}|say|write)[,:]?\s+(?:that\s+)?(?=[^\s“\"‘'«])"
    ),
    re.compile(r"(?P<name>[^,:;\n]{2,60}),?\s+(?=[“\"‘«])"),
    re.compile(r"(?P<name>[^\W\d_][^\n():]{1,60})\s\((?:\d{4}[a-z]?|n\.d\.)[^()\n]{0,30}\)[.:,]?\s+(?=\S)"),
)
_OPEN_MARK = re.compile(r"(?:^|\s)[“„«\"][^\s“”„«»\"][^“”„«»\"]*$")
_REPORTED = re.compile(
    rf"\W*(?:(?P<pronoun>he|she|they|the (?:author|speaker))|(?P<name>[^\W\d_][^\n,:;!?—]{{0,50}}?))"
    r"\s+(?:also\s+|once\s+)?"
    rf"(?:{VERBS}|(?:insist|maintain|believe|think|thought|conclude|promise|predict|suggest|admit|explain)\w{{0,3}})\b"
    r"(?:\s+[\w’']{1,20}){0,4}?\s+that\s+(?=\S)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"\b(?:{VERBS}|say|write|declare|claim|argue|ask|put)\b", re.IGNORECASE)
_CITED_YEAR = re.compile(r"\s[(\[](?:[^()\[\]\n]{0,30}\b\d{4}[a-z]?|n\.d\.)[^()\[\]\n]{0,30}[)\]]\s*$")
_ADVERBS = frozenset(("actually", "also", "ever", "famously", "once", "really", "then", "who"))
_DASHES = "-—–―~"
_ENDS = ".!?…”\"’'»"
_NAME_WORDS = 4  # of a name before a verb at most
_SIGNED = 3  # lines of a signature at most: a name, a title, a date
_MOST = 6  # frames that are taken off one quotation at most


class Unframed(NamedTuple):
    """What is left of a string without the frames around it: the slice `start:end`, and what the frames said."""

    start: int
    end: int
    said: Attributed


class FrameReader:
    """Reads whose a quotation is said to be from what stands around it."""

    def __init__(self, attributions: AttributionReader) -> None:
        self._read = attributions.read

    def behind(self, after: str) -> Attributed | None:
        """Whose a quotation is, by what follows it."""
        after = after[:AROUND]
        for form in (_DASHED, _BRACKETED, _BY, _SAID):
            if match := form.match(after):
                known, name = form in (_SAID, _BY), _named(match)
                return self._read(name, known=known, alone=known) or self._read(_first_sentence(name), known=known)
        match = _NAME_ALONE.match(after)
        is_name = match and not match["name"].rstrip().endswith(":")  # that one begins what is quoted next
        return self._read(match["name"], known=True, alone=True) if match and is_name else None

    def before(self, before: str) -> Attributed | None:
        """Whose a quotation is, by what stands before it: “Trotsky said:”, “According to Lenin,”."""
        line = _last_sentence(before[-AROUND:].rstrip().rpartition("\n")[2].strip())
        for form in _BEFORE:
            match = form.match(f"{line} “")
            if match and match.end() > len(line):
                found = self._read(match["name"], known=form is not _WITH_COLON, alone=True)
                return found or self._in_clause(line)
        return self._in_clause(line)

    def _details(self, words: str) -> Attributed | None:
        """Words that only say when or where: a date before a colon."""
        found = self._read(words)
        return found if found and not (found.name or found.reference) else None

    def _in_clause(self, clause: str) -> Attributed | None:
        """Who speaks by the last verb of speech in a clause: “In 1917 Trotsky told the Congress”."""
        *_, verb = [None, *_SPOKEN.finditer(clause)]
        words = _CITED_YEAR.sub("", clause[: verb.start()]).split()[-_NAME_WORDS:] if verb else []
        while words and words[-1].lower() in _ADVERBS:
            words.pop()
        if words and words[-1].endswith((",", ";", ")")):
            return None  # “Trotsky, in Lenin's presence, said”: it does not stand beside the verb who speaks
        for n in range(len(words)):
            name = " ".join(words[n:])
            if not re.search(r"\d", name) and (found := self._read(name, known=True, alone=True)):
                return found
        return None

    def turns(self, message: str) -> Iterator[tuple[int, int, Attributed]]:
        """The turns of a conversation: lines that begin with a known name and a colon, each to the next of these."""
        found = [(one, self._read(one["name"], known=True, alone=True)) for one in _TURN.finditer(message)]
        known = [(one, said) for one, said in found if said and said.name]
        ends = [*(one.start() for one, _ in known[1:]), len(message)]
        for (one, said), end in zip(known, ends, strict=False):
            yield one.end(), end, said

    def label_end(self, words: str) -> int:
        """Where the label before a quotation ends, such as “Quote:”; 0 without one."""
        label = _LABEL.match(words)
        return label.end() if label else 0

    def unframed(self, words: str) -> Unframed:
        """The words without the frames before and behind them."""
        start, end, name = 0, len(words), Attributed()
        for _ in range(_MOST):
            cut = self._cut_behind(words, start, end) or self._cut_before(words, start, end)
            if cut is None:
                break
            start, end = cut.start, cut.end
            name = Attributed(name.name or cut.said.name, name.reference or cut.said.reference)
        return Unframed(start, end, name)

    def reported(self, words: str) -> Unframed | None:
        """The words behind “Trotsky said that”, where a message begins so."""
        match = _REPORTED.match(words[: 2 * AROUND])
        if match is None:
            return None
        said = Attributed() if match["pronoun"] else self._read(match["name"], alone=True)
        return Unframed(match.end(), len(words), said) if said else None

    def _cut_behind(self, words: str, start: int, end: int) -> Unframed | None:
        end = start + len(words[start:end].rstrip())
        low = max(start, end - AROUND)
        near = words[low:end]
        if cut := self._cut_last_line(words, start, end):
            return cut
        for form in (_LAST_BRACKET, _LAST_DASH, _LAST_SAID):
            match = form.search(near)
            if match and words[start : low + match.start()].strip():
                done = near[: match.start()].rstrip()[-1:] in _ENDS
                known = form is _LAST_SAID or (form is _LAST_DASH and not done)
                if found := self._read(_named(match), known=known, alone=known):
                    return Unframed(start, low + match.start(), found)
        for match in _LAST_NAME.finditer(near):
            if words[start : low + match.start()].strip():
                found = self._read(near[match.end() :], known=True, alone=True)
                if found and found.name:
                    return Unframed(start, low + match.start(), found)
        return None

    def _cut_last_line(self, words: str, start: int, end: int) -> Unframed | None:
        """The quotation without the lines under it that say whose it is: a name, and perhaps a date or a title."""
        last = end + 1
        for _ in range(_SIGNED):
            last = words.rfind("\n", start, last - 1) + 1
            if last <= start or end - last > AROUND or not words[start:last].strip():
                return None
            line = ", ".join(filter(None, map(str.strip, words[last:end].split("\n"))))
            label = _SPEAKER_LABEL.match(line)
            apart = bool(label) or line[:1] in _DASHES
            if not apart and words[start:last].rstrip()[-1:] not in _ENDS:
                continue
            named = line[label.end() :] if label else line
            found = self._read(named.lstrip(_DASHES + " "), known=not apart, alone=bool(label) or not apart)
            if found or (apart and not (label and "\n" in words[last:end])):
                return Unframed(start, last, found or Attributed())
        return None

    def _cut_before(self, words: str, start: int, end: int) -> Unframed | None:
        start += len(words[start:end]) - len(words[start:end].lstrip())
        if label := _LABEL.match(words, start, end):
            return Unframed(label.end(), end, Attributed())
        for form in _BEFORE:
            match = form.match(words[start : min(end, start + AROUND)])
            if match and form is _WITH_COLON and _OPEN_MARK.search(match["name"]):
                continue  # the colon is the quotation's own
            found = self._read(match["name"], known=form is not _WITH_COLON, alone=True) if match else None
            if match and form is _WITH_COLON:
                found = found or self._in_clause(match["name"])
            if match and form in (_WITH_COLON, _FIRST_LINE):
                found = found or self._details(match["name"])
            if match and found:
                return Unframed(start + match.end(), end, found)
        return None


def _named(match: re.Match[str]) -> str:
    return match["name"] or match.groupdict().get("other") or ""


def _first_sentence(words: str) -> str:
    """Up to the first stop that is not an initial's."""
    match = re.search(r"(?<=\w\w)[.!?](?:\s|$)", words)
    return words[: match.start()] if match else words


def _last_sentence(words: str) -> str:
    """From behind the last stop that is not an initial's."""
    *_, last = [0, *(match.end() for match in re.finditer(r"(?<=\w\w)[.!?][”\"’']*\s", words))]
    return words[last:]
