"""What Slack refuses. Block Kit's limits as documented, and two that were found by sending messages."""

from __future__ import annotations

BLOCKS = 50
"""Blocks in a message."""
HOME_BLOCKS = 100
"""Blocks in the App Home."""
SIZE = 13_000
"""Characters of a message's blocks as JSON: Slack was seen to refuse a little more than 13,200."""
TEXT = 4000
"""Characters of a message's `text` that `chat.update` takes, the strictest of the methods."""
HEADER = 150
BUTTONS_IN_ROW = 5
"""Slack takes 25; five are side by side."""
BUTTON_LABEL = 75
BUTTON_VALUE = 2000
ACTION_ID = 255
BLOCK_ID = 255
OPTIONS = 25
"""Slack takes 100 in a menu; with long labels, fewer fit into a message."""
OPTION = 75
"""An option's label, and its description."""
OPTION_VALUE = 150
PLACEHOLDER = 150
ALT = 1000

VIEW_TITLE = 24
LABEL = 2000
INPUT = 3000

COMMANDS = 50
COMMAND_DESCRIPTION = 2000
USAGE_HINT = 1000
SHORTCUTS = 10
SHORTCUT_NAME = 24
SHORTCUT_DESCRIPTION = 150

RESPONSES = 5
"""How often a response URL may be used."""
