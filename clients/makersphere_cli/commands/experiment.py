"""`makersphere experiment`: what the account of the ecosystem claims, tried out in many games."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Jobs, Json, Seed, between
from makersphere_cli.many_games.progress_bar import progress
from makersphere_cli.paths import folder_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say

if TYPE_CHECKING:
    from makersphere_playtest.plans.comparison import Comparison
from makersphere_server.storage.whole_file import write_whole

__all__ = ["experiment"]

_LEAST_SEATS: Final = 3  # one of each role
_LEAST_GAMES: Final = 10  # of fewer no interval tells anything
_PAGES: Final = (".html", ".md")
Name = Literal["paths", "mechanisms", "metabolism", "idlers", "policy"]


def experiment(
    name: Name,
    /,
    *,
    games: Annotated[int, Parameter(validator=between(_LEAST_GAMES, 1_000_000))] = 200,
    seats: Annotated[int, Parameter(validator=between(_LEAST_SEATS, MAX_SEATS))] = 12,
    seed: Seed = 1,
    jobs: Jobs | None = None,
    report: Path | None = None,
    as_json: Json = False,
) -> int:
    """Play games that differ in one thing, and compare. The same seed gives the same numbers, everywhere.

    Args:
        name: `paths` of a space's development, `mechanisms` of matching, `metabolism`, who has to go, `idlers`, the
            same where some do not do their part, or `policy` of the government.
        games: how many games each side plays.
        seats: how many seats each game has.
        seed: of the dice; all sides share their luck.
        jobs: how many processes; by default one for each core.
        report: also write a page, .html to read and print, or .md.
        as_json: print one JSON object.
    """
    if report is not None and report.suffix not in _PAGES:
        raise Trouble("report_kind", file=str(report))
    if report is not None and not folder_at(report.parent):
        raise Trouble("report_unwritable", file=str(report), why=say("cause.not_found"))
    found = _compared(name, games, seats, seed, jobs)
    if report is not None:
        _write(found, report)
    if as_json:
        print(json.dumps(found.tree(), ensure_ascii=False))
    else:
        from makersphere_cli.reports.comparison_text import show  # noqa: PLC0415  (quick --help)

        show(found)
    return 0


def _compared(name: Name, games: int, seats: int, seed: int, jobs: int | None) -> Comparison:
    try:
        from makersphere_playtest.plans.arms import compare  # noqa: PLC0415  (quick --help)
        from makersphere_playtest.plans.comparison import comparison  # noqa: PLC0415
        from makersphere_playtest.plans.experiments import EXPERIMENTS  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="playtest") from None
    chosen = EXPERIMENTS[name]
    arms = chosen.arms(seats)
    with progress(games * len(arms)) as done:
        measured = compare(arms, games, seed, jobs=jobs or -1, done=done)
    return comparison(chosen, measured, seats, seed)


def _write(found: Comparison, report: Path) -> None:
    """Write the page as the ending of the file says: HTML or Markdown."""
    if report.suffix == ".html":
        from makersphere_cli.reports.comparison_html import page  # noqa: PLC0415  (quick --help)
    else:
        from makersphere_cli.reports.comparison_text import markdown as page  # noqa: PLC0415
    try:
        write_whole(report, page(found))
    except OSError as error:
        raise Trouble("report_unwritable", file=str(report), why=cause(error)) from None
