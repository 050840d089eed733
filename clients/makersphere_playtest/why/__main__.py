"""The debrief that says why, made in a process of its own: `python -m makersphere_playtest.why < GAME`.

Reads a recorded game, as `Recorded.packed` writes it, and prints a line of JSON for each moment as it comes. It plays
on one core and asks for the lowest priority, so that it stands beside a server whose rooms are played.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.why.recorded import Recorded
from makersphere_playtest.why.telling import Asked, tell

_LOWEST = 19


def main() -> None:
    """Tell the moments of the game on standard input."""
    if hasattr(os, "nice"):  # elsewhere whoever starts it says so
        with suppress(OSError):
            os.nice(_LOWEST)
    recorded = Recorded.unpacked(sys.stdin.buffer.read())
    asked = Asked(*map(int, sys.argv[1:]))
    for moment in tell(recorded, asked, cores(1), began=lambda _: None, done=lambda _: None):
        print(json.dumps(moment, ensure_ascii=False), flush=True)  # noqa: T201  (what it is for)


if __name__ == "__main__":
    main()
