"""The golden playthroughs are current, and every shipped rule module stands in one of them."""

from __future__ import annotations

import inspect

import pytest

from makersphere_rules import shipped
from tests.playthroughs.make import FOLDER, GAMES, scenario_of, text_of


@pytest.mark.parametrize("name", GAMES)
def test_the_playthrough_is_current(name: str) -> None:
    """The game plays as the text says; after a wanted change: `python -m tests.playthroughs.make`."""
    assert text_of(name).splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("module", shipped.modules().values(), ids=lambda module: module.name)
def test_every_module_has_a_sheet_and_a_playthrough(module: object) -> None:
    """A rule module without its sheet, or in no golden playthrough, does not ship."""
    sheet = inspect.getdoc(inspect.getmodule(module)) or ""
    played = {part.name for name in GAMES for part in scenario_of(name).modules}

    for heading in ("Purpose:", "Phase:", "Commands:", "Events:", "Parameters:", "Secrets:", "Source:"):
        assert heading in sheet, f"{module} has no {heading} in its sheet"
    assert module.name in played  # type: ignore[attr-defined]
