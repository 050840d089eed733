"""What people have asked the hosts in their own words, and what they were answered: one value a person, beside the log.

Answers what waits for a host, and what a seat's people read of their own. A value goes with its author's name; the
log has digests alone. How often somebody has asked lately is known while the room is open. Never decides who may
ask: that is `commands/asking_hosts.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

__all__ = ["ASKED_KEY", "AskedHosts", "OwnQuestion"]

ASKED_KEY: Final = "asked:"  # of private values

Tree = dict[str, Any]
Author = tuple[int, int]  # a seat, and which of its people


@attrs.frozen
class OwnQuestion:
    """What one person has asked the hosts last.

    Attributes:
        number: of the question, from 1; whoever asks again takes the one of before back.
        answer: in the host's words; "" where nobody has answered, or a host has answered in person.
        is_open: no host has answered yet.
        host: the number of the host who has answered, or 0.
    """

    seat: int
    member: int
    number: int
    text: str = attrs.field(repr=False)
    answer: str = attrs.field(default="", repr=False)
    is_open: bool = True
    host: int = 0

    @property
    def author(self) -> Author:
        """Return who asked."""
        return self.seat, self.member

    @property
    def key(self) -> str:
        """Return the key of the private value."""
        return f"{ASKED_KEY}{self.seat}:{self.member}"

    def tree(self) -> Tree:
        """Return it as hands have it."""
        tree: Tree = {"seat": self.seat, "member": self.member, "number": self.number, "text": self.text}
        if not self.is_open:
            tree["answered"] = True
        return {**tree, "answer": self.answer} if self.answer else tree


class AskedHosts:
    """What the people of one room have asked its hosts."""

    def __init__(self, asked: Iterable[OwnQuestion] = ()) -> None:
        """Begin with some."""
        self._asked = {one.author: one for one in asked}
        self._asked_ms: dict[Author, int] = {}

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values have."""
        found = (value for key, value in sorted(private.items()) if key.startswith(ASKED_KEY))
        return cls(msgspec.json.decode(value, type=OwnQuestion) for value in found)

    def find(self, author: Author) -> OwnQuestion | None:
        """Return what somebody has asked last, if anything."""
        return self._asked.get(author)

    def since_ms(self, author: Author, now_ms: int) -> int | None:
        """Return how long ago somebody has asked last; None: not since the room was opened."""
        asked = self._asked_ms.get(author)
        return None if asked is None else now_ms - asked

    def ask(self, author: Author, text: str, now_ms: int) -> dict[str, bytes | None]:
        """Take a question in place of its author's earlier one; return what is to be stored."""
        before = self._asked.get(author)
        self._asked_ms[author] = now_ms
        return self._keep(OwnQuestion(*author, before.number + 1 if before else 1, text))

    def answer(self, question: OwnQuestion, answer: str, host: int) -> dict[str, bytes | None]:
        """Close a question with an answer; return what is to be stored."""
        return self._keep(attrs.evolve(question, answer=answer, is_open=False, host=host))

    def _keep(self, one: OwnQuestion) -> dict[str, bytes | None]:
        self._asked[one.author] = one
        return {one.key: msgspec.json.encode(one)}

    def of_seat(self, seat: int, members: Iterable[int]) -> Tree:
        """Return what the people who sit on a seat now have asked, by which of them."""
        found = {member: self._asked.get((seat, member)) for member in members}
        return {str(member): one.tree() for member, one in found.items() if one is not None}

    def waiting(self, people: Collection[Author]) -> Tree:
        """Return the questions of some people that wait for a host, by seat and person."""
        found = [one for one in self._asked.values() if one.is_open and one.author in people]
        return {f"{one.seat}:{one.member}": one.tree() for one in sorted(found, key=lambda one: one.author)}
