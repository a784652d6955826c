"""Adding a text: from a neutral document to a numbered text, with a report of what was found before it is kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct, structs

from corpus.calendar import HistoricalDate
from corpus.progress import Progress, counted, unseen
from corpus.source.adding_report import Report, report_on
from corpus.source.dialogue import with_speakers
from corpus.source.divisions import Divisions, without_last_headings
from corpus.source.editions import Numbering, edition_of, renumbered
from corpus.source.quoted_speech import with_quoted_speech
from corpus.source.readers.document import STAGE, Block, Document, Unreadable
from corpus.source.segmenter import NO_ABBREVIATIONS, ordinary_words, segment
from corpus.source.stage_directions import is_stage_direction
from corpus.text_model import Address, Citations, Omission, Paragraph, Sentence, Text, unnamed_author

_COLOURS = (0x6B4E9B, 0x2E7D52, 0x9A6A1F, 0x8A3B63, 0x3C6E9E, 0x6C7A2B, 0x7A4B3A, 0x2F7F7F)
_ARTICLES = frozenset(
    {"a", "an", "the", "of", "on", "in", "to", "and", "for", "from", "der", "die", "das", "le", "la", "les"}
)
_RESERVED = ("all",)
_NOTHING_BELOW = "A heading with no text below it."
_LINE = 300  # characters of a title or a name
_LAYOUT = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # controls, marks that turn the direction, half characters


class About(Struct, frozen=True):
    """What the one who adds a text says about it; empty where the file is to speak for itself."""

    id: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    kind: Literal["primary", "secondary"] = "primary"
    speaker: str = ""


class Proposal(Struct, frozen=True):
    """A text ready to be kept, and the report on it."""

    text: Text
    edition: str
    report: Report
    earlier: str = ""
    """The edition on the shelf that it takes the place of, or nothing."""
    quoted: tuple[int, ...] = ()
    """Places in reading order, from 0, of the paragraphs that the file sets off as quotations."""

    @property
    def is_known(self) -> bool:
        """Whether it is the very edition that is there already."""
        return self.edition == self.earlier


def propose(
    document: Document,
    about: About,
    *,
    file: str,
    taken: Collection[str] = (),
    old: Numbering | None = None,
    progress: Progress = unseen,
) -> Proposal:
    """The numbered text that a document makes. `taken` are ids of other texts; `old` is what its last edition had.

    Raises Unreadable where what was said about it cannot be: a date that is none, an id that is taken.
    """
    document = with_speakers(_without_last_headings(document))
    found = document.metadata
    title = _line(about.title) or _line(found.title) or _file_title(file)
    author = " and ".join(filter(None, map(_line, (about.author or found.author).split(";"))))
    date = date_of(about.date or found.date, strict=bool(about.date))
    speaker = _line(about.speaker) or author or unnamed_author(title)
    text = Text(
        id=old.id if old else id_of(about.id, title, taken),
        name=f"“{title}”",
        title=title,
        author=author,
        speaker=speaker,
        date=date,
        edition=_edition_line(document, file),
        kind=about.kind,
        description="",
        sources=(),
        colour=_COLOURS[int(hashlib.sha256(title.encode()).hexdigest(), 16) % len(_COLOURS)],
        citations=citations_of(title, author, str(date.year) if date else "", _line(found.publisher)),
        paragraphs=tuple(_paragraphs(document.blocks, speaker, progress)),
        omissions=_merge_omissions(document.omissions),
    )
    if old is not None:
        text = renumbered(old, text)
    text = structs.replace(text, paragraphs=tuple(with_quoted_speech(one, speaker) for one in text.paragraphs))
    blocks = (block for block in document.blocks if block.kind != "heading")
    quoted = tuple(place for place, block in enumerate(blocks) if block.is_quoted)
    return Proposal(text, edition_of(text), report_on(document, text, old), old.edition if old else "", quoted)


def _without_last_headings(document: Document) -> Document:
    """The document without the headings at its end: “THE END”, or one whose text is left out."""
    blocks, last = without_last_headings(document.blocks)
    omissions = (Omission(block.words, _NOTHING_BELOW) for block in last)
    return structs.replace(document, blocks=blocks, omissions=(*document.omissions, *omissions))


def _paragraphs(blocks: tuple[Block, ...], speaker: str, progress: Progress) -> Iterator[Paragraph]:
    heading: list[str] = []
    standing: dict[str, str] = {}  # the page and the like on which what follows is
    divisions = Divisions()
    number = 0
    quotes = _quotes(blocks)
    ordinary = ordinary_words(block.words for block in blocks) | NO_ABBREVIATIONS
    for block in counted(blocks, len(blocks), progress):
        standing |= {a.scheme: a.value for a in block.addresses if a.start == 0 and a.scheme == "page"}
        if block.kind == "heading":
            heading.append(block.words)
            divisions.read(block)
            standing |= {a.scheme: a.value for a in block.addresses if a.scheme != "line"}
            continue
        number += 1
        own = "" if quotes and block.is_quoted else block.speaker or speaker
        yield _paragraph(number, block, "\n".join(heading), own, divisions.addresses() | standing, ordinary)
        divisions.read(block)
        heading = []
        standing |= {a.scheme: a.value for a in block.addresses if a.scheme != "line"}


def _quotes(blocks: tuple[Block, ...]) -> bool:
    """Whether what is set off as quoted is so: where most of a text is, its maker only meant a margin."""
    lengths = Counter[bool]()
    for block in blocks:
        lengths[block.is_quoted] += len(block.words)
    return lengths[True] < lengths[False]


def _paragraph(
    number: int, block: Block, heading: str, speaker: str, standing: dict[str, str], ordinary: frozenset[str]
) -> Paragraph:
    own = {address.scheme for address in block.addresses if address.start == 0}
    inherited = tuple(Address(scheme, value) for scheme, value in standing.items() if scheme not in own)
    cuts = enumerate(segment(block.words, ordinary), 1)
    is_spoken = bool(block.speaker)
    sentences = tuple(
        Sentence(n, start, end, STAGE if is_stage_direction(block.words[start:end], is_spoken=is_spoken) else speaker)
        for n, (start, end) in cuts
    )
    return Paragraph(
        number, block.words, sentences, marker=block.marker, heading=heading, addresses=(*inherited, *block.addresses)
    )


def _merge_omissions(omissions: tuple[Omission, ...]) -> tuple[Omission, ...]:
    """Each different omission once, with how often it was there."""
    times: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in omissions:
        times[one.words, one.reason] += one.times
    return tuple(Omission(words, reason, often) for (words, reason), often in times.items())


def id_of(wanted: str, title: str, taken: Collection[str]) -> str:
    """The id that is wanted, or one made from the title. Raises Unreadable where it cannot be one, or is taken."""
    if wanted:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", wanted):
            raise Unreadable(
                "An id has small letters, digits and hyphens, begins with a letter, and is at most 32 long."
            )
        if wanted in _RESERVED:
            raise Unreadable(f"“{wanted}” means every text: choose another id.")
        if wanted in taken:
            raise Unreadable(f"There is or was another text with the id {wanted}: choose another id.")
        return wanted
    base = _slug(title)
    return next(one for n in range(1, len(taken) + 2) if (one := base if n == 1 else f"{base}-{n}") not in taken)


def _slug(title: str) -> str:
    """The first two words of a title that say something, as an id."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in _ARTICLES] or words
    slug = "-".join(telling[:2])[:28].strip("-")
    if slug in _RESERVED:
        return f"text-{slug}"
    return slug if slug[:1].isalpha() else f"text-{slug}".strip("-")


