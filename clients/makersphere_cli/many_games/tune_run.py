"""One search at a command's order: what is wanted is read, settings are tried, and the best are shown and written.

Answers `makersphere tune` with its exit code. How settings are chosen is `makersphere_playtest.plans.tuning`'s to say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import attrs

from makersphere_cli.many_games.progress_bar import progress
from makersphere_cli.many_games.rows_file import saying_what_is_wrong_with
from makersphere_cli.many_games.tune_flags import TuneFlags
from makersphere_cli.many_games.where_played import engine_at
from makersphere_cli.reports import tune_html, tune_text
from makersphere_cli.scenarios.commented_file import written
from makersphere_cli.scenarios.lookup import load, say_if_outside
from makersphere_cli.speech.causes import cause, quoted
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_playtest.measured.measures import names
from makersphere_playtest.plans.sweeps import changed
from makersphere_playtest.plans.tuning import MOST_CHECKED, Task, Tuned, tune
from makersphere_playtest.plans.tuning_aims import AimsMistake, BadAims, read, wanted
from makersphere_rules import shipped
from makersphere_rules.engine import seating
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_server.storage.whole_file import write_whole

__all__ = ["run_tune"]

_STOPPED: Final = 130


def run_tune(name: str, target: Path, flags: TuneFlags) -> int:
    """Search, show and write what was asked; return the exit code.

    Raises:
        Trouble: what was asked cannot be played or written.
    """
    scenario = load(name)
    say_if_outside(scenario, flags.seats)
    tuned = _search(_task(scenario, target, flags), flags)
    if flags.write is not None:
        _write_scenario(flags.write, scenario, tuned)
    if flags.report is not None:
        _write(flags.report, tune_html.page(tuned))
    if flags.as_json:
        print(json.dumps(tuned.tree(), ensure_ascii=False))
    else:
        tune_text.show(tuned)
    if flags.write is not None:
        complain(say("tune_written" if tuned.best.values else "tune_written_as_is", file=str(flags.write)))
    return _STOPPED if tuned.stopped else 0


def _task(scenario: Scenario, target: Path, flags: TuneFlags) -> Task:
    """Return what is searched for, as the file of targets says it."""
    seats = len(seating(scenario, flags.seats or scenario.seats))
    try:
        asked = read(target.read_text("utf-8"))
        task = Task(
            source=scenario.source,
            seats=seats,
            games=flags.games,
            checks=flags.checks,
            seed=flags.seed,
            knobs=(),
            aims=(),
        )
        moving, aims = wanted(asked, scenario, names(task.first_game()))
        return attrs.evolve(task, knobs=moving, aims=aims)
    except BadAims as bad:
        raise _told(bad, target) from None
    except UnicodeDecodeError as error:
        raise Trouble("tune_file", why=say("cause.no_text", place=error.start + 1)) from None
    except OSError as error:
        raise Trouble("tune_unreadable", file=str(target), why=cause(error)) from None


def _told(bad: BadAims, target: Path) -> Trouble:
    """Return what is said of the mistakes in a file of targets: each in a line of its own where there are several."""
    told = [_of_one(mistake) for mistake in bad.mistakes]
    if len(told) == 1:
        return told[0]
    return Trouble("tune_mistakes", file=str(target), n=len(told), sentences="\n".join(map(str, told)))


def _of_one(mistake: AimsMistake) -> Trouble:
    if mistake.why == "file":
        return Trouble("tune_file", why=quoted(str(mistake.values["words"])))
    kind = "sweep" if mistake.why in ("module", "parameter", "range") else "tune"
    values = {name: f"{value:,}" if isinstance(value, int) else value for name, value in mistake.values.items()}
    return Trouble(f"{kind}_{mistake.why}", **values)


def _search(task: Task, flags: TuneFlags) -> Tuned:
    engine, games = engine_at(flags.cluster, flags.jobs or -1), flags.trials * task.games + MOST_CHECKED * task.checks
    with saying_what_is_wrong_with(flags.rows, "tune_other_rows"), progress(games) as done:
        return tune(task, flags.trials, engine, file=flags.rows, done=done)


def _write_scenario(file: Path, scenario: Scenario, tuned: Tuned) -> None:
    """Write the scenario with the best setting, as a file that says what each parameter means."""
    modules = shipped.modules()
    best = build(changed(scenario.source, tuned.best.values), modules)
    _write(file, written(best, file.stem, modules, scenario.name))


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text)
    except OSError as error:
        raise Trouble("file_unwritable", file=str(file), why=cause(error)) from None
