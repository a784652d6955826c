"""The README says of every command how to type it, and nothing of commands that there are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.platforms.typed_commands import parse_line
from cogs import FEATURES
from tests.conftest import Ask

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROWS = [row for page in PAGES for row in re.findall(r"^\| `/.*$", page.read_text(encoding="utf-8"), re.MULTILINE)]
COMMANDS = {command.name: command for feature in FEATURES for command in feature.commands}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_row(name: str) -> None:
    assert any(row.startswith(f"| `{COMMANDS[name].usage}` |") for row in ROWS), COMMANDS[name].usage


@pytest.mark.parametrize("row", ROWS)
def test_every_line_in_a_row_is_understood(row: str) -> None:
    for line in re.findall(r"`(/[^`…\[]*)`", row):
        parse_line(line, COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith("http"):
            continue
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings], link


@pytest.mark.parametrize("line", re.findall(r'-m bot ask "(.*?)"', PAGES[0].read_text(encoding="utf-8")))
async def test_what_the_readme_asks_is_answered(line: str, ask: Ask) -> None:
    assert not (await ask(line)).error
