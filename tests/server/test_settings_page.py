"""The page about the settings says what the settings are."""

from pathlib import Path

import attrs

from makersphere_server.settings import Settings
from makersphere_server.settings_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_the_page_is_current() -> None:
    """`python -m makersphere_server.settings_page > docs/settings.md` makes it anew."""
    assert PAGE.read_text("utf-8") == page()


def test_every_setting_is_on_it_and_says_what_it_means() -> None:
    """A setting without a meaning fails here."""
    rows = {row.split("`")[1]: row for row in page().splitlines() if row.startswith("| `")}
    assert list(rows) != []
    assert set(rows) == {field.name for field in attrs.fields(Settings)}
    assert all(len(row.split("|")[4].strip()) > 20 for row in rows.values())
