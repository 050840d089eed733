"""Servers that are changed while a class plays: an upgrade of one alone, of two, and the death of one of two.

- `phones.py`: how people get their connections, who know several addresses and go where they are sent.
- `callers.py`: somebody new who calls again and again, and must never be refused.
- `fault.py`: what has to hold: `run.py faults changeover`.
"""

from tests.faults.changeover import fault as fault  # so that it is registered with the others
