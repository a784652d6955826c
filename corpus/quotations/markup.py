"""Markup of chats, the web and LaTeX in what people paste: links, mentions, codes, emphasis, entities, mojibake."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from corpus.language.speech_verbs import SPEECH_VERB
from corpus.quotations.chat_messages import handle_words
from corpus.quotations.page_layout import without_page_layout
from corpus.quotations.tables import without_tables

_TRAIL = "[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"  # noqa: RUF001 - bytes 80 to BF as Windows shows them.
_MOJIBAKE = re.compile(f"[ÂÃ]{_TRAIL}|â{_TRAIL}{{2}}")
_CUT_MOJIBAKE = re.compile(f"â€(?!{_TRAIL})")  # a closing mark: programs drop its last byte, which no code page shows
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(<?(?:https?://|mailto:)[^()\s<>]*>?\)")
_ANGLED = re.compile(r"<(?:https?://|mailto:)[^<>|\s]*(?:\|([^<>\n]*))?>")
_TAG = re.compile(
    r"<(/?)(sup|sub|b|i|em|strong|u|s|strike|del|ins|q|p|br|span|div|blockquote|cite|small|mark|a)\b(?:\s[^<>=]{1,40}=[^<>]{0,300}|\s{0,9})/?>",
    re.IGNORECASE,
)
"""Without an attribute, “<a union with them>” is in marks."""
_BBCODE = re.compile(r"\[/(b|i|u|s|em|strong|quote|url|color|size|font|center|spoiler)\]", re.IGNORECASE)
_WIKI_QUOTE = re.compile(
    r"\{\{(?:block|c|r|pull)?(?:quote|quotation|zitat|citation|cita)\s?\|(?:(?:text|1|quote)\s?=)?([^{}|]{1,3000})"
    r"(?:\|(?:[\w ]{1,20}=)?([^{}|]{1,100}))?(?:\|[^{}]{0,500})?\}\}",
    re.IGNORECASE,
)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\W\d_][^\[\]|\n]{0,200})\]\]")
_CLIPPING = re.compile(r"^[^\n]{0,200}\(([^()\n]{2,60})\)\n- [^\n|]{5,80}\|[^\n]{5,120}\n\s{0,9}", re.MULTILINE)
_CLIPPING_END = re.compile(r"^={8,}$", re.MULTILINE)
"""What a reader of books puts around a clipping: “Title (Author)”, “- Your Highlight on page 12 | Added on …”."""
_TWEET = re.compile(
    r"(?<![ \t])[ \t]*@\w{1,40} ?·[^\n]{1,40}$|^\d{1,2}:\d{2} ?[ap]\.?m\.? ·[^\n]{1,80}$", re.IGNORECASE | re.MULTILINE
)
"""Lines around a copied post: “@handle · Nov 8, 2019” after a name, “5:32 PM · Nov 8, 2019” below."""
_MENTION_SAID = re.compile(
    rf"(?:<@[!&]?\w{{1,40}}(?:\|[^<>\n]{{0,80}})?>|(?!^)(?<![\w@])@(?P<handle>\w{{1,40}}))"
    rf"(?P<said>\s+{SPEECH_VERB}\s*[:,]\s)"
)
_NAMED_BEFORE = re.compile(rf"\s{{1,3}}(?:{SPEECH_VERB}\b|[:—–-])")
"""What is after a mention that says whose a quotation is, as one at the end may; any other only calls somebody."""
_CODES = re.compile(
    r"<[@#!][!&]?[\w^]{1,40}(?:\|(?P<label>[^<>\n]{0,80}))?>|<a?:(?P<custom>\w{1,64}):\d{1,24}>|<t:-?\d{1,20}(?::\w)?>"
    r"|(?i:\bread more (?:at|on):?\s)?https?://\S+|(?<![\w:]):(?P<emoji>[a-z0-9_+-]{2,40}):(?![\w:])"
    r"|(?!^)(?<![\w@])@(?P<handle>\w{1,40})"
)
"""Codes of chats. A mention that begins a message says whose the message is, as in a chat's own header."""
_WORD_BEFORE = re.compile(r"[^\W_][,;]?[ \t]+\Z")
_WORD_AFTER = re.compile(r"[ \t]+[^\W\d_A-Z]")
_STRUCK_RUN = (
    r"(?:~~(?=\S)[^~\n]{1,60}~~|<(?:s|strike|del)>[^<>\n]{1,60}</(?:s|strike|del)>|\\sout\{[^{}\n]{1,60}\}"
    r"|[^\W_][\u0335-\u0338](?:[ ]?[^\W_][\u0335-\u0338]){1,60})"
)
_STRUCK = re.compile(rf"(?<=[^\W_][ ]){_STRUCK_RUN}|{_STRUCK_RUN}(?=[ ][^\W_])", re.IGNORECASE)
"""Words struck out beside others: “it is ~~not~~ true”, in Markdown, HTML, LaTeX, or with a line over each letter."""
_EMPHASIZED = re.compile(r"(?<![“„«\"'‘*_`])(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^*_`\n“”\"«»]{20,3000}?)(?<=\S)\1(?!\w)")
_HASHTAGS = re.compile(r"(?<![ \t])[ \t]+#[^\W\d_]\w{0,40}(?:[ \t]+#\w{1,40}){0,20}[ \t]*$", re.MULTILINE)
_REACTIONS = re.compile(
    r"^[ \t]*(?:[\u2300-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]{1,8}[ \t]?\d{1,3}[ \t]*){1,12}$"
    r"|^[ \t]*\d{1,2}:\d{2} [✓✔]{1,2}[ \t]*$",
    re.MULTILINE,
)
"""A line of the signs with which others answered a message, and how many did, or of its time: “👍 2 🎉 1”."""
_EDITED = re.compile(r"[ \t\n]{1,3}\(edited\)[ \t]*$", re.MULTILINE)
_LONE_DASH = re.compile(
    r"(?<![ \t])[ \t]+[—–-]{1,2}[ \t]*$|(?<!\s)\s{1,9}(?:via|h/t)\s*\Z", re.MULTILINE
)  # before a mention that was taken out
_TEX_QUOTE = re.compile(r"\\(?:enquote|textquote|say)\*?\{([^{}]{1,3000})\}")
_TEX_STYLE = re.compile(r"\\(?:emph|textit|textbf|textsc|underline|sout)\{([^{}]{1,3000})\}")
_TEX_OTHER = re.compile(
    r"\\(?:begin|end)\{(?:displayquote|quote|quotation|verse|center)\}"
    r"|~?\\(?:foot|paren|auto|text)?cite[a-z]{0,10}\*?(?:\[[^\[\]]{0,80}\]){0,2}\{[^{}]{0,100}\}"
)
_REPOSTED = re.compile(r"(?:^|\s)(?:RT|via|by|from|quoting|h/t)\s$", re.IGNORECASE)
_REPOST = re.compile(r"\A\s*RT[ \t]+(?=@\w)")
_NEAR = 40  # characters beside a mention
_FENCE = re.compile(r"```(?:[a-z]{1,12}\n)?|`+")
_EMPHASIS = re.compile(r"\*+|\|\||~~+|(?<![^\W_])_+|_+(?![^\W_])")
_LINE_START = re.compile(
    r"^([ \t]*)(?:#{1,6}|-#|§ ?\d{1,3}|\(?(?:\d{1,3}[.)]|(?:[a-z]|[ivx]{2,5})\)))[ \t]+(?=\S)", re.MULTILINE
)
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])[¬\u00ad]\s?(?=[^\W\d_])")
"""A soft hyphen, perhaps at a line's end, or the ¬ that many readers of scanned pages put for it."""


