"""A process that starts `makersphere serve` for each line on its input, one after the other, and says how it is.

Run as `python -m tests.faults.owners.launcher`. Lines and answers are those of `rig/launcher.py`; but here each server
is the command itself, which reads its settings from its environment. With the word `holds` behind it, its port is open
from the first one on, also while none is there, as a service manager holds it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.cli.program import COMMAND, environment, handed

_BUILT = (sys.executable, "-m", "tests.faults.owners.built")
_IS_UP = "Listening on"


def _tell(line: str) -> None:
    print(line, flush=True)


def _serve(order: dict[str, Any], held: socket.socket | None) -> None:
    log = Path(order["log"])
    log.parent.mkdir(parents=True, exist_ok=True)
    given = {f"MAKERSPHERE_{name.upper()}": str(value) for name, value in order["settings"].items()}
    command = [*((*_BUILT, order["build"]) if order["build"] else COMMAND), "serve"]
    with (
        log.open("ab") as said,
        subprocess.Popen(
            command if held is None else handed(held, command),
            pass_fds=() if held is None else (held.fileno(),),
            env=environment(log.parent, **given),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        ) as process,
    ):
        _tell(f"pid {process.pid}")
        assert process.stdout is not None
        if any(_IS_UP in line for line in process.stdout):
            _tell("ready")
        _tell(f"gone {process.wait()}")


def main() -> None:
    """Start a server for each line and wait for its end."""
    held = None
    for line in sys.stdin:
        order = json.loads(line)
        if sys.argv[1:] == ["holds"] and held is None:
            held = socket.create_server((order["settings"]["host"], order["settings"]["port"]), backlog=4_096)
        _serve(order, held)


if __name__ == "__main__":
    main()
