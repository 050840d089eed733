"""What `makersphere playtest` may be told by its flags, and which of them make sense together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Jobs, Json, Seed, between
from makersphere_cli.paths import folder_at
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say

__all__ = ["PlaytestFlags"]

_ENDINGS: Final = (".html", ".json", ".parquet")
_Repeated = Annotated[list[str], Parameter(negative=())]
_Switch = Annotated[bool, Parameter(negative=())]


@attrs.frozen(kw_only=True)
class PlaytestFlags:
    """The flags of a playtest.

    Attributes:
        games: how many games of each side are played.
        seats: how many seats; by default the scenario's own number.
        policy: who plays: NAME for all, ROLE=NAME for a role; NAME may be one's own, package.module:Class.
        sweep: module.parameter=a,b,c plays each value too; several are combined.
        restricted: also play games in which one seat may not do one thing, or plays at random.
        forgoing: also play games in which one seat does not play: buttons only, or without its role's main act.
        swap: ROLE=NAME: also play games in which NAME plays one seat of a role, another seat in each game.
        hunt: also play every policy and plot of the catalogue that may pay more than is sound, and name what does.
        plot: also play a plot of two seats, by name or as package.module:NAME, and say what it brings.
        seed: of the dice; all sides share their luck.
        jobs: how many processes; by default one for each core.
        cluster: play on a cluster that is there: dask://host:port, or ray.
        rows: a folder that keeps each game, as Parquet; what is in it is not played again.
        report: write a page to read and print (.html), all numbers (.json) or a row for each seat (.parquet).
        lesson: make the report one page for a teacher; with --report FILE.html.
        class_size: how many people are in the class; with --lesson, in the place of --seats.
        minutes: how long the lesson is, 60 unless told; with --lesson.
        as_json: print one JSON object.
    """

    games: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 200
    seats: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None
    policy: _Repeated | None = None
    sweep: _Repeated | None = None
    restricted: _Switch = False
    forgoing: _Switch = False
    swap: _Repeated | None = None
    hunt: _Switch = False
    plot: _Repeated | None = None
    seed: Seed = 1
    jobs: Jobs | None = None
    cluster: str = ""
    rows: Path | None = None
    report: Path | None = None
    lesson: _Switch = False
    class_size: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None
    minutes: Annotated[int, Parameter(validator=between(1, 600))] | None = None
    as_json: Json = False

    def check(self) -> None:
        """Refuse what could not be reported, before anything is played.

        Raises:
            Trouble: a flag of a lesson where no lesson is asked for, or a report that could not be written.
        """
        self._check_lesson()
        if self.report is None:
            return
        if self.report.suffix not in _ENDINGS:
            raise Trouble("playtest_report_kind", file=str(self.report))
        if not folder_at(self.report.parent):
            raise Trouble("report_unwritable", file=str(self.report), why=say("cause.not_found"))

    def _check_lesson(self) -> None:
        """Refuse a lesson without its page, and flags of a lesson that would change nothing."""
        if self.lesson and (self.report is None or self.report.suffix != ".html"):
            raise Trouble("playtest_lesson_page")
        for flag, given in (("--class-size", self.class_size), ("--minutes", self.minutes)):
            if given is not None and not self.lesson:
                raise Trouble("playtest_lesson_only", flag=flag)
