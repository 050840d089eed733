"""A mean with its interval, whoever has worked it out; needs no package, so that a server's processes have it too."""

from __future__ import annotations

import attrs

__all__ = ["Estimate"]


@attrs.frozen
class Estimate:
    """A mean over games and its 95 % interval, from `lo` to `hi`."""

    mean: float
    lo: float
    hi: float

    @property
    def is_clear(self) -> bool:
        """Return whether the interval leaves out 0, so that a difference is sure."""
        return self.lo > 0 or self.hi < 0
