"""Who took part in a finished game: decided in time, answered, asked the host, and when they left.

Counted by person, from the log: seats with their people's numbers; their names stand beside the log and may be erased.
Of a seat that several had one after the other, each has the phases and the questions of their own time: from when
they sat down, whether they chose something at once or not.
What a rewind took back and a practice season count nowhere. A phase is one in which a seat was asked something: in
which its role has a command that has been introduced. It was decided by the seat itself, and in time, if one of its
people chose something there or said to be ready; else it was idle, whether a stand-in played or nobody. Idle phases
count by the scenario's policy, and beside that stand the points without them: which of both is a grade, the teacher
says. Never tells what was chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_rules.lessons.grading import points_for
from makersphere_rules.scenario import Scenario
from makersphere_server.afterwards.export_tables import Cell, FinishedRoom, Table
from makersphere_server.afterwards.orders import name_of
from makersphere_server.afterwards.take_home.stays import (
    ALL_THE_TIME,
    STILL_THERE,
    Place,
    Played,
    Stay,
    counted_phases,
    hold,
    stays_in,
)
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.reflection.questions import END, is_recap
from makersphere_server.storage.record import Record

__all__ = ["PERSON", "Part", "counted_answers", "gradebook", "parts"]

PERSON: Final = "person"
BOT: Final = "bot"
Answers = Sequence[Mapping[str, Any]]
Asked = tuple[int, str]  # what was asked of a season, without a key, or with `END` and its key at the end

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
        questions: which they were asked.
        given: of these, those that they answered.
        asked: how often the host was asked for time, help, another role, or something in own words.
        left: after which phase the person did nothing more and a bot played, or somebody else; who was removed and
            had never done anything has left after the last phase of their time. None: to the end.
        bot_from: from which phase on a bot played to the end; None: none did.
        stays: when they had the seat.
    """

    seat: int
    member: int
    name: str = attrs.field(repr=False)
    role: str
    phases: tuple[Place, ...]
    decided: tuple[Place, ...]
    own: tuple[Place, ...]
    questions: tuple[Asked, ...]
    given: tuple[Asked, ...]
    asked: int
    left: Place | None
    bot_from: Place | None
    stays: Sequence[Stay] = ALL_THE_TIME

    @property
    def seasons(self) -> tuple[int, int]:
        """Return in how many seasons the person decided something, and how many there were."""
        return len({season for season, _ in self.own}), len({season for season, _ in self.phases})

    @property
    def answered(self) -> tuple[int, int]:
        """Return how many questions of seasons the person has answered, and how many they were asked."""
        given, questions = ([one for one in some if one[0] != END] for some in (self.given, self.questions))
        return len(given), len(questions)

    @property
    def reflected(self) -> tuple[int, int]:
        """Return the same of the questions at the end."""
        (given, questions), (of_all, all_) = self.answered, (len(self.given), len(self.questions))
        return of_all - given, all_ - questions

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
    bot: dict[int, dict[Place, int]] = attrs.field(factory=dict)  # by seat, phases in order: up to which `seq`

    @classmethod
    def of(cls, finished: FinishedRoom, phases: Sequence[Place]) -> _Doings:
        found, counted = cls(), frozenset(phases)
        for seq, _, season, phase, seat, by, member, *_, undone in finished.events:
            place = int(season or 0), str(phase)
            if undone or not seat or place not in counted:
                continue
            if by == PERSON:
                found.person.setdefault(int(seat), {}).setdefault(place, set()).add(int(member or 0))
            elif by == BOT:
                found.bot.setdefault(int(seat), {})[place] = int(seq or 0)
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
    game = Played.of(finished)
    phases, known = list(game.opened), frozenset(record.seq for record in records)
    doings, scenario = _Doings.of(finished, phases), scenario_of(finished.row)
    seats = Seats(finished.state.seats(), private, Dirty())
    asked = _asked_the_host(records, frozenset(phases))
    answers = counted_answers(finished, answers)
    found: list[Part] = []
    for people in seats:
        seen = {member for members in doings.person.get(people.seat, {}).values() for member in members}
        role = finished.state.role(people.seat)
        current = {member.number: member.name for member in people.members}
        if len(current) == 1 and people.name:
            current = dict.fromkeys(current, people.name)  # as the host has renamed the person
        times = dict(stays_in(people, known))
        is_known = bool(people.gone) or people.since <= records[-1].seq
        there = game.in_play(people.seat) if is_known else _from_arrival(phases, doings, people.seat)
        had = _asked_in(scenario, role, there)
        for number in sorted(seen | current.keys() | times.keys()):
            is_there = number in current or not (current or number in times)
            who = _Who(people.seat, number, current.get(number, ""), role, is_there)
            part = _part(who, had, doings, asked[people.seat, number], answers)
            part = _asked_while_there(part, game, doings, times.get(number, ALL_THE_TIME))
            part = _within(part, game, times[number]) if number in times else part
            if part.phases or part.questions or number in seen | current.keys():
                found.append(part)
    return found


