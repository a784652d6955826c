"""Lines with labels above or below a quotation, in any order: “Author: Lenin”, “Title: My Life”, “Date: 1917”."""

from __future__ import annotations

import re

from corpus.quotations.label_patterns import DETAIL_LABEL, LABEL, LABELLED_LINE, SPEAKER_LABEL

_MARK = re.compile('[“„«"]')


def start_of_labelled_lines(words: str, start: int, end: int) -> int:
    """Where the labelled lines begin with which `words[start:end]` ends; `end` where there are none."""
    first = end + 1
    while (above := words.rfind("\n", start, first - 1) + 1) > start and LABELLED_LINE.match(words, above, end):
        first = above
    return min(first, end)


def end_of_labelled_lines(words: str, start: int, end: int) -> int:
    """Where the labelled lines end with which `words[start:end]` begins; `start` where there are none.

    One alone may be of a quotation whose lines are broken: it has to be above another label or a mark.
    """
    lines, last = 0, start
    while line := LABELLED_LINE.match(words, last, end):
        lines, last = lines + 1, line.end()
    is_apart = DETAIL_LABEL.match(words, start) and (_MARK.match(words, last) or LABEL.match(words, last, end))
    return last if last < end and (lines > 1 or (lines and is_apart)) else start


def without_labels(lines: str) -> tuple[bool, str]:
    """Whether a label of lines says that they name somebody, and the lines as one, without labels: “Author: Lenin”.

    Who it is comes first, and a title or a place is left out.
    """
    names, details, is_labelled = list[str](), list[str](), False
    for line in filter(None, map(str.strip, lines.split("\n"))):
        speaker, detail = SPEAKER_LABEL.match(line), DETAIL_LABEL.match(line)
        is_labelled = is_labelled or bool(speaker)
        if detail and any(map(str.isdigit, line)):
            details.append(line[detail.end() :])
        elif not detail:
            names.append(line[speaker.end() :] if speaker else line)
    return is_labelled, ", ".join((*names, *details))
