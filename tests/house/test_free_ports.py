"""Ports of tests: what one process was given is no other's, whether or not somebody listens there at the moment."""

import subprocess
import sys
from pathlib import Path

from tests.loopback import free_port

_ASKS = "import sys; from tests.loopback import is_taken; print(is_taken(int(sys.argv[1])))"


def test_a_port_is_its_processs_also_while_nobody_listens() -> None:
    """A server that a fault has killed comes back to its port, and finds no other test's server there."""
    port = free_port()
    asked = subprocess.run(
        [sys.executable, "-c", _ASKS, str(port)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == "True\n"
