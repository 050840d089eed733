"""Measure what usually happens: `python -m makersphere_playtest.usual [NAME ...] [--write]`, for the shipped lessons.

Prints, or with `--write` puts into the lesson's file, what games of standard bots brought, for classes of several
sizes: 400 games at the scenario's usual number of seats, 100 at each other size. Of each outcome it is the value that
one game in ten does not reach, the middle one, and the value that nine in ten do not pass; `first_exit` is the season
in which a venture closes for the first time, and the season after the last where none does. `unused` are the commands
that lay open and that hard bots never sent in 20 games. It is made again when rules, bots or values change: `digest`
says how the first games went, and a test plays these again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import attrs
import msgspec

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.measured.outcomes import outcomes
from makersphere_playtest.measured.spread import Spread
from makersphere_playtest.par import progress
from makersphere_playtest.plans.sweeps import Cell
from makersphere_playtest.plans.watched_game import play_row
from makersphere_rules import shipped
from makersphere_rules.ecosystem.figures.life import EXITS
from makersphere_rules.lessons.packs import Usual, pack

__all__ = ["OUTCOMES", "digest", "lines", "main", "measure", "sizes", "written"]

_COUNTS: Final = ("births", "products", "exits", "badges_lost", "deals", "efficiency", "energy_in", "gini_makers")
OUTCOMES: Final = (*_COUNTS, "first_exit")
_SHARES: Final = (0.1, 0.5, 0.9)
_COMMAND: Final = "python -m makersphere_playtest.usual"
_MARK: Final = "# What usually happens, by seats:"
_SEED: Final = 1789
_SIZES: Final = (6, 12, 18, 24, 30, 45, 60)
_SIZES_OF_LONG: Final = (6, 12, 30)
_LONG: Final = 6  # seasons
_GAMES: Final = 400  # at the usual number of seats
_GAMES_BESIDE: Final = 100  # at each other
_HARD_GAMES: Final = 20
_A_TASK: Final = 8  # games
_DIGESTED: Final = 2  # of the first games
_DIGITS: Final = 12


def sizes(name: str) -> list[int]:
    """Return for how many seats it is measured, the fewest first: the scenario's own number is among them."""
    scenario = shipped.scenario(name)
    least, most = scenario.made_for
    some = _SIZES_OF_LONG if scenario.seasons > _LONG else _SIZES
    return sorted({scenario.seats, *(size for size in some if least <= size <= most)})


def digest(name: str, seats: int) -> str:
    """Return how the first games of a scenario go, as twelve hexadecimal digits: other play, other digits.

    Two states may differ in how they are stored and not in how they are played, so scores and figures are counted, and
    no stored state.
    """
    found = hashlib.sha256()
    for game in range(_DIGESTED):
        played = _play(name, seats, game)
        found.update(json.dumps([played.scores, [*played.figures.values()]], sort_keys=True).encode())
    return found.hexdigest()[:_DIGITS]


@attrs.frozen
class _Class:
    """Games of a scenario with so many seats."""

    name: str
    seats: int
    games: int


def measure(
    names: Sequence[str], games: int, beside: int, done: Callable[[int], None] = lambda _: None
) -> dict[str, list[Usual]]:
    """Return what usually happens in each scenario, by size, the smallest class first.

    Args:
        names: shipped scenarios.
        games: of each, with its own number of seats.
        beside: with each other number of seats.
        done: called with a number of games whenever so many more were played.
    """
    classes = [
        _Class(name, seats, games if seats == shipped.scenario(name).seats else beside)
        for name in names
        for seats in sizes(name)
    ]
    spreads = {each: {outcome: Spread() for outcome in OUTCOMES} for each in classes}
    tasks = [
        (each, range(at, min(at + _A_TASK, each.games))) for each in classes for at in range(0, each.games, _A_TASK)
    ]
    for each, found in cores(-1)(_some_games, tasks):
        for values in found:
            for outcome, value in zip(OUTCOMES, values, strict=True):
                spreads[each][outcome].add(value)
        done(len(found))
    unused = dict(cores(-1)(_unused, [(each,) for each in classes]))
    told: dict[str, list[Usual]] = defaultdict(list)
    for each, by_outcome in spreads.items():
        figures = {outcome: _three(spread) for outcome, spread in by_outcome.items()}
        told[each.name].append(Usual(each.games, each.seats, digest(each.name, each.seats), unused[each], figures))
    return dict(told)


