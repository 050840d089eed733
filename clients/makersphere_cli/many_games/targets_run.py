"""The table of targets at a command's order: scenario after scenario and size after size is played, then judged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from makersphere_bots.naive import swaps
from makersphere_cli.many_games.progress_bar import progress
from makersphere_cli.many_games.rows_file import folder_of_rows, saying_what_is_wrong_with
from makersphere_cli.many_games.targets_flags import TargetsFlags
from makersphere_cli.many_games.where_played import engine_at
from makersphere_cli.reports import targets_text
from makersphere_cli.scenarios.lookup import load
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_playtest.measured.intervals import CONFIDENCE
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sides import plain
from makersphere_playtest.plans.sweeps import FORGOING, Plan
from makersphere_playtest.plans.targets_by_size import SIZES, Entry, entries, plans
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.engine import seating
from makersphere_rules.scenario import Scenario
from makersphere_server.storage.whole_file import write_whole

__all__ = ["run_targets"]

_STOPPED: Final = 130
_ROLES: Final = (MAKER, INVESTOR, OPERATOR)


def run_targets(scenarios: Sequence[str], flags: TargetsFlags) -> int:
    """Play, judge and show the table; return the exit code.

    Args:
        scenarios: names or files; none: all that ship and can be held against the targets.
        flags: of the table.

    Raises:
        Trouble: what was asked cannot be played, or no scenario is made for such a size.
    """
    planned, engine = _plans(scenarios, flags), engine_at(flags.cluster, flags.jobs or -1)
    if not planned:
        raise Trouble("targets_nothing")
    found: list[Findings] = []
    is_stopped = False
    with folder_of_rows(flags.rows) as folder, progress(sum(one.games * len(one.cells) for one in planned)) as done:
        for one in planned:
            own = folder / f"{one.scenario}-{one.seats}"
            with saying_what_is_wrong_with(own, "playtest_other_rows"):
                folder.mkdir(exist_ok=True)  # a new one holds a folder for each scenario and size
                played = run(one, engine, folder=own, done=done)
            is_stopped = played.stopped or played.lost
            if len(played.rows):
                found.append(findings(played))
            if is_stopped:
                break
    table = entries(found, every=flags.every)
    if flags.report is not None:
        _write(flags.report, "\n".join([*targets_text.page(table), ""]))
    _show(table, as_json=flags.as_json)
    return _STOPPED if is_stopped else int(any(one.failed for one in found))


def _write(report: Path, page: str) -> None:
    try:
        write_whole(report, page)
    except OSError as error:
        raise Trouble("report_unwritable", file=str(report), why=cause(error)) from None


def _plans(scenarios: Sequence[str], flags: TargetsFlags) -> list[Plan]:
    """Return what is played, the scenarios in the order in which they were named."""
    asked = [*map(load, scenarios or _held())]
    bound = (*FORGOING, *(swaps(_ROLES) if flags.naive else ()))
    return [*plans(asked, flags.seats or SIZES, flags.games, flags.seed, bound)]


def _held() -> list[str]:
    """Return the names of the shipped scenarios that are played once and have all three roles."""
    return [name for name in shipped.scenario_names() if _can_be_held(shipped.scenario(name))]


def _can_be_held(scenario: Scenario) -> bool:
    return not scenario.runs and set(_ROLES) <= set(seating(scenario, scenario.seats))


def _show(table: list[Entry], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"confidence": CONFIDENCE, "table": [_tree(one) for one in table]}, ensure_ascii=False))
    else:
        targets_text.show(table)


def _tree(one: Entry) -> dict[str, object]:
    targets = [{**plain(target), "verdict": target.verdict} for target in one.targets]
    return {"scenario": one.scenario, "seats": one.seats, "games": one.games, "targets": targets}
