"""What people of a room have answered to its page of welcome and consent: one value a person, beside the log.

Answers who has said yes, and of whose seats nothing may be in data that leave the server. Where the page is shown, no
answer is as good as a no, and a seat has said yes when everybody who sits or has sat there has. What an export leaves
out is `afterwards/consented.py`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_server.room.model.people.seat_people import SeatPeople

__all__ = ["ANSWERS", "CONSENT_KEY", "Consent", "Consents"]

CONSENT_KEY: Final = "consent:"  # of private values
YES: Final = "yes"
ANSWERS: Final = (YES, "no", "later")

Author = tuple[int, int]  # a seat, and which of its people


@attrs.frozen
class Consent:
    """What one person has answered last.

    Attributes:
        at_ms: wall clock of the answer.
        times: how often they have answered by now.
    """

    seat: int
    member: int
    answer: str
    at_ms: int
    times: int = 1

    @property
    def key(self) -> str:
        """Return the key of the private value."""
        return f"{CONSENT_KEY}{self.seat}:{self.member}"

    def tree(self) -> dict[str, Any]:
        """Return it as the seat's hand has it."""
        return {"member": self.member, "answer": self.answer, "at": self.at_ms}


class Consents:
    """The answers of one room."""

    def __init__(self, given: Iterable[Consent] = ()) -> None:
        """Begin with some."""
        self._given = {(one.seat, one.member): one for one in given}

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values have."""
        found = (value for key, value in sorted(private.items()) if key.startswith(CONSENT_KEY))
        return cls(msgspec.json.decode(value, type=Consent) for value in found)

    def find(self, author: Author) -> Consent | None:
        """Return what somebody has answered last, if anything."""
        return self._given.get(author)

    def give(self, author: Author, answer: str, at_ms: int) -> dict[str, bytes | None]:
        """Take an answer in place of the earlier one; return what is to be stored."""
        before = self._given.get(author)
        given = Consent(*author, answer, at_ms, before.times + 1 if before else 1)
        self._given[author] = given
        return {given.key: msgspec.json.encode(given)}

    def of_seat(self, people: SeatPeople) -> dict[str, dict[str, Any]]:
        """Return what the people who sit on a seat now have answered, by which of them."""
        found = {member.number: self.find((people.seat, member.number)) for member in people.members}
        return {str(number): one.tree() for number, one in found.items() if one is not None}

    def withheld(self, seats: Iterable[SeatPeople]) -> frozenset[int]:
        """Return the seats in which somebody sits or has sat who has not said yes."""
        return frozenset(people.seat for people in seats if not all(map(self._agrees(people), _numbers(people))))

    def _agrees(self, people: SeatPeople) -> Any:  # noqa: ANN401  (a function of a person's number)
        def agrees(number: int) -> bool:
            one = self.find((people.seat, number))
            return one is not None and one.answer == YES

        return agrees


def _numbers(people: SeatPeople) -> range:
    most = max((member.number for member in people.members), default=0)
    return range(1, max(people.came, most) + 1)
