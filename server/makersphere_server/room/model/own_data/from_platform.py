"""By which word a learning platform knows somebody of a room: one value a person, beside the log.

Whoever has it can ask the platform who that is, so it goes with the person, and with it what was sent there of them
and what the platform said to that. Never decides what is sent there: that is `lti/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
import msgspec

__all__ = ["FROM_KEY", "SENT_KEY", "FromPlatform", "from_platforms", "sent_key", "sent_to_platforms"]

FROM_KEY: Final = "lti:"  # of private values
SENT_KEY: Final = "lti_sent:"


@attrs.frozen
class FromPlatform:
    """Somebody who came from a learning platform.

    Attributes:
        person: the platform's word for them, which says nothing to others.
        issuer: of the platform.
        activity: by which activity they came.
        name: under which they came; whatever the platform calls them later, the seat is found by it.
    """

    person: str = attrs.field(repr=False)
    issuer: str
    activity: str
    name: str = attrs.field(default="", repr=False)

    @staticmethod
    def key(seat: int, member: int) -> str:
        """Return the key of somebody's private value."""
        return f"{FROM_KEY}{seat}:{member}"


def sent_key(seat: int, member: int) -> str:
    """Return the key of the private value of what was sent of somebody."""
    return f"{SENT_KEY}{seat}:{member}"


def from_platforms(private: Mapping[str, bytes], seat: int, members: Iterable[int]) -> dict[str, FromPlatform]:
    """Return what some of a seat's people are to platforms, by key, as far as they came from one."""
    keys = [key for member in sorted(members) if (key := FromPlatform.key(seat, member)) in private]
    return {key: msgspec.json.decode(private[key], type=FromPlatform) for key in keys}


def sent_to_platforms(private: Mapping[str, bytes], seat: int, members: Iterable[int]) -> dict[str, dict[str, Any]]:
    """Return what was sent of some of a seat's people, or is to be, by key, as it is stored."""
    keys = [key for member in sorted(members) if (key := sent_key(seat, member)) in private]
    return {key: msgspec.json.decode(private[key]) for key in keys}
