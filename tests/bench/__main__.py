"""Run benches by name and print their report as JSON: `python -m tests.bench [NAME ...] [--save] [--list]`.

`--save` writes what was measured into `results.json`, to be committed: the next run is compared with it.
"""

import argparse
import json
import sys

from tests.bench import harness


def _tell(line: str) -> None:
    print(f"makersphere: {line}", file=sys.stderr, flush=True)


def main() -> int:
    """Answer one command line; an unknown name ends in one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description="Measure and print JSON.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which benches; all of them without")
    parser.add_argument("--save", action="store_true", help="keep the result as the one to compare with")
    parser.add_argument("--list", action="store_true", help="say which benches there are")
    asked = parser.parse_args()
    benches = harness.find_benches()
    if asked.list:
        print("\n".join(f"{one.name:24}{one.says}" for one in benches.values()))
        return 0
    unknown = [name for name in asked.names if name not in benches]
    if unknown:
        _tell(f"there is no bench {unknown[0]!r}: there are {', '.join(benches)}.")
        return 2
    report = harness.run([benches[name] for name in asked.names or benches], _tell)
    print(json.dumps(report, indent=2))
    if asked.save:
        harness.save(report)
        _tell(f"kept in {harness.RESULTS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
