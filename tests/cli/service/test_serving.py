"""`makersphere serve` as a service: it takes the port that was opened for it, and says when it can be reached."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.cli.program import COMMAND, environment
from tests.cli.service.unit_files import commands, environment_of

_PATIENCE_S: Final = 60
# what a service manager does before it starts a program: the socket is number 3, and whose it is
_HAND_OVER: Final = """
import os, sys
os.dup2(int(sys.argv[1]), 3, inheritable=True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""


@contextmanager
def _started_on(opened: socket.socket, home: Path, told: Path) -> Iterator[None]:
    """Start the server as its unit does, with a socket that is open, and end it."""
    number, (_, *words) = opened.fileno(), commands("makersphere.service")[0]
    variables = environment_of("makersphere.service") | {"MAKERSPHERE_DATA": str(home / "rooms")}
    with subprocess.Popen(
        [sys.executable, "-c", _HAND_OVER, str(number), *COMMAND, *words],
        cwd=home,
        env=environment(home, **variables, NOTIFY_SOCKET=str(told)),
        pass_fds=[number],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(_PATIENCE_S) == 0


def test_who_calls_while_no_server_is_there_waits_and_is_not_refused(tmp_path: Path) -> None:
    """As in a restart: the server takes the port that was held open for it, answers, and has said that it is there."""
    with (
        socket.create_server(("127.0.0.1", 0)) as opened,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told,
    ):
        told.bind(str(tmp_path / "told"))
        told.settimeout(_PATIENCE_S)
        with socket.create_connection(opened.getsockname(), _PATIENCE_S) as caller:
            caller.sendall(b"GET /readyz HTTP/1.1\r\nHost: here\r\n\r\n")
            with _started_on(opened, tmp_path, tmp_path / "told"):
                assert told.recv(99) == b"READY=1"
                assert caller.recv(99).startswith(b"HTTP/1.1 200 ")
        socket.create_connection(opened.getsockname()).close()  # and is open when the server has gone
