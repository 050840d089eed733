"""What `makersphere targets` may be told by its flags."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Jobs, Json, Seed, between
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say

__all__ = ["TargetsFlags"]

_Size = Annotated[int, Parameter(validator=between(1, MAX_SEATS))]
_Switch = Annotated[bool, Parameter(negative=())]


@attrs.frozen(kw_only=True)
class TargetsFlags:
    """The flags of a table of targets.

    Attributes:
        seats: a size, several times for several; by default 6, 8, 12, 18, 30 and 60, as far as it is made for them.
        games: how many games of each side up to 18 seats; above, three of eight.
        every: also show the rulebook's other targets, which take no more games.
        naive: also play each naive policy in one seat of its role.
        seed: of the dice; all sides share their luck.
        jobs: how many processes; by default one for each core.
        cluster: play on a cluster that is there: dask://host:port, or ray.
        rows: a folder that keeps each game, a folder for each scenario and size; what is in it is not played again.
        report: a Markdown file to write: a table for each scenario, its sizes side by side, with intervals.
        as_json: print one JSON object.
    """

    seats: Annotated[list[_Size], Parameter(negative=())] | None = None
    games: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 400
    every: _Switch = False
    naive: _Switch = False
    seed: Seed = 1
    jobs: Jobs | None = None
    cluster: str = ""
    rows: Path | None = None
    report: Path | None = None
    as_json: Json = False

    def __attrs_post_init__(self) -> None:
        """Refuse a page that has no folder before hours are played for it."""
        if self.report is not None and not self.report.absolute().parent.is_dir():
            raise Trouble("report_unwritable", file=str(self.report), why=say("cause.not_found"))
