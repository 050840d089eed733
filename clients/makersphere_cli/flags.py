"""The flags that several commands share, with their bounds.

Annotations that cyclopts reads; what is out of bounds is refused with what is in bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from cyclopts import Parameter

from makersphere_cli.words import say

__all__ = ["Games", "Json", "Name", "Seats", "Seed", "between"]

MAX_SEATS: Final = 500
MAX_SEED: Final = 2**53 - 1  # what the wire takes


def between(lo: int, hi: int) -> Callable[[object, object], None]:
    """Return a validator for whole numbers from `lo` to `hi`."""

    def check(_: object, value: object) -> None:
        if isinstance(value, int) and not lo <= value <= hi:
            raise ValueError(say("needs_between", lo=f"{lo:,}", hi=f"{hi:,}"))

    return check


Name = Annotated[str, Parameter(allow_leading_hyphen=False)]
Seats = Annotated[int, Parameter(validator=between(1, MAX_SEATS))]
Seed = Annotated[int, Parameter(validator=between(0, MAX_SEED))]
Games = Annotated[int, Parameter(validator=between(1, 1_000_000))]
Json = Annotated[bool, Parameter(name="--json", negative=())]
