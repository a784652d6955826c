"""What a reply says, for tests: its own words, and the lines of its lists."""

from __future__ import annotations

from bot.core.reply import Items, Menu, Note, Prose, Reply


def said(reply: Reply) -> str:
    """The bot's and the editors' words, a line a part."""
    return "\n".join(part.words for part in reply.parts if isinstance(part, Prose | Note))


def lines(reply: Reply) -> list[str]:
    """The lines of all lists, of menus that are listed too."""
    found: list[str] = []
    for part in reply.parts:
        if isinstance(part, Items):
            found += part.items
        if isinstance(part, Menu) and part.listed:
            found += [choice.label for choice in part.choices]
    return found
