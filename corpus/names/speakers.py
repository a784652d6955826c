"""Speakers: who says the words of a text, and whether an attribution names the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from corpus.language.tokens import folded, tokens
from corpus.model import Notes, Text, Voice
from corpus.names.finder import Finder
from corpus.names.name_forms import joint_names
from corpus.names.people import name_words

Attribution = Literal["right", "wrong", "unknown"]
"""Whether a name is the speaker's; unknown where the notes do not know the name."""

_FILLERS = frozenset(("a", "an", "author", "by", "in", "of", "the", "writer"))


class Speaker(Struct, frozen=True):
    """A speaker of words in a text. `is_quoted`: the text quotes them inside a sentence of its own speaker.

    `also` names another whose words they are as well: the text's own speaker, where he speaks for those he quotes.
    `is_unnamed`: nobody has noted whom the text quotes.
    """

    name: str
    text: str
    person: str | None = None
    is_quoted: bool = False
    note: str = ""
    also: Speaker | None = None
    is_unnamed: bool = False


def own_speaker(text: Text, notes: Notes) -> Speaker:
    """The text's own speaker, as the person that the notes know by this name."""
    name = folded(text.speaker)
    known = [one.id for one in notes.people if name in map(folded, (one.name, *one.aliases))]
    return Speaker(text.speaker, text.id, known[0] if len(known) == 1 else None)


def speaker_of_voice(voice: Voice, own: Speaker) -> Speaker:
    """The speaker of a voice: somebody whom a text, whose own speaker is `own`, reports or quotes."""
    if not voice.speaker:
        return Speaker(f"somebody whom {own.name} quotes", own.text, is_quoted=True, is_unnamed=True)
    also = own if voice.shared else None
    return Speaker(voice.speaker, own.text, voice.person, voice.kind == "quoted", voice.note, also)


def speakers_of_passage(found: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a passage, each once: whoever quotes somebody within the words speaks for the whole of them."""
    speakers = list(dict.fromkeys(found))
    own = {one.text for one in speakers if not one.is_quoted}
    return tuple(one for one in speakers if not (one.is_quoted and one.text in own))


def attribution(claimed: str, speaker: Speaker, texts: Mapping[str, Text], finder: Finder) -> Attribution:
    """Whether a name, as somebody typed it, is the speaker's: in any usual form, or as the author of a text."""
    if speaker.also and attribution(claimed, speaker.also, texts, finder) == "right":
        return "right"
    if folded(claimed) == folded(speaker.name):
        return "right"
    own = texts.get(speaker.text)
    if own and speaker.name == own.speaker and _is_author(claimed, own):
        return "right"
    named = [one for one in texts.values() if _essence(claimed) in (_essence(one.name), _essence(one.title), (one.id,))]
    if speaker.is_unnamed:
        return "right" if any(one.id == speaker.text for one in named) else "unknown"
    people = {person.id for person in finder.people(claimed)}
    names = joint_names(claimed)
    if len(names) > 1 and not (people or named):
        each = {attribution(one, speaker, texts, finder) for one in names}
        return min(each, key=("right", "unknown", "wrong").index)
    if speaker.person in people or any(one.id == speaker.text and one.speaker == speaker.name for one in named):
        return "right"
    is_group = bool(people) and not finder.people_by_form.match(claimed).certain
    if own and speaker.name == own.speaker and is_group and people <= _quoted_in(own):
        return "unknown"  # whose words the text's own speaker gives for them elsewhere
    possible = {person.id for person in finder.people_by_form.match(claimed).possible}
    return "unknown" if speaker.person in possible or not (people or named) else "wrong"


def _quoted_in(text: Text) -> set[str]:
    return {one.person for one in text.speakers() if one.kind == "quoted" and one.person}


def _is_author(claimed: str, text: Text) -> bool:
    """Whether a name is the text's author's, perhaps without the first name or with its initial."""
    words, author = name_words(claimed), name_words(text.author)
    initials = {word[0] for word in author}
    return bool(author) and author[-1] in words and all(one in author or one in initials for one in words)


def _essence(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: “the author of the article” is “the article’s author”."""
    words = (token.word for token in tokens(name.replace("’s", "").replace("'s", "")))
    return tuple(word for word in words if word not in _FILLERS)
