"""Measure par: `python -m makersphere_playtest.par [NAME ...] [--write]`, for the shipped scenarios, by default all.

Prints, or with `--write` puts into the scenario's file, the percentiles of the standard bot's final scores by role, and
those of the best of each role, evened out so that each is the best of the table as often. That at each size of room:
those of `SIZES` that the scenario is made for, the ends of what it is made for, and its own. A scenario of several runs
has tables for each, `[run.par]`, of the scores of that run.
They are made again when rules or bots change. All sizes of all scenarios are played at once, on all cores: about eight
minutes of two.

A scenario's own size is played twice as often as the others. With 300 games a median is within 6 places of a hundred,
with 600 within 4, 95 times in 100, where a game has one seat of the role; and nearer where it has more. Source: the
rulebook's "The end".
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import cores
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.modules.par import BEST, PERCENTILES, Par
from makersphere_rules.scenario import Scenario

__all__ = ["Tables", "lines", "main", "measure", "percentiles", "powers", "progress", "scores", "sizes", "written"]

SIZES: Final = (3, 6, 8, 12, 18, 30, 60)  # seats
_ROLES: Final = (MAKER, INVESTOR, OPERATOR)
_TABLES: Final = (*_ROLES, *(f"{BEST}{role}" for role in _ROLES))
_COMMAND: Final = "python -m makersphere_playtest.par"
_SEED: Final = 1955
_GAMES: Final = 300  # of each size, and as many again of the own
_A_TASK: Final = 8  # games
_ROUNDS: Final = 60
_STEP: Final = 0.3  # of the way in each round

Scores = list[dict[str, list[int]]]  # of one game, for each run that counts: by table
Tables = dict[str, dict[int, list[int]]]  # of one run: the percentiles by table and size of room


def sizes(scenario: Scenario) -> list[int]:
    """Return the sizes of room at which a scenario is measured."""
    least, most = scenario.made_for
    return sorted({scenario.seats, least, most, *(size for size in SIZES if least <= size <= most)})


def _count(name: str, seats: int, games: int) -> int:
    """Return how many games are played of a size."""
    return games * (2 if seats == shipped.scenario(name).seats else 1)


def scores(scenario: Scenario, seats: int, game: int, seed: int = _SEED) -> Scores:
    """Play a game of standard bots; return the scores of each role and of its best, for each run that counts."""
    result = play(scenario, seats, game_seed(seed, game), {ANY: policy("standard")})
    found: Scores = []
    for counted in _counted(result):
        by_role = defaultdict(list)
        for role, score in zip(result.roles, counted, strict=True):
            by_role[role].append(score)
        found.append({**by_role, **{f"{BEST}{role}": [max(of_role)] for role, of_role in by_role.items()}})
    return found


def _counted(result: Result) -> Iterator[Sequence[int]]:
    """Yield the scores of all seats, in order, in each run that counts."""
    if not result.runs:
        yield result.scores
    for run in result.runs:
        if not run.practice:
            yield [run.scores[seat] for seat in sorted(run.scores)]


def percentiles(values: Sequence[int], power: float = 1) -> list[int]:
    """Return the values at `PERCENTILES`, each the smallest that so many of a hundred do not exceed.

    With a power, shares to it count as the percentiles: above 1 more is asked for the same place.
    """
    ordered, shares = sorted(values), ((share / 100) ** (1 / power) for share in PERCENTILES)
    return [ordered[max(ceil(round(len(ordered) * share, 6)), 1) - 1] for share in shares]


def powers(best: Sequence[Sequence[int]]) -> list[float]:
    """Return the power for each role by which the best of every role is the best of the table in as many games.

    Where all did well together, as makers and investors do, they would else share what the third has alone.

    Args:
        best: for each role, the score of its best in every game.
    """
    ordered = [sorted(scores) for scores in best]
    games = [
        [
            (bisect_left(all_, one) + bisect_right(all_, one)) / (2 * len(all_))
            for all_, one in zip(ordered, game, strict=True)
        ]
        for game in sorted(zip(*best, strict=True))
    ]
    found = [1.0] * len(best)
    for _ in range(_ROUNDS):
        firsts = [0] * len(best)
        for game in games:
            held = [place**power for place, power in zip(game, found, strict=True)]
            firsts[held.index(max(held))] += 1
        found = [
            power * (len(best) * (1 + first) / (len(best) + len(games))) ** _STEP
            for power, first in zip(found, firsts, strict=True)
        ]
    return found


def measure(
    names: Sequence[str], games: int, done: Callable[[int], None] = lambda _: None, jobs: int = -1
) -> dict[str, list[Tables]]:
    """Return the tables of each scenario, for each of its runs that counts.

    Args:
        names: shipped scenarios.
        games: of each size of room, and as many again of a scenario's own.
        done: called with a number of games whenever so many more were played.
        jobs: processes; -1 for all cores.
    """
    rooms = [(seats, name) for name in names for seats in sizes(shipped.scenario(name))]
    tasks = [  # the longest first, so that no core waits for the last
        (name, seats, range(first, min(first + _A_TASK, count)))
        for seats, name in sorted(rooms, reverse=True)
        for count in (_count(name, seats, games),)
        for first in range(0, count, _A_TASK)
    ]
    found: dict[tuple[str, int, int, str], list[int]] = defaultdict(list)
    for name, seats, played in cores(jobs)(_some_games, tasks):
        for run, by_table in ((run, by_table) for game in played for run, by_table in enumerate(game)):
            for table, values in by_table.items():
                found[name, run, seats, table] += values
        done(len(played))
    return {name: [_tables(found, name, run) for run, _ in enumerate(_runs(name))] for name in names}


def _tables(found: Mapping[tuple[str, int, int, str], Sequence[int]], name: str, run: int) -> Tables:
    measured = sizes(shipped.scenario(name))
    tables: Tables = {table: {} for table in _TABLES}
    for seats in measured:
        best = [found[name, run, seats, f"{BEST}{role}"] for role in _ROLES]
        for role, power, of_best in zip(_ROLES, powers(best), best, strict=True):
            tables[role][seats] = percentiles(found[name, run, seats, role])
            tables[f"{BEST}{role}"][seats] = percentiles(of_best, power)
    return tables


def _some_games(name: str, seats: int, games: Sequence[int]) -> tuple[str, int, list[Scores]]:
    scenario = shipped.scenario(name)
    return name, seats, [scores(scenario, seats, game) for game in games]


def _runs(name: str) -> list[str]:
    """Return the runs of a scenario that count, by name; one without a name where there are not several."""
    return [run.name for run in shipped.scenario(name).runs if not run.practice] or [""]


def lines(run: str, tables: Tables, how: str) -> Iterator[str]:
    """Yield the tables of a run as TOML; `how` is the command that measured them."""
    path = "run.par" if run else "par"
    shares = ", ".join(map(str, PERCENTILES))
    yield f"[{path}] # the standard bot's scores by seats, percentiles {shares}: {how}"
    for table, by_size in tables.items():
        yield f"[{path}.{table}]"
        yield from (f"{seats} = {values}" for seats, values in by_size.items())


def written(text: str, runs: Sequence[Sequence[str]]) -> str:
    """Return the text of a scenario's file with other tables of par, those of each run behind all else of the run."""
    blocks = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    kept = [block for block in blocks if not re.match(r"\[(run\.)?par[].]", block)]
    starts = [number for number, block in enumerate(kept) if block.startswith("[[run]]")]
    ends = [*starts[1:], len(kept)]
    for end, lines_of_run in reversed([*zip(ends, runs, strict=True)]):
        kept.insert(end, "\n".join(lines_of_run) + "\n")
    return "\n".join(f"{block.rstrip()}\n" for block in kept)


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Measure the par of shipped scenarios.")
    parser.add_argument("scenario", metavar="NAME", nargs="*", help="a shipped scenario; by default all with par")
    parser.add_argument("--games", type=int, default=_GAMES, help="games of each size of room")
    parser.add_argument("--write", action="store_true", help="write it into the scenarios' files")
    asked = parser.parse_args(arguments)
    names = asked.scenario or [name for name in shipped.scenario_names() if _has_par(name)]
    total = sum(_count(name, seats, asked.games) for name in names for seats in sizes(shipped.scenario(name)))
    with progress(total) as done:
        found = measure(names, asked.games, done)
    for name, runs in found.items():
        how = f"{_COMMAND} {name} --games {asked.games} --write"
        told = [[*lines(run, tables, how)] for run, tables in zip(_runs(name), runs, strict=True)]
        if asked.write:
            path = Path(str(files("makersphere_rules") / "data" / "scenarios" / f"{name}.toml"))
            path.write_text(written(path.read_text("utf-8"), told), "utf-8", newline="\n")
        else:
            sys.stdout.write("\n".join(["", f"# {name}", *(line for run in told for line in run)]) + "\n")


def _has_par(name: str) -> bool:
    return any(module.name == Par.name for module in shipped.scenario(name).modules)


@contextmanager
def progress(games: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error; yield what is to be called with the number of games that were played."""
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=games)
        yield lambda played: bar.advance(task, played)


if __name__ == "__main__":
    main()
