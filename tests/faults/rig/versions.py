"""Earlier versions of this repository, built from its own history, and a server that changes from one to another.

Which commits they are stands in `earlier.toml`. A version is a folder with the sources as they were, run by the same
Python with the same packages. A clone without that part of the history fetches the one commit; the run's notes say so.
Where it cannot be fetched, a long run fails. In a quick one the present version plays the earlier one's part, and the
notes say that too.
"""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import tarfile
import tomllib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from tests.faults.harness import Run
from tests.faults.rig.server import ROOT, Server
from tests.loopback import free_port

__all__ = ["PRESENT", "build", "environment", "taking_turns"]

PRESENT: Final = "present"
_COMMITS: Final = Path(__file__).with_name("earlier.toml")
_FOLDERS: Final = ("rules", "server", "clients", "tests")  # of the repository, what a server and its clients need
_PROJECT: Final = "pyproject.toml"


def build(run: Run) -> dict[str, Path]:
    """Return where each version stands: the present one, and the earlier ones by their names in `earlier.toml`.

    Raises:
        RuntimeError: a commit is not in this clone and cannot be fetched, and the run is a long one.
    """
    found = {PRESENT: ROOT}
    for name, commit in tomllib.loads(_COMMITS.read_text("utf-8")).items():
        run.tell(f"building {name}")
        try:
            run.notes.append(f"{name}: {commit[:12]}, {_get(commit)}")
        except RuntimeError as error:
            if not run.is_quick:
                raise
            run.notes.append(f"{name}: the present version plays its part, because {error}")
            found[name] = ROOT
            continue
        packed = _git("archive", commit, *_FOLDERS, _PROJECT)
        found[name] = run.folder / "versions" / name
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(found[name], filter="data")
        _say_version(found[name])
    return found


def _say_version(root: Path) -> None:
    """Let a version find its own number where an installed one does, and not the number of the present version."""
    project = tomllib.loads((root / _PROJECT).read_text("utf-8"))["project"]
    folder = root / f"{project['name']}-{project['version']}.dist-info"
    folder.mkdir()
    said = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (folder / "METADATA").write_text(said, "utf-8")


def _get(commit: str) -> str:
    """Have a commit in this clone, and say where it came from."""
    with suppress(subprocess.CalledProcessError):
        _git("cat-file", "-e", f"{commit}^{{commit}}")
        return "of this clone's own history"
    try:
        _git("fetch", "--quiet", "--depth", "1", "origin", commit)
    except subprocess.CalledProcessError as error:
        raise RuntimeError(
            f"commit {commit[:12]} is not in this clone and cannot be fetched (`git fetch --unshallow` may help):"
            f" {error.stderr.decode().strip()}"
        ) from error
    return "fetched, since this clone does not have it"


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def environment(root: Path) -> dict[str, str]:
    """Return the variables by which Python takes the sources of one version and no other."""
    sources = [str(root), *(str(root / folder) for folder in ("rules", "server", "clients"))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sources)}


async def _launcher(root: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.rig.launcher"), stdin=PIPE, stdout=PIPE, env=environment(root), cwd=root
    )


@asynccontextmanager
async def taking_turns(
    folder: Path, roots: Mapping[str, Path], first: str, **settings: object
) -> AsyncIterator[tuple[Server, dict[str, Process]]]:
    """Give a server that runs as the `first` version, and the launchers of all; end it afterwards however it stands."""
    launchers = {name: await _launcher(root) for name, root in roots.items()}
    server = Server(folder / "data", folder / "server.log", "", free_port(), settings, launchers[first])
    try:
        await server.start()
        yield server, launchers
    finally:
        if server.pid:
            with suppress(ProcessLookupError):
                server.send(signal.SIGKILL)
        for one in launchers.values():
            assert one.stdin is not None
            one.stdin.close()
            await one.wait()
