"""Where the games of a playtest are played: on the cores of this machine, on a Dask cluster, or on Ray.

Answers with results as they come, in any order. What may go wrong is told in the same way by every engine: a cluster
that is not there or is lost, a worker that dies. Never decides what is played: a game depends on its seed alone, so
every engine gives the same rows. A cluster is neither started nor stopped here.

Each engine's own stream is used, not joblib's backends for them: the one for Ray gives no result before the last is
there, and the one for Dask waits for ever when a task kills its workers or the scheduler goes away.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from joblib import Parallel, delayed
from joblib.externals.loky.process_executor import TerminatedWorkerError

__all__ = ["ClusterLost", "Engine", "NoCluster", "WorkerDied", "cores", "engine"]

_OURS: Final = "makersphere"
_DASK: Final = "dask://"
_RAY: Final = "ray"
_PATIENCE_S: Final = 5  # until a cluster counts as not there

Tasks = Sequence[tuple[Any, ...]]
Engine = Callable[[Callable[..., Any], Tasks], Generator[Any]]


class NoCluster(Exception):
    """A cluster cannot be used.

    Attributes:
        why: `form`, `away`, `idle` (it has no workers), `version` (they have another one), or `extra`.
        values: what fills a sentence that says so.
    """

    def __init__(self, why: str, **values: str) -> None:
        """Keep what to say."""
        super().__init__(why, values)
        self.why = why
        self.values = values


class WorkerDied(Exception):
    """A process that played is gone; the games that it had not finished may be asked for again."""


class ClusterLost(Exception):
    """The cluster went away in the middle."""


def engine(cluster: str, jobs: int = -1) -> Engine:
    """Return an engine by its address: `dask://host:port`, `ray`, or "" for this machine.

    Args:
        cluster: the address.
        jobs: processes on this machine; -1 for all cores.

    Raises:
        NoCluster: the cluster is not there, or would not play the same games.
    """
    address = cluster.removeprefix(_DASK)
    if not cluster:
        return cores(jobs)
    if cluster == _RAY:
        return _ray()
    if address != cluster and address.rpartition(":")[2].isdecimal():
        return _dask(cluster, address)
    raise NoCluster("form", typed=cluster)


def cores(jobs: int = -1) -> Engine:
    """Return the engine of this machine's cores."""

    def results(work: Callable[..., Any], tasks: Tasks) -> Generator[Any]:
        stream = Parallel(n_jobs=jobs, return_as="generator_unordered")(delayed(work)(*task) for task in tasks)
        try:
            for result in stream:  # noqa: UP028  (it is closed below, where its word on what is cancelled is not wanted)
                yield result
        except TerminatedWorkerError as error:
            raise WorkerDied from error
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                stream.close()

    return results


def _module(name: str, extra: str) -> Any:  # noqa: ANN401  (a module that may not be there)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise NoCluster("extra", module=error.name or name, extra=extra) from None


def _own() -> str:
    return version(_OURS)


def _check(where: str, found: Iterable[object]) -> None:
    """Refuse workers on which other games would be played than here."""
    own, others = _own(), {one if isinstance(one, str) else "" for one in found}
    if not others:
        raise NoCluster("idle", where=where)
    for other in sorted(others - {own}):
        raise NoCluster("version", where=where, found=other or "-", own=own)


def _dask(where: str, address: str) -> Engine:
    distributed = _module("distributed", "dask")
    for name in ("distributed", "tornado"):  # it logs what is said here in one sentence
        logging.getLogger(name).setLevel(logging.CRITICAL)

    @contextmanager
    def client() -> Iterator[Any]:
        try:
            found = distributed.Client(address, timeout=_PATIENCE_S, set_as_default=False)
        except (OSError, ValueError):
            raise NoCluster("away", where=where) from None
        try:
            yield found
        finally:
            found.close(timeout=_PATIENCE_S)

    with client() as one:
        with suppress(TimeoutError):  # none is found then
            one.wait_for_workers(1, timeout=_PATIENCE_S)  # they may just be starting
        _check(where, one.run(version, _OURS, on_error="return").values())

    def results(work: Callable[..., Any], tasks: Tasks) -> Generator[Any]:
        with client() as one:
            waiting = distributed.as_completed(
                one.map(work, *zip(*tasks, strict=True), pure=False),
                loop=one.loop,
                with_results=True,
                raise_errors=False,
            )
            yield from _finished(distributed, waiting)

    return results


def _finished(distributed: Any, waiting: Iterable[tuple[Any, Any]]) -> Iterator[Any]:  # noqa: ANN401  (it carries no types)
    """Yield the results of Dask's workers as they come; games whose workers keep dying are told at the end."""
    died: Exception | None = None
    for future, result in waiting:
        if future.status == "finished":
            yield result
        elif future.status == "error":
            if not isinstance(result[1], distributed.KilledWorker):
                raise result[1]
            died = result[1]
        else:
            raise ClusterLost
    if died is not None:
        raise WorkerDied from died


def _ray() -> Engine:
    ray = _module("ray", "ray")
    if not ray.is_initialized():
        try:
            ray.init(address="auto", logging_level=logging.CRITICAL, log_to_driver=False, configure_logging=False)
        except ConnectionError:
            raise NoCluster("away", where=_RAY) from None
    try:
        found: object = ray.get(ray.remote(version).remote(_OURS))
    except ray.exceptions.RayTaskError:
        found = None
    _check(_RAY, [found])

    def results(work: Callable[..., Any], tasks: Tasks) -> Generator[Any]:
        try:
            yield from ray.util.map_unordered(ray.remote(lambda task: work(*task)), tasks)
        except ray.exceptions.WorkerCrashedError as error:
            raise WorkerDied from error
        except ray.exceptions.RaySystemError as error:
            raise ClusterLost from error

    return results
