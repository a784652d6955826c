"""Speakers: who says the words of a text, and whether an attribution names the right one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from msgspec import Struct

from corpus.language.phrasing import lower_article
from corpus.language.tokens import folded, tokens
from corpus.names.finder import Finder
from corpus.names.name_forms import joint_names
from corpus.names.people import name_words
from corpus.note_model import Notes
from corpus.text_model import Text, Voice, unnamed_author

SpeakerMatch = Literal["right", "wrong", "partly", "unknown", "author"]
"""Whether a name is the speaker's; unknown where the notes do not know the name. The author of a play is no speaker.

Of words of several speakers, a name may be that of some: partly.
"""

_FILLERS = frozenset(("a", "an", "author", "by", "in", "of", "the", "writer"))


class Speaker(Struct, frozen=True):
    """A speaker of words in a text. `is_quoted`: the text quotes them inside a sentence of its own speaker.

    `is_aside`: a shout or a stage direction, which stands between the words of others and quotes nobody.
    `also` names another whose words they are as well: the text's own speaker, where he speaks for those he quotes.
    `is_unnamed`: nobody has noted whom the text quotes, or who is the author of one that was added.
    """

    name: str
    text: str
    person: str | None = None
    is_quoted: bool = False
    is_aside: bool = False
    note: str = ""
    also: Speaker | None = None
    is_unnamed: bool = False


def own_speaker(text: Text, notes: Notes) -> Speaker:
    """The text's own speaker, as the person that the notes know by this name."""
    name = folded(text.speaker)
    known = [one.id for one in notes.people if name in map(folded, (one.name, *one.aliases))]
    return Speaker(
        text.speaker,
        text.id,
        known[0] if len(known) == 1 else None,
        is_unnamed=text.speaker == unnamed_author(text.title),
    )


def speaker_of_sentence(said: str, text: Text, own: Speaker) -> Speaker:
    """The speaker of a sentence, by the name that it has: the text's `own`, or somebody in a play or a transcript."""
    return own if said in ("", text.speaker) else Speaker(said, text.id)


def speaker_of_voice(voice: Voice, own: Speaker) -> Speaker:
    """The speaker of a voice: somebody whom a sentence, which `own` says, reports or quotes."""
    if not voice.speaker:
        return Speaker(f"somebody whom {lower_article(own.name)} quotes", own.text, is_quoted=True, is_unnamed=True)
    also = own if voice.shared else None
    is_quoted = voice.kind == "quoted"
    return Speaker(voice.speaker, own.text, voice.person, is_quoted, not is_quoted, voice.note, also)


def speakers_of_passage(found: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a passage, each once: whoever quotes somebody within the words speaks for the whole of them."""
    speakers = list(dict.fromkeys(found))
    own = {one.text for one in speakers if not (one.is_quoted or one.is_aside)}
    return tuple(one for one in speakers if not (one.is_quoted and one.text in own))


def match_speaker(claimed: str, speaker: Speaker, texts: Mapping[str, Text], finder: Finder) -> SpeakerMatch:
    """Whether a name, as somebody typed it, is the speaker's: in any usual form, or as the author of a text."""
    if speaker.also and match_speaker(claimed, speaker.also, texts, finder) == "right":
        return "right"
    text = texts.get(speaker.text)
    own = text if text and text.speaker == speaker.name else None
    if folded(claimed) == folded(speaker.name) or (own and _is_author(claimed, own)):
        return "right"
    named = [one for one in texts.values() if _essence(claimed) in (_essence(one.name), _essence(one.title), (one.id,))]
    if speaker.is_unnamed:
        return "right" if any(one.id == speaker.text for one in named) else "unknown"
    people = {person.id for person in finder.people(claimed)}
    if not (people or named):
        found = _match_in_text(claimed, speaker, text) or _match_in_others(claimed, speaker, texts)
        return found or _match_joint_names(claimed, speaker, texts, finder)
    if speaker.person in people or (own and own.id in [one.id for one in named]):
        return "right"
    return "unknown" if _may_be(claimed, people, speaker, own, finder) else "wrong"


def _match_in_text(claimed: str, speaker: Speaker, text: Text | None) -> SpeakerMatch | None:
    """The match of a name that only the text itself knows, as of somebody else in a play; None where it does not."""
    if text is None or speaker.is_quoted:
        return None
    words, own = {*_essence(claimed)}, {*_essence(speaker.name)}
    others = [{*_essence(one.name)} for one in text.speakers() if one.kind is None and one.name != text.speaker]
    # Macbeth is not Lady Macbeth where both speak.
    if words and words <= own and (words == own or words not in others):
        return "right"
    if words and any(map(words.issubset, others)):
        return "wrong"
    return "author" if _is_author(claimed, text) else None


def _match_in_others(claimed: str, speaker: Speaker, texts: Mapping[str, Text]) -> SpeakerMatch | None:
    """Wrong for the author of another text; None for anybody else, and for one of whom the speaker may be a part."""
    words, own = {*name_words(claimed)}, {*name_words(speaker.name)}
    if own <= words or words <= own | {one[0] for one in own}:
        return None
    is_other = any(_is_author(claimed, one) for one in texts.values() if one.id != speaker.text)
    return "wrong" if is_other else None


def _match_joint_names(claimed: str, speaker: Speaker, texts: Mapping[str, Text], finder: Finder) -> SpeakerMatch:
    """The best match of the names in “Lenin and Trotsky”; unknown for one name."""
    names = joint_names(claimed)
    if len(names) == 1:
        return "unknown"
    each = [match_speaker(one, speaker, texts, finder) for one in names]
    return min(each, key=("right", "unknown", "wrong").index)


def _may_be(claimed: str, people: Collection[str], speaker: Speaker, own: Text | None, finder: Finder) -> bool:
    """Whether a name may be the speaker's: it shares a surname, or is a group's that the text `own` quotes."""
    match = finder.people_by_form.match(claimed)
    is_group = bool(people) and not match.certain
    if own and is_group and _quoted_in(own).issuperset(people):
        return True
    return speaker.person in {person.id for person in match.possible}


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
