"""The reader of TEI XML: divisions, paragraphs, verse and speeches, with speakers, and page and line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.source.readers.document import (
    NOTE,
    RUNNING_HEAD,
    SPEAKER,
    STAGE,
    TITLE_PAGE,
    Block,
    BlockKind,
    Document,
    Draft,
    Metadata,
    Unreadable,
)
from corpus.source.readers.xml import parse_xml
from corpus.text_model import Address

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_OMITTED = {
    "note": NOTE,
    "fw": RUNNING_HEAD,
    "figure": "A figure.",
    "figDesc": "A figure.",
    "sic": "A slip that the edition corrects.",
    "orig": "A spelling that the edition regularises.",
    "del": "Words that the source has struck out.",
    "abbr": "An abbreviation that the edition writes out.",
    "titlePage": TITLE_PAGE,
    "listBibl": "A bibliography.",
}
_CHOSEN = {"sic": "corr", "orig": "reg", "abbr": "expan"}  # left out only where `choice` offers the other
_OFFERS = {"choice": ("corr", "reg", "expan"), "app": ("lem",)}
"""Elements that offer several readings, and which of them is the edition's; where none is, the first counts."""
_READING = "Another reading that the edition offers."
_PARAGRAPHS = frozenset(
    {"p", "ab", "item", "label", "salute", "signed", "dateline", "byline", "trailer", "castItem", "u", "row"}
)
_BREAKS = {"pb": "page", "lb": "line", "cb": "column", "milestone": "milestone"}
_MOST_LINES = 20
"""Lines of verse without a stanza's end, after which a paragraph ends with the next sentence."""
_ENDS = re.compile(r"[.!?…][”’\"')\]]*$")
_SPEECH = frozenset({"q", "said", "quote"})
"""Words of somebody else inside a paragraph: an edition may leave it to the reader's programme to mark them."""
_MARKED = re.compile(r"\s*[“„«‘\"'—–-]")
_DIVISION = re.compile(
    r"div[0-7]?|body|front|back|group|text|lg|quote|q|list|cit|floatingText|argument|postscript|opener|closer|"
    r"epigraph|castList|castGroup|table"
)


@dataclass
class _Run:
    pieces: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)


class _Reader:
    def __init__(self, draft: Draft, people: dict[str, str]) -> None:
        self._draft = draft
        self._people = people
        self._run = _Run()
        self._lines = 0
        """How many lines of verse have gathered."""
        self._quotations = 0
        """How many quotations are open that stand by themselves."""
        self._speaker = ""
        self._level = 0
        self._offering: etree._Element | None = None
        self._offered: frozenset[etree._Element] = frozenset()
        """Of the last element that offers several readings, which are shown."""

    def read(self, element: etree._Element) -> None:
        """One element at the level of paragraphs or above."""
        name = _name(element)
        if reason := self._reason(element):
            self._draft.omit(_words(element), reason)
        elif name in _BREAKS:
            self._break(element)
        elif name == "head":
            self._paragraph(element, "heading")
        elif name == "sp":
            self._speech(element)
        elif name == "stage":
            self._paragraph(element, "stage direction")
        elif name == "u":
            self._speech(element)
        elif name in _PARAGRAPHS:
            self._paragraph(element, "paragraph")
        else:
            self._quotations += name == "quote"
            self._division(element)
            self._quotations -= name == "quote"

    def _division(self, element: etree._Element) -> None:
        is_division = _name(element).startswith("div")
        self._level += is_division
        if is_division and (number := element.get("n")):
            self._run.addresses.append(Address(element.get("type") or "division", number))
        if (element.text or "").strip():
            self._say(element.text)
        for child in element:
            self._part(child)
            self._say(child.tail)
        self._flush("paragraph")
        self._level -= is_division

    def _part(self, element: etree._Element) -> None:
        """A part of a division or a speech; lines of verse that are together are one paragraph, a line of it each."""
        name = _name(element)
        if name == "l":
            if not self._lines:
                self._flush("paragraph")
            self._verse_line(element)
        elif _is_inline(element) or (self._lines and (name in _BREAKS or self._reason(element))):
            self._inline(element)
        else:
            self._flush("paragraph")
            self.read(element)

    def _speech(self, element: etree._Element) -> None:
        outer, self._speaker = self._speaker, self._speaker_of(element)
        if _name(element) == "u":
            self._paragraph(element, "paragraph")
        for child in element if _name(element) == "sp" else ():
            if _name(child) == "speaker":
                self._draft.omit(_words(child), SPEAKER)
            else:
                self._part(child)
        self._flush("paragraph", only_words=True)
        self._speaker = outer

    def _speaker_of(self, element: etree._Element) -> str:
        found = next(element.iterchildren("{*}speaker"), None)
        named = " ".join(_words(found).split()).rstrip(".:") if found is not None else ""
        ids = (element.get("who") or "").replace("#", " ").split()
        return named or " and ".join(self._people.get(one, one) for one in ids)

    def _verse_line(self, element: etree._Element) -> None:
        said = "".join(self._run.pieces).rstrip()
        if said and self._lines >= _MOST_LINES and _ENDS.search(said):
            self._flush("paragraph")
        elif said:
            self._run.pieces.append("\n")
        self._lines += 1
        if number := element.get("n"):
            self._run.addresses.append(Address("line", number, self._at()))
        self._contents(element)

    def _paragraph(self, element: etree._Element, kind: BlockKind) -> None:
        self._flush("paragraph", only_words=True)
        if (number := element.get("n")) and kind == "paragraph":
            self._run.addresses.append(Address("paragraph", number, self._at()))
        if _name(element) == "row":
            self._cells(element)
        else:
            self._contents(element)
        self._flush(kind)

    def _cells(self, element: etree._Element) -> None:
        for number, cell in enumerate(element.iterchildren("{*}cell")):
            self._run.pieces.append("\t" if number else "")
            self._contents(cell)

    def _contents(self, element: etree._Element) -> None:
        self._say(element.text)
        for child in element:
            self._inline(child)
            self._say(child.tail)

    def _inline(self, element: etree._Element) -> None:
        if not isinstance(element.tag, str):
            return
        name = _name(element)
        if reason := self._reason(element):
            self._draft.omit(_words(element), reason)
        elif name in _BREAKS:
            self._break(element)
        elif name in ("stage", "p", "lg", "sp", "list", "table"):
            self._flush("paragraph")
            self.read(element)
        elif name in _SPEECH and not _MARKED.match(_words(element)):
            self._run.pieces.append("“")
            self._contents(element)
            self._run.pieces.append("”")
        else:
            self._contents(element)

    def _break(self, element: etree._Element) -> None:
        if _name(element) == "lb" and element.get("break") != "no":
            self._say(" ")
        if number := element.get("n"):
            scheme = (element.get("unit") if _name(element) == "milestone" else "") or _BREAKS[_name(element)]
            self._run.addresses.append(Address(scheme, number, self._at()))

    def _reason(self, element: etree._Element) -> str:
        name = _name(element)
        around = element.getparent()
        offers = _OFFERS.get(_name(around)) if around is not None else None
        if around is None or offers is None:
            return "" if name in _CHOSEN else _OMITTED.get(name, "")
        if self._offering is not around:
            readings = [one for one in around if _name(one)]
            self._offering = around
            self._offered = frozenset([one for one in readings if _name(one) in offers] or readings[:1])
        return "" if element in self._offered else _OMITTED.get(name, _READING)

    def _say(self, words: str | None) -> None:
        if words:
            self._run.pieces.append(re.sub(r"\s+", " ", words))

    def _at(self) -> int:
        return len(_tidy("".join([*self._run.pieces, "."]))) - 1

    def _flush(self, kind: BlockKind, *, only_words: bool = False) -> None:
        words = _tidy("".join(self._run.pieces))
        if not words and only_words:
            return
        run, self._run, self._lines = self._run, _Run(), 0
        if not words:
            self._run.addresses = [Address(one.scheme, one.value) for one in run.addresses]
            return
        speaker = STAGE if kind == "stage direction" else self._speaker
        level = max(self._level, 1) if kind == "heading" else 0
        is_quoted = kind == "paragraph" and self._quotations > 0
        self._draft.add(Block(kind, words, level, speaker=speaker, addresses=tuple(run.addresses), is_quoted=is_quoted))


