"""Arms of a comparison: the same games under other rules or with other policies, on all cores.

Game `n` has the same seed in every arm, and a draw depends on season, phase, purpose and entity alone: arms
that play alike have the same luck, so differences between arms are taken game by game. `outcomes.py` says what is
measured, `intervals.py` how sure it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import attrs
from joblib import Parallel, delayed

from makersphere_playtest.games.headless import Policies, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.measured.outcomes import Outcomes, beside_the_others, outcomes
from makersphere_playtest.plans.sides import Sides
from makersphere_rules import shipped
from makersphere_rules.scenario_building import build

__all__ = ["Arm", "compare", "with_modules"]

Source = Mapping[str, Any]


@attrs.frozen
class Arm:
    """One side of a comparison.

    Attributes:
        name: what it is called in texts.
        source: the scenario's mapping, which travels to other processes as the built scenario cannot.
        policies: who plays: by seat number, by role, or under `headless.ANY`.
        seats: how many seats each game has.
        idlers: of the seats, those who do not do their part: how they score beside the others of their role is an
            outcome too.
    """

    name: str
    source: Source = attrs.field(repr=False)
    policies: Policies = attrs.field(repr=False)
    seats: int
    idlers: tuple[int, ...] = ()


def with_modules(source: Source, changes: Mapping[str, str]) -> dict[str, Any]:
    """Return a scenario's mapping with some rule modules replaced; the parameters of a replaced module are left out.

    Args:
        source: the scenario's mapping.
        changes: the module to put in the place of each.
    """

    def changed(names: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(changes.get(name, name) for name in names))

    phases = [{**phase, "modules": changed(phase.get("modules", ()))} for phase in source["phase"]]
    kept = {key: value for key, value in source.items() if key not in changes or changes[key] == key}
    return {**kept, "phase": phases}


def compare(
    arms: Sequence[Arm], games: int, seed: int, *, jobs: int = -1, done: Callable[[], None] = lambda: None
) -> Sides:
    """Play every arm's games and return what was measured, in order of arms.

    Args:
        arms: what is compared.
        games: how many games each arm plays.
        seed: of the whole comparison; the same seed gives the same numbers, on any number of cores.
        jobs: processes; -1 for all cores.
        done: called after each game.
    """
    tasks = ((arm, game) for game in range(games) for arm in arms)
    played = Parallel(n_jobs=jobs, return_as="generator")(delayed(_play)(arm, seed, game) for arm, game in tasks)
    found, told = Sides([arm.name for arm in arms]), _counted(played, done)
    while game := [*islice(told, len(arms))]:
        found.add(game)
    return found


def _counted(played: Iterator[Outcomes], done: Callable[[], None]) -> Iterator[Outcomes]:
    for outcome in played:
        done()
        yield outcome


def _play(arm: Arm, seed: int, game: int) -> Outcomes:
    scenario = build(arm.source, shipped.modules())
    result = play(scenario, arm.seats, game_seed(seed, game), arm.policies, keep=True)
    return {**outcomes(result), **beside_the_others(result, arm.idlers)}
