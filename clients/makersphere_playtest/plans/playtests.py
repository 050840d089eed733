"""A playtest is run: all games of a plan are played, and each row is kept as soon as it is there.

Answers the rows of every game that was played, also when somebody stops it, workers die or a cluster is lost. A game
whose row is in the file is not played again. The same plan gives the same rows on any engine, in one go or in several.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import attrs

from makersphere_playtest.games.kept_rows import Kept
from makersphere_playtest.games.worker_pools import ClusterLost, Engine, WorkerDied, cores
from makersphere_playtest.plans.sweeps import Cell, Plan
from makersphere_playtest.plans.watched_game import Row, play_row

__all__ = ["Played", "run"]

_DEATHS: Final = 3  # workers that may die before a playtest stops
_VERSION: Final = 2  # of the file of rows


@attrs.frozen
class Played:
    """What was played.

    Attributes:
        rows: of all games of the plan that were played, now or before, in order of game and cell.
        resumed: how many of the rows were in the file already.
        stopped: whether somebody stopped it before its end.
        lost: whether the cluster went away.
        deaths: how often a worker died.
    """

    plan: Plan
    rows: Sequence[Row] = attrs.field(repr=False)
    resumed: int = 0
    stopped: bool = False
    lost: bool = False
    deaths: int = 0

    @property
    def missing(self) -> int:
        """Return how many games were not played."""
        return len(self.plan.cells) * self.plan.games - len(self.rows)

    def by_game(self) -> Iterator[Sequence[Row]]:
        """Yield the rows of each game, one of every side on which it was played."""
        for _, rows in groupby(self.rows, key=itemgetter("game")):
            yield [*rows]


def run(
    plan: Plan, engine: Engine | None = None, *, file: Path | None = None, done: Callable[[], None] = lambda: None
) -> Played:
    """Play the games of a plan that have no row yet; an interrupt ends the playtest with the rows that are there.

    Args:
        plan: what to play.
        engine: where; by default on all cores of this machine.
        file: keeps the rows.
        done: called after each game, and for each that was there already.

    Raises:
        OtherWork: the file is of another playtest.
    """
    kept = Kept({"playtest": _VERSION, **plan.tree()}, file)
    found = {(row["cell"], row["game"]): row for row in kept.lines}
    tasks = [(cell, plan.seats, plan.seed, game) for cell, game in plan.tasks()]
    resumed = sum((cell.key, game) in found for cell, _, _, game in tasks)
    for _ in range(resumed):
        done()
    deaths, is_stopped, is_lost = 0, False, False
    while deaths < _DEATHS and not (is_stopped or is_lost):
        left = [task for task in tasks if (task[0].key, task[-1]) not in found]
        if not left:
            break
        try:
            with closing((engine or cores())(_play, left)) as played:
                for row in played:
                    kept.add(row)
                    found[row["cell"], row["game"]] = row
                    done()
        except WorkerDied:
            deaths += 1
        except ClusterLost:
            is_lost = True
        except KeyboardInterrupt:
            is_stopped = True
    order = [(cell.key, game) for cell, game in plan.tasks()]
    rows = [found[one] for one in order if one in found]
    return Played(plan, rows, resumed, is_stopped, is_lost, deaths)


def _play(cell: Cell, seats: int, seed: int, game: int) -> Row:
    is_worker = multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread()
    if is_worker:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the rows
    return play_row(cell, seats, seed, game)
