"""Servers that share one PostgreSQL, of which the one that has the rooms is frozen or killed, again and again.

- `launcher.py`: starts each of them as people do, by `makersphere serve`; `built.py` the same as a broken build.
- `roamer.py`: a seat that knows all addresses and goes where its room is.
- `copied.py`: what the database has, as the checkers read it.
- `fault.py`: what has to hold: `run.py faults owners`.
"""

from tests.faults.owners import fault as fault  # so that it is registered with the others
