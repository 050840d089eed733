"""Who took part in a finished game: decided in time, answered, asked the host, and when they left.

Counted by person, from the log: seats with their people's numbers; their names stand beside the log and may be erased.
Of a seat that several had one after the other, each has the phases of their own time.
What a rewind took back and a practice season count nowhere. A phase is one in which a seat was asked something: in
which its role has a command that has been introduced. It was decided by the seat itself, and in time, if one of its
people chose something there or said to be ready; else it was idle, whether a stand-in played or nobody. Idle phases
count by the scenario's policy, and beside that stand the points without them: which of both is a grade, the teacher
says. Never tells what was chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import msgspec

from makersphere_rules.lessons.grading import points_for
from makersphere_rules.scenario import Scenario
from makersphere_server.afterwards.export_tables import Cell, FinishedRoom, Table
from makersphere_server.afterwards.orders import name_of
from makersphere_server.room.commands.reopening import scenario_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.reflection.questions import is_recap
from makersphere_server.storage.record import Record

__all__ = [
    "STILL_THERE",
    "Part",
    "Place",
    "Stay",
    "counted_answers",
    "counted_phases",
    "gradebook",
    "opened_phases",
    "parts",
    "stays_in",
    "within",
]

STILL_THERE: Final = 2**63  # a `seq` that no log comes to
PERSON: Final = "person"
BOT: Final = "bot"
Answers = Sequence[Mapping[str, Any]]
Place = tuple[int, str]  # a season and a phase

_COLUMNS: Final = (
    *("name", "id", "seat", "role", "phases", "decided", "decided_on_own_phone", "seasons", "seasons_taken_part"),
    *("questions", "answered", "questions_at_end", "answered_at_end", "asked_host", "left_season", "left_phase"),
    *("bot_from_season", "points", "points_of", "idle_phases", "points_without_idle"),
)


@attrs.frozen
class Part:
    """What one person did of what there was to do.

    Attributes:
        seat: where they sat; `member` is which of the seat's people, from 1; 0: somebody nobody knows more about.
        name: as it is shown, or "" where it was erased or the person is gone.
        phases: in which the seat was asked something, in order.
        decided: of these, those that the seat's people decided in time.
        own: of these, those in which this very person did something.
        answered: how many questions of seasons, and how many there were; `reflected` the same of the end.
        asked: how often the host was asked for time, help, another role, or something in own words.
        left: after which phase the person did nothing more and a bot played, or somebody else; None: to the end.
        bot_from: from which phase on a bot played to the end; None: none did.
    """

    seat: int
    member: int
    name: str = attrs.field(repr=False)
    role: str
    phases: tuple[Place, ...]
    decided: tuple[Place, ...]
    own: tuple[Place, ...]
    answered: tuple[int, int]
    reflected: tuple[int, int]
    asked: int
    left: Place | None
    bot_from: Place | None

    @property
    def seasons(self) -> tuple[int, int]:
        """Return in how many seasons the person decided something, and how many there were."""
        return len({season for season, _ in self.own}), len({season for season, _ in self.phases})

    @property
    def done(self) -> dict[str, tuple[int, int]]:
        """Return by term of a policy of points how much of how much was done."""
        decided = (len(self.decided), len(self.phases))
        return {
            "decided": decided,
            "seasons": self.seasons,
            "answered": self.answered,
            "reflected": self.reflected,
        }

    @property
    def done_without_idle(self) -> dict[str, tuple[int, int]]:
        """Return the same for a teacher who lets phases and seasons without a choice count against nobody.

        Whoever has chosen nothing at all gets nothing for it.
        """
        whole = {term: (of if count else 0, of) for term, (count, of) in self.done.items()}
        return {**self.done, "decided": whole["decided"], "seasons": whole["seasons"]}


@attrs.define
class _Doings:
    """What stands in a log of who did what where."""

    person: dict[int, dict[Place, set[int]]] = attrs.field(factory=dict)  # by seat and phase: which of its people
    bot: dict[int, dict[Place, None]] = attrs.field(factory=dict)  # by seat: in which phases, in order

    @classmethod
    def of(cls, finished: FinishedRoom, phases: Sequence[Place]) -> _Doings:
        found, counted = cls(), frozenset(phases)
        for _, _, season, phase, seat, by, member, *_, undone in finished.events:
            place = int(season or 0), str(phase)
            if undone or not seat or place not in counted:
                continue
            if by == PERSON:
                found.person.setdefault(int(seat), {}).setdefault(place, set()).add(int(member or 0))
            elif by == BOT:
                found.bot.setdefault(int(seat), {})[place] = None
        return found


def counted_phases(finished: FinishedRoom) -> list[Place]:
    """Return the phases that were played and stand, in order; those of a practice season left out."""
    return list(opened_phases(finished))


def opened_phases(finished: FinishedRoom) -> dict[Place, int]:
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


def parts(
    finished: FinishedRoom, records: Sequence[Record], private: Mapping[str, bytes], answers: Answers
) -> list[Part]:
    """Return what each person did, by seat; seats in which only bots sat are left out.

    Args:
        finished: the room.
        records: its log.
        private: what is stored beside the log; without it nobody has a name.
        answers: what was answered to questions beside the game, each with `season` (None: at the end), `seat`,
            and `member`.
    """
    opened = opened_phases(finished)
    phases, known = list(opened), frozenset(record.seq for record in records)
    doings, scenario = _Doings.of(finished, phases), scenario_of(finished.row)
    seats = Seats(finished.state.seats(), private, Dirty())
    asked = _asked_the_host(records, frozenset(phases))
    answers = counted_answers(finished, answers)
    found: list[Part] = []
    for people in seats:
        seen = {member for members in doings.person.get(people.seat, {}).values() for member in members}
        role = finished.state.role(people.seat)
        had = _asked_in(scenario, role, _from_arrival(phases, doings, people.seat))
        current = {member.number: member.name for member in people.members}
        if len(current) == 1 and people.name:
            current = dict.fromkeys(current, people.name)  # as the host has renamed the person
        times = dict(stays_in(people, known)) if people.gone else {}
        all_ = _asked_in(scenario, role, phases) if times else had
        for number in sorted(seen | current.keys()):
            who = _Who(people.seat, number, current.get(number, ""), role, number in current or not current)
            time = times.get(number)
            part = _part(who, all_ if time else had, doings, asked[people.seat, number], answers)
            found.append(within(part, opened, time) if time else part)
    return found


@attrs.frozen
class Stay:
    """The time that somebody had a seat: from the `seq` when they sat down to that of what took them away."""

    since: int
    until: int


def stays_in(people: SeatPeople, known: Container[int]) -> Iterator[tuple[int, Stay]]:
    """Yield the time of each person who has had a seat, by their number.

    Args:
        people: of the seat.
        known: the `seq` of all records; who sat down at one that is not there had the seat from its beginning.
    """
    times = [(one.number, one.since, one.until) for one in people.gone]
    times += [(one.number, people.since, STILL_THERE) for one in people.members]
    for number, since, until in times:
        yield number, Stay(since if since in known else 0, until)


def within(part: Part, opened: Mapping[Place, int], stay: Stay) -> Part:
    """Return what somebody did in the phases in which they had the seat.

    The one in which they sat down counts, and the one in which they were taken away if they did something in it.

    Args:
        part: what they did.
        opened: the phases that were played, in order, each with the `seq` that opened it.
        stay: when they had the seat.
    """
    ends = [*opened.values(), STILL_THERE]
    there = {
        place
        for place, (begins, closes) in zip(opened, pairwise(ends), strict=True)
        if stay.since < closes and (closes <= stay.until or (begins <= stay.until and place in part.own))
    }
    phases, decided, own = (
        tuple(place for place in places if place in there) for places in (part.phases, part.decided, part.own)
    )
    return attrs.evolve(part, phases=phases, decided=decided, own=own)


@attrs.frozen
class _Who:
    seat: int
    member: int
    name: str = attrs.field(repr=False)
    role: str
    is_there: bool  # as far as anybody knows


def _part(who: _Who, had: tuple[Place, ...], doings: _Doings, asked: int, answers: Answers) -> Part:
    by_people, by_bot = doings.person.get(who.seat, {}), tuple(doings.bot.get(who.seat, {}))
    decided = tuple(place for place in had if place in by_people)
    own = tuple(place for place in had if who.member in by_people.get(place, ()))
    bot_from = _bot_to_the_end(by_people, by_bot, had)
    left = (own[-1] if own else None) if bot_from is not None or not who.is_there else None
    given = [each for each in answers if (int(each["seat"]), each["member"]) == (who.seat, who.member)]
    return Part(
        seat=who.seat,
        member=who.member,
        name=who.name,
        role=who.role,
        phases=had,
        decided=decided,
        own=own,
        answered=_answered(given, answers, at_end=False),
        reflected=_answered(given, answers, at_end=True),
        asked=asked,
        left=left,
        bot_from=bot_from,
    )


def _asked_the_host(records: Iterable[Record], phases: frozenset[Place]) -> Counter[tuple[int, int]]:
    """Return how often each person has asked the host for something in one of the phases."""
    asks = (record for record in records if record.by == PERSON and name_of(record) in ("ask", "ask_host"))
    return Counter((record.actor, record.member) for record in asks if (record.season, record.phase) in phases)


def counted_answers(finished: FinishedRoom, answers: Answers) -> Answers:
    """Return the answers about seasons that count, were played to their question and stand, and those of the end."""
    phases, scenario = counted_phases(finished), scenario_of(finished.row)
    played = {season for season, _ in phases}
    asked = {season for season, phase in phases if is_recap(scenario, phase)} | {
        season for season in played if season + 1 in played
    }
    return [each for each in answers if each["season"] is None or each["season"] in asked]


def _from_arrival(phases: Sequence[Place], doings: _Doings, seat: int) -> Sequence[Place]:
    """Return the phases from the one on in which a person first did something where a bot had played till then."""
    by_people, by_bot = doings.person.get(seat, {}), doings.bot.get(seat, {})
    first = next((number for number, place in enumerate(phases) if place in by_people), 0)
    return phases[first:] if any(place in by_bot for place in phases[:first]) else phases


def _asked_in(scenario: Scenario, role: str, phases: Iterable[Place]) -> tuple[Place, ...]:
    """Return the phases in which a role has something to decide, of those that are given."""
    return tuple((season, phase) for season, phase in phases if _has_command(scenario, role, season, phase))


def _has_command(scenario: Scenario, role: str, season: int, phase: str) -> bool:
    first, rules = 1, scenario
    for run in scenario.runs:
        if season < first + run.rules.seasons:
            rules = run.rules
            break
        first += run.rules.seasons
    return any(
        (not command.roles or role in command.roles) and rules.comes_in(phase, command.name) <= season
        for command in rules.commands.get(phase, {}).values()
    )


def _bot_to_the_end(by_people: Mapping[Place, object], by_bot: Sequence[Place], had: Sequence[Place]) -> Place | None:
    """Return the phase from which on only a bot played a seat in which people had been, if one did so to the end."""
    order = {place: number for number, place in enumerate(had)}
    last = max((order.get(place, -1) for place in by_people), default=-1)
    after = [place for place in by_bot if order.get(place, -1) > last]
    return after[0] if after and by_people else None


def _answered(given: Answers, answers: Answers, *, at_end: bool) -> tuple[int, int]:
    """Return how many questions somebody has answered, and how many of them anybody of that seat's role was asked."""

    def asked(some: Answers) -> set[object]:
        found = [each for each in some if (each["season"] is None) is at_end]
        return {each["question"] for each in found} if at_end else {each["season"] for each in found}

    return len(asked(given)), len(asked(answers))


def gradebook(found: Sequence[Part], weights: Mapping[str, int]) -> Table:
    """Return a row for each person, as a gradebook takes it: plain numbers, one line each.

    Args:
        found: who took part.
        weights: points by term, see `makersphere_rules.lessons.grading`.
    """
    return Table("participation", _COLUMNS, [list(_row(part, weights)) for part in found])


def _row(part: Part, weights: Mapping[str, int]) -> Iterator[Cell]:
    points, most = points_for(weights, part.done)
    yield from (part.name, f"{part.seat}.{part.member}", part.seat, part.role)
    yield from (len(part.phases), len(part.decided), len(part.own))
    taken, of = part.seasons
    yield from (of, taken, part.answered[1], part.answered[0], part.reflected[1], part.reflected[0], part.asked)
    yield from part.left or ("", "")
    without_idle, _ = points_for(weights, part.done_without_idle)
    yield from (part.bot_from[0] if part.bot_from else "", points, most)
    yield from (len(part.phases) - len(part.decided), without_idle)
