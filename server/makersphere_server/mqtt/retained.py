"""The last value of each topic, and which of them the broker has not confirmed.

Answers what to publish next. It is no queue: a topic that changes twice before it is published is published once.
What somebody else has written where our state stands is put right.
"""

from __future__ import annotations

from typing import Final

from makersphere_server.mqtt.backlog import Backlog, Message

__all__ = ["MOST_EVENT_BYTES", "RetainedValues"]

MOST_EVENT_BYTES: Final = 128 << 10
_MOST_ECHOES: Final = 1_024  # more than may be on their way
_MOST_STRANGE: Final = 1_000  # topics that are not ours, to be cleared


class RetainedValues:
    """What is retained on the broker, as it should be, and events that wait to be told.

    Attributes:
        is_wanted: whether there is a broker to take what is put here.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.is_wanted = False
        self._values: dict[str, bytes] = {}
        self._due: dict[str, None] = {}
        self._strange: dict[str, None] = {}
        self._events = Backlog(MOST_EVENT_BYTES)
        self._echoes: dict[tuple[str, int], None] = {}  # what we have said and may still hear

    @property
    def is_clear(self) -> bool:
        """Return whether nothing waits to be published."""
        return not (self._due or self._strange or self._events)

    @property
    def waiting(self) -> int:
        """Return how many messages wait to be published."""
        return len(self._due) + len(self._strange) + len(self._events)

    @property
    def waiting_bytes(self) -> int:
        """Return how much is kept only because it has not been published: events; values are kept anyway."""
        return self._events.size

    def set_value(self, topic: str, payload: bytes) -> None:
        """Set what a topic should hold; b"" is nothing."""
        if self._values.get(topic, b"") != payload:
            self._values[topic] = payload
            self._due[topic] = None

    def add_event(self, topic: str, payload: bytes) -> int:
        """Add an event; return how many older ones had to go for it."""
        return self._events.add(Message(topic, payload))

    def clear(self, prefix: str) -> None:
        """Have everything below a prefix emptied."""
        for topic in [topic for topic in self._values if topic.startswith(prefix)]:
            self.set_value(topic, b"")

    def broker_lost(self) -> int:
        """Take note that the broker is gone; return how many events nobody will be told.

        What was to be emptied is forgotten: whatever is still there when the broker is back is found there.
        """
        self.is_wanted = False
        self._values = {topic: payload for topic, payload in self._values.items() if payload}
        self._due.clear()
        self._strange.clear()
        self._echoes.clear()
        return self._events.clear()

    def broker_found(self) -> None:
        """Take note that a broker is there, which may know nothing: everything is published again."""
        self.is_wanted = True
        self._due = dict.fromkeys(self._values)

    def next(self) -> Message | None:
        """Return what to publish next; None: nothing."""
        if self._events:
            event = self._events.take()
            self._keep_echo(event.topic, event.payload)
            return event
        for waiting in (self._due, self._strange):
            if waiting:
                topic = next(iter(waiting))
                del waiting[topic]
                payload = self._values.get(topic, b"")
                self._keep_echo(topic, payload)
                if not payload:
                    self._values.pop(topic, None)
                return Message(topic, payload, is_kept=True)
        return None

    def _keep_echo(self, topic: str, payload: bytes) -> None:
        """Remember what we have said, since a broker without MQTT 5 tells it to us too, and so does `iotcore`."""
        self._echoes[topic, hash(payload)] = None
        if len(self._echoes) > _MOST_ECHOES:
            del self._echoes[next(iter(self._echoes))]

    def _is_echo(self, topic: str, payload: bytes) -> bool:
        """Return whether we have said this and have not heard it back yet."""
        said = topic, hash(payload)
        is_ours = said in self._echoes
        self._echoes.pop(said, None)
        return is_ours

    def is_foreign(self, topic: str, payload: bytes) -> bool:
        """Return whether somebody else has written on a topic of ours; the topic gets its value back.

        So it does where an older value of ours stands there: it may be an echo, or somebody says it again.
        """
        is_echo = self._is_echo(topic, payload)
        if payload == self._values.get(topic, b""):
            return False
        if topic in self._values:
            self._due[topic] = None
        elif not is_echo and len(self._strange) < _MOST_STRANGE:
            self._strange[topic] = None
        return not is_echo
