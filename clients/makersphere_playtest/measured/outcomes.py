"""What is measured of a finished game, as plain numbers by name.

`outcomes` returns, for one game:

- `born` and `product` (per cent of the ventures founded), `survival` (per cent of them alive at the end),
  `births`, `products`, `exits`, `badges_lost`, `deals` (counts);
- `efficiency` (per cent, mean over the seasons): match value reached ÷ the best assignment's; it rests on secrets,
  which are open at the end;
- `search_per_deal` (credits); `energy_in` (credits from the world outside, starting credits left out);
- `community`, `resources`, `integration`, `vitality` (1 to 100): means over spaces and seasons;
- `gini_makers` (per cent, last season); `score_R`: the mean final score of each role R;
- `MODULE_NAME`: the mean over the seasons of each figure that a rule module of somebody else counts.

`beside_the_others` returns `idle_R`: how many points more some seats of a role make than the others of it.

Source: the figures of `makersphere_rules.ecosystem.figures.all_figures` and the rulebook's "Where the rules come from".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final

from makersphere_playtest.games.headless import Result
from makersphere_rules.ecosystem.figures.life import EXITS
from makersphere_rules.ecosystem.figures.service import Efficiency
from makersphere_rules.module import RuleModule
from makersphere_rules.state import State

__all__ = ["Outcomes", "beside_the_others", "outcomes"]

Outcomes = Mapping[str, float]

_INDICES: Final = ("community", "resources", "integration", "vitality")


def outcomes(result: Result) -> Outcomes:
    """Return what is measured of a game.

    Args:
        result: a game that kept its state.
    """
    if result.state is None:
        raise ValueError("the game was played without keeping its state")
    seasons = [result.figures[season] for season in sorted(result.figures)]

    def total(*names: str) -> int:
        return sum(season[name] for season in seasons for name in names)

    founded = total("founded")
    exits = total(*(f"exits_{reason}" for reason in EXITS))
    deals = total("deals")
    return {
        "births": total("births"),
        "products": total("products"),
        "born": _per_cent(total("births"), founded),
        "product": _per_cent(total("products"), founded),
        "survival": _per_cent(founded - exits, founded),
        "exits": exits,
        "badges_lost": total("badges_lost"),
        "deals": deals,
        "efficiency": _efficiency(result.state),
        "search_per_deal": total("search_credits") / deals if deals else 0.0,
        "energy_in": total("energy_in"),
        **{index: _mean(_of_spaces(seasons, index)) for index in _INDICES},
        "gini_makers": seasons[-1]["gini_makers"],
        **_scores(result),
        **_of_modules(result.state, seasons),
    }


def beside_the_others(result: Result, seats: Collection[int]) -> Outcomes:
    """Return by role the mean score of some seats, less that of the others of their role."""
    some: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for seat, (role, score) in enumerate(zip(result.roles, result.scores, strict=True), 1):
        (some if seat in seats else others).setdefault(role, []).append(score)
    return {f"idle_{role}": fmean(some[role]) - fmean(others[role]) for role in some if role in others}


def _efficiency(state: State) -> float:
    return _mean(season.share for season in state.all(Efficiency).values() if season.best)


def _of_spaces(seasons: Iterable[Mapping[str, int]], index: str) -> Iterable[int]:
    return [
        value
        for season in seasons
        for name, value in season.items()
        if name.startswith(f"{index}_") and name.removeprefix(f"{index}_").isdigit()
    ]


def _scores(result: Result) -> dict[str, float]:
    by_role: dict[str, list[int]] = {}
    for role, score in zip(result.roles, result.scores, strict=True):
        by_role.setdefault(role, []).append(score)
    return {f"score_{role}": fmean(scores) for role, scores in by_role.items()}


def _of_modules(state: State, seasons: Sequence[Mapping[str, int]]) -> dict[str, float]:
    counting = [m.name for m in state.scenario.modules if type(m).figures is not RuleModule.figures]
    names = {name for season in seasons for name in season if name.startswith(tuple(f"{one}_" for one in counting))}
    return {name: fmean(season.get(name, 0) for season in seasons) for name in sorted(names)}


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return fmean(found) if found else 0.0


def _per_cent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
