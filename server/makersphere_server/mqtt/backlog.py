"""Messages that wait to be published, within a bound of bytes.

Where the bound is reached the oldest messages are dropped and counted: they are of least use by then.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

__all__ = ["Backlog", "Message"]


class Message(NamedTuple):
    """What is published.

    Attributes:
        is_kept: the broker keeps it for clients that come later.
        correlation: by which a device knows what it answers.
    """

    topic: str
    payload: bytes
    is_kept: bool = False
    correlation: bytes | None = None

    @property
    def size(self) -> int:
        """Return how many bytes it takes; the topic counts too, since a device chooses where it is answered."""
        return len(self.topic) + len(self.payload) + len(self.correlation or b"")


class Backlog:
    """Messages in the order in which they came.

    Attributes:
        size: bytes of all messages.
    """

    def __init__(self, most_bytes: int) -> None:
        """Begin empty."""
        self.size = 0
        self._most_bytes = most_bytes
        self._messages: deque[Message] = deque()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._messages)

    def add(self, message: Message) -> int:
        """Add a message; return how many older ones had to go for it."""
        self._messages.append(message)
        self.size += message.size
        before = len(self)
        while self.size > self._most_bytes:
            self.take()
        return before - len(self)

    def take(self) -> Message:
        """Return the oldest.

        Raises:
            IndexError: nothing waits.
        """
        message = self._messages.popleft()
        self.size -= message.size
        return message

    def clear(self) -> int:
        """Forget all; return how many there were."""
        count = len(self)
        self._messages.clear()
        self.size = 0
        return count
