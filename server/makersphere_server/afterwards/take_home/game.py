"""A finished game as the pages that are taken home read it: its debrief, its people, and what it counts for them.

Answers one object that every page shares, so that a class of sixty is gone through once. What is shown is what the
debrief file of a host has; nothing is counted here that it does not hold, but who took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import attrs

from makersphere_rules.debrief.past import Past
from makersphere_rules.scenario import Scenario
from makersphere_server.afterwards.consented import withheld_seats
from makersphere_server.afterwards.export_tables import FinishedRoom, Table
from makersphere_server.afterwards.take_home.participation import Part, counted_answers, gradebook, parts
from makersphere_server.afterwards.take_home.stays import ALL_THE_TIME, Played, Time
from makersphere_server.afterwards.take_home.words import Words
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.ranking import is_cut
from makersphere_server.storage.record import Record

__all__ = ["Game", "Shown", "read_game"]

Tree = dict[str, Any]


@attrs.frozen
class Shown:
    """How the pages are written.

    Attributes:
        language: in which.
        names: whether people are named; else seats are numbers.
    """

    language: str
    names: bool = True


@attrs.frozen
class Game:
    """A finished game.

    Attributes:
        finished: the room, gone through once.
        tree: its debrief, as the file of a host has it.
        told: the debrief of the last run that counted; empty where there is none.
        past: the same run's history, for what a seat did and what came of it.
        people: who took part.
        played: its phases that count, and when a seat was somebody's.
        answers: what was answered to questions beside the game, but for those about seasons that do not count.
        words: names and sentences.
        scenario: what was played.
        is_named: people are named on the pages.
        withheld: the seats whose people have not agreed: others read neither their names nor their words.
    """

    finished: FinishedRoom
    tree: Tree
    told: Tree
    past: Past
    people: tuple[Part, ...]
    played: Played
    answers: tuple[Mapping[str, Any], ...]
    words: Words
    scenario: Scenario
    is_named: bool = True
    withheld: frozenset[int] = frozenset()

    @property
    def answers_for_others(self) -> tuple[Mapping[str, Any], ...]:
        """Return the answers as others read them: where nobody is named, without own words, which may name somebody."""
        said = (each for each in self.answers if int(each["seat"]) not in self.withheld)
        return tuple(each for each in said if self.is_named or not each["text"])

    @property
    def seasons(self) -> list[int]:
        """Return the seasons that were counted."""
        found = {int(season) for curve in self.told.get("curves", {}).values() for season in curve}
        return sorted(found)

    @property
    def begun(self) -> list[int]:
        """Return the seasons of the run that is told, one too in whose middle the game was ended."""
        first = self.told.get("first_season", 1)
        return sorted({*self.seasons, *(season for season, _ in self.played.opened if season >= first)})

    @property
    def is_whole(self) -> bool:
        """Return whether all seasons were played to their ends; what ended early is held against no standard games."""
        state = self.finished.state
        return state.game.season >= state.game.seasons and not is_cut(state)

    @property
    def day(self) -> str:
        """Return the day on which the room was opened, as year, month and day."""
        opened = datetime.fromtimestamp(self.finished.row.created_ms / 1000, UTC).astimezone()
        return opened.strftime("%Y-%m-%d")

    @property
    def title(self) -> str:
        """Return the scenario's name."""
        name = self.scenario.name
        return self.words.first(f"scenario.{name}", name)

    def story(self, seat: int) -> Tree:
        """Return a seat's own story of the run that is told."""
        run = self.told.get("run", 0)
        found: Tree = self.tree["story"].get(f"{run}:{seat}", {})
        return found

    def score(self, seat: int) -> Tree:
        """Return a seat's score with its parts."""
        found: Tree = self.tree.get("score", {}).get(str(seat), {})
        return found

    def seats(self, role: str = "") -> Iterator[int]:
        """Yield the seats, or those of a role."""
        for number, seat in self.tree["seat"].items():
            if not role or seat["role"] == role:
                yield int(number)

    def role(self, seat: int) -> str:
        """Return a seat's role."""
        return str(self.tree["seat"][str(seat)]["role"])

    def of_seat(self, seat: int) -> list[Part]:
        """Return the people of a seat."""
        return [part for part in self.people if part.seat == seat]

    def time_of(self, seat: int, member: int) -> Time:
        """Return when one of a seat's people had it; of whom nobody knows it had it all the time."""
        part = next((part for part in self.of_seat(seat) if part.member == member), None)
        if part is None:
            return self.played.time_of(seat, ALL_THE_TIME, ())
        own = {*part.own, *([part.left] if part.left else [])}
        return self.played.time_of(seat, part.stays, own)

    def called(self, part: Part) -> str:
        """Return what a person's row is called; whose name is not known is called by the seat, and is not its next."""
        if part.name:
            return part.name
        seat = self.words.numbered(part.seat)
        alone = len(self.of_seat(part.seat)) == 1
        return seat if alone else self.words("home.class.part.nameless", seat=seat, n=part.member)

    def person(self, seat: int, member: int) -> str:
        """Return what one of a seat's people is called on their page; where there is no other, as the seat is."""
        people = self.of_seat(seat)
        if len(people) <= 1:
            return self.words.seat(seat)
        found = next((part for part in people if part.member == member), None)
        return self.called(found) if found else self.words.numbered(seat)

    @property
    def rows(self) -> Table:
        """Return the gradebook: a row for each person, none of them without a name, since a gradebook drops those."""
        return gradebook([attrs.evolve(part, name=self.called(part)) for part in self.people], self.scenario.grade)


def read_game(
    finished: FinishedRoom, records: Sequence[Record], private: Mapping[str, bytes], tree: Tree, shown: Shown
) -> Game:
    """Return a finished game.

    Args:
        finished: the room.
        records: its log.
        private: what is stored beside the log, for names.
        tree: its debrief.
        shown: how the pages are written.
    """
    told = list(tree.get("debrief", {}).values())[-1:] or [{}]
    answers = tuple(counted_answers(finished, tree["answers"]))
    seats = Seats(finished.state.seats(), private, Dirty())
    withheld = withheld_seats(finished.state, private)
    for one in (seats[seat] for seat in withheld):
        one.keep_from_sight(one.numbered_names(), "no consent")
    in_sight = {people.seat: people.called_in_sight(shown.language) for people in seats}
    names = {seat: name for seat, name in in_sight.items() if name} if shown.names else {}
    people = parts(finished, records, private, answers)
    return Game(
        finished=finished,
        tree=tree,
        told=told[0],
        past=Past(finished.state),
        people=tuple(people if shown.names else (attrs.evolve(part, name="") for part in people)),
        played=Played.of(finished),
        answers=answers,
        words=Words(shown.language, tree, names, told[0].get("first_season", 1)),
        scenario=scenario_of(finished.row),
        is_named=shown.names,
        withheld=withheld,
    )
