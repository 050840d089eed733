"""Where a command has its games played: this machine, or a cluster that somebody started."""

from __future__ import annotations

from makersphere_cli.speech.trouble import Trouble
from makersphere_playtest.games.worker_pools import Engine, NoCluster, engine

__all__ = ["engine_at"]


def engine_at(cluster: str, jobs: int) -> Engine:
    """Return the engine for so many processes, here or on the cluster at an address.

    Raises:
        Trouble: the address leads to no cluster, or what it needs is not installed.
    """
    try:
        return engine(cluster, jobs)
    except NoCluster as none:
        text = "extra_missing" if none.why == "extra" else f"cluster_{none.why}"
        raise Trouble(text, **none.values) from None
