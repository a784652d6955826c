"""Frames around a quotation: “Trotsky said:” before it, “— Lenin, 1917” or “(speech 6.6)” after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from corpus.date_parts import without_brackets_of_styles
from corpus.names.attributions import Attribution, AttributionReader
from corpus.names.name_forms import NameForm, is_full_name_in_small_letters
from corpus.quotations.denials import is_denied, is_denied_after, is_misattributed
from corpus.quotations.frame_patterns import (
    AFTER,
    BEFORE,
    BEFORE_VERBS,
    CITATION,
    CITED_YEAR,
    FIRST_LINE,
    INTRODUCES,
    LAST,
    LAST_NAME,
    LEAD_IN,
    NAME_ALONE,
    NO_LEAD,
    OF_THE_NEXT,
    OF_THE_SAME,
    OPEN_MARK,
    ORAL,
    OTHER_CLAUSE,
    PARTS_OF_QUOTING_VERBS,
    QUOTES_WHOM,
    REPORTED,
    SPOKEN,
    STATES_OTHERWISE,
    TURN,
    VERB_FIRST,
    FramePattern,
)
from corpus.quotations.label_patterns import LABEL, REMARK_BEFORE, REMARK_BEHIND, SPEAKER_LABEL
from corpus.quotations.labelled_lines import end_of_labelled_lines, start_of_labelled_lines, without_labels

AROUND = 160
"""Characters beside a quotation in which it is said whose it is."""

_DASHES = "-—–―~"
_ENDS = ".!?…”\"’'»"
_NAME_WORDS = 4  # of a name before a verb at most
_SIGNED = 3  # lines of a signature at most: a name, a title, a date
_MOST_LEADS = 3  # places at which what leads to a quotation may end
_LONGEST_REMARK = 20  # characters
_MOST_LABELS = 3  # “Transcript”, “Speaker 1:”
_MOST = 6  # frames that are taken off one quotation at most
_GOES_ON = re.compile(r"(?:and|but)\b", re.IGNORECASE)


class BareQuotation(NamedTuple):
    """What is left of a string without the frames around it: the slice `start:end`, and what the frames said."""

    start: int
    end: int
    attribution: Attribution


class FrameReader:
    """Reads whose a quotation is said to be from what is around it."""

    def __init__(self, attributions: AttributionReader) -> None:
        self._read = attributions.read

    def after(self, rest: str) -> Attribution | None:
        """Whose a quotation is, by what follows it."""
        rest = rest[:AROUND]
        for form in AFTER:
            if match := form.pattern.match(rest):
                name = _named(match)
                if is_denied_after(match[0], name, rest[match.end() :]):
                    return None
                ways = (self._read_frame(form, one, _cited(match)) for one in (name, _first_sentence(name)))
                found = next(filter(None, ways), None)
                return found.with_dates(match[0]) if found else None
        return None

    def between(self, gap: str, *, ends: bool) -> Attribution | None:
        """The attribution of a quotation in the words before the next one. `ends`: a sentence ends with it."""
        begins_next = OF_THE_NEXT.fullmatch(gap) if len(gap) <= AROUND else None
        return None if begins_next and (ends or begins_next["colon"] or begins_next["other"]) else self.after(gap)

    def name_alone(self, gap: str) -> Attribution | None:
        """The known name that is all there is between two quotations on a line: “…”, Lenin “…”.

        Where no name is behind the last of them, each is before the quotation that is its bearer's.
        """
        match = NAME_ALONE.fullmatch(gap) if len(gap) <= AROUND and not SPOKEN.search(gap) else None
        return self._read(match["name"], form=NameForm.KNOWN, alone=True) if match else None

    def is_introduced(self, before: str, after: str) -> bool:
        """Whether a verb before a quotation says who speaks, and one behind it is somebody else's.

        Such as in “When Trotsky said “…”, Lenin said “”; `after` has the next quotation's mark.
        """
        if not (INTRODUCES.search(before[-AROUND:]) and OTHER_CLAUSE.match(after[:AROUND])):
            return False
        found = self.before(before)
        return bool(found and found.name)

    def keeps_speaker(self, gap: str) -> bool:
        """Whether the words between two quotations give the second to the speaker of the first: “and”."""
        return len(gap) <= AROUND // 2 and bool(OF_THE_SAME.fullmatch(gap))

    def before(self, before: str) -> Attribution | None:
        """Whose a quotation is, by what is before it: “Trotsky said:”, “According to Lenin,”."""
        line = _last_sentence(before[-AROUND:].rstrip().rpartition("\n")[2].strip())
        attribution = self._in_line(line) or (Attribution() if SPOKEN.search(line) else None)
        attribution = attribution.with_dates(_without_citations(line, attribution.name)) if attribution else None
        return attribution if attribution != Attribution() else None

    def _in_line(self, line: str) -> Attribution | None:
        for form in BEFORE:
            match = form.pattern.match(f"{line} “")
            if match and match.end() > len(line):
                form = _for_name(form, match["name"])
                found = self._read_frame(form._replace(alone=True), match["name"], _cited(match))
                in_clause = self._in_clause(line)
                return (in_clause or found) if form.is_reporter else (found or in_clause)
        verb_first = VERB_FIRST.search(line)
        return self._in_clause(line) or (self._read(verb_first["name"], alone=True) if verb_first else None)

    def _details(self, words: str) -> Attribution | None:
        """Words that only say when or where: a date before a colon."""
        found = self._read(words)
        return found if found and not (found.name or found.reference) else None

    def _in_clause(self, clause: str) -> Attribution | None:
        """Who speaks by the last verb of speech in a clause: “In 1917 Trotsky told the Congress”."""
        quoted = QUOTES_WHOM.search(clause) if any(part in clause for part in PARTS_OF_QUOTING_VERBS) else None
        if quoted and not SPOKEN.search(quoted["name"]):
            return self._read(quoted["name"], alone=True)
        *_, verb = [None, *SPOKEN.finditer(clause)]
        if verb and is_denied(clause[: verb.start()], clause[verb.end() :]):
            return None
        before = clause[: verb.start()] if verb else ""
        cited = CITED_YEAR.search(before)
        words = before[: cited.start() if cited else None].split()
        book = cited[0] if verb and cited and not ORAL.match(verb[0]) else ""
        while words and words[-1].lower() in BEFORE_VERBS:
            words.pop()
        if words and words[-1].endswith((",", ";", ")")):
            return None  # “Trotsky, in Lenin's presence, said”: it is not beside the verb who speaks
        owners = [n for n, word in enumerate(words) if word.endswith(("'s", "’s"))]  # “Lenin's book has Trotsky saying”
        starts = range(max(0, len(words) - _NAME_WORDS), len(words))
        for n in sorted(starts, key=lambda start: start <= max(owners, default=-1)):
            name = " ".join(words[n:])
            if not re.search(r"[\d,;()\[\]]", name) and (found := self._with_book(name, book)):
                return found
        return None

    def turns(self, message: str) -> Iterator[tuple[int, int, Attribution]]:
        """The turns of a conversation: lines that begin with a known name and a colon, each to the next of these."""
        found = [(one, self._read(one["name"], form=NameForm.KNOWN, alone=True)) for one in TURN.finditer(message)]
        known = [(one, attribution) for one, attribution in found if attribution and attribution.name]
        ends = [*(one.start() for one, _ in known[1:]), len(message)]
        for (one, attribution), end in zip(known, ends, strict=False):
            yield one.end(), end, attribution

    def label_end(self, words: str) -> int:
        """Where the labels before a quotation end, such as “Quote:”; 0 without one."""
        end = 0
        for _ in range(_MOST_LABELS):
            label = LABEL.match(words, end)
            end = label.end() if label else end
        return end

    def without_frames(self, words: str) -> BareQuotation:
        """The words without the frames before and after them."""
        start, end = 0, len(words)
        before = after = Attribution()
        for _ in range(_MOST):
            cut = self._cut_after(words, start, end) or self._cut_before(words, start, end)
            if cut is None:
                break
            frame = f"{words[start : cut.start]} {words[cut.end : end]}"
            attribution = cut.attribution.with_dates(_without_citations(frame, cut.attribution.name))
            # The nearest counts: “According to Trotsky, Lenin said “…””, “…” — Trotsky (Bolshevik)
            if cut.start == start:
                after = attribution.or_else(after)
            else:
                before = attribution.or_else(before)
            start, end = cut.start, cut.end
        return BareQuotation(start, end, after.or_else(before))

    def without_lead_in(self, words: str, start: int, end: int) -> Iterator[BareQuotation]:
        """What is left of `words[start:end]` without what leads to it in its first line, for each place it may end."""
        line = words[start : min(end, start + AROUND)].partition("\n")[0]
        leads = islice(LEAD_IN.finditer(line), _MOST_LEADS)
        for match in takewhile(lambda one: not NO_LEAD.search(line[: one.end()]), leads):
            yield BareQuotation(start + match.end(), end, self.before(line[: match.end()]) or Attribution())

    def without_name(self, words: str, start: int, end: int) -> Iterator[BareQuotation]:
        """What is left of `words[start:end]` without a known name that nothing parts from its end or beginning."""
        spots = [start + match.start() for match in re.finditer(r"\S+", words[start:end])]
        for many in range(min(_NAME_WORDS, len(spots) - 1), 0, -1):
            for cut, name in (
                (BareQuotation(start, spots[-many], Attribution()), words[spots[-many] : end]),
                (BareQuotation(spots[many], end, Attribution()), words[start : spots[many]]),
            ):
                found = self._read(name.strip(), form=NameForm.KNOWN, alone=True)
                if found and found.name:
                    yield cut._replace(attribution=found.with_dates(name))

    def reported(self, words: str) -> BareQuotation | None:
        """The words after “Trotsky said that”, where a message begins so."""
        match = REPORTED.match(words[: 2 * AROUND])
        if match is None or STATES_OTHERWISE.search(match[0]):
            return None
        attribution = (
            Attribution() if match["pronoun"] else self._read(match["name"], form=NameForm.LOWER_CASE, alone=True)
        )
        return BareQuotation(match.end(), len(words), attribution) if attribution else None

    def _cut_after(self, words: str, start: int, end: int) -> BareQuotation | None:
        end = start + len(words[start:end].rstrip())
        low = max(start, end - AROUND)
        if remark := REMARK_BEHIND.search(words, max(low, end - _LONGEST_REMARK), end):
            return BareQuotation(start, remark.start(), Attribution())
        near = without_brackets_of_styles(words[low:end])
        if cut := self._cut_lines_below(words, start, end) or self._cut_last_line(words, start, end):
            return cut
        for form in LAST:
            match = form.pattern.search(near)
            if match and words[start : low + match.start()].strip():
                is_sentence = near[: match.start()].rstrip()[-1:] in _ENDS
                alone = form.alone or (form.alone_within_sentence and not is_sentence)
                if found := self._read_frame(form._replace(alone=alone), _named(match), _cited(match)):
                    whose = Attribution() if is_misattributed(match[0]) else found
                    return BareQuotation(start, low + match.start(), whose)
        for match in LAST_NAME.finditer(near):
            if words[start : low + match.start()].strip():
                found = self._read(near[match.end() :], form=NameForm.KNOWN, alone=True)
                if found and found.name and not _GOES_ON.match(near, match.end()):
                    return BareQuotation(start, low + match.start(), found)
        return None

    def _cut_last_line(self, words: str, start: int, end: int) -> BareQuotation | None:
        """The quotation without the lines under it that say whose it is: a name, and perhaps a date or a title."""
        last = end + 1
        for _ in range(_SIGNED):
            last = words.rfind("\n", start, last - 1) + 1
            if last <= start or end - last > AROUND or not words[start:last].strip():
                return None
            label, line = without_labels(words[last:end])
            apart = label or line.startswith(tuple(_DASHES))
            if not apart and words[start:last].rstrip()[-1:] not in _ENDS:
                continue
            named = line.lstrip(_DASHES + " ")
            names = NameForm.SINGLE if apart else NameForm.FULL
            found = self._read(named, form=names, alone=label or not apart)
            is_list = words[start:last].lstrip()[:1] in _DASHES
            if found or (apart and not is_list and not (label and "\n" in words[last:end])):
                return BareQuotation(start, last, found or Attribution())
        return None

    def _cut_lines_below(self, words: str, start: int, end: int) -> BareQuotation | None:
        first = start_of_labelled_lines(words, start, end)
        if first == end or words[start:first].rstrip()[-1:] not in _ENDS:
            return None
        return BareQuotation(start, first, self._of_labelled_lines(words[first:end]))

    def _cut_lines_above(self, words: str, start: int, end: int) -> BareQuotation | None:
        last = end_of_labelled_lines(words, start, end)
        return BareQuotation(last, end, self._of_labelled_lines(words[start:last])) if last > start else None

    def _of_labelled_lines(self, lines: str) -> Attribution:
        _, named = without_labels(lines)
        return (self._read(named, form=NameForm.SINGLE, alone=True) if named else None) or Attribution()

    def _cut_before(self, words: str, start: int, end: int) -> BareQuotation | None:
        start += len(words[start:end]) - len(words[start:end].lstrip())
        if remark := REMARK_BEFORE.match(words, start, end):
            return BareQuotation(remark.end(), end, Attribution())
        if cut := self._cut_lines_above(words, start, end):
            return cut
        if label := LABEL.match(words, start, end):
            line = FIRST_LINE.pattern.match(words, label.end(), end) if SPEAKER_LABEL.match(words, start, end) else None
            found = self._read(line["name"], alone=True) if line else None
            return BareQuotation(line.end() if line and found else label.end(), end, found or Attribution())
        for form in BEFORE:
            match = form.pattern.match(words[start : min(end, start + AROUND)])
            if match and (found := self._read_before(form, match["name"], _cited(match))):
                end -= _question_mark(words[start:end]) if form.is_question else 0
                return BareQuotation(start + match.end(), end, found)
        return None

    def _read_frame(self, form: FramePattern, name: str, cited: str) -> Attribution | None:
        found = self._read(name, form=form.names, alone=form.alone, in_brackets=form.in_brackets)
        return self._book(name, cited) or found if found else None

    def _with_book(self, name: str, cited: str) -> Attribution | None:
        return self._book(name, cited) or self._read(name, alone=True)

    def _book(self, name: str, cited: str) -> Attribution | None:
        """The book that a name and the year in brackets after it are, if they are one."""
        found = self._read(f"{name}{cited}", alone=True, in_brackets=True) if cited else None
        return found if found and found.is_book else None

    def _read_before(self, form: FramePattern, name: str, cited: str) -> Attribution | None:
        if form.may_be_clause and OPEN_MARK.search(name):
            return None  # the colon is the quotation's own
        in_clause = self._in_clause(name) if form.is_reporter else None
        found = in_clause or self._read_frame(_for_name(form, name), name, cited)
        found = found or (self._in_clause(name) if form.may_be_clause else None)
        return found or (self._details(name) if form.may_be_date else None)


def _question_mark(words: str) -> int:
    """How many characters of words are their question mark and what follows it."""
    asked = words.rstrip(" \n")
    return len(words) - len(asked.rstrip("?")) if asked.endswith("?") else 0


def _for_name(form: FramePattern, name: str) -> FramePattern:
    """A form of frame for a name, which may be without capitals where it is plainly a full one: “karl marx”."""
    return form._replace(names=NameForm.LOWER_CASE) if is_full_name_in_small_letters(name) else form


def _named(match: re.Match[str]) -> str:
    return match["name"] or match.groupdict().get("other") or ""


def _cited(match: re.Match[str]) -> str:
    """The year, and perhaps the page, in brackets after the name of who may have written a book."""
    groups = match.groupdict()
    return groups.get("cited") or groups.get("other_cited") or ""


def _without_citations(words: str, speaker: str) -> str:
    """Words without the years of books by anybody else than the speaker."""
    return CITATION.sub(lambda match: match[0] if match["name"] in speaker else match["name"], words)


def _first_sentence(words: str) -> str:
    """Up to the first stop that is not an initial's."""
    match = re.search(r"(?<=\w\w)[.!?](?:\s|$)", words)
    return words[: match.start()] if match else words


def _last_sentence(words: str) -> str:
    """From after the last stop that is not an initial's."""
    *_, last = [0, *(match.end() for match in re.finditer(r"(?<=\w\w)[.!?][”\"’']*\s", words))]
    return words[last:]
