"""Which records of a room somebody has seen that are not in its history: what is lost, as far as anybody can say.

A server that was put back to an older copy of its folder cannot know what the copy lacks. It learns it from whoever
comes back and has seen more, or something else under the same number, and from a head file that is ahead. What is
known is kept beside the log and shown to the hosts. Never decides how the room goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

import attrs
import msgspec

__all__ = ["KEY", "Missing"]

KEY: Final = "missing"  # of the private values


@attrs.frozen
class Missing:
    """The records that are known to be missing; those between may be there.

    Attributes:
        first: number of the first one; 0: none is missing.
        last: number of the last one.
        epoch: the latest in which somebody has seen one of them.
    """

    first: int = 0
    last: int = 0
    epoch: int = 0

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values say is missing."""
        return msgspec.json.decode(private.get(KEY, b"{}"), type=cls)

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value that it is kept in; none where nothing is missing."""
        return {KEY: msgspec.json.encode(self)} if self.first else {}

    def __len__(self) -> int:
        """Return how many are missing, those between the first and the last included."""
        return self.last - self.first + 1 if self.first else 0

    def joined(self, first: int, last: int, epoch: int = 0) -> Missing:
        """Return it with more that is missing."""
        return Missing(min(self.first or first, first), max(self.last, last), max(self.epoch, epoch))

    def tree(self) -> dict[str, Any]:
        """Return it as the hosts see it."""
        return {"behind": {"from": self.first, "to": self.last}} if self.first else {}