def _asked_while_there(part: Part, game: Played, doings: _Doings, stays: Sequence[Stay]) -> Part:
    """Return what somebody was asked while no bot played for them; what they have answered they were asked."""
    gone = _left_to_bots(game, doings, part.seat, stays)
    heard = {season for place, season in game.asks.items() if place not in gone}
    was_at_end = not gone.intersection([*game.opened][-1:])
    asked = (heard - {END}) | ({END} if was_at_end else set())
    questions = tuple(each for each in part.questions if each[0] in asked or each in part.given)
    return attrs.evolve(part, questions=questions)


def _left_to_bots(game: Played, doings: _Doings, seat: int, stays: Sequence[Stay]) -> set[Place]:
    """Return the phases in which a bot alone did something for a seat; after its people's last one, all from there.

    What a bot did outside `stays`, such as in a phase before somebody came into it, is nothing in their place.
    """
    own, order = doings.person.get(seat, {}), list(game.opened)
    did = doings.bot.get(seat, {}).items()
    alone = [place for place, seq in did if place not in own and hold(stays, seq)]
    first = _bot_to_the_end(own, alone, order)
    return {*alone, *(order[order.index(first) :] if first else ())}


def _within(part: Part, game: Played, stays: Sequence[Stay]) -> Part:
    """Return what somebody did and was asked while they had the seat; what they have answered they were asked."""
    had = game.had(stays, part.own)
    seasons = game.asked_in(had, stays)
    phases, decided, own = (
        tuple(place for place in places if place in had) for places in (part.phases, part.decided, part.own)
    )
    questions = tuple(each for each in part.questions if each[0] in seasons or each in part.given)
    is_gone = stays[-1].until != STILL_THERE
    left = part.left or (phases[-1] if is_gone and phases else None)
    return attrs.evolve(part, phases=phases, decided=decided, own=own, questions=questions, left=left, stays=stays)


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
    bot_from = _bot_to_the_end(by_people, by_bot, had) if by_people or not who.is_there else None
    did = [place for place, members in by_people.items() if who.member in members]
    left = next(iter(own[-1:] or did[-1:]), None) if bot_from is not None or not who.is_there else None
    given = [each for each in answers if (int(each["seat"]), each["member"]) == (who.seat, who.member)]
    return Part(
        seat=who.seat,
        member=who.member,
        name=who.name,
        role=who.role,
        phases=had,
        decided=decided,
        own=own,
        questions=_asked_of(answers),
        given=_asked_of(given),
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
    """Return the phase from which on only a bot played a seat, if one did so to the end."""
    order = {place: number for number, place in enumerate(had)}
    last = max((order.get(place, -1) for place in by_people), default=-1)
    after = [place for place in by_bot if order.get(place, -1) > last]
    return after[0] if after else None


def _asked_of(answers: Answers) -> tuple[Asked, ...]:
    """Return what was asked of whoever gave some answers: one question of each season, and those of the end."""
    return tuple(sorted({(each["season"] or END, "" if each["season"] else each["question"]) for each in answers}))


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
