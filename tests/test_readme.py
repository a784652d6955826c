"""The README and the pages in docs say of every command how to type it, and nothing that does not work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import run
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


README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| `/[^|]*\|", README, re.MULTILINE)
ASKED = [line for row in TABLE for line in re.findall(r"`(/[^`]*)`", row) if line != "/quiz start"]
"""What a student may type, anywhere; a round needs a channel."""
ON_SLACK = ("/invite", "/person")
"""A command of Slack's own, and the name that /who has there."""


@pytest.mark.parametrize("line", [*ASKED, *re.findall(r'-m bot ask "(.*?)"', README)])
async def test_what_the_readme_asks_is_answered(line: str, ask: Ask) -> None:
    assert not (await ask(line)).error


def test_each_command_that_the_readme_names_is_one() -> None:
    for line in re.findall(r"`(/[^`]*)`", README):
        name = line.removeprefix("/")
        is_feature = any(one.split()[0] == name for one in COMMANDS)  # such as /daily
        is_command = any(name == one or name.startswith(f"{one} ") for one in COMMANDS)
        assert is_feature or is_command or line.startswith(ON_SLACK), line


def test_each_program_that_the_documents_start_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--help"])
    programs = {*re.findall(r"^    ([a-z-]+)", capsys.readouterr().out, re.MULTILINE)}
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for page in PAGES:
        words = page.read_text(encoding="utf-8")
        assert {*re.findall(r"python -m bot ([a-z][a-z-]*)", words)} <= programs, page.name
        assert {*re.findall(r"(?:`|^)make ([a-z-]+)", words, re.MULTILINE)} <= {*targets}, page.name


@pytest.mark.parametrize("page", [*PAGES, ROOT / ".env.example"], ids=lambda page: page.name)
def test_each_program_is_started_with_the_python_that_has_what_it_needs(page: Path) -> None:
    assert re.findall(r"(?<!venv/bin/)python -m (?:bot|corpus|tests)", page.read_text(encoding="utf-8")) == []


def test_the_folder_that_another_corpus_is_to_be_like_is_one() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (folder,) = re.findall(r"of the same shape as (\S+)", example)
    assert {"texts", "notes"} <= {one.name for one in (ROOT / folder).iterdir()}


def test_each_line_of_the_log_that_the_page_on_operations_explains_is_one() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (.*?) \|", page.partition("## When something is wrong")[2].partition("\n## ")[0], re.MULTILINE
    )
    events = {event for row in rows for event in re.findall(r"`([a-z ]+)`", row)}
    code = "".join(one.read_text(encoding="utf-8") for one in ROOT.glob("bot/**/*.py"))
    assert len(events) > 5
    assert {event for event in events if f'"{event}"' not in code} == set()
