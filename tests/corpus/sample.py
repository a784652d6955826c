"""A small corpus that is not the shipped one: the first lines of two novels, with notes of every kind."""

from __future__ import annotations

from pathlib import Path

_TEXTS = {
    "novel.txt": """\
A TALE OF TWO CITIES

Book the First

It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness. We had \
everything before us, we had nothing before us! There were a king with a large jaw and a queen with a plain face, on \
the throne of England

France rolled with exceeding smoothness down hill … She made paper money, and spent it. (“Shame!” cries a reader.) \
The Woodman and the Farmer worked unheeded.

[Advertisement]
""",
    "letter.txt": """\
A letter about the tale

Dear Dr. Crane, here is what I noticed. The tale's "best of times" is 1775. It says:

  1. that England had a king;
  2. that France spent paper money.

A library closed on the day I wrote. Yours, the reader
""",
    "novel.toml": """\
id = "novel"
order = 1
name = "the novel"
title = "A Tale of Two Cities"
author = "Charles Dickens"
speaker = "The narrator"
date = "1859-04-30"
calendar = "gregorian"
edition = "London, 1859"
kind = "primary"
description = "The opening of a novel."
sources = ["A Tale of Two Cities (London, 1859)"]
colour = 0x123456
metadata = ["A TALE OF TWO CITIES"]
headings = ["Book the First"]

[[omission]]
words = "[Advertisement]"
reason = "No part of the novel."

[citations]
chicago = "Charles Dickens, A Tale of Two Cities (London, 1859), {reference}."
mla = "Dickens, Charles. A Tale of Two Cities. London, 1859, {reference}."
apa = "Dickens, C. (1859). A tale of two cities, {reference}."
plain = "Dickens, A Tale of Two Cities, 1859, {reference}"
""",
    "letter.toml": """\
id = "letter"
order = 2
name = "the letter"
title = "A letter about the tale"
speaker = "The letter's writer"
date = "1900"
edition = "Made for a test"
kind = "secondary"
description = "A letter about the novel."
colour = 0x654321
metadata = ["A letter about the tale"]
sentence_starts = ["Yours, the reader"]
sentence_joins = ["Dr. Crane"]

[citations]
chicago = "“A letter about the tale,” 1900, {reference}."
mla = "“A Letter about the Tale.” 1900, {reference}."
apa = "A letter about the tale. (1900). {reference}."
plain = "A letter about the tale, 1900, {reference}"
""",
}

