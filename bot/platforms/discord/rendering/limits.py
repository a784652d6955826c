"""What Discord refuses. Lengths are in UTF-16 code units: the strictest count that any of Discord's programs uses."""

from __future__ import annotations

COMPONENTS = 40
"""Components in a message, nested ones included."""
TEXT = 4000
"""Characters in all text displays of a message together."""
FILES = 10
CUSTOM_ID = 100
BUTTON_LABEL = 80
BUTTONS_IN_ROW = 5
OPTIONS = 25
OPTION = 100
"""An option's label, its value, and its description."""
PLACEHOLDER = 150
ALT = 1024
FILE_NAME = 100
MODAL_LABEL = 45
TYPED = 4000

CHOICES = 25
CHOICE = 100
COMMAND_NAME = 32
DESCRIPTION = 100


def width(words: str) -> int:
    """How long Discord takes a string to be."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def clip(words: str, most: int) -> str:
    """The words on one line, at most `most` long; what is cut ends with a whole word and an ellipsis."""
    line = " ".join(words.split())
    if width(line) <= most:
        return line
    kept = line[: most - 1]
    while width(kept) > most - 1:
        kept = kept[:-1]
    whole, space, _ = kept.rpartition(" ")
    return f"{(whole if space and len(whole) > most // 2 else kept).rstrip()}…"
