"""How fast this machine is at the game's simplest work: to read every other figure by.

A loop that does what the smallest rule does, with bare attrs and nothing of ours: check a command, make an
event, replace a frozen entity. No rule module can be faster.
"""

import attrs

from tests.bench.harness import CpuClock, Figures, bench

_COMMANDS = 200_000


@attrs.frozen
class _Add:
    seat: int
    by: int


@attrs.frozen
class _Added:
    seat: int
    by: int


@attrs.frozen
class _Counter:
    seat: int
    total: int


@bench("yardstick")
def yardstick() -> Figures:
    """Replace frozen attrs entities in a bare loop."""
    counters = {seat: _Counter(seat, 0) for seat in range(30)}
    with CpuClock() as clock:
        for number in range(_COMMANDS):
            command = _Add(number % 30, 1)
            if not 1 <= command.by <= 3:
                raise AssertionError
            event = _Added(command.seat, command.by)
            counter = counters[event.seat]
            counters[event.seat] = _Counter(counter.seat, counter.total + event.by)
    return {"commands_per_cpu_s": _COMMANDS / clock.own_s}