_NOTES = {
    "people.toml": """\
[[person]]
id = "king"
name = "George III"
aliases = ["Farmer George", "the king with a large jaw"]
life = "1738-1820"
note = "King of Great Britain from 1760."
anchors = [{ text = "novel", words = "a king with a large jaw" }, { text = "letter", words = "England had a king" }]

[[person]]
id = "crane"
name = "Doctor Crane"
anchors = [{ text = "letter", words = "Dear Dr. Crane" }]
""",
    "events.toml": """\
[[event]]
id = "best-of-times"
name = "The best of times"
aliases = ["the worst of times"]
date = "1775"
calendar = "gregorian"
dated_by = "text"
concerns = ["king"]
topics = ["england"]
note = "The year in which the novel opens."
anchors = [
    { text = "novel", words = "the best of times" },
    { text = "letter", words = "is 1775" },
]

[[event]]
id = "library-closed"
name = "The library closes"
date = "1900-02-28"
until = "1900-03"
bounds = "certain"
calendar = "julian"
dated_by = "editors"
anchors = [{ text = "letter", words = "A library closed" }]
""",
    "topics.toml": """\
[[topic]]
id = "england"
name = "England"
synonyms = ["Albion", "Britain"]
comparison = "Both texts give England a king."
anchors = [{ text = "novel", words = "the throne of England" }, { text = "letter", words = "that England had a king" }]

[[topic]]
id = "money"
name = "Money"
synonyms = ["cash"]
comparison = "Both texts say that France spent paper money."
anchors = [{ text = "novel", words = "made paper money" }, { text = "letter", words = "spent paper money" }]
""",
    "synonyms.toml": """\
[[synonyms]]
words = ["bank notes", "paper money"]

[[spellings]]
words = ["woodman", "woodsman"]
""",
    "voices.toml": """\
[[voice]]
speaker = "A reader, in the novel"
kind = "stage direction"
note = "Nobody knows who."
anchor = { text = "novel", words = "(“Shame!” cries a reader.)" }

[[voice]]
speaker = "A reader"
kind = "interjection"
anchor = { text = "novel", words = "“Shame!”" }

[[voice]]
speaker = "The narrator, as quoted by the letter"
kind = "quoted"
person = "king"
anchor = { text = "letter", words = "best of times" }
""",
    "highlights.toml": """\
[[highlight]]
anchor = { text = "novel", words = "France rolled with exceeding smoothness down hill … She made paper money" }

[[highlight]]
anchor = { text = "novel", words = "We had everything before us" }
""",
    "glossary.toml": """\
[[term]]
words = ["paper money", "assignats"]
note = "The assignats, made in France from 1789."
anchors = [{ text = "novel", words = "made paper money" }]
""",
    "elsewhere.toml": """\
[[quotation]]
words = ["let them eat cake", "eat cake"]
note = "No queen is known to have said it."
""",
    "examples.toml": """\
[[example]]
kind = "words"
typed = "paper money"
text = "letter"

[[example]]
kind = "dates"
typed = "1775 to 1900"
text = "novel"
""",
    "paraphrases.toml": """\
[[passage]]
anchor = { text = "novel", words = "it was the age of foolishness" }
paraphrases = ["days of great luck and great misery", "people were clever and silly all at once"]

[[passage]]
anchor = { text = "novel", words = "We had everything before us" }
paraphrases = ["the future was wide open and also empty"]

[[passage]]
anchor = { text = "novel", words = "She made paper money" }
paraphrases = ["they printed cash and wasted it", "the country threw away its fortune"]

[[passage]]
anchor = { text = "novel", words = "The Woodman and the Farmer" }
paraphrases = ["two men toiled and nobody noticed them"]

[[passage]]
anchor = { text = "letter", words = "Yours, the reader" }
paraphrases = ["how somebody signs at the bottom of the page"]
""",
    "facts.toml": """\
[[fact]]
id = "paper-money"
words = "France made paper money, and spent it."
date = "1775"
calendar = "gregorian"
topics = ["money"]
anchors = [{ text = "novel", words = "She made paper money" }]

[[fact]]
id = "large-jaw"
words = "The king of England had a large jaw."
topics = ["england"]
anchors = [{ text = "novel", words = "large jaw" }]
""",
    "questions.toml": """\
[[question]]
id = "jaw"
kind = "choice"
ask = "Who had a large jaw?"
answer = "the king of England"
answer_type = "person"
distractors = ["the queen of England", "the Woodman", "the Farmer"]
topics = ["england"]
anchors = [{ text = "novel", words = "king with a large jaw" }]

[[question]]
id = "smoothness"
kind = "open"
ask = "What did France make?"
answer = "paper money"
answer_type = "thing"
accept = ["money"]
topics = ["money"]
anchors = [{ text = "novel", words = "made paper money, and spent it" }]

[[question]]
id = "when"
kind = "date"
ask = "When was the best of times?"
answer = "1775"
answer_type = "date"
calendar = "gregorian"
topics = ["england"]
anchors = [{ text = "letter", words = "is 1775" }]
""",
}


def write_sample(folder: Path) -> Path:
    """Write the sample corpus under `folder`, which is made, and give the folder back."""
    for below, files in (("texts", _TEXTS), ("notes", _NOTES)):
        (folder / below).mkdir(parents=True)
        for name, content in files.items():
            (folder / below / name).write_text(content, encoding="utf-8")
    return folder


def edit(file: Path, old: str, new: str) -> int:
    """Replace `old`, which must be in the file exactly once, by `new`; returns the line, from 1, at which it starts."""
    source = file.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{old!r} is {source.count(old)} times in {file.name}"
    file.write_text(source.replace(old, new), encoding="utf-8")
    return source[: source.index(old)].count("\n") + 1