def _unused(of: _Class) -> tuple[_Class, tuple[str, ...]]:
    """Return the commands that lay open in some game and that no hard bot sent in any."""
    source = msgspec.json.encode(tomllib.loads(shipped.scenario_source(of.name))).decode()
    cell = Cell("", source, {ANY: "shrewd"})
    offered: set[str] = set()
    sent: set[str] = set()
    for game in range(min(_HARD_GAMES, of.games)):
        row = play_row(cell, of.seats, _SEED, game)
        offered.update(row["offered"])
        sent.update(row["sent"])
    return of, tuple(sorted(offered - sent))


def _three(spread: Spread) -> tuple[float, float, float]:
    least, middle, most = (spread.quantile(share) for share in _SHARES)
    return least, middle, most


def _some_games(of: _Class, games: Sequence[int]) -> tuple[_Class, list[tuple[float, ...]]]:
    return of, [_measured(_play(of.name, of.seats, game)) for game in games]


def _measured(result: Result) -> tuple[float, ...]:
    found = outcomes(result)
    return (*(found[outcome] for outcome in _COUNTS), _first_exit(result))


def _first_exit(result: Result) -> int:
    """Return the season in which a venture closes for the first time; where none does, the one after the last."""
    closing = (
        season
        for season, figures in sorted(result.figures.items())
        if any(figures[f"exits_{reason}"] for reason in EXITS)
    )
    return next(closing, max(result.figures) + 1)


def _play(name: str, seats: int, game: int) -> Result:
    scenario = shipped.scenario(name)
    return play(scenario, seats, game_seed(_SEED, game), {ANY: policy("standard")}, keep=True)


def lines(name: str, by_size: Sequence[Usual]) -> Iterator[str]:
    """Yield what usually happens as TOML."""
    yield f"{_MARK} what one game in ten does not reach, the middle, what nine do not pass. {_COMMAND} {name} --write"
    for usual in by_size:
        yield "[[usual]]"
        yield f"games = {usual.games}"
        yield f"seats = {usual.seats}"
        yield f'digest = "{usual.digest}"'
        yield f"unused = {json.dumps(usual.unused)}"
        yield "[usual.figures]"
        yield from (f"{outcome} = {json.dumps(values)}" for outcome, values in usual.figures.items())


def written(text: str, found: Sequence[str]) -> str:
    """Return the text of a lesson's file with other tables of what usually happens, which stand last."""
    return "\n".join([text.partition(_MARK)[0].rstrip(), "", *found, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Measure what usually happens in a lesson.")
    parser.add_argument("scenario", metavar="NAME", nargs="*", help="a shipped scenario; by default all with a lesson")
    parser.add_argument("--games", type=int, default=_GAMES, help="games with a scenario's own number of seats")
    parser.add_argument("--beside", type=int, default=_GAMES_BESIDE, help="games with each other number of seats")
    parser.add_argument("--write", action="store_true", help="write it into the lessons' files")
    asked = parser.parse_args(arguments)
    names = asked.scenario or [name for name in shipped.scenario_names() if pack(name)]
    others = sum(len(sizes(name)) - 1 for name in names)
    with progress(asked.games * len(names) + asked.beside * others) as done:
        found: Mapping[str, list[Usual]] = measure(names, asked.games, asked.beside, done)
    for name, by_size in found.items():
        told = [*lines(name, by_size)]
        if asked.write:
            path = Path(str(files("makersphere_rules") / "data" / "lessons" / f"{name}.toml"))
            path.write_text(written(path.read_text("utf-8"), told), "utf-8", newline="\n")
        else:
            sys.stdout.write("\n".join(["", f"# {name}", *told]) + "\n")


if __name__ == "__main__":
    main()
