"""Measure how far alike tables lie apart: `python -m makersphere_playtest.alike [NAME ...] [--write]`.

Prints, or with `--write` puts into `data/spreads/NAME.toml`, for tables of several sizes: of each figure by which
tables are compared the standard deviation on its even scale, times the weight of its tails (how far one table in two
hundred lies, over how far it would by a normal distribution), then the value that one game in ten does not reach, the
middle one, and the value that nine do not pass; and for `NAMING`, by number of tables, the distance that the furthest
of all reaches in one of a hundred classes. Classes are drawn from the games, without a table twice. The method is in
`makersphere_rules.compared.apart`. It is made again when rules, bots or values change: `digest` says how the figures
of the first games were, and a test plays these again. By default all scenarios of which it is there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from statistics import NormalDist, pstdev
from typing import Final

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Policies, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.par import progress
from makersphere_rules import shipped
from makersphere_rules.compared.apart import distances, furthest
from makersphere_rules.compared.bots_spread import OneSize
from makersphere_rules.compared.figures import COMPARED, Reading, figures_of

__all__ = ["NAMING", "SIZES", "digest", "lines", "main", "measure", "one_size"]

NAMING: Final = ("classroom",)  # of which `run.py bench class-odd-table` has shown that few of alike tables are named
SIZES: Final = (12, 30)  # seats: what a class is dealt to, at least and at most
_COMMAND: Final = "python -m makersphere_playtest.alike"
_SEED: Final = 1847
_GAMES: Final = 120
_TABLES: Final = (3, 4, 5, 6, 8, 12)  # of a class
_CLASSES: Final = 1_000  # that are drawn for each
_REACHED_BY: Final = 0.01  # of them
_TAIL: Final = 0.005  # of tables, by which tails are weighed
_USUAL_TABLES: Final = 5
_A_TASK: Final = 8  # games
_DIGESTED: Final = 2  # of the first games
_DIGITS: Final = 12

Played = list[dict[str, Reading]]  # by game


def digest(name: str, seats: int) -> str:
    """Return what the first games of a scenario are compared by, as twelve hexadecimal digits."""
    told = [
        {figure: round(one.value, 6) for figure, one in each.items()} for each in _some_games(name, seats, [0, 1])[2]
    ]
    return hashlib.sha256(json.dumps(told[:_DIGESTED]).encode()).hexdigest()[:_DIGITS]


def measure(names: Sequence[str], games: int, done: Callable[[int], None] = lambda _: None) -> dict[str, list[OneSize]]:
    """Return how far alike tables of each scenario lie apart, by size, the smallest first.

    Args:
        names: shipped scenarios.
        games: of each size.
        done: called with a number of games whenever so many more were played.
    """
    tasks = [
        (name, seats, list(range(first, min(first + _A_TASK, games))))
        for name in names
        for seats in SIZES
        for first in range(0, games, _A_TASK)
    ]
    found: dict[tuple[str, int], dict[int, Played]] = {}
    for name, seats, played, first in cores(-1)(_numbered, tasks):
        found.setdefault((name, seats), {})[first] = played
        done(len(played))
    in_order = {key: [one for _, some in sorted(parts.items()) for one in some] for key, parts in found.items()}
    tables = {name: _TABLES if name in NAMING else () for name in names}
    return {name: [one_size(seats, in_order[name, seats], tables=tables[name]) for seats in SIZES] for name in names}


def _numbered(name: str, seats: int, games: Sequence[int]) -> tuple[str, int, Played, int]:
    return *_some_games(name, seats, games), games[0]


def _some_games(name: str, seats: int, games: Sequence[int]) -> tuple[str, int, Played]:
    scenario = shipped.scenario(name)
    everybody: Policies = {ANY: policy("standard")}
    found: Played = []
    for game in games:
        state = play(scenario, seats, game_seed(_SEED, game), everybody, keep=True).state
        assert state is not None  # noqa: S101  (it was asked for)
        found.append(figures_of(state))
    return name, seats, found


def one_size(seats: int, played: Played, classes: int = _CLASSES, tables: Sequence[int] = _TABLES) -> OneSize:
    """Return how far tables lie apart that were played alike.

    Args:
        seats: of each.
        played: their figures, by game.
        classes: how many are drawn for each number of tables.
        tables: for which numbers of tables.
    """
    even = [{name: one.even for name, one in each.items()} for each in played]
    spread = _weighted(even, {name: pstdev(each[name] for each in even) for name in COMPARED}, classes)
    usual = {name: _three([each[name].value for each in played]) for name in COMPARED}
    least = {number: _reached(even, spread, number, classes) for number in tables if number <= len(even)}
    return OneSize(seats, len(played), least, spread, usual)


def _weighted(even: Sequence[Mapping[str, float]], spread: Mapping[str, float], classes: int) -> dict[str, float]:
    """Return the spread of each figure, larger the heavier its tails are in classes of a usual number of tables."""
    drawn = random.Random(f"{_SEED}:tails")
    far: dict[str, list[float]] = {name: [] for name in spread}
    for _ in range(classes):
        for each in distances(drawn.sample(even, min(_USUAL_TABLES, len(even))), spread):
            for name, distance in each.items():
                far[name].append(abs(distance))
    return {
        name: value * sorted(far[name])[int((1 - _TAIL) * len(far[name]))] / NormalDist().inv_cdf(1 - _TAIL / 2)
        for name, value in spread.items()
    }


def _reached(even: Sequence[Mapping[str, float]], spread: Mapping[str, float], tables: int, classes: int) -> float:
    """Return the distance that the furthest table reaches in so few classes."""
    drawn = random.Random(f"{_SEED}:{tables}")
    reached = sorted(abs(furthest(drawn.sample(even, tables), spread).distance) for _ in range(classes))
    return reached[int((1 - _REACHED_BY) * classes)]


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    ordered, last = sorted(values), len(values) - 1
    return ordered[last // 10], ordered[last // 2], ordered[last - last // 10]


def lines(name: str, by_size: Sequence[OneSize], digests: Sequence[str]) -> Iterator[str]:
    """Yield the numbers of a scenario as TOML."""
    yield "# How far alike tables of bots lie apart, by seats. Of each figure: its spread on its even scale, then"
    yield "# what one game in ten does not reach, the middle, what nine do not pass."
    if any(one.least for one in by_size):
        yield "# `least`: by number of tables, the distance that one alike class in a hundred reaches."
    yield f"# {_COMMAND} {name} --write"
    for one, told in zip(by_size, digests, strict=True):
        yield from ("[[size]]", f"seats = {one.seats}", f"games = {one.games}", f'digest = "{told}"')
        yield from ("[size.least]",) if one.least else ()
        yield from (f"{tables} = {distance:.3f}" for tables, distance in one.least.items())
        yield "[size.figures]"
        for figure in COMPARED:
            usual = ", ".join(f"{value:.2f}" for value in one.usual[figure])
            yield f"{figure} = [{one.spread[figure]:.5f}, {usual}]"


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Measure how far alike tables lie apart.")
    parser.add_argument("scenario", metavar="NAME", nargs="*", help="a shipped scenario; by default those that have it")
    parser.add_argument("--games", type=int, default=_GAMES, help="games of each size")
    parser.add_argument("--write", action="store_true", help="write it into the scenarios' files")
    asked = parser.parse_args(arguments)
    folder = Path(str(files("makersphere_rules") / "data" / "spreads"))
    names = asked.scenario or sorted(path.stem for path in folder.glob("*.toml"))
    with progress(asked.games * len(names) * len(SIZES)) as done:
        found = measure(names, asked.games, done)
    for name, by_size in found.items():
        text = "\n".join([*lines(name, by_size, [digest(name, one.seats) for one in by_size]), ""])
        if asked.write:
            (folder / f"{name}.toml").write_text(text, "utf-8", newline="\n")
        else:
            sys.stdout.write(text)


if __name__ == "__main__":
    main()
