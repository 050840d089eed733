"""By which word a learning platform knows somebody of a room: one value a person, beside the log.

Whoever has it can ask the platform who that is, so it goes with the person. Never decides what is sent there: that is
`lti/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs
import msgspec

__all__ = ["FROM_KEY", "FromPlatform", "from_platforms"]

FROM_KEY: Final = "lti:"  # of private values


@attrs.frozen
class FromPlatform:
    """Somebody who came from a learning platform.

    Attributes:
        person: the platform's word for them, which says nothing to others.
        issuer: of the platform.
        activity: by which activity they came.
        way: which of the names that they could have they came under.
    """

    person: str = attrs.field(repr=False)
    issuer: str
    activity: str
    way: int = 0

    @staticmethod
    def key(seat: int, member: int) -> str:
        """Return the key of somebody's private value."""
        return f"{FROM_KEY}{seat}:{member}"


def from_platforms(private: Mapping[str, bytes], seat: int, members: Iterable[int]) -> dict[str, FromPlatform]:
    """Return what some of a seat's people are to platforms, by key, as far as they came from one."""
    keys = [key for member in sorted(members) if (key := FromPlatform.key(seat, member)) in private]
    return {key: msgspec.json.decode(private[key], type=FromPlatform) for key in keys}
