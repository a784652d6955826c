"""Speakers: who says the words of a text, and whether an attribution names the right one."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from corpus.language.tokens import folded, tokens
from corpus.model import Notes, Text, Voice
from corpus.names.finder import Finder

_FILLERS = frozenset(("a", "an", "author", "by", "in", "of", "the", "writer"))


class Speaker(Struct, frozen=True):
    """A speaker of words in a text. `is_quoted`: the text quotes them inside a sentence of its own speaker."""

    name: str
    text: str
    person: str | None = None
    is_quoted: bool = False
    note: str = ""


def own_speaker(text: Text, notes: Notes) -> Speaker:
    """The text's own speaker, as the person that the notes know by this name."""
    name = folded(text.speaker)
    known = [one.id for one in notes.people if name in map(folded, (one.name, *one.aliases))]
    return Speaker(text.speaker, text.id, known[0] if len(known) == 1 else None)


def speaker_of_voice(text: Text, voice: Voice) -> Speaker:
    """The speaker of a voice: somebody whom a text reports or quotes."""
    return Speaker(voice.speaker, text.id, voice.person, voice.kind == "quoted", voice.note)


def speakers_of_passage(found: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a passage, each once: whoever quotes somebody within the words speaks for the whole of them."""
    speakers = list(dict.fromkeys(found))
    own = {one.text for one in speakers if not one.is_quoted}
    return tuple(one for one in speakers if not (one.is_quoted and one.text in own))


def is_speaker(claimed: str, speaker: Speaker, text: Text, finder: Finder) -> bool:
    """Whether the name, as somebody typed it, is the speaker's: in any spelling, or as the text's own."""
    if folded(claimed) == folded(speaker.name):
        return True
    if speaker.person and speaker.person in {person.id for person in finder.people(claimed)}:
        return True
    names_text = _essence(claimed) in (_essence(text.name), _essence(text.title), _essence(text.id))
    return names_text and speaker.name == text.speaker


def _essence(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: “the author of the article” is “the article’s author”."""
    words = (token.word for token in tokens(name.replace("’s", "").replace("'s", "")))
    return tuple(word for word in words if word not in _FILLERS)
