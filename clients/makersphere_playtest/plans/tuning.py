"""Tuning: a search for values of parameters that bring a scenario to its targets, with as few of them moved as may be.

Answers every setting that was tried with what was measured, and the settings that no other one beats in both: nearer to
the targets, and fewer values moved. The best of many settings is the best partly by luck, so the unbeaten ones are
played again with games that the search has not seen. Each setting plays the same seeds. A file keeps the settings that
were tried; a search that goes on with the file finds the same as in one go.

Source: the optimiser is Optuna's (tree-structured Parzen estimator; Bergstra et al. 2011, Ozaki et al. 2022).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, IntDistribution
from optuna.samplers import TPESampler
from optuna.trial import TrialState, create_trial

from makersphere_playtest.games.headless import ANY
from makersphere_playtest.games.kept_rows import Kept
from makersphere_playtest.games.worker_pools import Engine
from makersphere_playtest.measured.intervals import Estimate, estimate, share
from makersphere_playtest.measured.measures import is_share, measure
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sweeps import AsIs, Cell, Plan, changed
from makersphere_playtest.plans.tuning_aims import Aim, Knob
from makersphere_playtest.plans.watched_game import Row, play_row
from makersphere_rules.mistakes import ScenarioError

__all__ = ["MOST_CHECKED", "Task", "Tried", "Tuned", "tune"]

_VERSION: Final = 2  # of the file of settings
_AT_RANDOM: Final = 12  # settings before the optimiser has something to go by
MOST_CHECKED: Final = 7  # settings that are played again, the scenario as it is included
_MOVED: Final = "moved "  # before a parameter: whether it is moved at all

Values = dict[str, int]


@attrs.frozen
class Task:
    """What is searched for.

    Attributes:
        source: the scenario's mapping.
        games: how many games each setting plays.
        checks: how many games each setting plays that is played again.
    """

    source: Mapping[str, Any] = attrs.field(repr=False)
    seats: int
    games: int
    checks: int
    seed: int
    knobs: Sequence[Knob]
    aims: Sequence[Aim]

    def tree(self) -> dict[str, Any]:
        """Return what has to be the same in the file of settings, ready for JSON."""
        asked = {"source": dict(self.source), "seats": self.seats, "games": self.games, "seed": self.seed}
        moving = {"knobs": [attrs.asdict(one) for one in self.knobs], "aims": [attrs.asdict(one) for one in self.aims]}
        return {"tune": _VERSION, **asked, **moving}

    def plan(self, settings: Sequence[Values], games: int, seed: int) -> Plan:
        """Return the games of some settings, each a cell whose key is its number.

        Raises:
            ScenarioError: the values of a setting do not go together.
        """
        who = {ANY: "standard"}
        sources = [json.dumps(changed(self.source, values)) for values in settings]
        cells = tuple(Cell(str(number) if number else AsIs, text, who) for number, text in enumerate(sources))
        return Plan(str(self.source["name"]), self.seats, games, seed, (), cells)

    def first_game(self) -> Row:
        """Return the first game of the scenario as it is: its measures are those that an aim can name."""
        plan = self.plan([{}], 1, self.seed)
        return play_row(plan.cells[0], self.seats, self.seed, 0)

    def miss(self, measured: Mapping[str, Estimate]) -> float:
        """Return how far all aims together are missed."""
        return sum(aim.miss(measured[aim.name].mean) for aim in self.aims if aim.name in measured)


@attrs.frozen
class Tried:
    """A setting that was tried.

    Attributes:
        values: of the parameters that are moved, by path.
        measured: the mean of each measure, by name.
        miss: how far all aims together are missed, in widths of their bounds.
    """

    values: Values
    measured: Mapping[str, Estimate]
    miss: float


@attrs.frozen
class Tuned:
    """What a tuning found.

    Attributes:
        tried: all settings, the scenario as it is first.
        checked: the settings that no other one beats, the scenario as it is first, then by the number of values moved.
            They are measured in games that the search has not seen, unless it was stopped.
        stopped: whether somebody stopped it before its end.
    """

    task: Task
    tried: Sequence[Tried]
    checked: Sequence[Tried]
    stopped: bool

    @property
    def best(self) -> Tried:
        """Return the checked setting that misses least; of equal ones, that with the fewest values moved."""
        return min(self.checked, key=lambda one: (one.miss, len(one.values)))

    def tree(self) -> dict[str, Any]:
        """Return the tuning ready for JSON."""
        return {
            **{name: value for name, value in self.task.tree().items() if name != "source"},
            "scenario": self.task.source["name"],
            "tried": [attrs.asdict(one) for one in self.tried],
            "checked": [attrs.asdict(one) for one in self.checked],
            "best": self.best.values,
            "stopped": self.stopped,
        }


def tune(
    task: Task, trials: int, engine: Engine, *, file: Path | None = None, done: Callable[[], None] = lambda: None
) -> Tuned:
    """Search, then play the unbeaten settings again; an interrupt ends the search with the settings tried so far.

    Args:
        task: what is searched for.
        trials: settings that are tried, those of the file included.
        engine: where games are played.
        file: keeps the settings.
        done: called after each game.

    Raises:
        OtherWork: the file is of another tuning.
        KeyboardInterrupt: not even the scenario as it is was measured.
    """
    kept = Kept(task.tree(), file)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(directions=["minimize", "minimize"])
    for line in kept.lines:
        _tell(study, task, line)
    is_stopped = False
    try:
        while len(kept.lines) < trials and not is_stopped:
            new = _try(study, task, len(kept.lines), engine, done)
            is_stopped = new is None
            if new is not None:
                kept.add(new)
                _tell(study, task, new)
    except KeyboardInterrupt:
        is_stopped = True
    tried = [_tried(task, line["values"], line["measured"]) for line in kept.lines if line["measured"]]
    if not tried:
        raise KeyboardInterrupt
    front = _front(tried)
    checked = front if is_stopped else _checked(task, [one.values for one in front], engine, done)
    return Tuned(task, tried, checked or front, is_stopped or not checked)


def _tried(task: Task, values: Values, measured: Mapping[str, Sequence[float]]) -> Tried:
    found = {name: Estimate(*numbers) for name, numbers in measured.items()}
    return Tried(values, found, task.miss(found))


def _spaces(task: Task) -> dict[str, BaseDistribution]:
    found: dict[str, BaseDistribution] = {}
    for knob in task.knobs:
        found[_MOVED + knob.path] = CategoricalDistribution((False, True))
        found[knob.path] = IntDistribution(knob.lo, knob.hi)
    return found


def _tell(study: optuna.Study, task: Task, line: Mapping[str, Any]) -> None:
    """Tell the optimiser of a setting that was measured, or that cannot be played."""
    spaces, asked = _spaces(task), line["asked"]
    distributions = {name: spaces[name] for name in asked}
    if not line["measured"]:
        study.add_trial(create_trial(state=TrialState.FAIL, params=asked, distributions=distributions))
        return
    tried = _tried(task, line["values"], line["measured"])
    values = [tried.miss, float(len(tried.values))]
    study.add_trial(create_trial(values=values, params=asked, distributions=distributions))


def _asked(study: optuna.Study, task: Task, number: int) -> dict[str, Any]:
    """Return the setting that the optimiser wants to try next; the first one is the scenario as it is."""
    if number == 0:
        return {_MOVED + knob.path: False for knob in task.knobs}
    # made for each question, which depends on the seed and on what is known, not on how often it was stopped
    study.sampler = TPESampler(seed=(task.seed * 1_000_003 + number) % 2**32, n_startup_trials=_AT_RANDOM)
    trial = study.ask()
    for knob in task.knobs:
        if trial.suggest_categorical(_MOVED + knob.path, (False, True)):
            trial.suggest_int(knob.path, knob.lo, knob.hi)
    study.tell(trial, state=TrialState.FAIL)  # its result is told with `add_trial`, as that of a setting from a file is
    return dict(trial.params)


def _try(
    study: optuna.Study, task: Task, number: int, engine: Engine, done: Callable[[], None]
) -> dict[str, Any] | None:
    """Return the next setting and what was measured as a line to keep; None: it was not played to the end."""
    asked = _asked(study, task, number)
    now = {knob.path: knob.now for knob in task.knobs}
    values = {path: value for path, value in asked.items() if path in now and value != now[path]}
    line: dict[str, Any] = {"asked": asked, "values": values, "measured": {}}
    try:
        plan = task.plan([values], task.games, task.seed)
    except ScenarioError:  # the values do not go together
        for _ in range(task.games):
            done()
        return line
    played = run(plan, engine, done=done)
    found = {name: attrs.astuple(one) for name, one in _measured(task, played.rows).items()}
    return None if played.missing else {**line, "measured": found}


def _measured(task: Task, rows: Iterable[Row]) -> dict[str, Estimate]:
    games = [row for row in rows if "failed" not in row]
    values = {aim.name: measure(games, aim.name) for aim in task.aims} if games else {}
    return {name: _estimated(name, some) for name, some in values.items() if some}


def _estimated(name: str, values: Sequence[float]) -> Estimate:
    return share(value > 0 for value in values) if is_share(name) else estimate(values)


def _front(tried: Sequence[Tried]) -> list[Tried]:
    """Return the scenario as it is, then the settings that miss less than all others with as few values moved."""
    front = [tried[0]]
    for one in sorted(tried, key=lambda one: (len(one.values), one.miss)):
        if one.miss < front[-1].miss:
            front = [*(better for better in front if len(better.values) < len(one.values)), one]
    return [tried[0], *(one for one in front if one.values)][:MOST_CHECKED]


def _checked(task: Task, settings: Sequence[Values], engine: Engine, done: Callable[[], None]) -> list[Tried]:
    """Play settings again with games that the search has not seen; return none where that is stopped."""
    played = run(task.plan(settings, task.checks, task.seed + 1), engine, done=done)
    cells: dict[str, list[Row]] = {}
    for row in played.rows:
        cells.setdefault(row["cell"], []).append(row)
    if played.missing:
        return []
    measured = [_measured(task, cells[str(number) if number else AsIs]) for number in range(len(settings))]
    return [Tried(values, found, task.miss(found)) for values, found in zip(settings, measured, strict=True)]
