"""How people paste quotations: with whose they are, in marks and blocks, with footnotes, brackets, entities, slips."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from random import Random

Wrapping = Callable[[str, Random], str]

NAMES = ("Trotsky", "Leon Trotsky", "L. Trotsky", "L.D. Trotsky", "Trotsky, Leon", "Leon Davidovich Trotsky", "Троцкий",
         "TROTSKY", "Comrade Trotsky", "Bronstein")  # fmt: skip
DASHES = (" — ", " – ", " - ", "\n— ", "\n- ", " ~ ", "\n\n— ")
DETAILS = ("", ", 1917", " (1917)", ", speech 6.6", ", p. 136", " (Trotsky Opposes Coalition, 8 November 1917)")
REMARKS = ("great line!", "I love this quote", "from our reading for Monday", "what do you think?")


def in_marks(words: str, dice: Random) -> str:
    """In marks that the words do not have themselves; others would end where the words' own do."""
    pairs = [
        pair for pair in ("“”", '""', "«»", "„“", "『』", "❝❞") if not set(pair.replace("„", "”")) & set(words)
    ] or ["«»"]
    pair = dice.choice(pairs)
    return f"{pair[0]}{words}{pair[1]}"


def with_name_behind(words: str, dice: Random) -> str:
    return f"{in_marks(words, dice)}{dice.choice(DASHES)}{dice.choice(NAMES)}{dice.choice(DETAILS)}"


def with_name_before(words: str, dice: Random) -> str:
    name = dice.choice(NAMES)
    form = dice.choice(["{}: ", "{} said: ", "As {} once wrote, ", "According to {}, ", "{} (1917): ", "{} - ",
                        "In 1917 {} told the Congress, ", "Did {} really say ", "{} -> "])  # fmt: skip
    return form.format(name) + in_marks(words, dice)


def with_name_in_brackets(words: str, dice: Random) -> str:
    inner = dice.choice(["Trotsky", "Trotsky, 1917", "Leon Trotsky, speech 6.6", "speech 6.6", "p. 136"])
    pair = dice.choice(["()", "[]"])
    return f"{in_marks(words, dice)} {pair[0]}{inner}{pair[1]}"


def with_said(words: str, dice: Random) -> str:
    said = ["Trotsky said", "said Trotsky", "Trotsky wrote in 1917", "said comrade Trotsky to the Congress"]
    return f"{in_marks(words, dice)} {dice.choice([*said, 'by Trotsky', 'to quote Trotsky'])}."


def interrupted(words: str, dice: Random) -> str:
    """With “said Trotsky” in the middle, at a place where no sentence begins."""
    marked = in_marks(words, dice)
    gaps = [match.start() for match in re.finditer(r"(?<=\w) (?=[a-z])", marked)]
    if not gaps or marked[0] == '"':
        return marked
    gap, said = dice.choice(gaps), dice.choice(["said Trotsky", "he told the Congress", "Trotsky wrote"])
    return f"{marked[:gap]},{marked[-1]} {said}, {marked[0]}{marked[gap + 1 :]}"


def signed(words: str, dice: Random) -> str:
    name = dice.choice(["Leon Trotsky", "Trotsky", "— Leon Trotsky", "L. Trotsky"])
    below = dice.choice(["", "\n8 November 1917", "\n1917", "\nTrotsky Opposes Coalition\n8 November 1917"])
    return f"{in_marks(words, dice)}\n{name}{below}"


def with_remark(words: str, dice: Random) -> str:
    return f"{in_marks(words, dice)}{dice.choice([' — ', ' - ', ' ', ' '])}{dice.choice(REMARKS)}"


def in_a_sentence(words: str, dice: Random) -> str:
    return f"Look what I found today, {in_marks(words, dice)} Who knows where that is from"


def in_a_block(words: str, dice: Random) -> str:
    quoted = "\n".join(f"> {line}" for line in words.split("\n"))
    before = dice.choice(["", "look at this\n", "Trotsky said:\n"])
    return before + quoted + dice.choice(["", "\n", "\nI love this one", "\n— Trotsky", "\n> — Leon Trotsky, 1917"])


def emphasized(words: str, dice: Random) -> str:
    if set("*_`") & set(words) or "\n" in words:
        return words
    mark = dice.choice(["*", "**", "_", "***", "`", "~~", "||"])
    return f"{mark}{words}{mark}"


def in_a_fence(words: str, dice: Random) -> str:
    return f"```\n{words}\n```"


def numbered(words: str, dice: Random) -> str:
    return dice.choice(["1. ", "2) ", "- ", "• ", "# ", "* ", "a) ", "(b) ", "iv) ", "§ 3 "]) + words


