"""Files that somebody sends: each that is no text, or too long, is answered with a sentence; nothing else happens."""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest

from corpus.source import sandbox
from corpus.source.adding import About
from corpus.source.readers.document import Unreadable
from corpus.source.sandbox import MOST_BYTES, read_proposal
from corpus.source.sandbox_task import Task
from tests.corpus.source.readers import files
from tests.processes import children

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
        with archive.open("OPS/p.xhtml", "w") as member:
            for _ in range(150):
                member.write(bytes(1_000_000))
    return packed.getvalue()


def lying_bomb() -> bytes:
    """A member that says in its header that it is small."""
    data = bytearray(files.epub(pages=["<p>" + "a" * 3_000 + "</p>"]))
    return bytes(data).replace((3_000 + 141).to_bytes(4, "little"), (12).to_bytes(4, "little"))


def locked_pdf() -> bytes:
    """What a reader sees of a file that is encrypted with a password nobody gave."""
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)]" % (
        b"o" * 32,
        b"u" * 32,
    )
    return files.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R " + entry)


def scan() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(600, 800)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


# Made by the test that sends it, and not by each worker.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (bomb, "unpacks to more than"),
    "a truncated EPUB": (lambda: files.epub()[:-200], "damaged"),
    "an EPUB without contents": (
        lambda: files.zipped({"META-INF/container.xml": b"<container/>"}),
        "does not say where",
    ),
    "an EPUB that leaves its folder": (
        lambda: files.zipped(
            {"META-INF/container.xml": b'<container><rootfile full-path="../../../etc/passwd"/></container>'}
        ),
        "is missing",
    ),
    "an entity bomb as TEI": (
        lambda: LAUGHS.encode() + b"<TEI><text><body><p>&j;</p></body></text></TEI>",
        "entities|valid",
    ),
    "a file of this machine as an entity": (
        lambda: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI><text><body><p>&a;</p></body></text></TEI>',
        "entities|valid",
    ),
    "elements nested a million deep": (lambda: b"<TEI><text><body>" + b"<p>" * 1_000_000, "valid XML"),
    "a locked PDF": (locked_pdf, "password"),
    "a PDF of pictures": (scan, "text recognition"),
    "half a PDF": (lambda: files.pdf()[:300], "damaged|text recognition"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n", "damaged"),
    "a locked zip": (lambda: b"PK\x03\x04" + b"\x14\x00\x01\x00" + bytes(40), "damaged"),
    "too many elements": (
        lambda: b"<html><body>" + b"<p>a</p>" * 101_000 + b"</body></html>",
        "more than any book",
    ),
    "a paragraph without an end": (lambda: b"a " * 300_000, "One paragraph has more than 500,000 characters"),
    "a zip for a container": (
        lambda: files.zipped({"META-INF/container.xml": files.zipped({"a": b"a"})}),
        "valid XML",
    ),
    "a Word bomb": (lambda: files.zipped({"word/document.xml": bytes(110_000_000)}), "unpacks to more than"),
    "brackets without an end": (lambda: b"[" * 600_000, "One paragraph"),
    "attributes and no words": (lambda: b"<html><p " + b"a=1 " * 1_000 + b"></p></html>", "no paragraph"),
    "random bytes": (lambda: os.urandom(20_000), "binary|encoding|no text"),
    "too much": (lambda: bytes(MOST_BYTES + 1), "up to 50 MB"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_files_are_refused_in_one_sentence(kind: str) -> None:
    make, says = HOSTILE[kind]
    data = make()
    with pytest.raises(Unreadable, match=says) as refusal:
        await read_proposal(Task("file", data))
    assert "\n" not in str(refusal.value)
    assert "root:" not in str(refusal.value)


async def test_what_a_header_says_of_a_members_size_is_not_believed() -> None:
    try:
        proposal = await read_proposal(Task("a.epub", lying_bomb()))
        assert proposal.report.words <= 1
    except Unreadable as refusal:
        assert "damaged" in str(refusal)


async def test_time_runs_out() -> None:
    page = b"<html><body>" + b"<p>a b c.</p>" * 1_000_000 + b"</body></html>"
    with pytest.raises(Unreadable, match="takes too long"):
        await read_proposal(Task("a.html", page), seconds=0.8)


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    assert "secret" not in str(sandbox._environment())


@pytest.mark.parametrize("name", files.ALL)
async def test_a_sound_file_comes_through(name: str) -> None:
    done: list[float] = []
    task = Task(name, files.ALL[name](), About(id="bread"), taken=("speech",))
    proposal = await read_proposal(task, progress=done.append)
    assert done == sorted(done)
    assert 0.3 <= done[-1] <= 1, "read, and some sentences cut"
    text = proposal.text
    assert text.id == "bread"
    assert [p.words[s.start : s.end] for p in text.paragraphs for s in p.sentences] == files.SENTENCES


async def test_cancelling_ends_the_child() -> None:
    page = b"<html><body>" + b"<p>a b c.</p>" * 300_000 + b"</body></html>"
    task = asyncio.create_task(read_proposal(Task("a.html", page)))
    await asyncio.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not _readers()


def _readers() -> list[bytes]:
    """The command lines of our children that read a file."""
    return [line for line in children(os.getpid()) if b"sandbox_child" in line]


async def test_macros_and_foreign_grammars_are_neither_run_nor_fetched() -> None:
    """A Word file with macros, and a TEI file whose grammar is on another host, give their words."""
    macros = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}
    with zipfile.ZipFile(io.BytesIO(files.word())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert (await read_proposal(Task("m.docx", files.zipped({**members, **macros})))).report.sentences == 7
    foreign = b'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd">' + files.tei()
    assert (await read_proposal(Task("m.xml", foreign))).report.sentences == 7
