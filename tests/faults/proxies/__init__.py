"""Proxies in front of the server: the recipes in `deploy/`, carried out by Caddy, nginx and HAProxy as they ship.

- `programs.py`: each of the three, started with its recipe, in which ports, paths and the certificate are replaced.
- `callers.py`: who calls through them: by TLS, from an address of one's own, over sockets or by plain requests.
- `browser.py`: a phone and the wall in Chromium, which trusts the authority of the tests alone.
- `fault.py`: what has to hold through each: `run.py faults proxies`.
"""

from tests.faults.proxies import fault as fault  # so that it is registered with the others
