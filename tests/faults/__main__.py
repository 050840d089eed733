"""Perform faults by name and print their report as JSON: `python -m tests.faults [NAME ...] [--seconds N]`.

Exit code 0 where every run passed, 1 where one did not, 2 where the command line or the system needs a hand.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

from tests.faults import harness
from tests.faults.guarantees import results
from tests.faults.guarantees.page import PAGE, filled
from tests.faults.rig.builds import BUILDS


def _tell(line: str) -> None:
    """Show progress: on a terminal one line that changes, or stays where it ends by itself, else a line each."""
    if sys.stderr.isatty():
        print(f"\r\033[Kmakersphere: {line}", end="", file=sys.stderr, flush=True)
    else:
        print(f"makersphere: {line.rstrip()}", file=sys.stderr, flush=True)


def _say(line: str) -> None:
    print(("\r\033[K" if sys.stderr.isatty() else "") + f"makersphere: {line}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 run.py faults", description="Load, faults and a checker: prints JSON with a verdict."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which faults; all of them without")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--seconds", type=float, metavar="N", help="go on with each for so long")
    length.add_argument("--rounds", "--seeds", type=int, metavar="N", help="let each strike so often")
    parser.add_argument("--seed", type=int, metavar="N", help="try again what another run tried")
    parser.add_argument("--quick", action="store_true", help="the short part that the tests run")
    parser.add_argument("--build", default="", choices=sorted(BUILDS), metavar="BUILD", help="try a broken build")
    parser.add_argument(
        "--save", action="store_true", help="keep the figures of this long run, and put them on the page"
    )
    parser.add_argument("--list", action="store_true", help="say which faults there are")
    return parser.parse_args()


def _save(told: dict[str, Any], whole: dict[str, int]) -> None:
    """Keep the figures of a long run of the product, and put them on the page of guarantees."""
    if told["tier"] != "long" or told["build"] != "product":
        _say("nothing is saved: neither quick runs nor broken builds say what the product does.")
        return
    names = results.keep(told, datetime.now(UTC).date().isoformat(), whole)
    kept = results.read()
    for name, one in told["faults"].items():
        if name not in names:
            struck = f"it has struck {one['struck']:,} times, {whole[name]:,} are a whole run"
            _say(f"{name} is not saved: {struck}, and one of {kept[name].rounds:,} is kept ({kept[name].date}).")
    PAGE.write_text(filled(PAGE.read_text("utf-8"), kept, whole), "utf-8")
    if names:
        _say(
            f"saved {', '.join(names)}: look at docs/guarantees.md; commit it with tests/faults/guarantees/results.json"
        )


def main() -> int:
    """Answer one command line."""
    asked = _arguments()
    faults = harness.find_faults()
    if asked.list:
        print("\n".join(f"{one.name:16}{one.says}" for one in faults.values()))
        return 0
    unknown = [name for name in asked.names if name not in faults]
    if unknown:
        _say(f"there is no fault {unknown[0]!r}: there are {', '.join(faults)}.")
        return 2
    if not hasattr(os, "fork"):
        _say("faults need a system that can fork and stop processes: Linux or macOS.")
        return 2
    seed = secrets.randbelow(1 << 32) if asked.seed is None else asked.seed
    rounds = 1_000_000 if asked.seconds else asked.rounds
    reports = {}
    for name in asked.names or faults:
        run = harness.perform(
            *(faults[name], seed, _tell),
            rounds=rounds,
            seconds=asked.seconds,
            is_quick=asked.quick,
            build=asked.build,
        )
        reports[name] = harness.report(run)
        _say(f"{name}: {run.verdict} ({reports[name]['wall_s']} s)")
    passed = all(one["verdict"] == "passed" for one in reports.values()) and bool(reports)
    whole = {
        "verdict": "passed" if passed else "failed",
        **harness.machine(),
        "seed": seed,
        "tier": "quick" if asked.quick else "long",
        "build": asked.build or "product",
        "faults": reports,
    }
    print(json.dumps(whole, indent=2))
    if asked.save:
        _save(whole, {name: one.rounds for name, one in faults.items()})
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
