"""Small files of every format, made here: the same content in seven formats, and whatever else a test wants to send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx

TITLE = "The Bread Queue"
AUTHOR = "Mary Example"
CHAPTERS = {
    "Chapter I": [
        "Mr. L. D. Baker came on Nov. 8. He had no bread, and he said so.",
        "“Wait until morning!” called a voice. Nobody waited.",
    ],
    "Chapter II": [
        "The second day was colder than the first, and the queue reached around the corner of the street.",
        "At noon the doors opened. By one the shelves were bare.",
    ],
}
SENTENCES = [
    "Mr. L. D. Baker came on Nov. 8.",
    "He had no bread, and he said so.",
    "“Wait until morning!” called a voice.",
    "Nobody waited.",
    "The second day was colder than the first, and the queue reached around the corner of the street.",
    "At noon the doors opened.",
    "By one the shelves were bare.",
]


def plain_text() -> bytes:
    chapters = (
        f"{name}\n\n" + "\n\n".join(_wrapped(words) for words in paragraphs) for name, paragraphs in _chapters()
    )
    return ("\n\n\n".join([TITLE, *chapters]) + "\n").encode()


def gutenberg(body: bytes = b"", licence: int = 3_000) -> bytes:
    head = f"The Project Gutenberg EBook of {TITLE}, by {AUTHOR}\n\nTitle: {TITLE}\n\nAuthor: {AUTHOR}\n\n"
    start = "*** START OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n\nProduced by Nobody\n\n\n"
    end = "\n*** END OF THIS PROJECT GUTENBERG EBOOK THE BREAD QUEUE ***\n" + "licence " * licence
    return head.encode() + start.encode() + (body or plain_text()) + end.encode()


def markdown() -> bytes:
    chapters = (f"## {name}\n\n" + "\n\n".join(paragraphs) for name, paragraphs in _chapters())
    return "\n\n".join([f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\n---\n", *chapters]).encode()


def html(inside: str = "") -> bytes:
    chapters = (
        f"<h2>{name}</h2>" + "".join(f"<p>{words}</p>" for words in paragraphs) for name, paragraphs in _chapters()
    )
    head = f"<title>{TITLE}</title><meta name=author content='{AUTHOR}'><meta charset=utf-8>"
    page = f"<nav><a href=x>Home</a></nav>{''.join(chapters)}{inside}<footer>Imprint</footer>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{page}</body></html>".encode()


def epub(
    version: int = 3,
    extra: Iterable[tuple[str, bytes]] = (),
    pages: Sequence[str] | None = None,
    metadata: str = f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:date>1919-03-05</dc:date>",
    items: str = "",
) -> bytes:
    bodies = list(pages) if pages is not None else [
        f"<section><h2>{name}</h2>{_elements(paragraphs)}</section>" for name, paragraphs in _chapters()
    ]  # fmt: skip
    items += "".join(
        f'<item id="p{n}" href="p{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(bodies))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(bodies)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    members = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    members["OPS/book.opf"] = package.encode()
    for number, body in enumerate(bodies):
        members[f"OPS/p{number}.xhtml"] = xhtml(body)
    return zipped({**members, **dict(extra)})


def xhtml(body: str) -> bytes:
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"<html {spaces}><head><title>x</title></head><body>{body}</body></html>".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = TITLE, AUTHOR
    for name, paragraphs in _chapters():
        document.add_heading(name, 1)
        for words in paragraphs:
            document.add_paragraph(words)
    return saved(document)


def word_of(paragraphs: Iterable[str]) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def tei(body: str | None = None) -> bytes:
    divisions = body or "".join(
        f'<div type="chapter" n="{"I" * n}"><head>{name}</head>'
        + "".join(f"<p>{words}</p>" for words in paragraphs)
        + "</div>"
        for n, (name, paragraphs) in enumerate(_chapters(), 1)
    )
    title = f"<titleStmt><title>{TITLE}</title><author>{AUTHOR}</author></titleStmt>"
    header = f"<teiHeader><fileDesc>{title}</fileDesc></teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{divisions}</body></text></TEI>'.encode()


def pdf(pages: Sequence[Sequence[tuple[int, str]]] | None = None) -> bytes:
    """A PDF whose pages have lines of (size, words); an empty line is a gap."""
    return _pdf([_page(lines) for lines in (pages or _pdf_pages())])


def two_columns(lines: Sequence[str]) -> bytes:
    """A PDF of one page with the lines in two columns, the left one first."""
    half = len(lines) // 2
    drawn = [
        b"/F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj" % (72 if n < half else 330, 760 - 12 * (n % half), line.encode())
        for n, line in enumerate(lines)
    ]
    return _pdf([b"\n".join([b"BT", *drawn, b"ET"])])


def _pdf_pages() -> list[list[tuple[int, str]]]:
    pages = []
    for name, paragraphs in _chapters():
        lines = [(16, name), (10, "")]
        for words in paragraphs:
            lines += [(10, line) for line in _wrapped(words, 60).split("\n")] + [(10, "")]
        pages.append(lines)
    return pages


def _page(lines: Sequence[tuple[int, str]]) -> bytes:
    drawn, height = [b"BT"], 760
    for size, words in lines:
        height -= 14 if words else 10
        escaped = words.translate({40: "\\(", 41: "\\)", 92: "\\\\"}).encode("cp1252", "replace")
        drawn.append(b"/F1 %d Tf 1 0 0 1 72 %d Tm (%s) Tj" % (size, height, escaped))
    return b"\n".join([*drawn, b"ET"])


def _pdf(contents: Sequence[bytes]) -> bytes:
    count = len(contents)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    objects += [b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), font]
    for number, content in enumerate(contents):
        page = b"/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (page, 5 + 2 * number))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _chapters() -> Iterable[tuple[str, list[str]]]:
    return CHAPTERS.items()


def _elements(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def _wrapped(words: str, width: int = 50) -> str:
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


ALL = {
    "queue.txt": plain_text,
    "framed.txt": gutenberg,
    "queue.md": markdown,
    "queue.html": html,
    "queue.epub": epub,
    "two.epub": lambda: epub(2),
    "queue.pdf": pdf,
    "queue.docx": word,
    "queue.xml": tei,
}
"""A file of each format by its name; each has SENTENCES, in CHAPTERS."""
