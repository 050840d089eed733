"""A process that servers are forked from: it has everything imported, and forks one for each line on its input.

Run as `python -m tests.faults.rig.launcher`. A line is JSON: `settings` of the server, `log`, the file that all it
says goes to, and `build`, one of `builds.py` or "". On its output come `pid N`, `ready` and `gone CODE`. A server
so started is up in a fraction of the time that Python takes to start; what is killed is the real thing all the same.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from makersphere_bots.stand_ins import StandIns
from makersphere_server import logs
from makersphere_server.app import Running, serve
from makersphere_server.settings import Settings
from tests.faults.rig.builds import BUILDS

_APPEND: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def _serve(out: int, order: dict[str, Any]) -> None:
    os.dup2(os.open(order["log"], _APPEND, 0o600), 2)
    logs.set_up(order["settings"].get("log_level", "info"), as_json=True)
    if order["build"]:
        BUILDS[order["build"]]()
    given = order["settings"]
    settings = Settings(**{**given, "data": Path(given["data"])})

    def ready(_: Running) -> None:
        os.write(out, b"ready\n")

    asyncio.run(serve(settings, StandIns(), ready))


def main() -> None:
    """Fork a server for each line and wait for its end."""
    out = os.dup(1)
    os.dup2(2, 1)  # the output is for the lines alone
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _serve(out, json.loads(line))
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code)
        os.write(out, b"pid %d\n" % pid)
        os.write(out, b"gone %d\n" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


if __name__ == "__main__":
    main()
