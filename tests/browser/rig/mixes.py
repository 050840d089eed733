"""Scenarios with other rule modules, for the browser tests: the shipped ones play the ways of matching that these mix.

`python -m tests.browser.rig.mixes --host … --port … --data …` is the server with these beside the shipped ones.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.rooms.explained_apart import explained_apart
from makersphere_rules import shipped
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_server import logs
from makersphere_server.app import serve
from tests.loopback import loopback

__all__ = ["MIXES", "SCENARIOS"]

Phases = Mapping[str, Sequence[str]]

_BLOCK: Final[Phases] = {
    "matching": ["auction", "auction_hours"],
    "market": ["market", "waterfall"],
    "appraisal": ["appraisal", "threshold"],
}
_PLAN: Final[Phases] = {
    "matching": ["planner_capital", "planner"],
    "market": ["market", "pro_rata"],
    "appraisal": ["appraisal", "none"],
}
_LISTS: Final[Phases] = {
    "matching": ["clearinghouse_capital", "clearinghouse"],
    "market": ["market", "waterfall"],
    "appraisal": ["appraisal", "bottom_share"],
}
_BARGAIN: Final[Phases] = {"matching": ["negotiation"]}
_BLOCK_AND_PLAN: Final[Phases] = {
    "matching": ["auction", "planner"],
    "market": ["market", "pro_rata"],
    "appraisal": ["appraisal", "bottom_share"],
}

MIXES: Final[Mapping[str, Phases]] = {
    "block": _BLOCK,
    "plan": _PLAN,
    "lists": _LISTS,
    "bargain": _BARGAIN,
    "block-and-plan": _BLOCK_AND_PLAN,
}


def _played_by(name: str, phases: Phases) -> dict[str, Any]:
    source = deepcopy(dict(shipped.scenario("quickstart").source))
    before = _modules(source)
    for phase in source["phase"]:
        phase["modules"] = list(phases.get(phase["name"], phase["modules"]))
    idle = before - _modules(source)
    return {**{key: value for key, value in source.items() if key not in idle}, "name": name}


def _modules(source: Mapping[str, Any]) -> set[str]:
    return {module for phase in source["phase"] for module in phase["modules"]}


def _scenario(source: Mapping[str, Any]) -> Scenario:
    return build(source, shipped.modules())


_RUNS: Final = [
    {"name": "clearinghouse", "seasons": 1, "modules": {"matching": ["clearinghouse_capital", "clearinghouse"]}},
    {"name": "block and plan", "seasons": 1, "modules": dict(_BLOCK_AND_PLAN)},
]
SCENARIOS: Final = (
    *(_scenario(_played_by(name, phases)) for name, phases in MIXES.items()),
    _scenario({**_played_by("two-runs", {}), "run": _RUNS}),
)


def main(arguments: Sequence[str]) -> None:
    """Serve until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.rig.mixes")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--database", default="")
    parser.add_argument("--server-name", default="")
    parser.add_argument("--server-address", default="")
    parser.add_argument("--mqtt", default="")
    parser.add_argument("--mqtt-devices", action="store_true")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--lti", type=Path)
    parser.add_argument("--why", action="store_true")  # games that end are explained
    flags = vars(parser.parse_args(arguments))
    explains = explained_apart if flags.pop("why") else None
    settings = loopback(**flags)
    logs.set_up(settings.log_level, as_json=settings.log_json)
    asyncio.run(serve(settings, StandIns(), scenarios=SCENARIOS, explains=explains))


if __name__ == "__main__":
    main(sys.argv[1:])
