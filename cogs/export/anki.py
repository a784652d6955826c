"""Questions and facts as an Anki package: flash cards that a later import updates in place."""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from cogs.export.sources import Source, source
from corpus.corpus import Corpus
from corpus.note_model import Fact, Question

if TYPE_CHECKING:
    from genanki import Deck, Model, Note  # type: ignore[import-untyped]  # it ships no types

_PASSAGE = """\
<blockquote>{{Passage}}</blockquote>
<p class="source">{{Speaker}}, {{Reference}}
{{Source}}</p>"""
_QUESTION = (
    '{{Question}}<p class="ask">{{Options}}</p>',
    '{{FrontSide}}<hr id="answer"><p class="answer">{{Answer}}</p>' + _PASSAGE,
)
_FACT = (
    '{{Fact}}<p class="ask">Which text says this, and in what words?</p>',
    '{{FrontSide}}<hr id="answer">' + _PASSAGE,
)
_LOOK = """\
.card { font-family: "PT Serif", Georgia, serif; font-size: 20px; text-align: left; max-width: 36em; margin: 1em auto; }
.answer { font-weight: bold; }
.ask, .source { font-family: "PT Sans", sans-serif; font-size: 16px; opacity: 0.75; white-space: pre-line; }
blockquote { margin: 1em 0; padding-left: 0.8em; border-left: 4px solid #a4262c; white-space: pre-line; }"""


def deck(corpus: Corpus, now: datetime) -> bytes:
    """The package, as the bytes of an .apkg file.

    What Anki tells notes by never changes: the deck's and the note types' numbers, and each note's id. `now` becomes
    the time of change, by which Anki takes the newer words and leaves everybody's progress alone.
    """
    made = [
        _deck("Questions", (_question(corpus, one) for one in corpus.notes.questions)),
        _deck("Facts", (_fact(corpus, one) for one in corpus.notes.facts)),
    ]
    return _package(made, now.timestamp())


def _package(decks: Sequence[Deck], timestamp: float) -> bytes:
    """A zip with an SQLite database, made in memory: genanki itself leaves a temporary file behind for each package."""
    import zipfile

    import genanki

    with closing(sqlite3.connect(":memory:")) as collection:
        genanki.Package(decks).write_to_db(collection.cursor(), timestamp, count(int(timestamp * 1000)))
        collection.commit()
        data = collection.serialize()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        # Without a time of its own, the same notes are the same bytes.
        package.writestr(zipfile.ZipInfo("collection.anki2"), data, zipfile.ZIP_DEFLATED)
        package.writestr(zipfile.ZipInfo("media"), "{}")
    return file.getvalue()


def _deck(name: str, notes: Iterable[Note]) -> Deck:
    import genanki  # it brings a YAML parser and a template engine, which no other command needs

    made = genanki.Deck(_number(f"deck {name}"), f"Smolny::{name}")
    for note in notes:
        made.add_note(note)
    return made


def _question(corpus: Corpus, one: Question) -> Note:
    found = source(corpus, one.references)
    model = _model("Question", ("Question", "Options", "Answer"), _QUESTION)
    # In the order of the alphabet: the right one's place tells nothing, and no export changes it.
    options = " · ".join(sorted((one.answer, *one.distractors), key=str.casefold)) if one.distractors else ""
    tags = (one.kind, *one.topics, *_texts(one))
    return _note(model, (one.ask, options, one.answer), found, ("question", one.id), tags, one.note)


def _fact(corpus: Corpus, one: Fact) -> Note:
    found = source(corpus, one.references)
    words = f"{one.words} ({one.date.both()})" if one.date else one.words
    model = _model("Fact", ("Fact",), _FACT)
    return _note(model, (words,), found, ("fact", one.id), (*one.topics, *_texts(one)), one.note)


def _texts(one: Question | Fact) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reference.text for reference in one.references))


def _model(name: str, fields: Sequence[str], sides: tuple[str, str]) -> Model:
    import genanki

    front, back = sides
    return genanki.Model(
        _number(f"note type {name}"),
        f"Smolny {name.lower()}",
        fields=[{"name": field} for field in (*fields, "Passage", "Speaker", "Reference", "Source")],
        templates=[{"name": name, "qfmt": front, "afmt": back}],
        css=_LOOK,
    )


def _note(
    model: Model, said: Sequence[str], found: Source, key: tuple[str, str], tags: Sequence[str], added: str
) -> Note:
    from html import escape

    import genanki

    # Not a field of its own: Anki takes a note type with another field for another note type.
    source_and_note = f"{found.source}\nEdition: {found.edition}"
    source_and_note += f"\nEditors’ note: {added}" if added else ""
    shown = (*said, found.passage, found.speaker, found.reference, source_and_note)
    fields = [escape(words, quote=False) for words in shown]
    # Anki parts tags by spaces.
    made = [tag.replace(" ", "-") for tag in tags]
    return genanki.Note(model, fields, guid=genanki.guid_for("smolny", *key), tags=made)


def _number(name: str) -> int:
    """A number that Anki takes for an id, the same for ever."""
    return int.from_bytes(hashlib.sha256(f"smolny {name}".encode()).digest()[:4]) >> 1 | 1 << 30
