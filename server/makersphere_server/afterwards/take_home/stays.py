"""When somebody had a seat, and which phases and questions of a game came in that time.

Answers with a game's phases as they were played and stand, those of a practice season left out. A phase lasts from the
record that opened it to the one that closed it, and so a seat is somebody's from one record to another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import attrs
import msgspec

from makersphere_rules.state import WAITING
from makersphere_server.afterwards.export_tables import FinishedRoom
from makersphere_server.room.commands.reopening import scenario_of
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.reflection.questions import END, is_recap

__all__ = ["STILL_THERE", "Place", "Played", "Stay", "counted_phases", "stays_in"]

STILL_THERE: Final = 2**63  # a `seq` that no log comes to
Place = tuple[int, str]  # a season and a phase


def counted_phases(finished: FinishedRoom) -> list[Place]:
    """Return the phases that were played and stand, in order; those of a practice season left out."""
    return list(_opened_phases(finished))


def _opened_phases(finished: FinishedRoom) -> dict[Place, int]:
    """Return the same phases, each with the `seq` of the record that opened it."""
    practice: set[int] = set()
    found: dict[Place, int] = {}
    for seq, *_, event, data, undone in finished.events:
        if undone or event not in ("run_began", "phase_opened"):
            continue
        told = msgspec.json.decode(str(data))
        if event == "run_began" and told["practice"]:
            practice |= set(range(told["season"], told["season"] + told["seasons"]))
        elif event == "phase_opened" and told["season"] not in practice:
            found.setdefault((told["season"], told["phase"]), int(seq or 0))
    return found


@attrs.frozen
class Stay:
    """The time that somebody had a seat: from the `seq` when they sat down to that of what took them away."""

    since: int
    until: int


def stays_in(people: SeatPeople, known: Container[int]) -> Iterator[tuple[int, list[Stay]]]:
    """Yield the times of each person who has had a seat, by their number: several, of whom a host has let in again.

    Args:
        people: of the seat.
        known: the `seq` of all records; who sat down at one that is not there had the seat from its beginning.
    """
    times = [(one.number, [*one.stays, (one.since, one.until)]) for one in people.gone]
    times += [(one.number, [*one.stays, (people.since, STILL_THERE)]) for one in people.members]
    for number, stays in times:
        yield number, [Stay(since if since in known else 0, until) for since, until in stays]


@attrs.frozen
class Played:
    """The phases of a game that count.

    Attributes:
        opened: each with the `seq` that opened it, in order; `ended`: the one that ended the game.
        asks: of which season people were asked in each; 0: of none yet.
        seated: by the number of a seat that was added during play, the `seq` from which on it had a hand.
    """

    opened: Mapping[Place, int]
    ended: int
    asks: Mapping[Place, int]
    seated: Mapping[int, int]

    @classmethod
    def of(cls, finished: FinishedRoom) -> Played:
        """Return those of a finished room."""
        opened, scenario = _opened_phases(finished), scenario_of(finished.row)
        ended, seated = STILL_THERE, dict[int, int]()
        for seq, *_, event, data, undone in finished.events:
            if undone:
                continue
            if event == "game_ended":
                ended = int(seq or 0)
            elif event == "seat_added":
                told = msgspec.json.decode(str(data))
                if told["role"] != WAITING:
                    seated.setdefault(told["seat"], int(seq or 0))
        asks = {(season, phase): season if is_recap(scenario, phase) else season - 1 for season, phase in opened}
        return cls(opened, ended, asks, seated)

    def _times(self) -> Iterator[tuple[Place, int, int]]:
        """Yield each phase with the `seq` that opened it and the one that closed it."""
        ends = [*self.opened.values(), self.ended]
        for place, (begins, closes) in zip(self.opened, pairwise(ends), strict=True):
            yield place, begins, closes

    def in_play(self, seat: int) -> list[Place]:
        """Return the phases in which a seat had a hand: one that was added waits for the next season."""
        return [place for place, _, closes in self._times() if self.seated.get(seat, 0) < closes]

    def had(self, stays: Iterable[Stay], own: Container[Place]) -> set[Place]:
        """Return the phases of somebody's times: that in which they sat down, and that in which they were taken away.

        The latter only if they did something in it.

        Args:
            stays: when they had the seat.
            own: the phases in which they did something.
        """
        return {
            place
            for place, begins, closes in self._times()
            for stay in stays
            if stay.since < closes and (closes <= stay.until or (begins <= stay.until and place in own))
        }

    def asked_in(self, had: Iterable[Place], stays: Iterable[Stay]) -> set[int]:
        """Return of which seasons somebody was asked in the phases of their times; `END` among them: at the end too."""
        seasons = {self.asks[place] for place in had} - {0}
        return seasons | ({END} if any(stay.until >= self.ended for stay in stays) else set())
