"""`makersphere playtest`: many games of a scenario, and what they say about it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Json, Name, Seed, between
from makersphere_cli.paths import folder_at
from makersphere_cli.progress import progress
from makersphere_cli.rows_file import going_on_with
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_cli.worker_pool import engine_of

if TYPE_CHECKING:
    from makersphere_playtest.games.worker_pools import Engine
    from makersphere_playtest.plans.findings import Findings
    from makersphere_playtest.plans.playtests import Played
    from makersphere_playtest.plans.sweeps import Plan
    from makersphere_rules.scenario import Scenario

__all__ = ["playtest"]

_PAGES: Final = (".html", ".json", ".parquet")
_STOPPED: Final = 130
_LESSON: Final = 45  # minutes
Jobs = Annotated[int, Parameter(validator=between(1, 256))]
Many = Annotated[list[str], Parameter(negative=())]


@attrs.frozen
class _Asked:
    scenario: Scenario
    seats: int
    games: int
    seed: int
    policies: Sequence[str]
    sweeps: Sequence[str]
    restricted: bool
    swaps: Sequence[str]


def playtest(  # noqa: PLR0913  (its flags)
    scenario: Name,
    /,
    *,
    games: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 200,
    seats: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None,
    policy: Many | None = None,
    sweep: Many | None = None,
    restricted: Annotated[bool, Parameter(negative=())] = False,
    swap: Many | None = None,
    seed: Seed = 1,
    jobs: Jobs | None = None,
    cluster: str = "",
    rows: Path | None = None,
    report: Path | None = None,
    lesson: Annotated[bool, Parameter(negative=())] = False,
    class_size: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None,
    minutes: Annotated[int, Parameter(validator=between(1, 600))] | None = None,
    as_json: Json = False,
) -> int:
    """Play many games of a scenario and say what they tell. The same seed gives the same numbers, everywhere.

    Args:
        scenario: the name of a shipped scenario, or a file.
        games: how many games of each side are played.
        seats: how many seats; by default the scenario's own number.
        policy: who plays: NAME for all, ROLE=NAME for a role; NAME may be one's own, package.module:Class.
        sweep: module.parameter=a,b,c plays each value too; several are combined.
        restricted: also play games in which one seat may not do one thing, or plays at random.
        swap: ROLE=NAME: also play games in which NAME plays one seat of a role, another seat in each game.
        seed: of the dice; all sides share their luck.
        jobs: how many processes; by default one for each core.
        cluster: play on a cluster that is there: dask://host:port, or ray.
        rows: a file that keeps each game as a line of JSON; what is in it is not played again.
        report: write a page to read and print (.html), all numbers (.json) or a row for each seat (.parquet).
        lesson: make the report one page for a teacher; with --report FILE.html.
        class_size: how many people are in the class; with --lesson, in the place of --seats.
        minutes: how long the lesson is, 45 unless told; with --lesson.
        as_json: print one JSON object.
    """
    from makersphere_cli.scenarios.lookup import load, say_if_outside  # noqa: PLC0415  (quick --help)

    _check_lesson(report, {"--class-size": class_size, "--minutes": minutes}, lesson=lesson)
    _check(report)
    found = load(scenario)
    say_if_outside(found, class_size or seats)
    people = class_size or seats or found.seats
    size = people if lesson else seats or found.seats
    asked = _Asked(found, size, games, seed, policy or [], sweep or [], restricted, swap or [])
    played = _played(_planned(asked), engine_of(cluster, jobs or -1), rows)
    told = _told(played)
    if report is not None:
        _write(report, told, played, _lesson(found, told, people, minutes or _LESSON) if lesson else "")
    if as_json:
        print(json.dumps(told.tree(), ensure_ascii=False))
    else:
        from makersphere_cli.reports.playtest_text import show  # noqa: PLC0415  (quick --help)

        show(told)
    return _STOPPED if played.stopped or played.lost else int(bool(told.failed))


def _check_lesson(report: Path | None, its: Mapping[str, int | None], *, lesson: bool) -> None:
    """Refuse flags of a lesson that would change nothing."""
    if lesson and (report is None or report.suffix != ".html"):
        raise Trouble("playtest_lesson_page")
    for flag, given in its.items():
        if given is not None and not lesson:
            raise Trouble("playtest_lesson_only", flag=flag)


def _check(report: Path | None) -> None:
    """Refuse a report that could not be written, before anything is played."""
    if report is not None and report.suffix not in _PAGES:
        raise Trouble("playtest_report_kind", file=str(report))
    if report is not None and not folder_at(report.parent):
        raise Trouble("report_unwritable", file=str(report), why=say("cause.not_found"))
    try:
        import scipy  # noqa: F401, PLC0415  (of the extra)

        if report is not None and report.suffix == ".parquet":
            import arro3.io  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        extra = "playtest" if (error.name or "").startswith("scipy") else "parquet"
        raise Trouble("extra_missing", module=error.name or "", extra=extra) from None


def _planned(asked: _Asked) -> Plan:
    from makersphere_playtest.plans.sweeps import SWAPS, BadSweep, plan, sweep  # noqa: PLC0415  (quick --help)
    from makersphere_rules.engine import seating  # noqa: PLC0415
    from makersphere_rules.mistakes import ScenarioError  # noqa: PLC0415

    roles = seating(asked.scenario, asked.seats)
    bound = [(role, name) for role, name in SWAPS if role in roles] if asked.restricted else []
    try:
        return plan(
            asked.scenario.source,
            len(roles),
            asked.games,
            asked.seed,
            players=_players(asked.policies, roles),
            sweeps=[sweep(typed, asked.scenario) for typed in asked.sweeps],
            swaps=list(dict.fromkeys([*bound, *_named(asked.swaps, roles)])),
        )
    except BadSweep as bad:
        values = {name: f"{value:,}" if isinstance(value, int) else value for name, value in bad.values.items()}
        raise Trouble(f"sweep_{bad.why}", **values) from None
    except ScenarioError as error:
        raise Trouble("sweep_apart", why=str(error.mistakes[0])) from None


def _players(typed: Sequence[str], roles: Sequence[str]) -> dict[str, str]:
    from makersphere_playtest.games.headless import ANY  # noqa: PLC0415  (quick --help)

    found: dict[str, str] = {}
    for role, name in _named(typed, (*roles, "")):
        if role in found:
            raise Trouble("playtest_twice", typed=f"{role}={name}" if role else name)
        found[role] = name
    return {role or ANY: name for role, name in found.items()}


def _named(typed: Sequence[str], roles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield role and policy of what was typed as ROLE=NAME; where no role is an answer, "" is among the roles."""
    from makersphere_playtest.games.policies_by_name import UnknownPolicy, player  # noqa: PLC0415  (quick --help)

    for one in typed:
        role, _, name = one.rpartition("=")
        if not role and "" not in roles:
            raise Trouble("playtest_swap_form", typed=one)
        if role not in roles:
            raise Trouble("playtest_no_role", role=role, known=", ".join(dict.fromkeys(filter(None, roles))))
        try:
            player(name)
        except UnknownPolicy as unknown:
            if unknown.why:
                raise Trouble("playtest_own_policy", name=name, why=unknown.why) from None
            from makersphere_bots.catalogue import POLICIES  # noqa: PLC0415

            raise Trouble("playtest_no_policy", name=name, known=unknown.near or ", ".join(POLICIES)) from None
        yield role, name


