"""What the report of very many games takes: CPU for ten thousand, memory for a million.

Games are made up, since playing a million takes hours: their rows are as large as played ones. Each goes the way of a
played one: into the folder of rows as Parquet, wave by wave, out of it again and into the report. In the bench of
memory each game of a few hundred comes again and again, since making them up would take longer than reading them.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import Played, run
from makersphere_playtest.plans.sweeps import Plan, plan, source_of
from makersphere_rules import shipped
from tests.bench.harness import CpuClock, Figures, at_most, bench
from tests.playtest.made_up_games import games

_SEATS: Final = 12
_GAMES: Final = 10_000
_MANY: Final = 1_000_000
_DIFFERENT: Final = 400
_RUNS: Final = 20  # of real games
_RUN: Final = 60  # games of a run
_KIB: Final = 1 if sys.platform == "linux" else 1024  # of what `getrusage` counts in, by a KiB


@bench("report", cpu_s=at_most(5))
def report() -> Figures:
    """Read ten thousand made-up games from the folder of rows and make their report."""
    with TemporaryDirectory() as folder:
        rows = [*games(_GAMES, 1)]
        played = run(_planned(_GAMES), _handing_out(rows), folder=Path(folder))
        del rows
        with CpuClock() as clock:
            _whole(played, _GAMES)
        return {"cpu_s": clock.own_s, "us_per_game": 1e6 * clock.own_s / _GAMES}


@bench("report-million", rounds=1, peak_mib=at_most(300))
def report_million() -> Figures:
    """Keep a million made-up games as Parquet, read them again and make their report, in little memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:  # where nothing else has taken memory
        return alone.submit(_million).result()


def _million() -> Figures:
    import resource  # noqa: PLC0415  (not on Windows)

    rows = [*games(_DIFFERENT, 1)]
    with TemporaryDirectory() as folder, CpuClock() as clock:
        played = run(_planned(_MANY), _handing_out(rows), folder=Path(folder))
        _whole(played, _MANY)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
    return {"peak_mib": peak / 1024, "folder_mib": size / (1 << 20), "us_per_game": 1e6 * clock.own_s / _MANY}


def _planned(number: int) -> Plan:
    return plan(source_of(shipped.scenario_source("classroom")), _SEATS, number, 1)


def _handing_out(rows: Sequence[dict[str, Any]]) -> Callable[..., Generator[dict[str, Any]]]:
    """Return an engine that hands out made-up rows in the place of played ones."""

    def results(_: object, tasks: Sequence[tuple[Any, ...]]) -> Generator[dict[str, Any]]:
        for *_cell, number in tasks:
            yield {**rows[number % len(rows)], "game": number}

    return results


def _whole(played: Played, number: int) -> Findings:
    found = findings(played)
    if played.missing or found.games != number:
        raise AssertionError("games are missing")
    return found


@bench("false-alarms", rounds=1, runs_that_say_anything=at_most(1))
def false_alarms() -> Figures:
    """Play twenty disjoint runs of sixty games of classroom, and count those whose report says that a group is off."""
    whole = run(plan(source_of(shipped.scenario_source("classroom")), _SEATS, _RUNS * _RUN, 61))
    rows = [*whole.rows]
    told = [_warned(rows[first : first + _RUN]) for first in range(0, len(rows), _RUN)]
    return {"runs_that_say_anything": float(sum(map(bool, told))), "sentences": float(sum(told))}


def _warned(rows: Sequence[dict[str, Any]]) -> int:
    """Return how many groups or seats a report of some games says are off."""
    found = findings(Played(_planned(len(rows)), rows))
    return sum(one.text.endswith(("_above", "_below")) for one in found.warnings)
