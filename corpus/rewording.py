"""Rewordings: what was typed as the rest of the code reads it, such as a month without its slip."""

from __future__ import annotations

from typing import NamedTuple


class Rewording(NamedTuple):
    """Other words for what was typed, and what the asker hears of that, or nothing."""

    typed: str
    remark: str
