"""One seed, the whole server: a simulated hour of a class with its phones, its network, its disk and its crashes.

What it answers: whether the product, unchanged from the handshake to the SQLite file, keeps its promises in orders of
events that no load would find in years. The same seed is the same hour, in any process, to the byte; so a failure is
a number, and its tape is cut until little but the failure is left.

Where to begin:

- `tape.py`: every choice comes from here, and 0 is always the dull one. Shrinking is cutting tapes.
- `loop.py`, `network.py`, `disk.py`: what is replaced. The event loop (steps of tasks overtake, callbacks do not), the
  sockets (windows, buffers, delays, half-open links, resets), and the store's writer thread (served in line, later).
- `world.py`: time, the server's lives, and the few things of the machine that are faked: clock, secrets, logging.
- `phone.py`, `people.py`, `host.py`: clients from RFC 6455 and the protocol page: they join, play, lead, come back.
- `faults.py`, `strangers.py`: what goes wrong. `rare.py`: the states that it should come to now and then.
- `journal.py`, `histories.py`, `checks.py`: what has to hold, at once and against the log that is opened afresh in the
  end.
- `hour.py` puts an hour together; `fault.py` lives through thousands, with a verdict: `run.py faults sim`;
  `__main__.py` lives through some by hand: `python -m tests.faults.sim SEED`.
- `broken.py`: builds that a few hours have to find out.

What it never does: wait, open a socket, start a thread, read the machine's clock. What it cannot see: the sync below
SQLite (`power` cuts that), two processes on one folder, TLS and HTTP pages, the MQTT bridge, a real phone.
"""

from tests.faults.sim import fault as fault  # so that it is registered with the others
