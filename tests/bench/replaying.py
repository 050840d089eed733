"""What it costs to see a game again: the whole log once, then any phase of it as one phone is shown it.

The log is gone through in a thread beside the loop; a seek is what a reader waits for, table and hand, packed.
"""

from __future__ import annotations

import gzip
import tomllib
from typing import Final

import msgspec

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, play, seed_bytes
from makersphere_rules.shipped import scenario, scenario_source
from makersphere_rules.written.notation import encode_events
from makersphere_server.afterwards.replaying import replayed_stops
from makersphere_server.storage.record import Record, RoomRow
from tests.bench.harness import CpuClock, Figures, at_most, bench

_SEATS: Final = 30
_SCENARIO: Final = "training"  # of ten seasons
_SEED: Final = "bench"


@bench("replay-seek", first_s=at_most(3), worst_seek_ms=at_most(200), hands_ms=at_most(200))
def replay_seek() -> Figures:
    """Go through a game of ten seasons with 30 seats, then seek each phase of it, and one of them for every seat."""
    played = play(scenario(_SCENARIO), _SEATS, _SEED, {ANY: Standard()}, keep=True)
    row = RoomRow(
        room="BENCH22",
        scenario=msgspec.json.encode(tomllib.loads(scenario_source(_SCENARIO))),
        roles=played.roles,
        seed=seed_bytes(_SEED),
        nonce=b"",
        seed_chosen=True,
        epoch=1,
        created_ms=0,
    )
    records = [
        Record(seq=seq, season=0, phase="", actor=actor, by="bot", command=b"{}", events=encode_events(events), at_ms=0)
        for seq, (actor, _, events) in enumerate(played.log, 1)
    ]
    with CpuClock() as first:
        replayed = replayed_stops(row, records)
    seeks: list[float] = []
    for step in range(len(replayed.stops)):
        with CpuClock() as seek:
            gzip.compress(replayed.shown(step, 1 + step % _SEATS), 1)
        seeks.append(seek.own_s)
    with CpuClock() as hands:
        for seat in range(1, _SEATS + 1):
            replayed.shown(len(replayed.stops) // 2, seat)
    return {
        "stops": len(seeks),
        "first_s": first.own_s,
        "worst_seek_ms": 1000 * max(seeks),
        "hands_ms": 1000 * hands.own_s,
    }
