"""A Prometheus beside the server: the recipe, the alerts and the board of `deploy/`, tried with the program itself.

- `prometheus.py`: the program with its recipe, with its port and how often it looks replaced; and what it knows.
- `fault.py`: what has to hold while a class plays, and when the server is killed: `run.py faults scraped`.
"""

from tests.faults.scraped import fault as fault  # so that it is registered with the others
