"""What ships with the game: rule modules and scenarios, read once from the package's own data.

Beside `written/package_texts.py` the only file of the rules that reads anything; it reads nothing but this package.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from makersphere_rules.module import RuleModule
from makersphere_rules.modules.admission import Admission
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.auction import Auction
from makersphere_rules.modules.auction.hours import AuctionHours
from makersphere_rules.modules.bottom_share import BottomShare
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.clearinghouse.capital import ClearinghouseCapital
from makersphere_rules.modules.counter import Counter
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.negotiation import Negotiation
from makersphere_rules.modules.none import NoElimination
from makersphere_rules.modules.par import Par
from makersphere_rules.modules.planner import Planner
from makersphere_rules.modules.planner.capital import PlannerCapital
from makersphere_rules.modules.policy import Policy
from makersphere_rules.modules.pro_rata import ProRata
from makersphere_rules.modules.recap import Recap
from makersphere_rules.modules.threshold import Threshold
from makersphere_rules.modules.waterfall import Waterfall
from makersphere_rules.modules.world import WorldModule
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.written.packages import Packages, installed

__all__ = ["modules", "own_modules", "packages", "scenario", "scenario_names", "scenario_source"]

_SHIPPED: tuple[type[RuleModule], ...] = (
    Counter,
    WorldModule,
    Par,
    Policy,
    Admission,
    Exchange,
    Negotiation,
    Clearinghouse,
    ClearinghouseCapital,
    Auction,
    AuctionHours,
    Planner,
    PlannerCapital,
    Incubation,
    Market,
    Waterfall,
    ProRata,
    Appraisal,
    Threshold,
    BottomShare,
    NoElimination,
    Recap,
)


@cache
def modules() -> dict[str, RuleModule]:
    """Return all rule modules by name: the shipped ones, and those of other distributions after them."""
    return {**own_modules(), **packages().modules}


@cache
def packages() -> Packages:
    """Return what other distributions bring, read once."""
    return installed()


@cache
def own_modules() -> dict[str, RuleModule]:
    """Return the shipped rule modules by name; what else is installed beside them does not count."""
    return {cls.name: cls() for cls in _SHIPPED}


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    found = (files("makersphere_rules") / "data" / "scenarios").iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in found if entry.name.endswith(".toml"))


def scenario_source(name: str) -> str:
    """Return the text of a shipped scenario's file.

    Raises:
        KeyError: there is no such scenario.
    """
    if name not in scenario_names():
        raise KeyError(name)
    return (files("makersphere_rules") / "data" / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def scenario(name: str) -> Scenario:
    """Return a shipped scenario by name.

    Raises:
        KeyError: there is no such scenario.
        ScenarioError: its file has mistakes.
    """
    return build(tomllib.loads(scenario_source(name)), modules())
