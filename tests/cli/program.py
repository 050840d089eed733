"""The command as people start it: in a process of its own, in English, with no settings of this machine."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "COMMAND",
    "Started",
    "assert_one_sentence",
    "environment",
    "handed",
    "makersphere",
    "read_links",
    "started",
    "taken_port",
]

COMMAND = (sys.executable, "-m", "makersphere_cli.main")
_PATIENCE_S = 180
# what a service manager does before it starts a program: the socket is number 3, and whose it is
_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3, inheritable=True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""
_LINKS = re.compile(r"http://[^/]+/#/(?:j/(?P<join>\w{7})|r/(?P<room>\w{7})/(?P<token>[\w-]+)|s/(?P<wall>\w{7}))$")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without our variables, at home in `home`, with no display."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MAKERSPHERE_") and name not in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME")
    }
    ours = {"HOME": str(home), "MAKERSPHERE_LANGUAGE": "en", "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
    return {**kept, **ours, **more}


def makersphere(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, in the folder `home`."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=home,
        env=environment(home, **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE_S,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Assert that a run ended with exit code 2 and one sentence with these words, and nothing else."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("makersphere: ")
    for word in words:
        assert word in done.stderr


def handed(opened: socket.socket, command: Sequence[str]) -> list[str]:
    """Return what starts a command with a socket that is open, as a service manager does."""
    return [sys.executable, "-c", _HAND_OVER, str(opened.fileno()), *command]


class Started:
    """A command that is running."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Watch a process."""
        self.process = process
        self.lines: list[str] = []

    def read_until(self, words: str) -> str:
        """Return the first line that has these words; keep all lines up to it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if words in line:
                return self.lines[-1]
        complaint = self.process.stderr.read() if self.process.stderr is not None else ""
        raise AssertionError(f"it ended without a word of {words!r}: {self.lines} {complaint}")

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl-C; return the exit code and what it still said."""
        self.process.send_signal(signal.SIGINT)
        out, complaint = self.process.communicate(timeout=_PATIENCE_S)
        return self.process.returncode, out, complaint


@contextmanager
def started(home: Path, *arguments: str, **env: str) -> Iterator[Started]:
    """Start the command, and see that it is gone at the end."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=home,
        env=environment(home, **env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield Started(process)
        finally:
            if process.poll() is None:
                process.kill()


@contextmanager
def taken_port() -> Iterator[int]:
    """Take a port and give it back at the end."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def read_links(command: Started) -> dict[str, str]:
    """Return the room and the host's token from what `play` prints, once it has printed all of it."""
    command.read_until("Ctrl-C stops it")
    found: dict[str, str] = {}
    for line in command.lines:
        match = _LINKS.search(line)
        if match is not None:
            found |= {name: value for name, value in match.groupdict().items() if value}
    return found
