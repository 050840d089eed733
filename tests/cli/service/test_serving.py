"""`makersphere serve` as a service: it takes the port that was opened for it, and says when it can be reached."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.cli.program import COMMAND, environment, handed
from tests.cli.service.unit_files import commands, environment_of

_PATIENCE_S: Final = 60


@contextmanager
def _started_on(opened: socket.socket, home: Path, told: Path) -> Iterator[None]:
    """Start the server as its unit does, with a socket that is open, and end it."""
    _, *words = commands("makersphere.service")[0]
    variables = environment_of("makersphere.service") | {"MAKERSPHERE_DATA": str(home / "rooms")}
    with subprocess.Popen(
        handed(opened, [*COMMAND, *words]),
        cwd=home,
        env=environment(home, **variables, NOTIFY_SOCKET=str(told)),
        pass_fds=[opened.fileno()],
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
