"""The wheel: built twice, compared bit for bit, and tried where there is neither a checkout nor Node.

`run.py wheel` builds it into `dist/` and tries it on the Python that starts it, or on each that is named. Answers with
what each trial took, in seconds, or with the sentence that says what failed. A trial makes an environment of its own in
a folder that it removes, installs what `hashes.txt` pins, and plays: the port is any free one on loopback.
"""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urljoin
from urllib.request import urlopen

from house.steps import Steps
from house.trouble import Trouble, of_pip

__all__ = ["HASHES", "ROOM_S", "build", "try_out"]

HASHES: Final = "hashes.txt"
ROOM_S: Final = 30.0  # promised on a machine that does nothing else: from nothing to a room, beside the download
_PATIENCE_S: Final = 120.0  # with a machine that does much else
_LINK: Final = re.compile(rb"(http://\S+)/#/j/\w+")
_SCRIPT: Final = re.compile(rb'src="([^"]+\.js)"')
_PIP: Final = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-q")


def build(steps: Steps, python: str, target: Path) -> Path:
    """Build the wheel twice and return it.

    Args:
        steps: what shows and logs each step.
        python: the program of an environment with the extra `build`, its web client built.
        target: the folder for the wheel; whatever wheel is there goes.

    Raises:
        Trouble: it can't be built, it has no web client, or two builds differ.
    """
    shutil.rmtree(target, ignore_errors=True)
    with TemporaryDirectory() as again:
        folders = (target, Path(again))
        for folder in folders:
            code, _ = steps.run(
                "building the wheel", [python, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
            )
            if code:
                raise Trouble(f"the wheel was not built: the reason is at the end of {steps.log}.")
        (one,), (other,) = (list(folder.glob("*.whl")) for folder in folders)
        if sha256(one.read_bytes()).digest() != sha256(other.read_bytes()).digest():
            raise Trouble(f"two builds of {one.name} differ: something in it knows the time or the place.")
    return one


def try_out(steps: Steps, python: str, wheel: Path) -> Mapping[str, float]:
    """Install a wheel from nothing and open a room with it.

    Args:
        steps: what shows and logs each step.
        python: the interpreter to try, with its module venv.
        wheel: the wheel's file.

    Returns:
        Seconds by what took them: `download`, `install` (environment included), `room`.

    Raises:
        Trouble: something failed.
    """
    with TemporaryDirectory(prefix="wheel-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(steps, Path(folder), wheel)
        took = {
            "download": _seconds(lambda: trial.download(python)),
            "install": _seconds(lambda: trial.install(python)),
            "room": _seconds(trial.open_room),
        }
        trial.ask_what_is_inside()
    return took


class _Trial:
    """One environment in a folder of its own: its programs know no Node, no checkout and no variable of ours."""

    def __init__(self, steps: Steps, folder: Path, wheel: Path) -> None:
        self._steps, self._folder, self._wheel = steps, folder, wheel
        self._house = folder / "wheels"
        self._programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        self._variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MAKERSPHERE_", "PYTHON"))},
            "PATH": str(self._programs),
            "HOME": str(folder),
            "PYTHONUTF8": "1",
        }

    def download(self, python: str) -> None:
        """Fetch what the wheel needs, hashes checked, and nothing that has to be compiled."""
        self._pip(python, "download", "--only-binary=:all:", "-d", str(self._house), "--require-hashes", "-r", HASHES)

    def install(self, python: str) -> None:
        """Make an environment and install from what was fetched, as pipx does: by a pip that stands outside of it."""
        self._step("making an empty environment", [python, "-m", "venv", "--without-pip", str(self._folder / "env")])
        wheel = self._folder / "wheel.txt"  # with a hash, as all that it needs: so one run of pip installs both
        digest = sha256(self._wheel.read_bytes()).hexdigest()
        wheel.write_text(f"makersphere @ {self._wheel.as_uri()} --hash=sha256:{digest}\n", "utf-8")
        fetched = ["--no-index", "--find-links", str(self._house), "--require-hashes", "-r", HASHES, "-r", str(wheel)]
        self._pip(python, "--python", str(self._programs / "python"), "install", *fetched)

    def open_room(self) -> None:
        """Start `makersphere play`, and load the page of a phone and its first script."""
        with self._playing() as base:
            page = _read(f"{base}/")
            script = _SCRIPT.search(page)
            if script is None or not _read(urljoin(f"{base}/", script[1].decode())):
                raise Trouble("the wheel's server has no web client.")

    def ask_what_is_inside(self) -> None:
        """Play a game without a server, and let the doctor look: both read files that the wheel has to bring."""
        self._run("simulate", "quickstart", "--games", "1")
        findings = [json.loads(line) for line in self._run("doctor", "--json", "--port", "0").splitlines()]
        wrong = [finding["sentence"] for finding in findings if finding["state"] == "wrong"]
        if wrong:
            raise Trouble(f"the doctor finds in a clean environment: {' '.join(wrong)}")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(self._programs / "makersphere"), *arguments],
            cwd=self._folder,
            env=self._variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise Trouble(
                f"`makersphere {arguments[0]}` of the wheel failed: {done.stderr.strip() or done.stdout.strip()}"
            )
        return done.stdout

    def _pip(self, python: str, *arguments: str) -> None:
        title = "pip download" if "download" in arguments else "pip install"
        code, output = self._steps.run(title, [python, *_PIP, *arguments])
        if code:
            raise of_pip(output, self._steps.log)

    def _step(self, title: str, command: Sequence[str]) -> None:
        if self._steps.run(title, command)[0]:
            raise Trouble(f"{title} failed: the reason is at the end of {self._steps.log}.")

    @contextmanager
    def _playing(self) -> Iterator[str]:
        """Yield the address at which `play` has opened a room; it is stopped afterwards."""
        command = [str(self._programs / "makersphere"), "play", "--no-browser", "--host", "127.0.0.1", "--port", "0"]
        with subprocess.Popen(
            [*command, "--data", str(self._folder / "rooms")],
            cwd=self._folder,
            env=self._variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            guard = threading.Timer(_PATIENCE_S, process.kill)
            guard.start()
            try:
                yield self._linked(process)
            finally:
                guard.cancel()
                process.terminate()

    @staticmethod
    def _linked(process: subprocess.Popen[bytes]) -> str:
        printed = b""
        for line in process.stdout or ():
            printed += line
            found = _LINK.search(line)
            if found:
                return found[1].decode()
        raise Trouble(f"`makersphere play` of the wheel opened no room: {printed.decode(errors='replace').strip()}")


def _seconds(act: Callable[[], None]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _read(address: str) -> bytes:
    with urlopen(address, timeout=_PATIENCE_S) as answer:  # noqa: S310  (a server of our own, on loopback)
        return bytes(answer.read())
