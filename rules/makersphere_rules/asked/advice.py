"""What a rule module sees of a seat that it gives advice to: what the seat's person sees, and nothing else.

Whoever runs a bot hands it over: a playtest, a room, a client over the wire. So advice rests on no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

__all__ = ["Seen"]


class Seen(Protocol):
    """A seat's view: table and hand are `{kind: {key: {field: value}}}`, with keys as text; not to be changed."""

    @property
    def seat(self) -> int:
        """Return the seat's number."""
        ...

    @property
    def role(self) -> str:
        """Return its role."""
        ...

    @property
    def table(self) -> Mapping[str, Any]:
        """Return what everyone may see, with the parameters of the rules under `module`."""
        ...

    @property
    def hand(self) -> Mapping[str, Any]:
        """Return what this seat may see beyond the table."""
        ...
