"""Who speaks in the texts, of the people that the notes know, and how speakers are named in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.reply import Button
from cogs.shared.lists import shortened
from corpus.corpus import Corpus
from corpus.language.phrasing import and_list, lower_article
from corpus.language.tokens import content_words
from corpus.names.speakers import Speaker, speaker_of_sentence, speaker_of_voice
from corpus.note_model import Person
from corpus.quotations.context import governing_words_after, governing_words_before
from corpus.reference import Reference
from corpus.search.grading import SIDE_BY_SIDE
from corpus.search.search_result import Hit
from corpus.source.readers.document import STAGE
from corpus.text_model import Text

_CONTEXT = 120
"""Characters shown of what a sentence has beside some words of it."""


def speaker_of(corpus: Corpus, reference: Reference, marks: Sequence[tuple[int, int]]) -> Speaker:
    """Whose the marked words of a sentence are: whoever is quoted there says them, not whoever quotes."""
    text, paragraph = corpus.texts[reference.text], corpus.paragraph(reference)
    start, end = paragraph.span(reference)
    if marks:
        start, end = start + min(one for one, _ in marks), start + max(one for _, one in marks)
    own = corpus.token_index.own_speaker(text.id)
    said = paragraph.sentences[paragraph.places(reference)][0].speaker
    around = [voice for voice in paragraph.voices if voice.start <= start and end <= voice.end]
    by = speaker_of_sentence(said, text, own)
    return speaker_of_voice(min(around, key=lambda voice: voice.end - voice.start), by) if around else by


def speaker_names(speaker: Speaker) -> Iterator[str]:
    """Everybody whose words they are: the text's own speaker too, where he speaks for those whom he quotes."""
    if speaker.also:
        yield speaker.also.name
    yield lower_article(speaker.name)


def whose_words(corpus: Corpus, found: Hit) -> Iterator[str]:
    """Whose the words are that were found, and what their sentence has beside them that changes what they say."""
    if found.grade not in SIDE_BY_SIDE:
        yield "No passage has these very words. This one has them in another form:"
        return
    yield f"Said by {and_list(speaker_names(speaker_of(corpus, found.reference, found.marks)))}:"
    paragraph = corpus.paragraph(found.reference)
    start, end = paragraph.span(found.reference)
    marks = found.marks or [(0, end - start)]
    before = governing_words_before(paragraph, start + min(one for one, _ in marks))
    after = governing_words_after(paragraph, start + max(one for _, one in marks))
    if before or after:
        yield whole_sentence_line(before, after)


def whole_sentence_line(before: str, after: str) -> str:
    """What a sentence says before and after words of it that governs them, or nothing."""
    said_before = f"before these words it says “{shortened(before, _CONTEXT)}”" if before else ""
    said_after = f"it goes on “{shortened(after, _CONTEXT)}”" if after else ""
    said = and_list(filter(None, (said_before, said_after)))
    return f"Read the whole sentence: {said}." if said else ""


def speakers_called(text: Text, typed: str) -> list[str]:
    """Who speaks in a text, as it prints the names, with all the words that were typed: its own speaker, too."""
    words = {one.word for one in content_words(typed)}
    names = sorted({one.name for one in text.speakers() if one.kind is None} - {STAGE})
    return [name for name in names if words and words <= {one.word for one in content_words(name)}]


def no_words_of(person: Person) -> str:
    """What is said where `Finder.has_words_of` says no: a text may quote them without a name."""
    return f"None of the texts names {person.name} as a speaker."


def about_button(person: Person) -> Button:
    """A button that shows who somebody was."""
    return Button(f"About {shortened(person.name, 60)}", "who.show", person.id)
