"""Long steps, shown while they run: what is done, for how long, and the whole output in a log.

Answers whether a program succeeded and what it printed. All that is shown goes to standard error, so that
the standard output of a verb (JSON, say) stays its own. Never decides what a failure means: that is
`trouble`.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Self

__all__ = ["Steps", "say"]

_BEAT_S = 0.1  # between two pictures of the spinner
_SIGN_OF_LIFE_S = 20.0  # between two lines where there is no terminal


def say(sentence: str) -> None:
    """Tell the person at the terminal one thing."""
    print(f"makersphere: {sentence}", file=sys.stderr, flush=True)


class _Watch:
    """Shows one step while it runs: a spinner on a terminal, otherwise a line now and then."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines = 0
        self.started = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)
        self._tty = sys.stderr.isatty()

    def __enter__(self) -> Self:
        if not self._tty:
            say(f"{self.title} ...")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def close(self, outcome: str) -> None:
        """Replace the moving line by a lasting one."""
        wipe = "\r\033[K" if self._tty else ""
        elapsed_s = time.monotonic() - self.started
        print(f"{wipe}makersphere: {self.title}: {outcome} ({elapsed_s:.1f} s)", file=sys.stderr, flush=True)

    def _show(self) -> None:
        beat = 0
        while not self._done.wait(_BEAT_S if self._tty else _SIGN_OF_LIFE_S):
            elapsed_s = time.monotonic() - self.started
            if self._tty:
                wheel = "|/-\\"[beat % 4]
                line = f"makersphere: {self.title} {wheel} {elapsed_s:.0f} s, {self.lines} lines of output"
                print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
            else:
                say(f"{self.title}: still at it after {elapsed_s:.0f} s ({self.lines} lines of output)")
            beat += 1


class Steps:
    """Runs programs one after the other and keeps all their output in one log."""

    def __init__(self, log: Path, root: Path) -> None:
        self.log = log
        self.root = root

    def run(self, title: str, command: Sequence[str], env: dict[str, str] | None = None) -> tuple[int, str]:
        """Run a program under a title.

        Args:
            title: What the step does, in a few words: "installing the Python packages".
            command: The program and its arguments.
            env: Variables on top of the present ones.

        Returns:
            The exit code, and all that the program printed.

        Raises:
            OSError: The log cannot be written or the program cannot be started.
        """
        with self.log.open("a", encoding="utf-8") as log, _Watch(title) as watch:
            log.write(f"\n$ {' '.join(command)}\n")
            log.flush()
            code, output = self._pump(command, env, log, watch)
        watch.close("done" if code == 0 else f"failed with exit code {code}")
        return code, output

    def _pump(self, command: Sequence[str], env: dict[str, str] | None, log: IO[str], watch: _Watch) -> tuple[int, str]:
        printed: list[str] = []
        with subprocess.Popen(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                printed.append(line)
                watch.lines += 1
                log.write(line)
                log.flush()
        return process.returncode, "".join(printed)
