"""Random streams for policies: one for each time a seat is asked, made of a root that is not the room's dice.

A stream costs nothing until it is drawn from, because most decisions of most policies need no chance.
"""

from __future__ import annotations

import random
from typing import Any, Self

__all__ = ["Stream"]


class Stream(random.Random):
    """A generator that is seeded from its name at the first draw, the same on every Python and in every process.

    Names look like `root|seat|season|phase|call`: equal names are equal streams, so no pace and no other seat
    can move what a policy draws.

    Attributes:
        name: whole or in its parts, until the first draw. Given another, it becomes the stream of that name, as a new
            one would be. One generator can so serve many seats, one after the other.
    """

    name: tuple[str | int, ...] | None

    def __new__(cls, *name: str | int) -> Self:
        """Make it without the seeding that the base class would do."""
        return super().__new__(cls)

    def __init__(self, *name: str | int) -> None:
        """Keep the name for the first draw."""
        self.name = name

    def random(self) -> float:
        """Return a number from 0 up to 1, 1 left out."""
        if self.name is not None:
            self._wake(self.name)
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        """Return a whole number of `k` random bits."""
        if self.name is not None:
            self._wake(self.name)
        return super().getrandbits(k)

    def getstate(self) -> tuple[Any, ...]:
        """Return where the stream stands."""
        if self.name is not None:
            self._wake(self.name)
        return super().getstate()

    def _wake(self, name: tuple[str | int, ...]) -> None:
        self.name = None
        self.seed("|".join(map(str, name)))
