"""The hunt at length: flaws that are planted in copies of the rules, and hunts that should name nobody.

The whole catalogue hunts in `quickstart`. Twenty disjoint hunts are held against all of their games together: whoever
one of them names and all of them do not is named by chance. The quick tier is `tests/playtest/test_hunt.py`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.hunt import Chase, hunted
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.suspects import SUSPECTS, at_table
from makersphere_playtest.plans.sweeps import AsIs, Plan, hunting, plan, source_of
from makersphere_rules import shipped
from makersphere_rules.engine import seating
from tests.bench.harness import Figures, at_least, at_most, bench
from tests.playtest.planted_flaws import FLAWS, SEATS, hunt, named

_RUNS: Final = 20
_RUN: Final = 30  # games of each side in a hunt
_FLAWED: Final = 40  # where a flaw is planted


@bench("hunt", rounds=1, flaws_found=at_least(len(FLAWS)), runs_that_name_by_chance=at_most(2))
def hunt_at_length() -> Figures:
    """Plant five flaws in copies of quickstart, hunt in each, then hunt twenty times in the rules as they are."""
    found = sum(flaw.found_by <= named(hunt(name, flaw, _FLAWED, 31)) for name, flaw in FLAWS.items())
    truly, runs = _hunts(_planned())
    return {
        "flaws_found": found,
        "runs_that_name_by_chance": sum(bool(run_ - truly) for run_ in runs),
        "runs_that_name": sum(map(bool, runs)),
        "truly_named": len(truly),
    }


def _planned() -> Plan:
    source = source_of(shipped.scenario_source("quickstart"))
    roles = seating(shipped.scenario("quickstart"), SEATS)
    return hunting(plan(source, SEATS, _RUNS * _RUN, 32), at_table(SUSPECTS, roles))


def _hunts(planned: Plan) -> tuple[set[str], list[set[str]]]:
    """Return whom all games together name, and whom each hunt does."""
    together = [Chase(one) for one in planned.suspects]
    apart = [[Chase(one) for one in planned.suspects] for _ in range(_RUNS)]
    with TemporaryDirectory() as folder:
        for rows in run(planned, cores(), folder=Path(folder)).by_game():
            games = {row["cell"]: row for row in rows}
            for chase in (*together, *apart[games[AsIs]["game"] // _RUN]):
                chase.add(games[chase.suspect.key], games[AsIs])
    return _names(together), [_names(chases) for chases in apart]


def _names(chases: list[Chase]) -> set[str]:
    return {one.suspect.key for one in hunted(chases) if one.is_named}
