"""The reader of PDF files with a text layer: lines by their places on the page, put together to paragraphs."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.progress import Progress, counted, unseen
from corpus.source.readers.document import CONTENTS, RUNNING_HEAD, Document, Draft, Metadata, Unreadable
from corpus.source.readers.pdf_paragraphs import Line, add_paragraphs

MOST_PAGES: Final = 5_000
_SCANNED = 20  # characters a page, at most, of a file that is pictures of pages
_EDGE = 3  # lines at the top and the bottom of a page that may be its running head or foot
_REPEATED = 0.3  # of the pages, and at least three: how often a running head occurs
_NUMBER = re.compile(r"[\W_]*(?:page\s+)?(?:[0-9]{1,4}|[ivxlc]{1,7})(?:\s+of\s+[0-9]{1,4})?[\W_]*", re.I)
_LEADERS = re.compile(r"(?:\s*[.·…]){5,}\s*(?:[0-9]{1,4}|[ivxlc]{1,7})$", re.I)
_WORDLESS_FONT = "This PDF's fonts do not say which characters they show: save it again, or send another format."


class _Page(NamedTuple):
    label: str
    lines: list[Line]


def read_pdf(data: bytes, progress: Progress = unseen) -> Document:
    """The document that a PDF is. Raises Unreadable where it is locked, damaged, or has no text to read."""
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_refusal(str(error))) from None
    try:
        if len(file) > MOST_PAGES:
            raise Unreadable(f"This PDF has {len(file)} pages; I read up to {MOST_PAGES}.")
        numbers = counted(range(len(file)), len(file), progress)
        pages = [_Page(_label(file, n), list(_lines(file, n))) for n in numbers]
        about = file.get_metadata_dict(skip_empty=True)
    finally:
        file.close()
    _refuse_wordless(pages)
    # When the file was made says nothing of when its text was written.
    draft = Draft(Metadata(about.get("Title", "").strip(), about.get("Author", "").strip()))
    add_paragraphs([(page.label, page.lines) for page in _without_running(pages, draft)], draft)
    return draft.document()


def _refusal(error: str) -> str:
    if "assword" in error:
        return "This PDF is locked with a password: send it unlocked."
    return "This PDF is damaged: it cannot be opened."


def _refuse_wordless(pages: Sequence[_Page]) -> None:
    words = "".join(line.words for page in pages for line in page.lines)
    if len(words) <= _SCANNED * len(pages):
        raise Unreadable("This PDF has pictures of pages and no text: run a text recognition (OCR) over it first.")
    odd = sum(1 for character in words if character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " ")
    if odd > len(words) / 20:
        raise Unreadable(_WORDLESS_FONT)


def _label(file: pypdfium2.PdfDocument, number: int) -> str:
    return str(file.get_page_label(number) or number + 1)


def _lines(file: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """The lines of a page, in the order in which the file has them."""
    page = file[number]
    text = page.get_textpage()
    try:
        start, words = 0, ""
        count = text.count_chars()
        for at in range(count + 1):
            character = chr(pdfium.FPDFText_GetUnicode(text, at)) if at < count else "\n"
            if character in ("\x02", "\ufffe"):  # how PDFium writes the hyphen that broke a word
                words += "\u00ad"
                character = "\n"
            if character in "\r\n":
                if words.strip():
                    yield _line(text, words, start, at)
                start, words = at + 1, ""
            else:
                words += character
    finally:
        text.close()
        page.close()


def _line(text: pypdfium2.PdfTextPage, words: str, start: int, end: int) -> Line:
    first = start + len(words) - len(words.lstrip())
    last = max(first, end - 1 - (len(words) - len(words.rstrip())))
    size = pdfium.FPDFText_GetFontSize(text, first)
    left, baseline = _origin(text, first)
    return Line(words.strip(), left, _right(text, last), baseline, round(size, 1), _is_bold(text, first))


def _is_bold(text: pypdfium2.PdfTextPage, at: int) -> bool:
    return int(pdfium.FPDFText_GetFontWeight(text, at)) >= 600


def _origin(text: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    """Where a character is on its baseline: letters reach above and below it by different lengths."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    return x.value, y.value


def _right(text: pypdfium2.PdfTextPage, at: int) -> float:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
    return right.value


def _without_running(pages: Sequence[_Page], draft: Draft) -> Iterator[_Page]:
    """The pages without the heads, feet and numbers that are on many of them."""
    often = _repeated_lines(pages, _shape)
    numbered = _repeated_lines(pages, _numbered_height)
    for number, page in enumerate(pages, 1):
        edge = set(map(id, _edges(page)))
        contents = _contents(page)
        own = _own_number(page, number)
        kept = []
        for n, line in enumerate(page.lines):
            if n in contents:
                draft.omit(line.words, CONTENTS)
            elif line is own or (id(line) in edge and (_shape(line) in often or _numbered_height(line) in numbered)):
                draft.omit(line.words, RUNNING_HEAD)
            else:
                kept.append(line)
        yield _Page(page.label, kept)


def _contents(page: _Page) -> set[int]:
    """The lines of a page that lead by dots to a page's number, with the beginnings of those that are two lines."""
    leading = [n for n, line in enumerate(page.lines) if _LEADERS.search(line.words)]
    begun = {two - 1 for one, two in pairwise(leading) if two - one == 2}
    return {*leading, *begun}


def _own_number(page: _Page, number: int) -> Line | None:
    """The line at a page's end or beginning that is nothing but its number, or None."""
    by_height = sorted(page.lines, key=lambda line: line.baseline)
    for line in (*by_height[:1], *by_height[1:][-1:]):
        if _NUMBER.fullmatch(line.words) and {page.label, str(number)} & {*re.findall(r"\w+", line.words)}:
            return line
    return None


def _repeated_lines(pages: Sequence[_Page], feature: Callable[[Line], Hashable]) -> set[Hashable]:
    """What lines at the edges of many pages have in common."""
    found = Counter(shape for page in pages for shape in {feature(line) for line in _edges(page)} if shape is not None)
    return {shape for shape, times in found.items() if times >= max(3, _REPEATED * len(pages))}


def _edges(page: _Page) -> list[Line]:
    by_height = sorted(page.lines, key=lambda line: -line.baseline)
    return by_height[:_EDGE] + by_height[_EDGE:][-_EDGE:]


def _numbered_height(line: Line) -> int | None:
    """How high a line is that begins or ends with a page's number, alone or beside a chapter's name."""
    words = line.words.split()
    is_numbered = bool(_NUMBER.fullmatch(line.words)) or any(word.isdecimal() for word in (words[0], words[-1]))
    return round(line.baseline / 4) if is_numbered else None


def _shape(line: Line) -> tuple[str, int]:
    """What stays the same of a running head from page to page: its words without numbers, and its height."""
    return re.sub(r"[0-9]+|\b[ivxlc]+\b", "#", line.words.lower()), round(line.baseline / 4)
