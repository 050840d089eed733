"""Playtests on clusters: the same rows as here, workers that die, and clusters that are not there or go away."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import dask
import distributed
import pytest

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_cli.main import run as command
from makersphere_playtest.games import worker_pools
from makersphere_playtest.games.worker_pools import NoCluster, cores, engine
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sweeps import Plan, plan
from makersphere_rules import shipped

QUICK = tomllib.loads(shipped.scenario_source("quickstart"))
HERE = "tests.playtest.test_clusters"


def _plan(games: int = 4, **players: str) -> Plan:
    return plan(QUICK, 5, games, 5, players=players)


@contextmanager
def _dask(workers: int) -> Iterator[Any]:
    """Start worker processes of Dask; one death tells as much as the usual four."""
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    start: Any = distributed.LocalCluster  # it carries no types
    own = "127.0.0.1:0"
    with start(workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=own) as found:
        yield found


def _address(scheduler: str) -> str:
    return scheduler.replace("tcp://", "dask://")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Return where two workers are, for the tests that leave them alive."""
    with _dask(2) as found:
        yield _address(found.scheduler_address)


def test_dask_plays_the_games_that_are_played_here(cluster: str) -> None:
    """The same seed gives the same rows, byte for byte."""
    there = run(_plan(), engine(cluster))
    assert (there.missing, list(there.rows)) == (0, list(run(_plan(), cores(1)).rows))


class Deadly:
    """Kills the process that it plays in, once: a file remembers that it has."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: Random) -> list[Move]:
        """Die the first time."""
        mark = Path(os.environ["DEADLY"])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [READY]


class Poison:
    """Kills every process that it plays in."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: Random) -> list[Move]:
        """Die."""
        os.kill(os.getpid(), signal.SIGKILL)
        return [READY]


def test_a_worker_of_dask_that_dies_costs_no_game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its games are played again by the other."""
    mark = tmp_path / "mark"
    monkeypatch.setenv("DEADLY", str(mark))
    with _dask(2) as found:
        played = run(_plan(operator=f"{HERE}:Deadly"), engine(_address(found.scheduler_address)))
    assert mark.exists()
    assert played.missing == 0


def test_a_game_that_kills_every_worker_ends_the_playtest() -> None:
    """It comes to an end, and says how many games are missing.

    Each death has a worker of its own: Dask starts none anew that dies before it has said that it runs.
    """
    with _dask(3) as found:
        played = run(_plan(1, operator=f"{HERE}:Poison"), engine(_address(found.scheduler_address)))
    assert (played.deaths, played.missing) == (3, 1)


def test_an_interrupt_keeps_what_a_cluster_has_played(cluster: str, tmp_path: Path) -> None:
    """Ctrl-C after a game: one row, and the cluster plays on for the next who asks."""
    done = [0]

    def stop() -> None:
        done[0] += 1
        if done[0] == 1:
            raise KeyboardInterrupt

    played = run(_plan(), engine(cluster), folder=tmp_path, done=stop)
    assert (played.stopped, len(played.rows)) == (True, 1)
    rest = run(_plan(), engine(cluster), folder=tmp_path)
    assert (rest.resumed, rest.missing) == (1, 0)


def test_a_cluster_that_goes_away_ends_the_playtest_with_what_there_is() -> None:
    """Its scheduler stops after the first game."""
    with _dask(1) as found:
        played = run(_plan(60), engine(_address(found.scheduler_address)), done=found.close)
    assert played.lost
    assert 0 < len(played.rows) < 60


def test_workers_with_another_version_are_refused(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would play other games."""
    monkeypatch.setattr(worker_pools, "_own", lambda: "0.0.0")
    with pytest.raises(NoCluster) as none:
        engine(cluster)
    assert none.value.why == "version"
    with pytest.raises(NoCluster) as idle:
        worker_pools._check("dask://there", [])
    assert idle.value.why == "idle"


@pytest.fixture(name="no_other_ray")
def _no_other_ray() -> Iterator[None]:
    """Keep other tests of this machine from starting Ray, or from finding one that is about to end, meanwhile.

    Ray looks for a cluster among the processes of the machine; whoever has found one dies with it.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  (not on every system)

    with (Path(tempfile.gettempdir()) / "makersphere-tests-ray.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="Ray is installed for tests on Linux alone")
@pytest.mark.usefixtures("no_other_ray")
def test_ray_plays_the_games_that_are_played_here() -> None:
    """The same seed gives the same rows, byte for byte."""
    import ray  # noqa: PLC0415  (of an extra)

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        there = run(_plan(), engine("ray"))
    finally:
        ray.shutdown()
    assert (there.missing, list(there.rows)) == (0, list(run(_plan(), cores(1)).rows))


def _free() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"dask://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "No cluster answers at dask://127.0.0.1"),
        ("ray", "No cluster answers at ray"),
        ("dask://nowhere", "dask://nowhere is neither"),
        ("spark", "spark is neither"),
    ],
)
@pytest.mark.usefixtures("no_other_ray")
def test_a_cluster_that_is_not_there_is_one_sentence(
    address: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With exit code 2, before anything is played."""
    monkeypatch.setattr(worker_pools, "_PATIENCE_S", 0.5)
    assert command(["playtest", "quickstart", "--cluster", address or _free()]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_an_engine_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster) as none:
        engine("dask://127.0.0.1:8786")
    assert (none.value.why, none.value.values["extra"]) == ("extra", "dask")
