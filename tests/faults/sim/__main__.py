"""Live through simulated hours: `python -m tests.faults.sim SEED [SEED …]` or `--tape FILE`; a line of JSON for each.

Exit code 0 where nothing was wrong. `--shrink` looks for the shortest tape of a seed that goes wrong and writes it,
with all that was told and logged in it, into a folder; the tape lives through the same hour again, in any process.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from tests.faults.rig.builds import BUILDS
from tests.faults.sim.broken import BROKEN
from tests.faults.sim.hour import Hour, live
from tests.faults.sim.tape import Strips, shortest


def _say(hour: Hour) -> None:
    told = {"seed": hour.seed, "problems": hour.problems, "digest": hour.digest, "counts": hour.counts, "met": hour.met}
    print(json.dumps(told), flush=True)


def _kind(problem: str) -> str:
    """Return a problem without the names and numbers in it: what is wrong, whoever it meets."""
    return re.sub(r"\b[A-Z][a-z]+\b|[0-9]+|'.*'", "", problem)[:40]


def _shrink(hour: Hour, folder: Path, tries: int) -> Hour:
    """Return the shortest hour that was found to go wrong in the same way, and write it down."""
    kind = _kind(hour.problems[0])

    def fails(strips: Strips) -> bool:
        return any(_kind(problem) == kind for problem in live(hour.seed, strips).problems)

    strips = shortest(hour.strips, fails, tries)
    short = live(hour.seed, strips)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{hour.seed}.tape.json").write_text(json.dumps({"seed": hour.seed, "strips": strips}), "utf-8")
    (folder / f"{hour.seed}.txt").write_text("\n".join(short.trace), "utf-8")
    return short


def main() -> int:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.sim", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("seeds", nargs="*", type=int, metavar="SEED")
    parser.add_argument("--range", nargs=3, type=int, metavar=("FIRST", "END", "STEP"), default=(0, 0, 1))
    parser.add_argument("--tape", type=Path, metavar="FILE", help="a tape that was written by --shrink")
    parser.add_argument("--build", default="", metavar="BUILD", help="a build that is broken on purpose")
    parser.add_argument("--until-wrong", action="store_true", help="stop at the first hour that goes wrong")
    parser.add_argument("--shrink", type=Path, metavar="FOLDER", help="shrink what goes wrong, and write it there")
    parser.add_argument("--tries", type=int, metavar="N", default=200, help="hours that shrinking may take")
    asked = parser.parse_args()
    if asked.build:
        {**BUILDS, **BROKEN}[asked.build]()
    if asked.tape:
        tape = json.loads(asked.tape.read_text("utf-8"))
        hour = live(tape["seed"], tape["strips"])
        _say(hour)
        return bool(hour.problems)
    wrong = 0
    for seed in (*asked.seeds, *range(*asked.range)):
        hour = live(seed)
        wrong += bool(hour.problems)
        _say(_shrink(hour, asked.shrink, asked.tries) if hour.problems and asked.shrink else hour)
        if wrong and asked.until_wrong:
            break
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
