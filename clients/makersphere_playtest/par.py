"""Measure par: `python -m makersphere_playtest.par NAME` prints the `[par]` table of a shipped scenario.

Par is the median of the standard bot in each role, at each size of room that the scenario was made for. A scenario
of several runs has a table for each, `[run.par]`, of the scores of that run. The tables go into the scenario's file,
with the line above them that tells how they were made; they are made again when rules or bots change. Source: the
rulebook's "The end".
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_playtest.games.series import game_seed
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.modules.par import SIZES
from makersphere_rules.scenario import Scenario

__all__ = ["main", "measure", "tables"]

ROLES = (MAKER, INVESTOR, OPERATOR)
_SEED = 1955
_GAMES = 60

Pars = dict[str, int]  # par by role


def measure(scenario: Scenario, seats: int, games: int, seed: int = _SEED) -> list[Pars]:
    """Return the median final score of each role, of all its seats in `games` games, for each run that counts."""
    results = [play(scenario, seats, game_seed(seed, game), {ANY: policy("standard")}) for game in range(games)]
    by_run = zip(*(list(_counted(result)) for result in results), strict=True)
    return [_medians(results[0].roles, scores) for scores in by_run]


def _counted(result: Result) -> Iterator[Sequence[int]]:
    """Yield the scores of all seats, in order, in each run that counts."""
    if not result.runs:
        yield result.scores
    for run in result.runs:
        if not run.practice:
            yield [run.scores[seat] for seat in sorted(run.scores)]


def _medians(roles: Sequence[str], games: Sequence[Sequence[int]]) -> Pars:
    found: dict[str, list[int]] = {role: [] for role in ROLES}
    for scores in games:
        for role, score in zip(roles, scores, strict=True):
            found[role].append(score)
    return {role: median_low(all_) for role, all_ in found.items() if all_}


def tables(name: str, scenario: Scenario, games: int, pars: Mapping[int, Sequence[Pars]]) -> Iterator[str]:
    """Yield the lines of the `[par]` table, or of one `[run.par]` for each run that counts; `pars` are by seats."""
    how = f"the standard bot's median: python -m makersphere_playtest.par {name} --games {games}"
    runs = [run.name for run in scenario.runs if not run.practice]
    for number, run in enumerate(runs or [""]):
        yield f"[run.par] # {run}, {how}" if run else f"[par] # {how}"
        for role in ROLES:
            for seats, found in pars.items():
                yield f"{role}_{seats} = {found[number][role]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog="python -m makersphere_playtest.par", description="Print a [par] table.")
    parser.add_argument("scenario", metavar="NAME", help="a shipped scenario")
    parser.add_argument("--games", type=int, default=_GAMES, help="games for each size of room")
    asked = parser.parse_args(arguments)
    scenario = shipped.scenario(asked.scenario)
    least, most = scenario.made_for
    pars = {seats: measure(scenario, seats, asked.games) for seats in SIZES if least <= seats <= most}
    sys.stdout.write("\n".join(tables(asked.scenario, scenario, asked.games, pars)) + "\n")


if __name__ == "__main__":
    main()
