"""One playtest at a command's order: the plan is made, the games are played, and what they say is shown and written.

Answers `makersphere playtest` with its exit code. What the numbers mean is `makersphere_playtest`'s to say, and how
they look is `reports/`'s.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from makersphere_bots.catalogue import POLICIES
from makersphere_bots.plots import PLOTS
from makersphere_cli.many_games.playtest_flags import PlaytestFlags
from makersphere_cli.many_games.progress_bar import progress
from makersphere_cli.many_games.rows_file import folder_of_rows, saying_what_is_wrong_with
from makersphere_cli.many_games.where_played import engine_at
from makersphere_cli.reports import playtest_html, playtest_text
from makersphere_cli.scenarios.introduced_lines import introduced_lines
from makersphere_cli.scenarios.lookup import load, say_if_outside
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_playtest.games.headless import ANY
from makersphere_playtest.games.policies_by_name import UnknownPolicy, player, plot
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import Played, run
from makersphere_playtest.plans.suspects import GAIN, SUSPECTS, Suspect, at_table, of_plot
from makersphere_playtest.plans.sweeps import FORGOING, SWAPS, BadSweep, Plan, hunting, plan, sweep
from makersphere_playtest.plans.watched_game import Row
from makersphere_rules.engine import seating
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.lesson_plan import lesson_s, play_s
from makersphere_server.storage.whole_file import whole_file, write_whole

__all__ = ["run_playtest"]

_STOPPED: Final = 130
_LESSON_MINUTES: Final = 60
_AT_ONCE: Final = 10_000  # seats that are written together


def run_playtest(name: str, flags: PlaytestFlags) -> int:
    """Play, show and write what was asked of a scenario; return the exit code: 1 where a wish of the rulebook fails.

    Raises:
        Trouble: what was asked cannot be played or written.
    """
    scenario = load(name)
    say_if_outside(scenario, flags.class_size or flags.seats)
    people = flags.class_size or flags.seats or scenario.seats
    seats = people if flags.lesson else flags.seats or scenario.seats
    planned = _plan(scenario, seats, flags)
    with folder_of_rows(flags.rows) as folder:
        played = _play(planned, flags, folder)
        found = _findings(played)
        if flags.report is not None:
            page = _lesson_page(scenario, found, people, flags.minutes or _LESSON_MINUTES) if flags.lesson else ""
            _write(flags.report, found, played, page)
    if flags.as_json:
        print(json.dumps(found.tree(), ensure_ascii=False))
    else:
        playtest_text.show(found)
    return _STOPPED if played.stopped or played.lost else int(bool(found.failed))


def _plan(scenario: Scenario, seats: int, flags: PlaytestFlags) -> Plan:
    roles = seating(scenario, seats)
    asked = [*(SWAPS if flags.restricted else ()), *(FORGOING if flags.forgoing else ())]
    bound = [(role, name) for role, name in asked if role in roles]
    swaps = list(dict.fromkeys(_role_and_policy(flags.swap or (), roles)))
    try:
        planned = plan(
            scenario.source,
            len(roles),
            flags.games,
            flags.seed,
            players=_players(flags.policy or (), roles),
            sweeps=[sweep(typed, scenario) for typed in flags.sweep or ()],
            swaps=list(dict.fromkeys([*bound, *swaps])),
        )
        return hunting(planned, _suspects(flags, scenario, roles, swaps))
    except BadSweep as bad:
        values = {name: f"{value:,}" if isinstance(value, int) else value for name, value in bad.values.items()}
        raise Trouble(f"sweep_{bad.why}", **values) from None
    except ScenarioError as error:
        raise Trouble("sweep_apart", why=str(error.mistakes[0])) from None


def _players(typed: Sequence[str], roles: Sequence[str]) -> dict[str, str]:
    """Return the policy of each role that one was named for."""
    found: dict[str, str] = {}
    for role, name in _role_and_policy(typed, (*roles, "")):
        if role in found:
            raise Trouble("playtest_twice", typed=f"{role}={name}" if role else name)
        found[role] = name
    return {role or ANY: name for role, name in found.items()}


def _role_and_policy(typed: Sequence[str], roles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the role and the policy of each ROLE=NAME; with "" among the roles, a NAME alone is for all of them."""
    for one in typed:
        role, _, name = one.rpartition("=")
        if not role and "" not in roles:
            raise Trouble("playtest_swap_form", typed=one)
        if role not in roles:
            raise Trouble("playtest_no_role", role=role, known=", ".join(dict.fromkeys(filter(None, roles))))
        try:
            player(name)
        except UnknownPolicy as unknown:
            raise _not_found(unknown, "policy", name, POLICIES) from None
        yield role, name


