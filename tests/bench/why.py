"""What five moments of a whole class's game cost: each plays its futures twice, as it was and as it might have been.

One process plays them, so that its own CPU time counts; `makersphere why` shares them out on all cores, and a server
has them played by one process of the lowest priority. Thirty seconds on two cores are sixty of one.
"""

from __future__ import annotations

import tomllib
from typing import Final

import msgspec

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, play, seed_bytes
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.why.recorded import Recorded, lined
from makersphere_playtest.why.telling import Asked, tell
from makersphere_rules.shipped import scenario, scenario_source
from tests.bench.harness import CpuClock, Figures, at_most, bench

_SEATS: Final = 60
_SCENARIO: Final = "classroom"
_SEED: Final = "bench"


@bench("why", rounds=1, cpu_s=at_most(60), first_cpu_s=at_most(8), games_per_future=at_most(0.6))
def why() -> Figures:
    """Tell five moments of a game of classroom with 60 seats, with 60 futures of each, twice, on one core."""
    found = scenario(_SCENARIO)
    with CpuClock() as game:
        played = play(found, _SEATS, _SEED, {ANY: Standard()}, keep=True)
    source = msgspec.json.encode(tomllib.loads(scenario_source(_SCENARIO)))
    recorded = Recorded(source, played.roles, seed_bytes(_SEED), lined(played.log))
    asked = Asked()
    moments = tell(recorded, asked, cores(1), began=lambda _: None, done=lambda _: None)
    with CpuClock() as first:
        next(moments)
    with CpuClock() as others:
        told = 1 + sum(1 for _ in moments)
    cpu_s = first.own_s + others.own_s
    return {
        "moments": told,
        "first_cpu_s": first.own_s,
        "cpu_s": cpu_s,
        "games_per_future": cpu_s / (2 * asked.futures * told) / game.own_s,
    }
