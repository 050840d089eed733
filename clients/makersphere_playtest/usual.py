"""Measure what usually happens: `python -m makersphere_playtest.usual [NAME ...] [--write]`, for the shipped lessons.

Prints, or with `--write` puts into the lesson's file, what 400 games of standard bots brought at the scenario's usual
number of seats: of each outcome the value that one game in ten does not reach, the middle one, and the value that nine
in ten do not pass. It is made again when rules, bots or values change: `digest` says how the first games went, and a
test plays these again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.measured.outcomes import outcomes
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.par import progress
from makersphere_rules import shipped
from makersphere_rules.lessons.packs import Usual, pack

__all__ = ["OUTCOMES", "digest", "lines", "main", "measure", "written"]

OUTCOMES: Final = ("births", "products", "exits", "badges_lost", "deals", "efficiency", "energy_in", "gini_makers")
_SHARES: Final = (0.1, 0.5, 0.9)
_COMMAND: Final = "python -m makersphere_playtest.usual"
_SEED: Final = 1789
_GAMES: Final = 400
_A_TASK: Final = 8  # games
_DIGESTED: Final = 2  # of the first games
_DIGITS: Final = 12


def digest(name: str) -> str:
    """Return how the first games of a scenario go, as twelve hexadecimal digits: other play, other digits.

    Two states may differ in how they are stored and not in how they are played, so scores and figures are counted, and
    no stored state.
    """
    found = hashlib.sha256()
    for game in range(_DIGESTED):
        played = _play(name, game)
        found.update(json.dumps([played.scores, [*played.figures.values()]], sort_keys=True).encode())
    return found.hexdigest()[:_DIGITS]


def measure(names: Sequence[str], games: int, done: Callable[[int], None] = lambda _: None) -> dict[str, Usual]:
    """Return what usually happens in each scenario.

    Args:
        names: shipped scenarios.
        games: of each.
        done: called with a number of games whenever so many more were played.
    """
    tasks = [(name, range(first, min(first + _A_TASK, games))) for name in names for first in range(0, games, _A_TASK)]
    spreads = {name: {outcome: Spread() for outcome in OUTCOMES} for name in names}
    for name, found in cores(-1)(_some_games, tasks):
        for values in found:
            for outcome, value in zip(OUTCOMES, values, strict=True):
                spreads[name][outcome].add(value)
        done(len(found))
    return {
        name: Usual(
            games,
            shipped.scenario(name).seats,
            digest(name),
            {outcome: _three(spread) for outcome, spread in by_outcome.items()},
        )
        for name, by_outcome in spreads.items()
    }


def _three(spread: Spread) -> tuple[float, float, float]:
    least, middle, most = (spread.quantile(share) for share in _SHARES)
    return least, middle, most


def _some_games(name: str, games: Sequence[int]) -> tuple[str, list[tuple[float, ...]]]:
    results = (outcomes(_play(name, game)) for game in games)
    return name, [tuple(found[outcome] for outcome in OUTCOMES) for found in results]


def _play(name: str, game: int) -> Result:
    scenario = shipped.scenario(name)
    return play(scenario, scenario.seats, game_seed(_SEED, game), {ANY: policy("standard")}, keep=True)


def lines(name: str, usual: Usual) -> Iterator[str]:
    """Yield what usually happens as TOML."""
    yield f"[usual] # what one game in ten does not reach, the middle, what nine do not pass: {_COMMAND} {name} --write"
    yield f"games = {usual.games}"
    yield f"seats = {usual.seats}"
    yield f'digest = "{usual.digest}"'
    yield "[usual.figures]"
    yield from (f"{outcome} = {json.dumps(values)}" for outcome, values in usual.figures.items())


def written(text: str, found: Sequence[str]) -> str:
    """Return the text of a lesson's file with another table of what usually happens, which stands last."""
    return "\n".join([text.partition("[usual]")[0].rstrip(), "", *found, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Measure what usually happens in a lesson.")
    parser.add_argument("scenario", metavar="NAME", nargs="*", help="a shipped scenario; by default all with a lesson")
    parser.add_argument("--games", type=int, default=_GAMES, help="games of each scenario")
    parser.add_argument("--write", action="store_true", help="write it into the lessons' files")
    asked = parser.parse_args(arguments)
    names = asked.scenario or [name for name in shipped.scenario_names() if pack(name)]
    with progress(asked.games * len(names)) as done:
        found: Mapping[str, Usual] = measure(names, asked.games, done)
    for name, usual in found.items():
        told = [*lines(name, usual)]
        if asked.write:
            path = Path(str(files("makersphere_rules") / "data" / "lessons" / f"{name}.toml"))
            path.write_text(written(path.read_text("utf-8"), told), "utf-8", newline="\n")
        else:
            sys.stdout.write("\n".join(["", f"# {name}", *told]) + "\n")


if __name__ == "__main__":
    main()
