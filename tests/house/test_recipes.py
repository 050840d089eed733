"""The recipes in `deploy/` for a proxy in front of the server: the page for its keeper shows them as they are tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.proxies.programs import PROGRAMS
from tests.haproxy import RECIPES
from tests.house.checkout import ROOT

_PAGE = ROOT / "docs/deploying.md"
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "recipe",
    sorted({*(program.recipe for program in PROGRAMS.values()), *RECIPES.iterdir()}),
    ids=lambda file: file.name,
)
def test_the_page_shows_each_recipe_as_it_is_tried(recipe: Path) -> None:
    """What a keeper copies from the page is the file that a test carries out, and the page links to it."""
    text = _PAGE.read_text("utf-8")
    assert recipe.read_text("utf-8") in _BLOCK.findall(text)
    assert f"(../{recipe.relative_to(ROOT)})" in text


def test_each_recipe_tells_how_the_game_is_started_behind_it() -> None:
    """On loopback, and with the proxy's address as the one whose word is taken."""
    for program in PROGRAMS.values():
        assert "makersphere serve --host 127.0.0.1 --proxies 127.0.0.1" in program.recipe.read_text("utf-8")