def with_line_numbers(words: str, dice: Random) -> str:
    """In lines, as editions number them: each one in front, or each fifth in the margin."""
    pieces = words.split()
    lines = [" ".join(pieces[n : n + 4]) for n in range(0, len(pieces), 4)]
    if len(lines) > 1 and dice.random() < 0.7:
        form, first = dice.choice(["{} {}", "{}: {}", "{}\t{}", "{}| {}", "{:>3}  {}"]), dice.choice([1, 12, 98])
        return "\n".join(form.format(n, line) for n, line in enumerate(lines, first))
    return "\n".join(line + f"   {n}" * (n % 5 == 0 and n < len(lines)) for n, line in enumerate(lines, 1))


def as_subtitles(words: str, dice: Random) -> str:
    pieces = words.split()
    lines = [" ".join(pieces[n : n + 6]) for n in range(0, len(pieces), 6)]
    form = dice.choice(["{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{}\n", "00:0{n}.000 --> 00:0{n}.900\n{}\n"])
    shown = "\n".join(form.format(line, n=n % 10) for n, line in enumerate(lines))
    return dice.choice(["", "WEBVTT\n\n"]) + shown


def labelled(words: str, dice: Random) -> str:
    labels = ("Q: ", "Quote: ", "Source: ", "Re: ", "Original: ", "Fwd: ", "Source A: ", "Document 1\n", "Slide 3\n",
              "Quote #2: ", "Extract 2 (1917):\n")  # fmt: skip
    spoken = ("quote {} unquote", "Quote: {} - end quote", "Trotsky said, quote, {}, unquote")
    return dice.choice([f"{label}{{}}" for label in labels] + [*spoken]).format(words)


def with_labelled_lines(words: str, dice: Random) -> str:
    """As a form: who said it, the words, where they are from, each on its own line."""
    before = [
        "Trotsky\n",
        "Author: Leon Trotsky\n",
        "Speaker: Trotsky\nText: ",
        "Leon Trotsky, 1917\n\n",
        "Trotsky\nQuote: ",
    ]
    behind = ["\nAuthor: Trotsky", "\nSource: speech", "\nSpeaker: Trotsky\nSource: the speech, 1917"]
    around = dice.choice([(one, "") for one in before] + [("Quote: ", one) for one in behind] + [("", behind[0])])
    return words.join(around)


def copied_from_a_chat(words: str, dice: Random) -> str:
    """As chat programs copy a message."""
    headers = ("[12:34] Ada: ", "[12:34 PM] Ada Byron: ", "Ada — Today at 12:34 PM\n", "Ada  9:05 AM\n",
               "Ada Byron - Yesterday at 9:05\n", "Trotsky — 11/08/2026 3:15 PM\n", "<ada> ", "[12:34] <Trotsky> ",
               "Ada, [08.11.26 12:34]\n", "@ada ", "Ada: 12:34 PM ", "12:34 Ada: ", "Ada · 3h\n", "trotsky • 12:34\n",
               "Ada wrote on 08.11.2026 12:34:\n> ", "08/11/2026, 15:15 - Leon Trotsky: ")  # fmt: skip
    header = dice.choice(headers)
    behind = dice.choice(
        ["", "", "\n👍 2 🎉 1", " (edited)", "\n12:34 ✓✓", "\n\nvia @history", "\nSent from my iPhone"]
    )
    if not header.endswith("\n> "):
        return f"{header}{words}{behind}"
    return header + (words.replace("\n", "\n> ") if header.endswith("\n> ") else words)


def with_tags(words: str, dice: Random) -> str:
    """As HTML, or as LaTeX."""
    form = dice.choice(["<p>{}</p>", "<em>{}</em>", "<blockquote class='a'>{}</blockquote>", "{}<br/>",
                        "<p><b>{}</b><sup>12</sup></p>", r"\begin{{quote}}{}\end{{quote}}",
                        r"\enquote{{{}}}~\cite[p. 136]{{bunyan}}"])  # fmt: skip
    return form.format(words)


def with_citation(words: str, dice: Random) -> str:
    """As scholars cite."""
    marked = in_marks(words, dice)
    form = dice.choice(["{} (Bunyan and Fisher, p. 136)", "{} (Deutscher 1954, 314)", "{} (ibid., 12)",
                        "{} (my translation)", "Trotsky, L. (1917). {}", "Trotsky (1917, p. 136): {}",
                        "In the words of Trotsky, {}", "@ada said: {}"])  # fmt: skip
    return form.format(marked)


def among_codes(words: str, dice: Random) -> str:
    before = dice.choice(["<@123456> ", "<#99> ", ":fire: ", "<:trotsky:123456789> ", "@here "])
    behind = dice.choice([" https://example.org/a?b=c", " <t:1700000000:R>", " :fire:", " 🔥", " #Trotsky #1917", ""])
    return before + in_marks(words, dice) + behind


