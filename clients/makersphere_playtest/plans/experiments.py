"""The account's claims as experiments: one thing is changed, and everything else stays as it is, luck too.

- `paths`: the operator builds none of the three development paths, one of them, or all three.
- `mechanisms`: makers and resources find each other by another matching module, for hours and for capital.
- `metabolism`: another module eliminates ventures, or none does.
- `idlers`: the same, where half of the investors never deliver and a maker only draws a wage in its team.
- `policy`: the government turns one kind of card in every season.

The first arm of each is what the others are compared with.
Source: the rulebook's "Where the rules come from" (three development paths, integration, metabolism,
policy support).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import policy
from makersphere_bots.policy import Policy
from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, Policies
from makersphere_playtest.plans.arms import Arm, with_modules
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import EFFECTS, INVESTOR, MAKER, OPERATOR, PATHS
from makersphere_rules.engine import seating
from makersphere_rules.scenario_building import build

__all__ = ["EXPERIMENTS", "Experiment"]

_SCENARIO: Final = "seminar"
_LAZY, _RIDER = "standard-deliver", "free-rider"
_OUTCOMES: Final = ("births", "products", "efficiency", "search_per_deal", "vitality", "survival")
_SCORES: Final = ("score_maker", "score_investor", "score_operator")


@attrs.frozen
class Experiment:
    """A question, and the arms that answer it.

    Attributes:
        name: of the experiment; its texts have it in their keys.
        arms: for a number of seats, what is compared; the first is the control.
        headline: the outcomes that the question is about, drawn first.
        outcomes: all that are shown, in order.
        scenario: the name of the scenario that is varied.
    """

    name: str
    arms: Callable[[int], Sequence[Arm]]
    headline: tuple[str, ...]
    outcomes: tuple[str, ...]
    scenario: str = _SCENARIO


def _source() -> Mapping[str, Any]:
    return tomllib.loads(shipped.scenario_source(_SCENARIO))


def _paths(seats: int) -> list[Arm]:
    everybody: Policy = Standard()
    builders = {"none": (), **{path: (path,) for path in PATHS}, "all": PATHS}
    return [
        Arm(name, _source(), {ANY: everybody, OPERATOR: Standard(paths=paths)}, seats)
        for name, paths in builders.items()
    ]


def _with_modules(changes: Mapping[str, Mapping[str, str]], seats: int) -> list[Arm]:
    return [Arm(name, with_modules(_source(), change), {ANY: Standard()}, seats) for name, change in changes.items()]


_HOURS: Final = ("clearinghouse", "negotiation", "auction_hours", "planner")
_CAPITAL: Final = ("clearinghouse_capital", "auction", "planner_capital")


def _mechanisms(seats: int) -> list[Arm]:
    hours = {name: {"clearinghouse": name} for name in _HOURS}
    capital = {name: {"negotiation": name} for name in _CAPITAL}
    return _with_modules({**hours, **capital}, seats)


def _metabolism(seats: int) -> list[Arm]:
    return _with_modules({name: {"threshold": name} for name in ("threshold", "bottom_share", "none")}, seats)


def _idlers(seats: int) -> list[Arm]:
    """Return the modules of elimination, nobody first, at a table where some do not do their part."""
    roles = seating(build(_source(), shipped.modules()), seats)
    investors = [seat for seat, role in enumerate(roles, 1) if role == INVESTOR]
    lazy = dict.fromkeys(investors[: len(investors) // 2], _LAZY)
    idlers = {**lazy, roles.index(MAKER) + 1: _RIDER}
    arms = _with_modules({name: {"threshold": name} for name in ("none", "threshold", "bottom_share")}, seats)
    bound: Policies = {seat: policy(name) for seat, name in idlers.items()}
    return [attrs.evolve(arm, policies={**arm.policies, **bound}, idlers=tuple(idlers)) for arm in arms]


def _policy(seats: int) -> list[Arm]:
    source = _source()
    rules = source.get("policy", {})
    cards = {name: {**rules, "only": EFFECTS.index(name) + 1} for name in ("quiet", "subsidy", "tax", "voucher")}
    return [Arm(name, {**source, "policy": card}, {ANY: Standard()}, seats) for name, card in cards.items()]


EXPERIMENTS: Final[dict[str, Experiment]] = {
    one.name: one
    for one in (
        Experiment(
            "paths",
            _paths,
            ("births", "efficiency", "vitality"),
            (*_OUTCOMES, "community", "resources", "integration", *_SCORES),
        ),
        Experiment(
            "mechanisms", _mechanisms, ("efficiency", "search_per_deal", "births"), (*_OUTCOMES, "deals", *_SCORES)
        ),
        Experiment(
            "metabolism",
            _metabolism,
            ("births", "products", "survival"),
            (*_OUTCOMES, "exits", "badges_lost", "gini_makers", *_SCORES),
        ),
        Experiment(
            "idlers",
            _idlers,
            ("products", "vitality", "idle_investor"),
            (*_OUTCOMES, "exits", "badges_lost", "idle_investor", "idle_maker", *_SCORES),
        ),
        Experiment(
            "policy",
            _policy,
            ("births", "gini_makers", "score_maker"),
            (*_OUTCOMES, "exits", "energy_in", "gini_makers", *_SCORES),
        ),
    )
}
