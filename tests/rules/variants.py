"""Shipped scenarios with other rule modules in the place of some: what no shipped scenario plays stands here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Final

from makersphere_rules import shipped
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build

__all__ = ["VARIANTS", "variant"]

Places = Mapping[str, str]

VARIANTS: Final[Mapping[str, tuple[str, Places]]] = {
    "pro_rata": ("quickstart", {"waterfall": "pro_rata"}),
    "bottom_share": ("quickstart", {"threshold": "bottom_share"}),
    "none": ("quickstart", {"threshold": "none"}),
    "sealed_lists": ("quickstart", {"negotiation": "clearinghouse_capital"}),
    "sealed_bids": ("quickstart", {"negotiation": "auction", "clearinghouse": "auction_hours"}),
    "planners": ("quickstart", {"negotiation": "planner_capital", "clearinghouse": "planner"}),
}


def variant(scenario: str, places: Places, *, first_stage: int | None = None) -> Scenario:
    """Return a shipped scenario in which modules take the places of others, with nothing left for later seasons.

    Args:
        scenario: a shipped one.
        places: the module that takes the place of each.
        first_stage: at which stage ventures are founded, where not as printed.
    """
    source = tomllib.loads(shipped.scenario_source(scenario))
    source = {key: value for key, value in source.items() if key not in places}  # their parameters go with them
    source.pop("introduced", None)
    for phase in source["phase"]:
        phase["modules"] = [places.get(name, name) for name in phase["modules"]]
    if first_stage is not None:
        source["world"] = {**source.get("world", {}), "first_stage": first_stage}
    return build(source, shipped.modules())