def without_markup(message: str, is_person: Callable[[str], bool] = lambda name: False) -> str:
    """The words of a message without its markup; quoted lines keep their “>”, emphasis becomes quotation marks.

    A mention is left out, but for one of a person, as `is_person` knows them, that says whose a quotation is.
    """
    if "&" in message:
        message = html.unescape(message)
    message = without_tables(without_page_layout(_REPOST.sub("", message)))
    for _ in range(2):  # twice through a wrong code page is the most that is seen
        message = _MOJIBAKE.sub(_decoded, message)
    message = _SOFT_HYPHEN.sub("\u00ad", message)
    if "\\" in message:
        message = _TEX_OTHER.sub("\n", _TEX_STYLE.sub(r"\1", _TEX_QUOTE.sub(r"“\1”", message)))
    message = _TAG.sub(_without_tag, _CUT_MOJIBAKE.sub("”", message))
    message = _replaced(_WIKI_QUOTE, "{", _wiki_quote, _without_bbcode(message))
    message = _replaced(_WIKI_LINK, "[", r"\1", message)
    message = _replaced(_CLIPPING_END, "=", "", _replaced(_CLIPPING, "|", r"\1\n", message))
    message = _replaced(_TWEET, "·", "", message)
    message = _replaced(_REACTIONS, "\n", "", _replaced(_EDITED, "(", "", message))
    message = _replaced(_MENTION_SAID, "@", lambda match: _said_by(match, is_person), message)
    message = _LINK.sub(r"\1", message)
    message = _ANGLED.sub(lambda match: match[1] or "", message)
    message = _replaced(_CODES, "<:@", lambda match: _mentioned(match, is_person), message)
    message = _replaced(_LONE_DASH, "—–-v/", "", _replaced(_HASHTAGS, "#", "", message))
    message = _replaced(_EMPHASIZED, "*_`", r"“\2”", message)
    message = _replaced(_EMPHASIS, "*|~_", "", _replaced(_FENCE, "`", "", message))
    return _LINE_START.sub(r"\1", message)


