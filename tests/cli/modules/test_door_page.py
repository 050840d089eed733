"""The reference of the door for authors says what the docstrings say."""

from __future__ import annotations

from pathlib import Path

from makersphere_cli.modules.door_page import page
from makersphere_rules import author

DOOR = Path(__file__).resolve().parents[3] / "docs" / "door.md"


def test_the_page_is_current() -> None:
    """`python -m makersphere_cli.modules.door_page > docs/door.md` makes it."""
    assert DOOR.read_text("utf-8") == page()


def test_each_name_of_the_door_has_its_entry() -> None:
    """With its arguments, and more than its name."""
    written = page()
    assert [name for name in author.__all__ if f"\n## `{name}`\n" not in written] == []
    assert "\n### `Command.sealed(name, form, *, roles=…, target=…, decide=…, scored=…, later=…)`\n" in written
    assert "- `purpose`" not in written
    assert "\n## `split`\n\n`split(whole, weights)`\n" in written
