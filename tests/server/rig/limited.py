"""Servers and rooms with limits of a test's own, and what they have turned away."""

from typing import Any

from prometheus_client import REGISTRY

from makersphere_bots.stand_ins import StandIns
from makersphere_server.app import running
from tests.loopback import loopback
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.memory_log import MemoryLog


def met(bound: str) -> float:
    """Return how often a bound has been met."""
    return REGISTRY.get_sample_value("makersphere_limited_total", {"bound": bound}) or 0.0


def limited(**limits: Any) -> Any:  # noqa: ANN401  (settings)
    """Open a rig with some limits."""
    return _Started(limits)


class _Started:
    def __init__(self, limits: dict[str, Any]) -> None:
        self._rig = Rig(**limits)

    async def __aenter__(self) -> Rig:
        return await self._rig.start()

    async def __aexit__(self, *_: object) -> None:
        await self._rig.stop()


def serving(log: MemoryLog | None = None, **limits: Any) -> Any:  # noqa: ANN401  (settings)
    """Run a server with some limits."""
    return running(loopback(**limits), StandIns(), log=log or MemoryLog())


async def knock(rig: Rig, frame: Any, times: int = 1) -> list[str]:  # noqa: ANN401  (a frame)
    """Return what strangers hear who come with a frame, one after the other."""
    heard = []
    for _ in range(times):
        stranger = Client(rig)
        await stranger.say(frame)
        await rig.pass_ms(0)
        heard.append(stranger.error().code if stranger.connection.closed else "in")
        stranger.leave()
    return heard
