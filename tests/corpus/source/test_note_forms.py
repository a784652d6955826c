"""The page about the notes names every file, table and field that there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

from msgspec.structs import fields

from corpus.source import note_forms
from corpus.source.note_forms import Entries

PAGE = (Path(__file__).parents[3] / "docs" / "notes.md").read_text(encoding="utf-8")


def test_every_field_of_every_table_is_explained() -> None:
    rows = dict(re.findall(r"^\| `(\w+\.toml)`, (.+) \|", PAGE, re.MULTILINE))
    assert rows.keys() == note_forms.FILES.keys()
    for file, tables in note_forms.FILES.items():
        assert all(f"`[[{table}]]`" in rows[file] for table in tables)
    forms = [get_args(get_args(hint)[0])[0] for hint in get_type_hints(Entries).values()]
    for form in forms:
        named = {one.encode_name for one in fields(form)}
        assert any(named == set(re.findall(r"`(\w+)`", row)) for row in rows.values()), form.__name__