def _suspects(
    flags: PlaytestFlags, scenario: Scenario, roles: Sequence[str], swaps: Iterable[tuple[str, str]]
) -> list[Suspect]:
    """Return what is hunted: the catalogue and the swapped policies where a hunt is asked for, and each plot."""
    found = [*map(_plot, flags.plot or ())]
    for one in found:
        if not at_table([one], roles):
            raise Trouble("playtest_no_plotters", name=one.name)
    if flags.hunt:
        never = {name for name, season in scenario.introduced.items() if season > scenario.seasons}
        found += at_table(SUSPECTS, roles, never)
        found += (Suspect(name, role, GAIN) for role, name in swaps)
    return [*{one.key: one for one in reversed(found)}.values()][::-1]


def _plot(name: str) -> Suspect:
    try:
        plot(name)
    except UnknownPolicy as unknown:
        raise _not_found(unknown, "plot", name, PLOTS) from None
    return of_plot(name)


def _not_found(unknown: UnknownPolicy, kind: str, name: str, known: Iterable[str]) -> Trouble:
    """Return what is said of a name that is no policy, or no plot."""
    if unknown.why:
        return Trouble(f"playtest_own_{kind}", name=name, why=unknown.why)
    return Trouble(f"playtest_no_{kind}", name=name, known=unknown.near or ", ".join(known))


def _play(planned: Plan, flags: PlaytestFlags, folder: Path) -> Played:
    engine = engine_at(flags.cluster, flags.jobs or -1)
    with (
        saying_what_is_wrong_with(folder, "playtest_other_rows"),
        progress(planned.games * len(planned.cells)) as done,
    ):
        return run(planned, engine, folder=folder, done=done)


def _findings(played: Played) -> Findings:
    try:
        return findings(played)
    except ValueError:
        if played.stopped:
            raise KeyboardInterrupt from None
        failed = [row["failed"] for row in played.rows if "failed" in row]
        if played.lost:
            failed.append(say("playtest_lost"))
        raise Trouble("playtest_nothing", why=failed[0] if failed else say("playtest_died", n=played.deaths)) from None


def _lesson_page(scenario: Scenario, found: Findings, people: int, minutes: int) -> str:
    roles = Counter(seating(scenario, found.seats))
    plays, takes = (-(-seconds // 60) for seconds in (play_s(scenario), lesson_s(scenario)))
    room = playtest_html.Room(roles, plays, takes, tuple(introduced_lines(scenario)))
    return playtest_html.lesson(found, room, minutes, people)


def _write(report: Path, found: Findings, played: Played, lesson: str) -> None:
    """Write the report as its ending says; `lesson` is the page in the place of the usual one."""
    try:
        match report.suffix:
            case ".html":
                write_whole(report, lesson or playtest_html.page(found))
            case ".json":
                _write_json(report, found, played)
            case _:
                _write_parquet(report, played)
    except OSError as error:
        raise Trouble("report_unwritable", file=str(report), why=cause(error)) from None
    if sys.stderr.isatty():
        complain(say("playtest_written", file=str(report)))


def _write_json(report: Path, found: Findings, played: Played) -> None:
    """Write all numbers, then the rows one after the other."""
    with whole_file(report) as file:
        file.write(json.dumps(found.tree(), ensure_ascii=False)[:-1].encode() + b', "rows": [')
        for number, row in enumerate(played.rows):
            file.write((", " if number else "").encode() + json.dumps(row, ensure_ascii=False).encode())
        file.write(b"]}\n")


def _write_parquet(report: Path, played: Played) -> None:
    """Write a row for each seat of each game."""
    from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema  # noqa: PLC0415  (an extra)
    from arro3.io import write_parquet  # noqa: PLC0415

    types = {name: DataType.utf8() for name in ("cell", "role", "group")}
    types |= {name: DataType.int64() for name in ("game", "seat", "score", "better_than")}

    def batches() -> Iterator[RecordBatch]:
        seats = _seats(played.rows)
        while some := [*islice(seats, _AT_ONCE)]:
            columns = [Array([seat[name] for seat in some], kind) for name, kind in types.items()]
            yield RecordBatch.from_arrays(columns, names=list(types))

    schema = Schema([Field(name, kind, nullable=True) for name, kind in types.items()])
    with whole_file(report) as file:
        write_parquet(RecordBatchReader.from_batches(schema, batches()), file)


def _seats(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for number, seat in enumerate(row.get("seats", ()), 1):
            yield {"cell": row["cell"], "game": row["game"], "seat": number, **seat}
