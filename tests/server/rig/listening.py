"""A listener to what a broker brings, and a note of what came of it."""

from collections.abc import Iterable

from makersphere_protocol.mqtt import Topics
from makersphere_server.limits import Limits
from makersphere_server.mqtt.listener import Listener, Request
from makersphere_server.mqtt.retained import RetainedValues

__all__ = ["Listening"]

_LIMITS = Limits()


class Listening:
    """A listener that no game and no broker stands behind.

    Attributes:
        listener: the listener.
        retained: what stands on our topics.
        handed: requests that the game was handed.
        answers: what devices were told: topic and payload.
        flooded: whose floods are not listened to.
    """

    def __init__(self, *, known: Iterable[str] = (), limits: Limits = _LIMITS, takes_devices: bool = True) -> None:
        """Begin with devices that are paired."""
        self.retained = RetainedValues()
        self.handed: list[Request] = []
        self.answers: list[tuple[str, bytes]] = []
        self.flooded: list[str] = []
        self.listener = Listener(
            Topics(),
            self.retained,
            limits,
            takes_devices=takes_devices,
            hand_over=self.handed.append,
            answer=lambda topic, payload, _correlation: self.answers.append((topic, payload)),
            flooded=self.flooded.append,
        )
        self.listener.set_known_devices(known)
