"""Where a command has its games played: this machine, or a cluster that somebody started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from makersphere_cli.speech.trouble import Trouble

if TYPE_CHECKING:
    from makersphere_playtest.games.worker_pools import Engine

__all__ = ["engine_of"]


def engine_of(cluster: str, jobs: int) -> Engine:
    """Return the engine of an address, or say why it is none."""
    from makersphere_playtest.games.worker_pools import NoCluster, engine  # noqa: PLC0415  (quick --help)

    try:
        return engine(cluster, jobs)
    except NoCluster as none:
        text = "extra_missing" if none.why == "extra" else f"cluster_{none.why}"
        raise Trouble(text, **none.values) from None
