"""How the games of a playtest share two cores, and what memory many games take.

Workers are started before anything is measured: they are started once, however many games they play. What two busy
processes get done on this machine at all stands beside it: cores that share their units do less than two.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sweeps import Plan, plan, source_of
from makersphere_rules import shipped
from tests.bench.harness import Figures, at_least, at_most, bench
from tests.bench.servers import resident_bytes

_SEATS: Final = 12
_GAMES: Final = 160
_LOOPS: Final = 40
_WARM: Final = 200  # games after which what is kept once (tables, built scenarios, pages of the allocator) is there
_MANY: Final = 2000


@bench("playtest", two_over_one=at_least(1.9))
def playtest() -> Figures:
    """Play games of classroom on one core and on two, and hold the times against each other."""
    began = time.perf_counter()
    _play(_planned(8), 2)
    start_s = time.perf_counter() - began
    bare = [_took(partial(_loops, jobs)) for jobs in (1, 2)]
    walls = [_took(partial(_play, _planned(_GAMES), jobs)) for jobs in (1, 2)]
    return {
        "two_over_one": walls[0] / walls[1],
        "bare_two_over_one": bare[0] / bare[1],
        "games_per_s": _GAMES / walls[1],
        "start_s": start_s,
    }


def _planned(games: int) -> Plan:
    return plan(source_of(shipped.scenario_source("classroom")), _SEATS, games, 1)


def _play(what: Plan, jobs: int) -> None:
    if run(what, cores(jobs)).missing:
        raise AssertionError("games are missing")


def _loops(jobs: int) -> None:
    for _ in cores(jobs)(_loop, [(number,) for number in range(_LOOPS)]):
        pass


def _loop(number: int) -> int:
    for step in range(1_500_000):
        number = (number * 31 + step) % 1_000_003
    return number


def _took(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@bench("many-games", rounds=1, kib_per_1000_games=at_most(64))
def many_games() -> Figures:
    """Play thousands of games of quickstart one after another, and see what the process grows by."""
    quickstart = shipped.scenario("quickstart")
    for game in range(_WARM):
        play(quickstart, 6, game_seed(1, game), {ANY: Standard()})
    before = resident_bytes()
    for game in range(_WARM, _WARM + _MANY):
        play(quickstart, 6, game_seed(1, game), {ANY: Standard()})
    return {
        "kib_per_1000_games": (resident_bytes() - before) / 1024 / (_MANY / 1000),
        "resident_mib": before / (1 << 20),
    }
