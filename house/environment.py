"""The private environment in `.venv`: made once, renewed only when what it is made of has changed.

Answers whether it is ready for a verb, in milliseconds, and makes it so. A stamp in it says from which
checkout and which dependencies it came, and which extras it has. Never touches the Python that it was
started with.

It keeps the Python that it was made with. Who tries another one beside it names another folder in the variable
`MAKERSPHERE_VENV`, as `ci` does: `MAKERSPHERE_VENV=.venv-3.13 python3.13 run.py test`. The name begins with `.venv`,
because the folder is emptied where it has to be made again, and because git ignores those.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from house import webclient
from house.steps import Steps, say
from house.trouble import Trouble, of_file, of_pip

__all__ = ["FOLDER", "VARIABLE", "Environment", "folder_named"]

FOLDER = ".venv"
VARIABLE = "MAKERSPHERE_VENV"


class _Stamp(NamedTuple):
    root: str
    packages: str  # digest of what pip was told
    extras: list[str]


def folder_named(variables: MutableMapping[str, str]) -> str:
    """Return the folder that the variable names, and take the variable away: what we start has a place of its own.

    Raises:
        Trouble: It is no name of a folder for environments.
    """
    name = variables.pop(VARIABLE, FOLDER)
    if not re.fullmatch(r"\.venv[\w.-]*", name):
        raise Trouble(f"{VARIABLE} names a folder in the checkout that begins with {FOLDER}, and {name!r} was given.")
    return name


class Environment:
    """The environment of the checkout at `root`, in the folder of this name there."""

    def __init__(self, root: Path, folder: str = FOLDER) -> None:
        self.root = root
        self.folder = root / folder
        self.log = self.folder / "setup.log"
        self.steps = Steps(self.log, root)
        self.python = self.program("python")

    def program(self, name: str) -> Path:
        """Return where the environment keeps a program."""
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name

    def extras(self) -> list[str]:
        """Return the names of the optional dependencies there are."""
        return list(self._pyproject()["project"]["optional-dependencies"])

    def prepare(self, *extras: str, web: bool = True) -> None:
        """Make the environment ready: the packages with these extras, and the web client.

        Args:
            extras: Names of `pyproject.toml`'s optional dependencies.
            web: Whether the built web client is needed as well.

        Raises:
            Trouble: It can't be made; the sentence says what to do.
        """
        wanted = {*extras, "build"} if webclient.is_there(self.root) else set(extras)
        web = web and webclient.is_there(self.root)
        try:
            if self._has_packages(wanted) and (not web or webclient.is_fresh(self.root)):
                return
            with self._alone():
                if not self._has_packages(wanted):
                    self._install(wanted)
                if web and not webclient.is_fresh(self.root):
                    self._build_web()
        except OSError as error:
            raise of_file(error, self.folder) from error

    def _has_packages(self, extras: set[str]) -> bool:
        stamp = self._stamp()
        return (
            stamp is not None
            and stamp.root == str(self.root)
            and stamp.packages == self._packages()
            and extras <= set(stamp.extras)
            and self.program("makersphere").exists()
        )

    def _stamp(self) -> _Stamp | None:
        try:
            return _Stamp(**json.loads((self.folder / "makersphere.json").read_text("utf-8")))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def _packages(self) -> str:
        """Return a digest of what pip is told; how the tools are set has no part in it."""
        project = self._pyproject()
        told = [project["build-system"], project["project"], project["tool"]["hatch"]]
        constraints = (self.root / "constraints.txt").read_text("utf-8")
        return hashlib.sha256(f"{json.dumps(told)}{constraints}".encode()).hexdigest()

    def _pyproject(self) -> dict[str, Any]:
        return tomllib.loads((self.root / "pyproject.toml").read_text("utf-8"))

    def _install(self, extras: set[str]) -> None:
        stamp = self._stamp()
        self._make(stamp)
        kept: Iterable[str] = stamp.extras if stamp is not None else ()
        names = sorted(extras | set(kept))
        options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        what = f".[{','.join(names)}]" if names else "."
        code, output = self.steps.run(
            f"installing the Python packages ({', '.join(['the game', *names])})",
            [str(self.python), "-m", "pip", "install", *options, "-c", "constraints.txt", "-e", what],
            # The web client is a step of its own; retries by variable, because pip starts another pip.
            {webclient.SKIP: "1", "PIP_RETRIES": os.environ.get("PIP_RETRIES", "2")},
        )
        if code:
            raise of_pip(output, self.log)
        done = _Stamp(str(self.root), self._packages(), names)
        (self.folder / "makersphere.json").write_text(json.dumps(done._asdict()), "utf-8")

    def _make(self, stamp: _Stamp | None) -> None:
        """Make the folder's Python, unless there is one that works and was made for this place."""
        moved = stamp is not None and stamp.root != str(self.root)
        if self.python.exists() and not moved and (stamp is not None or self._has_pip()):
            return
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            major, minor = sys.version_info[:2]
            raise Trouble(
                "this Python comes without its module venv: on Debian or Ubuntu run"
                f" `apt-get install python{major}.{minor}-venv`, elsewhere install Python from python.org."
            )
        self._clear()
        command = [sys.executable, "-m", "venv", str(self.folder)]
        code, _ = self.steps.run(f"making the environment in {self.folder.name}", command)
        if code:
            raise Trouble(f"the environment could not be made: the reason is at the end of {self.log}.")

    def _clear(self) -> None:
        """Empty the folder, save for the log and the lock, which are open."""
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.suffix not in {".log", ".lock"}:
                path.unlink()

    def _has_pip(self) -> bool:
        """Return whether the environment was made to its end."""
        return any(self.folder.glob("[lL]ib/**/site-packages/pip/__main__.py"))

    def _build_web(self) -> None:
        command = [str(self.python), "-m", "house.webclient", "build"]
        code, output = self.steps.run("building the web client", command, {"MAKERSPHERE_LOG": str(self.log)})
        if code:
            last = output.rstrip().rpartition("\n")[2]
            sentence = last.removeprefix("makersphere: ") if code == 2 else ""
            raise Trouble(sentence or f"the web client was not built: the reason is at the end of {self.log}.")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other run.py works on this environment; the lock of one that died is free."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "setup.lock").open("w", encoding="utf-8") as lock:
            if not _lock(lock.fileno(), wait=False):
                say("waiting for another run.py to finish its set-up ...")
                _lock(lock.fileno(), wait=True)
            yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
