"""What can go wrong with the store before it is open."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened. The message tells whoever runs the bot what is wrong, and what mends it."""