def as_a_link(words: str, dice: Random) -> str:
    return f"[{words}](https://example.org/a)" if not set("[]\n") & set(words) and len(words) < 400 else words


def with_entities(words: str, dice: Random) -> str:
    return html.escape(in_marks(words, dice)) if dice.random() < 0.5 else words.replace("’", "&rsquo;")


def as_mojibake(words: str, dice: Random) -> str:
    """As UTF-8 that was read as Windows' own code page."""
    try:
        return words.encode().decode("cp1252")
    except UnicodeDecodeError:
        return words


def with_line_breaks(words: str, dice: Random) -> str:
    return re.sub(r"(?<=\w) (?=\w)", lambda _: dice.choice([" ", " ", "\n"]), words)


def with_footnote(words: str, dice: Random) -> str:
    return words + dice.choice(
        ["[12]", " [1]", "(1)", "¹", "†", " [p. 136]", " (p. 136)", " [note 3]", "^12", "{12}", "[[3]]"]
    )


def with_editors_words(words: str, dice: Random) -> str:
    aside = dice.choice(["emphasis added", "i.e. the Russian", "the speaker pauses", "sic", "1"])
    return re.sub(r"(?<=\w) (?=\w)", f" [{aside}] ", words, count=1)


def with_soft_hyphens(words: str, dice: Random) -> str:
    return re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", dice.choice("\u00ad¬"), words, count=1)


def copied_from_a_reader(words: str, dice: Random) -> str:
    """As readers of books cite and clip."""
    form = dice.choice([
        "{}\n\nTrotsky, Leon. Trotsky Opposes Coalition (p. 12). Kindle Edition. ",
        "{}\n\nTrotsky, L. D.. My Life: An Attempt (Kindle Locations 180-182). Kindle Edition.",
        "My Life (Leon Trotsky)\n- Your Highlight on page 3 | Added on Friday, 8 November 2019 9:05:12\n\n{}\n"
        "==========\n",
        "“{}”\n\nExcerpt From\nMy Life\nLeon Trotsky\nThis material may be protected by copyright.",
        "{}\n\nRead more at https://example.org/quotes/12",
        "{}\n\nTrotsky, Leon. My Life (S.12). Kindle-Version.",
        "Highlight (yellow) - Chapter 3 > Page 12 · Location 345\n{}",
        "Notes from: My Life\nPage 12 | Highlight\n{}",
    ])  # fmt: skip
    return form.format(words)


def from_a_wiki_or_forum(words: str, dice: Random) -> str:
    """As the source of a page has it."""
    form = dice.choice(["{{{{quote|{}|Leon Trotsky}}}}", "{{{{Blockquote|text={}|author=Trotsky|source=1917}}}}",
                        "{{{{Zitat|{}}}}}", "[i]{}[/i]", "[quote=Ada][b]{}[/b][/quote]", "[color=#fff]{}[/color]",
                        "Forwarded from Ada Byron\n{}", "Ada Byron\nNovember 7, 2019 · 🌎\n{}"])  # fmt: skip
    return form.format(words)


def across_a_page(words: str, dice: Random) -> str:
    """With the number of a page between its last line and the next one's first, or above or below the words."""
    number = dice.choice(["{}", "- {} -", "Page {}", "Page {} of 999", "--- {} ---"]).format(dice.randint(2, 999))
    above, below = dice.choice(
        [("", "\n\n1 See Deutscher, p. 12."), (f"{number}\n", ""), ("", f"\n\n{number}"), ("", "")]
    )
    if (not above or words[:1].isupper()) and (not below or words[-1:] in ".?!") and (above or below):
        return f"{above}{words}{below}"  # in the midst of a sentence it may be the sentence's own: "12 years ago"
    return re.sub(r"(?<=[a-z]{2}) (?=[a-z])", f"\n\n{number}\n\n", words, count=1)


WRAPPINGS: tuple[Wrapping, ...] = (
    in_marks, with_name_behind, with_name_before, with_name_in_brackets, with_said, interrupted, signed,
    with_remark, in_a_sentence, in_a_block, emphasized, in_a_fence, numbered, with_line_numbers, as_subtitles,
    labelled, with_labelled_lines, copied_from_a_chat, with_tags,
    with_citation, among_codes, as_a_link, with_entities, as_mojibake, with_line_breaks,
    with_footnote, with_editors_words, with_soft_hyphens, copied_from_a_reader, from_a_wiki_or_forum, across_a_page,
)  # fmt: skip

INNER: tuple[Wrapping, ...] = (
    with_line_breaks, with_footnote, with_editors_words, with_soft_hyphens, emphasized, as_mojibake,
)  # fmt: skip
"""What is done to the words themselves, so that something else can be around them."""
