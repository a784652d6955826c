"""The icon to upload is the one that the code draws."""

from __future__ import annotations

from pathlib import Path

from cogs.shared.drawing.draw import encode_png
from cogs.shared.drawing.icon import ICON, icon
from tests.cogs.shared.drawing.check import opened

FILE = Path(__file__).parents[4] / "docs" / "icon.png"


def test_the_icon_is_up_to_date() -> None:
    kept = opened(FILE.read_bytes())
    assert kept.size == (ICON, ICON)
    assert kept.tobytes() == opened(encode_png(icon())).tobytes()
