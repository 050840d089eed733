"""The recipes in `deploy/` for a proxy in front of the server: the page for its keeper shows them as they are tried."""

from __future__ import annotations

import re

import pytest

from tests.faults.proxies.programs import PROGRAMS
from tests.house.checkout import ROOT

_PAGE = ROOT / "docs/deploying.md"
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_the_page_shows_each_recipe_as_it_is_tried(name: str) -> None:
    """What a keeper copies from the page is the file that the long tier carries out, and the page links to it."""
    text, recipe = _PAGE.read_text("utf-8"), PROGRAMS[name].recipe
    assert recipe.read_text("utf-8") in _BLOCK.findall(text)
    assert f"(../{recipe.relative_to(ROOT)})" in text


def test_each_recipe_tells_how_the_game_is_started_behind_it() -> None:
    """On loopback, and with the proxy's address as the one whose word is taken."""
    for program in PROGRAMS.values():
        assert "makersphere serve --host 127.0.0.1 --proxies 127.0.0.1" in program.recipe.read_text("utf-8")
