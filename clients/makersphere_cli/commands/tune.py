"""`makersphere tune`: a search for parameters that bring a scenario to targets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Json, Name, Seed, between
from makersphere_cli.paths import folder_at
from makersphere_cli.progress import progress
from makersphere_cli.rows_file import going_on_with
from makersphere_cli.speech.causes import cause, quoted
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_cli.worker_pool import engine_of

if TYPE_CHECKING:
    from makersphere_playtest.games.worker_pools import Engine
    from makersphere_playtest.plans.tuning import Task, Tuned
    from makersphere_rules.scenario import Scenario

__all__ = ["tune"]

_STOPPED: Final = 130


def tune(  # noqa: PLR0913  (its flags)
    scenario: Name,
    /,
    *,
    target: Path,
    trials: Annotated[int, Parameter(validator=between(2, 100_000))] = 100,
    games: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 100,
    checks: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 400,
    seats: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None,
    seed: Seed = 1,
    jobs: Annotated[int, Parameter(validator=between(1, 256))] | None = None,
    cluster: str = "",
    rows: Path | None = None,
    report: Path | None = None,
    write: Path | None = None,
    as_json: Json = False,
) -> int:
    """Search for parameters that bring a scenario to targets, with as few of them moved as may be.

    Args:
        scenario: the name of a shipped scenario, or a file.
        target: a file of what may move, [parameters], and what is wanted, [targets].
        trials: how many settings are tried.
        games: how many games each plays; all share their luck.
        checks: how many games those play again that nobody beats.
        seats: how many seats; by default the scenario's own number.
        seed: of the search and of the dice; the same seed finds the same, everywhere.
        jobs: how many processes; by default one for each core.
        cluster: play on a cluster that is there: dask://host:port, or ray.
        rows: a file that keeps each setting as a line of JSON; what is in it is not played again.
        report: write a page to read and print (.html).
        write: write the best setting as a scenario file (.toml).
        as_json: print one JSON object.
    """
    from makersphere_cli.scenarios.lookup import load, say_if_outside  # noqa: PLC0415  (quick --help)
    from makersphere_rules.engine import seating  # noqa: PLC0415

    _check(target, report, write)
    found = load(scenario)
    say_if_outside(found, seats)
    task = _task(found, target, (len(seating(found, seats or found.seats)), games, checks, seed))
    tuned = _tuned(task, trials, engine_of(cluster, jobs or -1), rows)
    if write is not None:
        _save(write, found, tuned)
    if report is not None:
        from makersphere_cli.reports.tune_html import page  # noqa: PLC0415  (quick --help)

        _put(report, page(tuned))
    if as_json:
        print(json.dumps(tuned.tree(), ensure_ascii=False))
    else:
        from makersphere_cli.reports.tune_text import show  # noqa: PLC0415  (quick --help)

        show(tuned)
    if write is not None:
        complain(say("tune_written" if tuned.best.values else "tune_written_as_is", file=str(write)))
    return _STOPPED if tuned.stopped else 0


def _check(target: Path, report: Path | None, write: Path | None) -> None:
    """Refuse files that could not be written, or not be played, before anything is played."""
    from makersphere_rules import shipped  # noqa: PLC0415  (quick --help)

    for file, suffix, kind in ((report, ".html", "report"), (write, ".toml", "scenario")):
        if file is not None and file.suffix != suffix:
            raise Trouble(f"tune_{kind}_kind", file=str(file))
        if file is not None and not folder_at(file.parent):
            raise Trouble("file_unwritable", file=str(file), why=say("cause.not_found"))
    if write is not None and write.resolve() == target.resolve():
        raise Trouble("tune_same_file", file=str(write))
    if write is not None and write.stem in shipped.scenario_names():
        raise Trouble("scenario_name_taken", file=str(write), name=write.stem)
    try:
        import optuna  # noqa: F401, PLC0415  (of the extra)
        import scipy  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="tune") from None


def _task(scenario: Scenario, target: Path, size: tuple[int, int, int, int]) -> Task:
    """Return what is asked; `size` are seats, games, checks and seed."""
    from makersphere_playtest.measured.measures import names  # noqa: PLC0415
    from makersphere_playtest.plans.tuning import Task  # noqa: PLC0415
    from makersphere_playtest.plans.tuning_aims import BadAims, aims, knobs, read  # noqa: PLC0415  (quick --help)

    seats, games, checks, seed = size
    try:
        asked = read(target.read_text("utf-8"))
        moving = knobs(asked["parameters"], scenario)
        task = Task(scenario.source, seats, games, checks, seed, moving, ())
        return attrs.evolve(task, aims=aims(asked["targets"], names(task.first_game())))
    except BadAims as bad:
        if bad.why == "file":
            raise Trouble("tune_file", why=quoted(str(bad.values["words"]))) from None
        text = f"sweep_{bad.why}" if bad.why in ("module", "parameter", "range") else f"tune_{bad.why}"
        values = {name: f"{value:,}" if isinstance(value, int) else value for name, value in bad.values.items()}
        raise Trouble(text, **values) from None
    except UnicodeDecodeError as error:
        raise Trouble("tune_file", why=say("cause.no_text", place=error.start + 1)) from None
    except OSError as error:
        raise Trouble("tune_unreadable", file=str(target), why=cause(error)) from None


def _tuned(task: Task, trials: int, engine: Engine, rows: Path | None) -> Tuned:
    from makersphere_playtest.plans.tuning import MOST_CHECKED  # noqa: PLC0415  (quick --help)
    from makersphere_playtest.plans.tuning import tune as search  # noqa: PLC0415

    with going_on_with(rows, "tune_other_rows"), progress(trials * task.games + MOST_CHECKED * task.checks) as done:
        return search(task, trials, engine, file=rows, done=done)


def _save(file: Path, scenario: Scenario, tuned: Tuned) -> None:
    """Write the scenario with the best setting, as a file that says what each parameter means."""
    from makersphere_cli.scenarios.commented_file import written  # noqa: PLC0415  (quick --help)
    from makersphere_playtest.plans.sweeps import changed  # noqa: PLC0415
    from makersphere_rules import shipped  # noqa: PLC0415
    from makersphere_rules.scenario_building import build  # noqa: PLC0415

    modules = shipped.modules()
    best = build(changed(scenario.source, tuned.best.values), modules)
    _put(file, written(best, file.stem, modules, scenario.name))


def _put(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble("file_unwritable", file=str(file), why=cause(error)) from None
