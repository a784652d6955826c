"""What Discord refuses. Lengths are in UTF-16 code units."""

from __future__ import annotations

COMPONENTS = 40
"""Components in a message, nested ones included."""
TEXT = 4000
"""Characters in all text displays of a message together."""
FILES = 10
CONTENT = 2000
"""Characters of a message's content."""
EMBEDS = 10
EMBED = 4096
"""Characters of an embed's description."""
EMBEDS_TEXT = 6000
"""Characters of all embeds of a message together."""
THREAD_NAME = 100
ROWS = 5
"""Rows of buttons in a message of the older kind."""
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
MODAL_PLACEHOLDER = 100
FIELDS = 5
"""Fields of a modal."""
TYPED = 4000

CHOICES = 25
CHOICE = 100
DESCRIPTION = 100