def _file_title(file: str) -> str:
    return _line(re.sub(r"[_-]+", " ", file.rsplit("/", 1)[-1].rsplit(".", 1)[0])) or "Untitled"


def _line(words: str) -> str:
    """What a file says about itself as one line of a bearable length, whatever characters are in it."""
    bare = "".join(" " if unicodedata.category(one) in _LAYOUT else one for one in words)
    line = " ".join(bare.split())
    return line if len(line) <= _LINE else f"{line[:_LINE].rsplit(' ', 1)[0]} …"


def date_of(written: str, *, strict: bool) -> HistoricalDate | None:
    """The day, month or year that is written. Where `strict`, raises Unreadable if it is not one."""
    match = re.match(r"\s*([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", written)
    try:
        if match:
            return HistoricalDate.from_iso("-".join(filter(None, match.groups())), "gregorian")
    except ValueError as error:
        if strict:
            raise Unreadable(str(error)) from None
        return None
    if strict:
        raise Unreadable("A text's date is a year, a month or a day, such as 1919, 1919-03 or 1919-03-05.")
    return None


def _edition_line(document: Document, file: str) -> str:
    parts = (f"As in {_line(file)}", _line(document.metadata.publisher))
    return ", ".join(filter(None, parts))


def citations_of(title: str, author: str, year: str, publisher: str) -> Citations:
    """Each style's reference, made from what is known; what is not known is left out."""
    source = ", ".join(filter(None, (publisher, year)))
    when = f"({year or 'n.d.'})."
    apa = (_with_full_stop(author), when, _with_full_stop(title)) if author else (_with_full_stop(title), when)
    return Citations(
        chicago=f"{f'{author}, ' if author else ''}{title}{f' ({source})' if source else ''} [{{reference}}].",
        mla=f"{' '.join(filter(None, map(_with_full_stop, (author, title, source))))} [{{reference}}].",
        apa=f"{' '.join(filter(None, (*apa, _with_full_stop(publisher))))} [{{reference}}]",
        plain=f"{_with_full_stop(', '.join(filter(None, (author, title, publisher, year))))} Passage: {{reference}}.",
    )


def _with_full_stop(words: str) -> str:
    """The words with a full stop, where they do not end with a mark already."""
    return f"{words}." if words and words[-1] not in ".?!…" else words
