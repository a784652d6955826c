"""Texts as `export --json` writes them: checked like any stranger's file, and added again with their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from msgspec import structs

from corpus.source.adding import About, Proposal, citations_of, date_of, id_of
from corpus.source.adding_report import report_on
from corpus.source.editions import Numbering, edition_of, renumbered
from corpus.source.quoted_speech import with_quoted_speech
from corpus.source.readers.document import MOST_BLOCKS, MOST_CHARACTERS, Document, Metadata, Unreadable
from corpus.text_model import Paragraph, Text

_OTHER = "This is JSON, but not a text that I exported: send the text itself."


def exported_text(data: bytes) -> Text | None:
    """The text in a file that `export` wrote; None where the file is no JSON. Raises Unreadable for other JSON."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[{")):
        return None
    try:
        text = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Text)
    except msgspec.ValidationError:
        raise Unreadable(_OTHER) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not _is_sound(text):
        raise Unreadable("This exported text was changed: its numbers and its words no longer match.")
    return text


def propose_exported(text: Text, about: About, *, taken: Collection[str], old: Numbering | None) -> Proposal:
    """The text again as it was, under what is said about it now. `taken` and `old` are as for `propose`."""
    title, author = about.title or text.title, about.author or text.author
    date = date_of(about.date, strict=True) if about.date else text.date
    wanted = about.id or (text.id if text.id not in taken else "")
    text_id = old.id if old else id_of(wanted, title, taken)
    text = structs.replace(text, id=text_id, title=title, author=author, date=date)
    if about.title or about.author or about.date:
        citations = citations_of(title, author, str(date.year) if date else "", "")
        text = structs.replace(text, name=f"“{title}”", citations=citations)
    if old is not None and old.edition != edition_of(text):
        again = renumbered(old, text)
        paragraphs = tuple(with_quoted_speech(one, text.speaker) for one in again.paragraphs)
        text = structs.replace(again, paragraphs=paragraphs)
    report = report_on(Document(Metadata(), ()), text, old)
    return Proposal(text, edition_of(text), report, old.edition if old else "")


def _is_sound(text: Text) -> bool:
    """Whether numbers are unique, and sentences and voices slices of their paragraphs, in order."""
    numbers = [one.number for one in text.paragraphs]
    styles = (text.citations.chicago, text.citations.mla, text.citations.apa, text.citations.plain)
    return (
        0 < len(numbers) <= MOST_BLOCKS
        and len(set(numbers)) == len(numbers)
        and min(numbers) > 0
        and 0 <= text.colour <= 0xFFFFFF
        and all("{reference}" in style for style in styles)
        and all(map(_is_sound_paragraph, text.paragraphs))
    )


def _is_sound_paragraph(one: Paragraph) -> bool:
    numbers = [sentence.number for sentence in one.sentences]
    return (
        len(one.words) <= MOST_CHARACTERS
        and len(set(numbers)) == len(numbers) > 0
        and min(numbers) > 0
        and _are_slices([(sentence.start, sentence.end) for sentence in one.sentences], len(one.words))
        and _are_slices([(voice.start, voice.end) for voice in one.voices], len(one.words))
    )


def _are_slices(spans: Sequence[tuple[int, int]], length: int) -> bool:
    """Whether spans are in order, do not overlap, and are none of them empty."""
    ends = [0, *(end for _, end in spans)]
    in_order = all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False))
    return in_order and ends[-1] <= length
