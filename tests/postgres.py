"""A real PostgreSQL for tests: a cluster of its own in a folder, reached by a socket in that folder alone.

The server refuses to run as root; where the tests do, it runs as the system's `postgres`. It listens on no port.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from house.system import find_postgres

__all__ = ["Cluster", "ask", "end_all", "running", "until_all_ended"]

_USER: Final = "makersphere"
_SERVICE: Final = "postgres"  # the system's account that runs the server where we are root
_SETTINGS: Final = (
    "listen_addresses=",
    "max_connections=50",
    "shared_buffers=16MB",
    "fsync=off",  # no test cuts the power of this cluster
    "autovacuum=off",  # tests look after tables themselves
)
_OTHERS: Final = "FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"


class Cluster:
    """A cluster that runs. Each database of it is a store of its own."""

    def __init__(self, folder: Path, programs: Path) -> None:
        """Make a cluster in a folder; it does not run yet."""
        self._folder, self._data, self._programs = folder, folder / "data", programs
        self._numbers = count(1)
        self._ask("initdb", "-A", "trust", "-U", _USER, "-E", "UTF8", "--no-locale", "-N")

    def start(self) -> None:
        """Run, until it is stopped."""
        settings = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={self._folder}"))
        self._ask("pg_ctl", "-w", "-l", self._folder / "log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop at once, whoever is connected; what was committed is there after the next start."""
        self._ask("pg_ctl", "-w", "-m", "immediate", "stop")

    def new_database(self, like: str = "template1") -> str:
        """Make an empty database, or a copy of one that nobody works in; return its address for SQLAlchemy."""
        name = f"store_{next(self._numbers)}"
        engine = create_engine(self._url("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://{_USER}@/{database}?host={self._folder}"

    def _ask(self, program: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's programs, as somebody whom it accepts."""
        as_service = ["runuser", "-u", _SERVICE, "--"] if os.geteuid() == 0 else []
        command = [*as_service, self._programs / program, "-D", self._data, *arguments]
        said = self._folder / "said"  # a pipe would be held open by the server
        with said.open("ab") as out:
            done = subprocess.run(command, cwd=self._folder, stdout=out, stderr=out, check=False)
        if done.returncode:
            raise RuntimeError(said.read_text())


def ask(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Carry out a statement beside a server; return its rows."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        done = conn.exec_driver_sql(statement)
        return [tuple(row) for row in done.fetchall()] if done.returns_rows else []


def end_all(url: str) -> None:
    """End all sessions of a database, as an administrator does; return when they and their locks are gone."""
    ask(url, f"SELECT pg_terminate_backend(pid) {_OTHERS}")
    until_all_ended(url)


def until_all_ended(url: str) -> None:
    """Return when no session of a database is left: one goes, and its locks, some time after its client has."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        while conn.exec_driver_sql(f"SELECT pid {_OTHERS}").fetchall():
            time.sleep(0.01)


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a new cluster, in a folder of its own, for as long as the block lasts.

    Raises:
        RuntimeError: no PostgreSQL is here, or it did not start.
    """
    programs = find_postgres()
    if programs is None:
        raise RuntimeError("no PostgreSQL here: install it (on Debian `sudo apt-get install postgresql`)")
    with TemporaryDirectory(prefix="makersphere-postgres-") as made:
        folder = Path(made)
        if os.geteuid() == 0:
            shutil.chown(folder, _SERVICE)
        cluster = Cluster(folder, programs)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
