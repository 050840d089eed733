"""A playtest is run: all games of a plan are played in waves, and each row is kept as soon as it is there.

Answers the rows of every game that was played, also when somebody stops it, workers die or a cluster is lost. A game
whose row is in the folder is not played again: the same command goes on where it stopped. The same plan gives the same
rows on any engine, in one go or in several. One wave at a time is in memory, however many games there are.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import attrs

from makersphere_playtest.games.kept_games import HeldGames, KeptGames, Rows
from makersphere_playtest.games.worker_pools import ClusterLost, Engine, NoCluster, WorkerDied, cores
from makersphere_playtest.plans.sweeps import Cell, Plan
from makersphere_playtest.plans.watched_game import Row, play_row

__all__ = ["WAVE", "Played", "run"]

WAVE: Final = 2000  # rows; workers wait for each other once in a wave
_DEATHS: Final = 3  # workers that may die before a playtest stops
_VERSION: Final = 4  # of the folder of rows

_Key = tuple[str, int]  # of a row: its cell and game


@attrs.frozen
class Played:
    """What was played.

    Attributes:
        rows: of all games of the plan that were played, now or before, in order of game and cell.
        resumed: how many of the rows were in the folder already.
        stopped: whether somebody stopped it before its end.
        lost: whether the cluster went away.
        deaths: how often a worker died.
    """

    plan: Plan
    rows: Collection[Row] = attrs.field(repr=False)
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
    plan: Plan, engine: Engine | None = None, *, folder: Path | None = None, done: Callable[[], None] = lambda: None
) -> Played:
    """Play the games of a plan that have no row yet; an interrupt ends the playtest with the rows that are there.

    Args:
        plan: what to play.
        engine: where; by default on all cores of this machine.
        folder: keeps the rows; without it they are held in memory.
        done: called after each game, and for each that was there already.

    Raises:
        OtherWork: the folder is of another playtest.
    """
    kept = (
        HeldGames()
        if folder is None
        else KeptGames({"playtest": _VERSION, **plan.tree()}, folder, _games_of_wave(plan))
    )
    return _Run(plan, engine or cores(), kept, done).to_the_end()


@attrs.define
class _Run:
    """A playtest as it is played.

    Attributes:
        count: rows that are there.
        resumed: of them, those that were there before.
    """

    plan: Plan
    engine: Engine
    kept: Rows
    done: Callable[[], None]
    count: int = 0
    resumed: int = 0
    deaths: int = 0
    is_stopped: bool = False
    is_lost: bool = False

    def to_the_end(self) -> Played:
        """Play wave after wave; once it is stopped, only count what other waves have."""
        for first, tasks in _waves(self.plan):
            self._wave(first, tasks)
        rows = _Kept(self.plan, self.kept, self.count)
        return Played(self.plan, rows, self.resumed, self.is_stopped, self.is_lost, self.deaths)

    @property
    def _is_over(self) -> bool:
        return self.is_stopped or self.is_lost or self.deaths >= _DEATHS

    def _wave(self, first: int, tasks: Sequence[tuple[Cell, int]]) -> None:
        wanted = {(cell.key, game) for cell, game in tasks}
        kept = _by_key(self.kept.wave(first))
        before = len(kept)
        self.resumed += len(wanted & kept.keys())
        try:
            for _ in wanted & kept.keys():
                self.done()
        except KeyboardInterrupt:
            self.is_stopped = True
        while not self._is_over and (left := [task for task in tasks if (task[0].key, task[1]) not in kept]):
            self._play(left, kept)
        self.count += len(wanted & kept.keys())
        if len(kept) > before:
            order = {cell.key: number for number, cell in enumerate(self.plan.cells)}
            rows = sorted(kept.values(), key=lambda row: (row["game"], order[row["cell"]]))
            self.kept.close(first, rows)

    def _play(self, left: Sequence[tuple[Cell, int]], kept: dict[_Key, Row]) -> None:
        """Play what is left of a wave until it is played, stopped, or a worker dies."""
        tasks = [(cell, self.plan.seats, self.plan.seed, game) for cell, game in left]
        try:
            with closing(self.engine(_play, tasks)) as played:
                for row in played:
                    self.kept.add(row)
                    kept[row["cell"], row["game"]] = row
                    self.done()
        except WorkerDied:
            self.deaths += 1
        except (ClusterLost, NoCluster):
            self.is_lost = True
        except KeyboardInterrupt:
            self.is_stopped = True


@attrs.frozen
class _Kept(Collection[Row]):
    """The rows of a plan, read wave by wave each time that somebody goes through them."""

    _plan: Plan
    _rows: Rows
    _count: int

    def __iter__(self) -> Iterator[Row]:
        for first, tasks in _waves(self._plan):
            found = _by_key(self._rows.wave(first))
            yield from (found[cell.key, game] for cell, game in tasks if (cell.key, game) in found)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


def _waves(plan: Plan) -> Iterator[tuple[int, list[tuple[Cell, int]]]]:
    """Yield the first game of each wave, and its tasks: whole games, so that sides have as many when it is stopped."""
    games = _games_of_wave(plan)
    for first in range(0, plan.games, games):
        yield first, [(cell, game) for game in range(first, min(first + games, plan.games)) for cell in plan.cells]


def _games_of_wave(plan: Plan) -> int:
    return max(1, WAVE // len(plan.cells))


def _by_key(rows: Sequence[Row]) -> dict[_Key, Row]:
    return {(row["cell"], row["game"]): row for row in rows}


def _play(cell: Cell, seats: int, seed: int, game: int) -> Row:
    is_worker = multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread()
    if is_worker:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the rows
    return play_row(cell, seats, seed, game)
