"""What there is to send of whom: the participation table, for those who came from a platform.

Answers points by person, counted as in the table that is taken home, with phases that nobody decided and without them:
which of both is a grade, the teacher says. A room that is not over has none. Of somebody who sat at several tables of a
class, the table with the greatest share of its points counts. One game is gone through at a time, in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import attrs

from makersphere_protocol.errors import Refused
from makersphere_rules.lessons.grading import points_for
from makersphere_server.afterwards.downloads import refusing_what_cannot_be_told
from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.take_home.participation import Part, parts
from makersphere_server.lti.kept import Kept, Person, Sent
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.own_data.from_platform import FromPlatform
from makersphere_server.room.model.reflection.reflections import answers_of
from makersphere_server.storage.event_log import Damaged, EventLog, Record, RoomRow, StoreUnavailable

__all__ = ["Grade", "Grades", "best"]

Private = Mapping[str, bytes]


@attrs.frozen
class Grade:
    """What one person who came from a platform got.

    Attributes:
        room: where.
        person: seat, and which of its people.
        name: what they are called there, or "".
        platform: what the platform calls them.
        points: of `most`; phases without a choice count by the scenario's policy.
        without_idle: of `most`; these phases count against nobody.
        asks_consent: the room asks people whether their data may leave the server. Grades do not ask back: that
            a teacher grades is no download.
        sent: what the platform was sent of them last, or None.
    """

    room: str
    person: Person
    name: str = attrs.field(repr=False)
    platform: FromPlatform
    points: int
    without_idle: int
    most: int
    asks_consent: bool
    sent: Sent | None


class Grades:
    """Counts grades, one game after the other."""

    def __init__(self, log: EventLog) -> None:
        """Prepare."""
        self._log = log
        self._one_at_a_time = asyncio.Lock()

    async def of_room(self, row: RoomRow) -> list[Grade]:
        """Return what those got who came from a platform, by seat.

        Raises:
            Refused: the room is not over, or cannot be read.
        """
        async with self._one_at_a_time:
            try:
                private = await self._log.privates(row.room)
                records = await self._log.read(row.room)
            except StoreUnavailable as error:
                raise Refused("unavailable") from error
            except (Damaged, KeyError) as error:
                raise Refused("unavailable", "quarantined") from error
            with refusing_what_cannot_be_told():
                return await asyncio.to_thread(_counted, row, records, private)


def _counted(row: RoomRow, records: list[Record], private: Private) -> list[Grade]:
    kept, weights, asks = Kept.stored(private), scenario_of(row).grade, RoomSettings.stored(private).consent
    found = {
        (part.seat, part.member): part
        for part in parts(finished_room(row, records), records, private, answers_of(private))
    }
    return [
        _grade(row.room, found[person], platform, weights, kept.sent.get(person), asks_consent=asks)
        for person, platform in sorted(kept.people.items())
        if person in found
    ]


def _grade(
    room: str, part: Part, platform: FromPlatform, weights: Mapping[str, int], sent: Sent | None, *, asks_consent: bool
) -> Grade:
    points, most = points_for(weights, part.done)
    without_idle, _ = points_for(weights, part.done_without_idle)
    person = (part.seat, part.member)
    return Grade(room, person, part.name, platform, points, without_idle, most, asks_consent, sent)


def best(grades: Iterable[Grade]) -> list[Grade]:
    """Return one grade for each of the platform's people: the one with the greatest share of its points."""
    found: dict[tuple[str, str, str], Grade] = {}
    for one in grades:
        key = (one.platform.issuer, one.platform.activity, one.platform.person)
        before = found.get(key)
        if before is None or one.points * before.most > before.points * one.most:
            found[key] = one
    return list(found.values())
