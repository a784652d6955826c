"""Messages copied out of a chat: “Ada — Today at 12:34 PM” above, “[12:34] Ada:”, “<ada>”, “@ada” before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.language.speech_verbs import SPEECH_VERB

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_HALF = r"[ \u00a0\u202f]?[ap]\.?m\.?"
_DAY = (
    r"(?:today|yesterday|heute|gestern|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{1,2}\.? [^\W\d_]{3,9}\.?(?: \d{4})?)"
)
_CLOCK = rf"{_TIME}(?:{_HALF})?"
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_DATED = rf"(?:{_WEEKDAY}{_DAY}(?:,? (?:at|um|à) |, | |T){_CLOCK}|{_CLOCK}, \d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}})"
_WHEN = rf"(?:{_DATED}|{_CLOCK})"
_AGO = (
    r"(?:\d{1,3} ?(?:[smhdwy]|mo|se[ck]s?|mins?|hrs?|(?:second|minute|hour|day|week|month|year)s?)(?: ago)?"
    r"|(?:just )?now|vor \d{1,3} \w{3,8})"
)
_FORWARDED = "(?:forwarded from|weitergeleitet (?:von|aus)|transféré de|reenviado de|inoltrato da|переслано (?:от|из))"
_BELOW = r"[ \t]{0,9}\n[ \t]{0,9}"
_NICK = r"[^\s:<>\[\]“”\"][^:<>\[\]“”\"\n]{0,39}?"
_SHORT = r"[^\s:<>\[\]“”\",.(]{2,20}(?: [^\s:<>\[\]“”\",.(]{2,20}){0,2}"
_HEADER = re.compile(
    rf"^[ \t]*+(?:"
    rf"\[{_WHEN}\][ \t]+(?:<[@+~&% ]?(?P<irc>{_NICK})>[ \t]|(?P<bracket>{_NICK}):[ \t])?"
    rf"|{_DATED} [–-] (?P<phone>{_NICK}):[ \t]"
    rf"|(?:{_WHEN}[ \t]+)?<[@+~&% ]?(?P<angle>{_NICK})>[ \t]"
    rf"|(?P<above>[^\n]{{1,60}}?)(?:(?: [—–-] |,? {{1,2}}|\t|{_BELOW})\[?(?:{_DATED}|{_TIME}{_HALF})\]?"
    rf"|(?: [—–-] |,? {{2}}|\t|,? \[|(?<![.!?…”\"’']){_BELOW}){_TIME}\]?)(?: \(edited\))?[ \t]{{0,9}}\n"
    rf"|(?P<writer>{_NICK}) (?:wrote|writes|posted|said|schrieb|a écrit)(?: on| am| le|,)? {_DATED}:\s"
    rf"|(?:on|am|le) {_DATED},? (?:schrieb )?(?P<mail>{_NICK})(?: <[^<>\s]{{3,60}}>)?"
    rf"(?: wrote| posted| said| a écrit)? ?:\s"
    rf"|[(]?{_WHEN}[)]?[ \t](?:[–-][ \t])?(?P<behind>{_SHORT}):[ \t]"
    rf"|(?P<before>{_SHORT})(?:[:,]|[ ]@|[ ]at)[ ]{_WHEN}(?::|[ ][–-])?[ \t]"
    rf"|(?P<around>{_SHORT})[ ][(\[]{_WHEN}[)\]]:?[ \t]"
    rf"|(?:posted by )?(?:u/|@)?(?P<poster>{_NICK})(?: \(@[^()\n]{{0,40}}\)| \(\))?"
    rf"(?: ?[·•|—–-] ?(?:{_AGO}|{_WHEN})| {_AGO}(?<=ago)|{_BELOW}(?:{_DATED}|{_DAY}) ·[^\n]{{0,9}})[^\S\n]{{0,9}}\n"
    rf"|{_FORWARDED}:? (?P<origin>[^\n]{{1,60}})\n"
    rf"|from:(?P<sender>[^\n]{{1,60}})\n(?:(?:date|sent|to|cc|subject|reply-to):[^\n]{{0,200}}\n){{1,6}}"
    rf"|{_TIME}[ \t]{{2}}"  # without the name of an operator, “<@ada>”, which looks like a mention
    rf")(?=\s*\S)"
    rf"|\A[ \t]*@(?P<handle>[\w.]{{1,40}})(?:[ \t]{SPEECH_VERB}(?=[:,]))?[:,]?[ \t](?=\s*\S)",
    re.IGNORECASE | re.MULTILINE,
)
_NICK_LINE = re.compile(r"^[ \t]*(?P<nick>[a-z][a-z0-9_.-]{1,19}):[ \t]+(?=\S)", re.MULTILINE)
_LABELS = frozenset(
    ("author", "by", "citation", "claim", "date", "from", "name", "passage", "quote", "quotation", "source", "speaker")
) | {"text", "title"}
_BOT = re.compile(r"\s*<[^<>]*>$|\s+(?:app|bot)$|\s*\([^()]{1,20}\)$|\s*[^\w\s.'’)-]+$", re.IGNORECASE)
"""What programs and people put after their names: “APP”, “(she/her)”, signs."""
_PARTS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|[_.]+(?=[^\W\d_]{2})")
"""Where the words of a name are joined: “LeonTrotsky”, “leon_trotsky”."""


class ChatMessage(NamedTuple):
    """A message, as a slice of what was copied, and the name of whoever posted it; nobody's before the first header."""

    start: int
    end: int
    name: str


def chat_messages(plain: str) -> Iterator[ChatMessage]:
    """The messages that were copied out of a chat, in order; none where there is no header."""
    headers = list(_HEADER.finditer(plain)) or _nick_headers(plain)
    if headers and plain[: headers[0].start()].strip():
        yield ChatMessage(0, headers[0].start(), "")
    ends = [*(one.start() for one in headers[1:]), len(plain)]
    for header, end in zip(headers, ends, strict=False):
        yield ChatMessage(header.end(), end, _name(header))


def _nick_headers(plain: str) -> list[re.Match[str]]:
    """The nicks before the lines of a chat where every line has one: “ada: …”."""
    lines = [line for line in plain.split("\n") if line.strip()]
    found = list(_NICK_LINE.finditer(plain))
    is_chat = 1 < len(lines) == len(found) and _LABELS.isdisjoint(one["nick"] for one in found)
    return found if is_chat else []


def without_chat_headers(plain: str) -> str:
    """The words of messages, without the headers that say who posted them, and when."""
    return _HEADER.sub("", plain)


def handle_words(handle: str) -> str:
    """The words that are joined in the name of an account: “leon_trotsky”, “LeonTrotsky”."""
    return _PARTS.sub(" ", handle).strip()


def _name(header: re.Match[str]) -> str:
    name = next(filter(None, header.groupdict().values()), "").strip()
    return handle_words(_BOT.sub("", name))
