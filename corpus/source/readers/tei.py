"""The reader of TEI XML: divisions, paragraphs, verse and speeches, with speakers, and page and line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from corpus.model import Address
from corpus.source.readers.document import (
    NOTE,
    RUNNING_HEAD,
    TITLE_PAGE,
    Block,
    BlockKind,
    Document,
    Draft,
    Metadata,
    Unreadable,
)
from corpus.source.readers.xml import parse_xml

STAGE: Final = "Stage direction"
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
_PARAGRAPHS = frozenset(
    {"p", "ab", "item", "salute", "signed", "dateline", "opener", "closer", "byline", "epigraph", "trailer"}
)
_BREAKS = {"pb": "page", "lb": "line", "cb": "column", "milestone": "milestone"}
_DIVISION = re.compile(
    r"div[0-7]?|body|front|back|group|text|lg|quote|q|list|cit|floatingText|argument|argument|postscript"
)


@dataclass
class _Run:
    pieces: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)


class _Reader:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._run = _Run()
        self._speaker = ""
        self._level = 0

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
        elif name in ("l", *_PARAGRAPHS):
            self._paragraph(element, "paragraph")
        elif name == "lg":
            self._stanza(element)
        else:
            self._division(element)

    def _division(self, element: etree._Element) -> None:
        is_division = _name(element).startswith("div")
        self._level += is_division
        if is_division and (number := element.get("n")):
            self._run.addresses.append(Address(element.get("type") or "division", number))
        if (element.text or "").strip():
            self._say(element.text)
        for child in element:
            if _is_inline(child):
                self._inline(child)
            else:
                self._flush("paragraph")
                self.read(child)
            self._say(child.tail)
        self._flush("paragraph")
        self._level -= is_division

    def _speech(self, element: etree._Element) -> None:
        outer, self._speaker = self._speaker, self._named(element)
        for child in element:
            if _name(child) == "speaker":
                self._draft.omit(_words(child), "The speaker's name, kept as the speaker of what follows.")
            else:
                self.read(child)
        self._speaker = outer

    def _named(self, element: etree._Element) -> str:
        found = next(element.iterchildren("{*}speaker"), None)
        named = " ".join(_words(found).split()).rstrip(".:") if found is not None else ""
        return named or (element.get("who") or "").lstrip("#").replace("#", "")

    def _stanza(self, element: etree._Element) -> None:
        """Lines of verse that stand together are one paragraph, a line of it each."""
        for child in element:
            if _name(child) == "l":
                if "".join(self._run.pieces).strip():
                    self._run.pieces.append("\n")
                self._line(child)
            elif _name(child) in _BREAKS:
                self._break(child)
            else:
                self._flush("paragraph")
                self.read(child)
        self._flush("paragraph")

    def _line(self, element: etree._Element) -> None:
        if number := element.get("n"):
            self._run.addresses.append(Address("line", number, self._at()))
        self._contents(element)

    def _paragraph(self, element: etree._Element, kind: BlockKind) -> None:
        self._flush("paragraph", only_words=True)
        if (number := element.get("n")) and kind == "paragraph":
            self._run.addresses.append(Address("line" if _name(element) == "l" else "paragraph", number, self._at()))
        self._contents(element)
        self._flush(kind)

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
        elif name in ("stage", "p", "lg", "sp", "list"):
            self._flush("paragraph")
            self.read(element)
        else:
            self._contents(element)

    def _break(self, element: etree._Element) -> None:
        if _name(element) == "lb" and element.get("break") != "no":
            self._say(" ")
        if number := element.get("n"):
            self._run.addresses.append(Address(_BREAKS[_name(element)], number, self._at()))

    def _reason(self, element: etree._Element) -> str:
        name = _name(element)
        if name in _CHOSEN:
            choice = element.getparent()
            offered = [_name(one) for one in choice] if choice is not None and _name(choice) == "choice" else []
            return _OMITTED[name] if _CHOSEN[name] in offered else ""
        return _OMITTED.get(name, "")

    def _say(self, words: str | None) -> None:
        if words:
            self._run.pieces.append(re.sub(r"\s+", " ", words))

    def _at(self) -> int:
        return len(_tidy("".join([*self._run.pieces, "."]))) - 1

    def _flush(self, kind: BlockKind, *, only_words: bool = False) -> None:
        words = _tidy("".join(self._run.pieces))
        if not words and only_words:
            return
        run, self._run = self._run, _Run()
        if not words:
            self._run.addresses = [Address(one.scheme, one.value) for one in run.addresses]
            return
        speaker = STAGE if kind == "stage direction" else self._speaker
        level = max(self._level, 1) if kind == "heading" else 0
        self._draft.add(Block(kind, words, level, speaker=speaker, addresses=tuple(run.addresses)))


def read_tei(data: bytes) -> Document:
    """The document that a TEI file is. Raises Unreadable where it is no TEI or holds no text."""
    root = parse_xml(data, "This TEI file")
    if _name(root) not in ("TEI", "TEI.2", "teiCorpus"):
        raise Unreadable("This XML file is no TEI: I read TEI, EPUB, HTML, Markdown, PDF, Word and plain text.")
    texts = [one for one in root.iter("{*}text") if not any(_name(a) == "text" for a in one.iterancestors())]
    if not texts:
        raise Unreadable("This TEI file has no <text>.")
    draft = Draft(_metadata(root))
    for text in texts:
        _Reader(draft).read(text)
    return draft.document()


def _metadata(root: etree._Element) -> Metadata:
    def first(path: str) -> str:
        found = root.find(path)
        return " ".join(_words(found).split()) if found is not None else ""

    header = "{*}teiHeader/{*}fileDesc"
    date = root.find(f"{header}/{{*}}sourceDesc//{{*}}date")
    when = (date.get("when") or " ".join(_words(date).split())) if date is not None else ""
    title, author = f"{header}/{{*}}titleStmt/{{*}}title", f"{header}/{{*}}titleStmt/{{*}}author"
    return Metadata(first(title), first(author), when, publisher=first(f"{header}/{{*}}publicationStmt/{{*}}publisher"))


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
    lines = re.sub(r"[ \t]+", " ", words).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n ")
