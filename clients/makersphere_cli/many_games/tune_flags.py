"""What `makersphere tune` may be told by its flags, and which files it refuses before anything is played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import MAX_SEATS, Jobs, Json, Seed, between
from makersphere_cli.paths import folder_at
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say
from makersphere_rules import shipped

__all__ = ["TuneFlags"]


@attrs.frozen(kw_only=True)
class TuneFlags:
    """The flags of a search.

    Attributes:
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

    trials: Annotated[int, Parameter(validator=between(2, 100_000))] = 100
    games: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 100
    checks: Annotated[int, Parameter(validator=between(2, 1_000_000))] = 400
    seats: Annotated[int, Parameter(validator=between(1, MAX_SEATS))] | None = None
    seed: Seed = 1
    jobs: Jobs | None = None
    cluster: str = ""
    rows: Path | None = None
    report: Path | None = None
    write: Path | None = None
    as_json: Json = False

    def check(self, target: Path) -> None:
        """Refuse files that could not be written, or not be played.

        Args:
            target: the file of what is wanted, which nothing may be written over.

        Raises:
            Trouble: one of the files has the wrong ending, no folder, or a name that is taken.
        """
        for file, suffix, kind in ((self.report, ".html", "report"), (self.write, ".toml", "scenario")):
            if file is not None and file.suffix != suffix:
                raise Trouble(f"tune_{kind}_kind", file=str(file))
            if file is not None and not folder_at(file.parent):
                raise Trouble("file_unwritable", file=str(file), why=say("cause.not_found"))
        if self.write is not None and self.write.resolve() == target.resolve():
            raise Trouble("tune_same_file", file=str(self.write))
        if self.write is not None and self.write.stem in shipped.scenario_names():
            raise Trouble("scenario_name_taken", file=str(self.write), name=self.write.stem)
