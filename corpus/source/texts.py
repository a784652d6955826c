"""Reading a text: from a source, character for character, and the header beside it to a numbered text.

Each line of a source is blank, a heading, metadata, an omission or a paragraph (as is a list item, without its marker).
The header, `NAME.toml` beside `NAME.txt`, lists headings, metadata and omissions verbatim: nothing is left out unsaid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from corpus.calendar import Calendar, HistoricalDate
from corpus.errors import Fault
from corpus.source.sentences import marker, slices
from corpus.source.toml_file import Entry, TomlFile, read_source
from corpus.text_model import Citations, Omission, Paragraph, Sentence, Text

_FAR = 80  # characters of a line that a fault repeats
_Kind = Literal["heading", "metadata", "omission", "paragraph"]


class _OmissionEntry(Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    reason: str
    times: Annotated[int, Meta(ge=1)] = 1


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]*$", max_length=32)]
    order: int
    name: Annotated[str, Meta(min_length=1)]
    title: Annotated[str, Meta(min_length=1)]
    speaker: Annotated[str, Meta(min_length=1)]
    edition: str
    kind: Literal["primary", "secondary"]
    description: str
    colour: Annotated[int, Meta(ge=0, le=0xFFFFFF)]
    citations: Citations
    author: str = ""
    date: str = ""
    calendar: Calendar = "gregorian"
    sources: tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    omission: tuple[_OmissionEntry, ...] = ()
    sentence_starts: tuple[str, ...] = ()
    sentence_joins: tuple[str, ...] = ()


class _Line(NamedTuple):
    number: int  # in the source, from 1
    kind: _Kind
    words: str


def load_texts(folder: Path, faults: list[Fault]) -> dict[str, Text]:
    """The texts of a corpus folder, `folder/texts/*.txt`, by id and in order. What is wrong is added to `faults`."""
    found = []
    for file in sorted((folder / "texts").glob("*.txt")):
        header = TomlFile(file.with_suffix(".toml"), faults).whole(_Header, faults)
        source = read_source(file, faults)
        if header is not None and source is not None:
            found.append((header.form.order, _text(file, source, header, faults)))
    for file in sorted((folder / "texts").glob("*.toml")):
        if not file.with_suffix(".txt").exists():
            faults.append(Fault(file, 0, f"there is no {file.stem}.txt beside it"))
    if not found and not faults:
        faults.append(Fault(folder, 0, "no text is here; a corpus has texts/NAME.txt with texts/NAME.toml beside it"))
    return {text.id: text for _, text in sorted(found, key=lambda pair: (pair[0], pair[1].id))}


def _text(file: Path, source: str, header: Entry[_Header], faults: list[Fault]) -> Text:
    form = header.form
    faults += _header_faults(file, header)
    lines = list(_lines(file, source, header, faults))
    if not any(line.kind == "paragraph" for line in lines):
        faults.append(Fault(file, 0, "there is no paragraph here"))
    paragraphs = _paragraphs(lines, form)
    faults += _cut_faults(header, paragraphs)
    return Text(
        id=form.id, name=form.name, title=form.title, author=form.author, speaker=form.speaker,
        date=_date(header, faults), edition=form.edition, kind=form.kind, description=form.description,
        sources=form.sources, colour=form.colour, citations=form.citations, paragraphs=paragraphs,
        omissions=tuple(Omission(o.words, o.reason) for o in form.omission for _ in range(o.times)),
    )  # fmt: skip


def _header_faults(file: Path, header: Entry[_Header]) -> Iterator[Fault]:
    if header.form.id != file.stem:
        yield header.fault(f"the id must be the name of the file, `{file.stem}`", "id =")
    for style in Citations.__struct_fields__:
        if "{reference}" not in getattr(header.form.citations, style):
            yield header.fault(f"the citation `{style}` has no {{reference}} for the passage", f"{style} =")


def _date(header: Entry[_Header], faults: list[Fault]) -> HistoricalDate | None:
    if not header.form.date:
        return None
    try:
        return HistoricalDate.from_iso(header.form.date, header.form.calendar)
    except ValueError as error:
        faults.append(header.fault(str(error), "date ="))
        return None


def _lines(file: Path, source: str, header: Entry[_Header], faults: list[Fault]) -> Iterator[_Line]:
    """Each line of the source that is not blank, with what it is. One listed but not there as often is a fault."""
    form = header.form
    listed: dict[_Kind, Counter[str]] = {
        "metadata": Counter(form.metadata),
        "omission": Counter({omitted.words: omitted.times for omitted in form.omission}),
        "heading": Counter(form.headings),
    }
    known = {words for counter in listed.values() for words in counter}
    for number, raw in enumerate(source.removeprefix("\ufeff").split("\n"), 1):
        words = raw.strip()
        kind = next((kind for kind, counter in listed.items() if counter[words] > 0), None)
        if kind is not None:
            listed[kind][words] -= 1
            yield _Line(number, kind, words)
        elif words in known:
            faults.append(Fault(file, number, f"“{words[:_FAR]}” is there once more than {header.file.name} says"))
        elif words:
            yield _Line(number, "paragraph", words)
    for counter in listed.values():
        for words in +counter:
            faults.append(header.fault(f"“{words[:_FAR]}” is not a line of {file.name}", words))


def _paragraphs(lines: list[_Line], form: _Header) -> tuple[Paragraph, ...]:
    made: list[Paragraph] = []
    heading: list[str] = []
    for line in lines:
        if line.kind == "heading":
            heading.append(line.words)
        elif line.kind == "paragraph":
            made.append(_paragraph(len(made) + 1, line.words, "\n".join(heading), form))
            heading = []
    return tuple(made)


def _paragraph(number: int, line: str, heading: str, form: _Header) -> Paragraph:
    mark = marker(line)
    words = line[len(mark) :].lstrip()
    cuts = slices(words, form.sentence_starts, form.sentence_joins)
    sentences = tuple(Sentence(n, start, end, form.speaker) for n, (start, end) in enumerate(cuts, 1))
    return Paragraph(number, words, sentences, marker=mark, heading=heading)


def _cut_faults(header: Entry[_Header], paragraphs: tuple[Paragraph, ...]) -> Iterator[Fault]:
    for words in header.form.sentence_starts:
        times = sum(paragraph.words.count(words) for paragraph in paragraphs) if words else 0
        if times != 1:
            yield header.fault(
                f"“{words}” is there {times} times; to start a sentence it must be there once", f'"{words}"'
            )
    for words in header.form.sentence_joins:
        if not any(words and words in paragraph.words for paragraph in paragraphs):
            yield header.fault(f"“{words}” is not in the text, so it joins nothing", f'"{words}"')
