"""What is kept of platforms: which activity belongs to which room, who came by it, and what was sent of them.

All of it is private values of the room, or of the class, beside its log: erased with it, and of one person with that
person or with the names. What was sent stands apart from whose it is, so that nothing that is told late brings the
platform's word for somebody back who was erased meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final, Literal

import attrs
import msgspec

from makersphere_server.codes import digest
from makersphere_server.room.model.own_data.from_platform import FROM_KEY, SENT_KEY, FromPlatform, sent_key
from makersphere_server.storage.event_log import Damaged, EventLog

__all__ = ["Activity", "Kept", "Person", "Sent", "activity_id", "all_kept", "sent_of"]

_ACTIVITY_KEY: Final = "lti_activity:"

Person = tuple[int, int]  # a seat, and which of its people
Status = Literal["waiting", "sent", "refused"]


@attrs.frozen
class Activity:
    """An activity of a platform, whose people come into one room or class.

    Attributes:
        grades: where its grades go, or "".
        salt: by which its people are known again.
    """

    issuer: str
    client: str
    deployment: str
    link: str
    title: str
    grades: str
    salt: str = attrs.field(repr=False)

    @property
    def id(self) -> str:
        """Return by what the activity is known."""
        return activity_id(self.issuer, self.client, self.deployment, self.link)

    @property
    def key(self) -> str:
        """Return the key of the private value."""
        return f"{_ACTIVITY_KEY}{self.id}"


@attrs.frozen
class Sent:
    """What a platform was sent of somebody, or is to be.

    Attributes:
        status: `waiting` to be sent, for its first time or another one; `sent`; or `refused`.
        points: of `most`.
        at_ms: wall clock, when the teacher said so.
        tries: how often it was not taken.
        text: why it was not, key of a sentence, `lti.wrong.` left out; or "".
        values: what stands in it.
    """

    status: Status
    points: int
    most: int
    at_ms: int
    tries: int = 0
    text: str = ""
    values: dict[str, str | int] = attrs.field(factory=dict)


def activity_id(issuer: str, client: str, deployment: str, link: str) -> str:
    """Return by what an activity is known."""
    return digest("lti", issuer, client, deployment, link)


@attrs.frozen
class Kept:
    """What a room or a class has of platforms.

    Attributes:
        people: who came, by seat and person, as far as they are still there.
        sent: what was sent of whom.
    """

    activities: Mapping[str, Activity]
    people: Mapping[Person, FromPlatform]
    sent: Mapping[Person, Sent]

    @classmethod
    async def of(cls, log: EventLog, room: str) -> Kept:
        """Return what a room or a class has.

        Raises:
            KeyError: there is no such room.
            StoreUnavailable: it cannot be read now.
        """
        return cls.stored(await log.privates(room))

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Kept:
        """Return what some private values have."""
        activities = [
            msgspec.json.decode(value, type=Activity) for key, value in private.items() if key.startswith(_ACTIVITY_KEY)
        ]
        return cls(
            {one.id: one for one in activities},
            {
                _person(key): msgspec.json.decode(value, type=FromPlatform)
                for key, value in private.items()
                if key.startswith(FROM_KEY)
            },
            {
                _person(key): msgspec.json.decode(value, type=Sent)
                for key, value in private.items()
                if key.startswith(SENT_KEY)
            },
        )


async def all_kept(log: EventLog) -> dict[str, Kept]:
    """Return what all rooms and classes have of platforms, by code; those that stand still are left out.

    Raises:
        StoreUnavailable: it cannot be read now.
    """
    found: dict[str, Kept] = {}
    for row in await log.rooms():
        if row.state != "quarantined":
            with suppress(Damaged):
                found[row.room] = await Kept.of(log, row.room)
    return found


def sent_of(sent: Mapping[Person, Sent]) -> dict[str, bytes | None]:
    """Return the private values of what was sent."""
    return {sent_key(seat, member): msgspec.json.encode(one) for (seat, member), one in sent.items()}


def _person(key: str) -> Person:
    _, seat, member = key.split(":")
    return int(seat), int(member)
