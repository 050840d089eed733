"""What a game needs of this machine, and what it finds there: one finding for each need.

Answers with findings in the order in which a person would mend them. Looks, binds a port for a moment, and writes in a
folder of its own that it removes again; changes nothing else. The sentences are `terminal.doctor.*`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

import attrs

from makersphere_cli.kept import unreadable
from makersphere_cli.paths import file_at, folder_at
from makersphere_cli.rooms.local_server import open_port
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.words import say
from makersphere_server.edge import static_files
from makersphere_server.edge.lan_address import reach
from makersphere_server.storage.database import FAILURES, open_engine
from makersphere_server.storage.event_log import DatabaseRefused
from makersphere_server.storage.folder_lock import LOCK_FILE, FolderInUse, lock_folder
from makersphere_server.storage.place import Database, Place

__all__ = ["Finding", "Needs", "examined", "found"]

NEWEST_TRIED: Final = (3, 13)
LEAST_FREE_MB: Final = 200  # a term of thirty rooms takes some 50
GOOD_FREE_MB: Final = 1_000
LEAST_FILES: Final = 512  # a socket each for a class, twice while phones come back, and the server's own
EXTRAS: Final = {
    "playtest": "scipy",
    "tune": "optuna",
    "planner": "lap",
    "parquet": "arro3",
    "rl": "pettingzoo",
    "dask": "distributed",
    "ray": "ray",
    "broker": "iotcore",
    "postgres": "psycopg",
}


@attrs.frozen
class Finding:
    """What became of one need.

    Attributes:
        need: its name, the end of the key `terminal.doctor.need.*`.
        state: `well`; `note` where a game can be played and something is to be known; `wrong` where none can.
        sentence: what was found and what to do, in the person's language.
    """

    need: str
    state: Literal["well", "note", "wrong"]
    sentence: str


@attrs.frozen
class Needs:
    """What a server would take here: the place of the rooms, address and port, and the file of settings."""

    place: Place
    host: str
    port: int
    config: str
    is_config_named: bool


def examined(needs: Needs) -> Iterator[Finding]:
    """Yield a finding for each need, as soon as it is known."""
    yield _python(sys.version_info[:2])
    yield _web_client()
    yield _settings_file(needs)
    if isinstance(needs.place, Path):
        yield _folder(needs.place)
        yield _disk(needs.place)
    else:
        yield _database(needs.place)
    yield _port(needs)
    yield _network(needs.host)
    yield _open_files(_most_open_files())
    yield _terminal(sys.stdout.encoding or "ascii")
    yield _extras()


def found(need: str, state: Literal["well", "note", "wrong"], text: str, **values: int | str) -> Finding:
    """Return a finding with the sentence `terminal.doctor.TEXT`."""
    return Finding(need, state, say(f"doctor.{text}", **values))


def _python(version: tuple[int, ...]) -> Finding:
    shown = ".".join(map(str, version))
    if version > NEWEST_TRIED:
        return found("python", "note", "python_new", version=shown, tried=".".join(map(str, NEWEST_TRIED)))
    return found("python", "well", "python", version=shown)


def _web_client() -> Finding:
    if len(static_files.load()) > 1:
        return found("web", "well", "web")
    return found("web", "wrong", "no_web")


def _settings_file(needs: Needs) -> Finding:
    if not file_at(needs.config):
        state: Literal["well", "wrong"] = "wrong" if needs.is_config_named else "well"
        return found("settings", state, "settings_gone" if needs.is_config_named else "no_settings", file=needs.config)
    try:
        tomllib.loads(Path(needs.config).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return found("settings", "wrong", "settings_unread", file=needs.config, why=cause(error))
    except tomllib.TOMLDecodeError as error:
        return found("settings", "wrong", "settings_no_toml", file=needs.config, why=str(error))
    return found("settings", "well", "settings", file=needs.config)


def _standing(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.absolute().parents) if folder_at(place)), Path.cwd())


def _folder(data: Path) -> Finding:
    """Hold a database as the store does: with its journal beside it, which some network disks cannot."""
    try:
        with TemporaryDirectory(prefix="makersphere-", dir=_standing(data), ignore_cleanup_errors=True) as place:
            _write_rooms(Path(place) / "rooms.db")
    except (OSError, sqlite3.Error) as error:
        return found("folder", "wrong", "folder_refuses", folder=str(data), why=cause(error))
    if _is_in_use(data):
        return found("folder", "note", "folder_used", folder=str(data))
    return found("folder", "well", "folder", folder=str(data))


def _database(database: Database) -> Finding:
    """Open it as a server does, and change nothing in it."""
    engine = open_engine(database.url)
    try:
        with engine.connect():
            return found("database", "well", "database", database=str(database))
    except DatabaseRefused as error:
        if error.text == "in_use":
            return found("database", "note", "database_used", database=str(database))
        return Finding("database", "wrong", str(unreadable(database, error)))
    except FAILURES as error:
        return Finding("database", "wrong", str(unreadable(database, error)))


def _write_rooms(file: Path) -> None:
    connection = sqlite3.connect(file)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            raise sqlite3.OperationalError(mode)
        connection.execute("CREATE TABLE tried (once INTEGER)")
        connection.commit()
    finally:
        connection.close()


def _is_in_use(data: Path) -> bool:
    if not file_at(data / LOCK_FILE):
        return False
    try:
        lock_folder(data).close()
    except (FolderInUse, OSError):
        return True
    return False


def _disk(data: Path) -> Finding:
    free_mb = shutil.disk_usage(_standing(data)).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return found("disk", "wrong", "disk_full", free=free_mb, least=LEAST_FREE_MB)
    return found("disk", "well" if free_mb >= GOOD_FREE_MB else "note", "disk", free=free_mb)


def _port(needs: Needs) -> Finding:
    taken = open_port(needs.host, needs.port)
    if taken == needs.port:
        return found("port", "well", "port", port=needs.port)
    return found("port", "note", "port_used", port=needs.port, other=taken or say("doctor.any"))


def _network(host: str) -> Finding:
    way = reach(host)
    if not way.address:
        return found("network", "note", "no_network")
    if way.why == "vpn" and way.taken is not None:
        return Finding("network", "note", say("network.vpn", network=f"{way.address} ({way.taken.interface})"))
    return found("network", "well", "network", address=way.address)


def _most_open_files() -> int | None:
    """Return how many files and sockets a process may hold, or None where the system has no such bound."""
    if os.name == "nt":
        return None
    import resource  # noqa: PLC0415  (not on Windows)

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def _open_files(most: int | None) -> Finding:
    if most is None:
        return found("sockets", "well", "sockets_free")
    if most < LEAST_FILES:
        return found("sockets", "note", "sockets_few", most=most, wanted=2 * LEAST_FILES)
    return found("sockets", "well", "sockets", most=most)


def _terminal(encoding: str) -> Finding:
    try:
        "二维码 █".encode(encoding)
    except UnicodeEncodeError:
        return found("terminal", "note", "terminal_plain", encoding=encoding)
    return found("terminal", "well", "terminal", encoding=encoding)


def _extras() -> Finding:
    missing = ", ".join(sorted(name for name, module in EXTRAS.items() if find_spec(module) is None))
    return found("extras", "well", "extras" if missing else "extras_all", missing=missing)