def read_tei(data: bytes) -> Document:
    """The document that a TEI file is. Raises Unreadable where it is no TEI or holds no text."""
    root = parse_xml(data, "This TEI file")
    if _name(root) not in ("TEI", "TEI.2", "teiCorpus"):
        raise Unreadable("This XML file isn't TEI: I read TEI, EPUB, HTML, Markdown, PDF, Word and plain text.")
    texts = [one for one in root.iter("{*}text") if not any(_name(a) == "text" for a in one.iterancestors())]
    if not texts:
        raise Unreadable("This TEI file has no <text>.")
    draft = Draft(_metadata(root))
    people = _people(root)
    for text in texts:
        _Reader(draft, people).read(text)
    return draft.document()


def _metadata(root: etree._Element) -> Metadata:
    def first(path: str) -> str:
        found = root.find(path)
        return " ".join(_words(found).split()) if found is not None else ""

    header = "{*}teiHeader/{*}fileDesc"
    date = root.find(f"{header}/{{*}}sourceDesc//{{*}}date")
    when = (date.get("when") or " ".join(_words(date).split())) if date is not None else ""
    statement = f"{header}/{{*}}titleStmt"
    title = first(f"{statement}/{{*}}title[@type='main']") or first(f"{statement}/{{*}}title")
    authors = (" ".join(_words(one).split()) for one in root.iterfind(f"{statement}/{{*}}author"))
    publisher = first(f"{header}/{{*}}publicationStmt/{{*}}publisher")
    return Metadata(title, " and ".join(filter(None, authors)), when, publisher=publisher)


def _people(root: etree._Element) -> dict[str, str]:
    """The names of those who speak, by their ids in the file."""
    found = {}
    for element in root.iter("{*}person", "{*}personGrp", "{*}castItem", "{*}role"):
        named = next(element.iter("{*}persName", "{*}role", "{*}name"), None)
        if (id_ := element.get(_ID)) and named is not None and (name := " ".join(_words(named).split())):
            found[id_] = name
    return found


def _is_inline(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    name = _name(element)
    return not (_DIVISION.fullmatch(name) or name in ("head", "sp", "stage", "l", *_PARAGRAPHS, *_BREAKS, *_OMITTED))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _tidy(words: str) -> str:
    lines = re.sub(r" *\t *", "\t", re.sub(r" +", " ", words)).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n ")
