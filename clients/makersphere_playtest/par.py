"""Measure par: `python -m makersphere_playtest.par NAME` prints the `[par]` table of a shipped scenario.

Par is the median of the standard bot in each role, at each size of room that the scenario was made for. The
table goes into the scenario's file, with the line above it that tells how it was made; whoever changes rules
or bots makes it anew. Source: the rulebook's "The end".
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low

from makersphere_bots.catalogue import policy
from makersphere_playtest.headless import ANY, play
from makersphere_playtest.series import game_seed
from makersphere_rules import shipped
from makersphere_rules.modules.par import SIZES
from makersphere_rules.scenario import Scenario

__all__ = ["main", "measure", "table"]

ROLES = ("maker", "investor", "operator")
_SEED = 1955
_GAMES = 60


def measure(scenario: Scenario, seats: int, games: int, seed: int = _SEED) -> dict[str, int]:
    """Return the median final score of each role, of all its seats in `games` games of standard bots."""
    scores: dict[str, list[int]] = {role: [] for role in ROLES}
    for game in range(games):
        result = play(scenario, seats, game_seed(seed, game), {ANY: policy("standard")})
        for role, score in zip(result.roles, result.scores, strict=True):
            scores[role].append(score)
    return {role: median_low(found) for role, found in scores.items() if found}


def table(name: str, games: int, pars: Mapping[int, Mapping[str, int]]) -> Iterator[str]:
    """Yield the lines of the `[par]` table."""
    yield f"[par] # the standard bot's median: python -m makersphere_playtest.par {name} --games {games}"
    for role in ROLES:
        for seats, found in pars.items():
            yield f"{role}_{seats} = {found[role]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog="python -m makersphere_playtest.par", description="Print a [par] table.")
    parser.add_argument("scenario", metavar="NAME", help="a shipped scenario")
    parser.add_argument("--games", type=int, default=_GAMES, help="games for each size of room")
    asked = parser.parse_args(arguments)
    scenario = shipped.scenario(asked.scenario)
    least, most = scenario.made_for
    pars = {seats: measure(scenario, seats, asked.games) for seats in SIZES if least <= seats <= most}
    sys.stdout.write("\n".join(table(asked.scenario, asked.games, pars)) + "\n")


if __name__ == "__main__":
    main()
