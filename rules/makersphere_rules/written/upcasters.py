"""Old events in new clothes: pure functions from one version of an event's data to the next.

An upcaster is never changed or removed: the golden logs of every release must replay for ever. A new
version of an event brings its upcaster here, keyed by the event's type and the version it comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

__all__ = ["UPCASTERS", "upcast"]

Data = dict[str, Any]

UPCASTERS: Final[dict[tuple[str, int], Callable[[Data], Data]]] = {}


def upcast(type_: str, version: int, wanted: int, data: Data) -> Data:
    """Return `data` of an event as its `wanted` version.

    Raises:
        KeyError: an upcaster is missing; a bug, caught by the golden logs.
    """
    while version < wanted:
        data = UPCASTERS[(type_, version)](data)
        version += 1
    return data