def without_struck_words(message: str) -> str:
    """A message with “…” for words that are struck out in it, but where these are most of it."""
    rest = _replaced(_STRUCK, "~<\\\u0335\u0336\u0337\u0338", "…", message)
    return rest if 2 * len(rest) > len(message) else message


def _replaced(pattern: re.Pattern[str], signs: str, instead: str | Callable[[re.Match[str]], str], message: str) -> str:
    """A message with what a pattern finds replaced. `signs` are those of which each match has one.

    Most messages have none: to look for all patterns at each of their characters would take four times as long.
    """
    return pattern.sub(instead, message) if any(sign in message for sign in signs) else message


def _said_by(mention: re.Match[str], is_person: Callable[[str], bool]) -> str:
    name = handle_words(mention["handle"] or "")
    return f"{name if is_person(name) else ''}{mention['said']}" if mention.start() else ""


def _mentioned(code: re.Match[str], is_person: Callable[[str], bool]) -> str:
    """The name that a mention stands for, where it says whose a quotation is; nothing for other codes.

    Within a sentence what a code shows is there to be read, as words in brackets are that an editor put in.
    """
    name = handle_words(code["handle"] or "")
    after = code.string[code.end() : code.end() + _NEAR]
    before = code.string[max(0, code.start() - _NEAR) : code.start()]
    says_whose = not after.strip(" .!?\n") or _NAMED_BEFORE.match(after) or _REPOSTED.search(before)
    if says_whose and is_person(name):
        return name
    shown = name or code["emoji"] or code["custom"] or code["label"]
    return f"[{shown}]" if shown and _WORD_BEFORE.search(before) and _WORD_AFTER.match(after) else ""


def _without_tag(tag: re.Match[str]) -> str:
    """What a tag of HTML stands for: a superscript is a footnote's mark, and what begins or ends a line does so."""
    closes, name = bool(tag[1]), tag[2].lower()
    if name == "sup":
        return "]" if closes else "["
    if name == "q":
        return "”" if closes else "“"
    return "\n" if name in ("p", "br", "div", "blockquote") else ""


def _without_bbcode(message: str) -> str:
    """A message without the codes of forums that are closed in it: “[i]t” alone is a letter that an editor changed."""
    for code in {code.lower() for code in _BBCODE.findall(message)}:
        message = re.sub(rf"\[/?{code}(?:=[^\[\]\n]{{0,200}})?\]", "", message, flags=re.IGNORECASE)
    return message


def _wiki_quote(template: re.Match[str]) -> str:
    return f"“{template[1]}”" + (f"\n— {template[2]}" if template[2] else "")


def _decoded(match: re.Match[str]) -> str:
    """A character whose UTF-8 bytes were read one by one."""
    return b"".join(map(_byte, match[0])).decode()


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")  # Windows' code page has no character for five bytes
