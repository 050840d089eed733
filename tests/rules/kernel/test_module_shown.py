"""What a rule module of somebody else says for screens and the debrief: main commands, wall, figures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from makersphere_rules import engine, shipped
from makersphere_rules.author import Command, Entity, Form, Refusal, RuleModule, State, Whole, frozen, refuse, table
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.scenario import module_tree
from makersphere_rules.scenario_building import build


@frozen
class Stall(Entity):
    """A stall."""

    number: int = table(key=True)


def _form(state: State, seat: int) -> Form | Refusal:
    return refuse("rule", "closed") if state.game.season > 1 else Form({"credits": Whole(0, 1)})


class Fair(RuleModule):
    """Stalls that are counted."""

    name = "fair"
    commands = (Command.sealed("give", _form), Command.sealed("visit", _form))
    entities = (Stall,)
    main = ("visit", "give")
    wall = (Stall,)
    texts = {"en": {"phase.fair": "Fair"}}  # noqa: RUF012  (as an author writes it)

    def figures(self, state: State) -> Mapping[str, int]:
        """Count the seasons, under a name that the game has, too."""
        return {"births": 100 + state.game.season}


def with_fair() -> dict[str, Any]:
    """Return the game that everybody plays first, with a phase of the fair at the end."""
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    source.pop("introduced", None)
    return {**source, "phase": [*source["phase"], {"name": "fair", "modules": ["fair"]}]}


def test_figures_of_a_module_are_counted_with_the_games_own() -> None:
    """Each under its module's name, so that none takes the place of the game's."""
    scenario = build(with_fair(), {**shipped.own_modules(), "fair": Fair()})
    state = engine.new(scenario, SeededDice(bytes(32)), 6)
    engine.step(state, ROOM, Order("start"))
    while state.game.status == "running":
        engine.step(state, ROOM, Order("close"))
    found = {season: one.values for season, one in state.all(Figures).items()}
    assert [one["fair_births"] for one in found.values()] == [101, 102]
    assert all(one["births"] < 100 for one in found.values())


def test_screens_read_of_a_module_what_it_asks_for() -> None:
    """In words with spaces between; of the game's own modules they read their parameters alone."""
    tree = module_tree(build(with_fair(), {**shipped.own_modules(), "fair": Fair()}))
    assert tree["fair"] == {"main": "visit give", "wall": "stall", "words": "own", "phase": "fair"}
    own = [fields for name, fields in tree.items() if name != "fair"]
    assert not any(name in fields for fields in own for name in ("main", "wall", "words"))
