"""How many steps a learner takes in a second: twelve agents act and observe in each."""

from __future__ import annotations

import random
from typing import Any

from numpy.typing import NDArray

from makersphere_playtest.learning.env import Environment
from tests.bench.harness import CpuClock, Figures, at_least, bench

_SEATS = 12
_STEPS = 1200


@bench("environment", steps_per_cpu_s=at_least(800))
def environment() -> Figures:
    """Step classroom with twelve agents that move at random within their masks."""
    room = Environment("classroom", _SEATS)
    dice = random.Random(1)
    room.reset(1)
    with CpuClock() as clock:
        observed, _ = room.reset(2)
        for _ in range(_STEPS):
            if not room.agents:
                observed, _ = room.reset()
            actions = {agent: _pick(observed[agent]["action_mask"], dice) for agent in room.agents}
            observed, *_ = room.step(actions)
    return {"steps_per_cpu_s": _STEPS / clock.own_s}


def _pick(mask: NDArray[Any], dice: random.Random) -> int:
    allowed = mask.nonzero()[0]
    return int(allowed[dice.randrange(len(allowed))])