def _played(plan: Plan, engine: Engine, rows: Path | None) -> Played:
    from makersphere_playtest.plans.playtests import run  # noqa: PLC0415  (quick --help)

    with going_on_with(rows, "playtest_other_rows"), progress(plan.games * len(plan.cells)) as done:
        return run(plan, engine, file=rows, done=done)


def _told(played: Played) -> Findings:
    from makersphere_playtest.plans.findings import findings  # noqa: PLC0415  (quick --help)

    try:
        return findings(played)
    except ValueError:
        if played.stopped:
            raise KeyboardInterrupt from None
        failed = [row["failed"] for row in played.rows if "failed" in row]
        if played.lost:
            failed.append(say("playtest_lost"))
        raise Trouble("playtest_nothing", why=failed[0] if failed else say("playtest_died", n=played.deaths)) from None


def _lesson(scenario: Scenario, found: Findings, people: int, minutes: int) -> str:
    from makersphere_cli.reports.playtest_html import lesson  # noqa: PLC0415  (quick --help)
    from makersphere_rules.engine import seating  # noqa: PLC0415
    from makersphere_server.room.model.lesson_plan import play_s  # noqa: PLC0415

    roles = Counter(seating(scenario, found.seats))
    return lesson(found, roles, minutes, -(-play_s(scenario) // 60), people)


def _write(report: Path, found: Findings, played: Played, lesson: str) -> None:
    from makersphere_cli.reports.playtest_html import page  # noqa: PLC0415  (quick --help)

    try:
        match report.suffix:
            case ".html":
                report.write_text(lesson or page(found), encoding="utf-8")
            case ".json":
                tree = {**found.tree(), "rows": list(played.rows)}
                report.write_text(json.dumps(tree, ensure_ascii=False) + "\n", encoding="utf-8")
            case _:
                _parquet(report, played)
    except OSError as error:
        raise Trouble("report_unwritable", file=str(report), why=cause(error)) from None
    if sys.stderr.isatty():
        complain(say("playtest_written", file=str(report)))


def _parquet(report: Path, played: Played) -> None:
    """Write a row for each seat of each game."""
    from arro3.core import Array, DataType, Table  # noqa: PLC0415  (of the extra)
    from arro3.io import write_parquet  # noqa: PLC0415

    seats: list[dict[str, Any]] = [
        {"cell": row["cell"], "game": row["game"], "seat": number, **seat}
        for row in played.rows
        for number, seat in enumerate(row.get("seats", ()), 1)
    ]
    types = {name: DataType.utf8() for name in ("cell", "role", "group")}
    types |= {name: DataType.int64() for name in ("game", "seat", "score", "of_par")}
    columns = [Array([seat[name] for seat in seats], kind) for name, kind in types.items()]
    write_parquet(Table.from_arrays(columns, names=list(types)), report)
