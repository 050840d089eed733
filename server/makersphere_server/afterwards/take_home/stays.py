"""When somebody had a seat, and which phases and questions of a game came in that time.

Answers with a game's phases as they were played and stand, those of a practice season left out. A phase lasts from the
record that opened it to the one that closed it, and so a seat is somebody's from one record to another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

import attrs
import msgspec

from makersphere_rules.state import WAITING
from makersphere_server.afterwards.export_tables import FinishedRoom
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.log.phase_closes import NO_SEQ
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.reflection.questions import END, is_recap

__all__ = ["ALL_THE_TIME", "STILL_THERE", "Place", "Played", "Stay", "Time", "counted_phases", "hold", "stays_in"]

STILL_THERE: Final = NO_SEQ
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


ALL_THE_TIME: Final = (Stay(-1, STILL_THERE),)


def hold(stays: Iterable[Stay], seq: int) -> bool:
    """Return whether a record was made during some stays: that at whose `seq` somebody sat down was there before."""
    return any(stay.since < seq <= stay.until for stay in stays)


@attrs.frozen
class Time:
    """The phases of somebody's seat that they had it in, and the others.

    Attributes:
        stays: when they had it.
        phases: in which the seat had a hand, in order.
        had: of these, those of their time, as `Played.had` has them.
        closed: of these, those that closed while they had it.
        is_to_end: they had it when the game ended.
    """

    stays: Sequence[Stay]
    phases: Sequence[Place]
    had: Container[Place]
    closed: Container[Place]
    is_to_end: bool

    def holds(self, seq: int) -> bool:
        """Return whether they had the seat when a record was made."""
        return hold(self.stays, seq)

    def has_closed(self, season: int, phase: str) -> bool:
        """Return whether they had it when a phase closed."""
        return (season, phase) in self.closed or (season, phase) not in self.phases

    def is_whole(self, *seasons: int) -> bool:
        """Return whether they had it in each phase of some seasons."""
        return all(place in self.had for place in self.phases if place[0] in seasons)

    def is_in(self, season: int) -> bool:
        """Return whether they had it in a phase of a season, or nobody can say: it has none that counts."""
        places = [place for place in self.phases if place[0] == season]
        return not places or any(place in self.had for place in places)

    def ends(self, season: int) -> bool:
        """Return whether they had it at the end of a season."""
        places = [place for place in self.phases if place[0] == season]
        return not places or places[-1] in self.closed

    def spans(self, seasons: Container[int]) -> list[tuple[Place, Place]]:
        """Return from which phase to which they had it, each time, in some seasons."""
        told = [place for place in self.phases if place[0] in seasons]
        runs = [list(run) for had, run in groupby(told, lambda place: place in self.had) if had]
        return [(run[0], run[-1]) for run in runs]


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

    def time_of(self, seat: int, stays: Sequence[Stay], own: Container[Place]) -> Time:
        """Return the time that somebody had a seat; the arguments are those of `had`."""
        return Time(
            stays=stays,
            phases=self.in_play(seat),
            had=self.had(stays, own),
            closed=self.had(stays, ()),
            is_to_end=any(stay.until >= self.ended for stay in stays),
        )

    def asked_in(self, had: Iterable[Place], stays: Iterable[Stay]) -> set[int]:
        """Return of which seasons somebody was asked in the phases of their times; `END` among them: at the end too."""
        seasons = {self.asks[place] for place in had} - {0}
        return seasons | ({END} if any(stay.until >= self.ended for stay in stays) else set())
