"""A playtest is run: all games of a plan on all cores, each row kept as soon as it is there.

Answers the rows of every game that was played, also when somebody stops it or workers die; a file of rows is gone on
with, never played twice. The same plan gives the same rows on any number of cores, in one go or in several.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import attrs
from joblib import Parallel, delayed
from joblib.externals.loky.process_executor import TerminatedWorkerError

from makersphere_playtest.sweeps import Cell, Plan
from makersphere_playtest.watched import Row, play_row

__all__ = ["OtherPlaytest", "Played", "Rows", "run"]

_DEATHS: Final = 3  # workers that may die before a playtest stops
_VERSION: Final = 1  # of the file of rows

Task = tuple[Cell, int]


class OtherPlaytest(Exception):
    """A file of rows is of another playtest, or is none at all."""


@attrs.frozen
class Played:
    """What was played.

    Attributes:
        rows: of all games of the plan that were played, now or before, in order of cell and game.
        resumed: how many of them were there already.
        stopped: whether somebody stopped it before its end.
        deaths: how often a worker died.
    """

    plan: Plan
    rows: Sequence[Row] = attrs.field(repr=False)
    resumed: int = 0
    stopped: bool = False
    deaths: int = 0

    @property
    def missing(self) -> int:
        """Return how many games were not played."""
        return len(self.plan.cells) * self.plan.games - len(self.rows)


class Rows:
    """Rows by cell and game, and the file that keeps them if there is one.

    A file begins with a line on the plan; each further line is a row. A last line that was torn by a crash is dropped.
    """

    def __init__(self, plan: Plan, file: Path | None) -> None:
        """Take up what a file has.

        Raises:
            OtherPlaytest: the file is of another one.
            OSError: it cannot be read or written.
        """
        self.found: dict[tuple[str, int], Row] = {}
        self._file = file
        head = {"playtest": _VERSION, **plan.tree()}
        if file is None:
            return
        if not file.exists() or not file.stat().st_size:
            self._write(head)
            return
        kept = 0
        with file.open("rb") as lines:
            for number, line in enumerate(lines):
                tree = _whole(line)
                if tree is None:
                    break
                kept += len(line)
                if number == 0 and tree != head:
                    raise OtherPlaytest(str(file))
                if number:
                    self.found[tree["cell"], tree["game"]] = tree
        if not kept:
            raise OtherPlaytest(str(file))
        with file.open("r+b") as whole:
            whole.truncate(kept)

    def add(self, row: Row) -> None:
        """Keep a row."""
        self.found[row["cell"], row["game"]] = row
        self._write(row)

    def _write(self, tree: Row) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(tree, ensure_ascii=False) + "\n")


def _whole(line: bytes) -> dict[str, Any] | None:
    """Return a line as a tree, or None if it is torn."""
    try:
        tree = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return tree if isinstance(tree, dict) else None


def run(plan: Plan, *, jobs: int = -1, file: Path | None = None, done: Callable[[], None] = lambda: None) -> Played:
    """Play what of a plan has not been played yet; an interrupt ends it with what there is.

    Args:
        plan: what to play.
        jobs: processes; -1 for all cores.
        file: where rows are kept, and are found again.
        done: called after each game, and for each that was there already.
    """
    rows = Rows(plan, file)
    tasks = list(plan.tasks())
    resumed = sum((cell.key, game) in rows.found for cell, game in tasks)
    for _ in range(resumed):
        done()
    deaths, is_stopped = 0, False
    while deaths < _DEATHS and not is_stopped:
        left = [(cell, game) for cell, game in tasks if (cell.key, game) not in rows.found]
        try:
            with closing(_played(plan, left, jobs)) as played:
                for row in played:
                    rows.add(row)
                    done()
            break
        except TerminatedWorkerError:
            deaths += 1
        except KeyboardInterrupt:
            is_stopped = True
    order = [(cell.key, game) for cell in plan.cells for game in range(plan.games)]
    return Played(plan, [rows.found[one] for one in order if one in rows.found], resumed, is_stopped, deaths)


def _played(plan: Plan, tasks: Sequence[Task], jobs: int) -> Generator[Row]:
    if not tasks:
        return
    pool = Parallel(n_jobs=jobs, return_as="generator_unordered")
    stream = pool(delayed(_play)(cell, plan.seats, plan.seed, game) for cell, game in tasks)
    try:
        for row in stream:  # noqa: UP028  (it is closed below, where its word on what is cancelled is not wanted)
            yield row
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stream.close()


def _play(cell: Cell, seats: int, seed: int, game: int) -> Row:
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who keeps the rows
    return play_row(cell, seats, seed, game)
