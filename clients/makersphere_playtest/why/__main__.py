"""The debrief that says why, made in a process of its own: `python -P -m makersphere_playtest.why`.

Reads the length of a recorded game (a line) and the game, as `Recorded.packed` writes it, and prints how many moments
it has. Then it reads a number a line and prints that moment as a line of JSON. It plays on one core at the lowest
priority there is, and ends at once when nobody is at the other end of its input any more: it never outlives a server.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

from makersphere_playtest.why.recorded import Recorded
from makersphere_playtest.why.telling import Asked, count, tell_one

_LOWEST = 19


def main() -> None:
    """Tell the moments that are asked for on standard input."""
    _give_way()
    recorded = Recorded.unpacked(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))
    asked = Asked(*map(int, sys.argv[1:]))
    numbers: SimpleQueue[int] = SimpleQueue()
    Thread(target=_listen, args=(numbers,), daemon=True).start()
    _print(count(recorded, asked))
    for number in _taken(numbers):
        _print(tell_one(recorded, asked, number))


def _give_way() -> None:
    """Ask for the lowest priority; where a system has other words for it, whoever starts the process asks for it."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_LOWEST)
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _listen(numbers: SimpleQueue[int]) -> None:
    """Take in what is asked for; when nobody can ask any more, end the process, whatever it is at."""
    for line in sys.stdin.buffer:
        numbers.put(int(line))
    os._exit(0)


def _taken(numbers: SimpleQueue[int]) -> Iterator[int]:
    while True:
        yield numbers.get()


def _print(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)  # noqa: T201  (what it is for)


if __name__ == "__main__":
    main()
