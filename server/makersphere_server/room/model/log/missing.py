"""Which records of a room somebody has seen that are not in its history: what is lost, as far as anybody can say.

A server that was put back to an older copy of its folder cannot know what the copy lacks. It learns it from whoever
comes back and has seen more, or something else under the same number, and from a head file that is ahead. What is
known is kept beside the log and shown to the hosts, with who has said so. A number can be made up, so what rests on a
seat's word alone is told apart from what is known. Never decides how the room goes on.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

__all__ = ["KEY", "Claim", "Missing"]

KEY: Final = "missing"  # of the private values
_MOST_CLAIMS: Final = 24  # the newest, each person's last one

Place = tuple[int, int]  # a seat, and the number of a person there; (0, 0): the hosts


@attrs.frozen
class Claim:
    """What somebody says to have seen: the number of a record.

    Attributes:
        seat: whose people said so; 0: a host.
        member: the number of the person there, which nobody else ever gets; 0: a host.
    """

    seq: int
    seat: int = 0
    member: int = 0

    @property
    def place(self) -> Place:
        """Return who says so."""
        return self.seat, self.member


@attrs.frozen
class Missing:
    """The records that are missing as far as anybody has said; those between may be there.

    Attributes:
        first: number of the first one; 0: none is missing.
        last: number of the last one.
        epoch: the latest in which somebody has seen one of them.
        claims: who has said to have seen one of them; nobody has where a head file told it.
        undecided: by how much the room's epoch has risen for it without a host's decision.
        sure: where somebody has said so, the first and the last number of which there is more than a seat's word, or
            (0, 0).
    """

    first: int = 0
    last: int = 0
    epoch: int = 0
    claims: tuple[Claim, ...] = ()
    undecided: int = 0
    sure: tuple[int, int] = (0, 0)

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values say is missing."""
        return msgspec.json.decode(private.get(KEY, b"{}"), type=cls)

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value that it is kept in; none where nothing is missing."""
        return {KEY: msgspec.json.encode(self)} if self.first else {}

    def __len__(self) -> int:
        """Return how many are known to be missing, those between the first and the last included."""
        first, last = self.known
        return last - first + 1 if first else 0

    @property
    def known(self) -> tuple[int, int]:
        """Return `sure`; where nobody has said so, a head file has told it, and all of it is known."""
        return self.sure if self.claims else (self.first, self.last)

    def joined(
        self, first: int, last: int, epoch: int = 0, claim: Claim | None = None, *, is_sure: bool = True
    ) -> Missing:
        """Return it with more that is missing, and who says so; not `is_sure`: that may be made up."""
        claims, sure = self.claims, self.known
        if claim is not None:
            others = [one for one in claims if one.place != claim.place]
            claims = (*others[1 - _MOST_CLAIMS :], claim)
        if is_sure:
            sure = min(sure[0] or first, first), max(sure[1], last)
        first, last, epoch = min(self.first or first, first), max(self.last, last), max(self.epoch, epoch)
        return Missing(first, last, epoch, claims, self.undecided, sure if claims else (0, 0))

    def is_claimed_by(self, place: Place) -> bool:
        """Return whether somebody is known to have said so."""
        return any(claim.place == place for claim in self.claims)

    def tree(self, people: Container[Place] = (), *, is_still: bool = False) -> dict[str, Any]:
        """Return it as the hosts see it; of those who said so, the hosts and the people who sit there still.

        Args:
            people: who sits somewhere.
            is_still: the room stands still for it. It is shown then in any case; later no more where nothing of it is
                known and whoever said so has been taken away. It is kept all the same.
        """
        if not self.first:
            return {}
        tree: dict[str, Any] = {"from": self.first, "to": self.last}
        by: dict[str, int] = {}
        for claim in self.claims:
            if not claim.seat or claim.place in people:
                by[str(claim.seat)] = max(claim.seq, by.get(str(claim.seat), 0))
        if by:
            tree["by"] = by
        first, last = self.known
        if first:
            tree["known"] = {"from": first, "to": last}
        may_be_others = len(self.claims) == _MOST_CLAIMS
        return {"behind": tree} if first or by or is_still or may_be_others else {}
