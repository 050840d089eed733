"""A finished room as tables for analysis: one row per seat, figure, posting, decision and event.

Answers tidy tables of whole numbers and words, made of the log alone. Events that a rewind took back are kept, marked
`undone`, and count nowhere else. Nobody is named: seats are numbers, and names stand in a column of the seats only
where they were asked for. A room that is not over has no export: sealed choices and the order of the decks would be in
it. Tokens, ids of commands and the seed are in no table; single ratings are, without names. Where the end of the game
keeps the seed closed, because a game with the same decks went on, the events have no data.
Source: the contract's "Over HTTP", the rulebook's "Who sees what".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.messages import BESIDE
from makersphere_rules.ecosystem.figures.all_figures import scale_of
from makersphere_rules.ecosystem.table.entities import Investor, Maker
from makersphere_rules.ecosystem.table.ratings import Comparison, Figures, Score
from makersphere_rules.events import ChoiceMade, Event, PhaseOpened, Rewound, RunBegan
from makersphere_rules.modules.appraisal import RatingsGiven
from makersphere_rules.modules.recap import SeasonRecapped
from makersphere_rules.run_history import History, Kinds
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.state import CurrentRun, Seat, State
from makersphere_rules.written.notation import event_data
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.log.timeline import Start, apply_log, in_lobby, rewinds
from makersphere_server.storage.record import Record, RoomRow

__all__ = [
    "Cell",
    "FinishedRoom",
    "NotOver",
    "Table",
    "answers_table",
    "debrief",
    "finished_room",
    "has_begun",
    "has_ended",
    "tables",
    "with_programs",
]

Cell = int | str | None
Tree = dict[str, Any]

_POSTINGS: Final = ("seq", "season", "phase", "source", "target", "credits", "reason")
_EVENTS: Final = ("seq", "time", "season", "phase", "seat", "by", "member", "command", "event", "data", "undone")
_BELONGS: Final = ("event_season", "event_phase")
_DECISIONS: Final = ("seq", "season", "phase", "seat", "member", "by", "command", "after_ms", "undone")
_DATA: Final = _EVENTS.index("data")
_UNDONE: Final = _EVENTS.index("undone")
_SEAT, _BY_PLACE, _MEMBER = (_EVENTS.index(name) for name in ("seat", "by", "member"))
_STARTED: Final = b'"type":"game_started"'
_ENDED: Final = b'"type":"game_ended"'
_BY: Final = ("person", "bot", "default", "host")
_COMPARED: Final = ("par", "better_than", "among_best")
_PUBLIC: Final = (
    "debrief",
    "figures",
    "result",
    "score",
    "comparison",
    "maker",
    "investor",
    "space",
    "venture",
    "forecast",
)


class NotOver(Exception):
    """The room's game is not over."""


@attrs.frozen
class Table:
    """A table: its name, its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[Cell]]


@attrs.define
class FinishedRoom:
    """A finished room, gone through once.

    Attributes:
        row: the room.
        state: its game at the end.
        postings: those that stand, in order.
        events: all of them, in order.
        belongs: the season and the phase that each event belongs to: of what a close opens, those that open.
        figures: by season.
        decisions: how many were made for each seat by a person, a bot, the default or a host.
        seasons: what stood at the end of each season that was counted, by its number.
    """

    row: RoomRow
    state: State
    postings: list[list[Cell]] = attrs.field(factory=list)
    events: list[list[Cell]] = attrs.field(factory=list)
    belongs: list[list[Cell]] = attrs.field(factory=list)
    figures: dict[int, Mapping[str, int]] = attrs.field(factory=dict)
    decisions: dict[int, Counter[str]] = attrs.field(factory=dict)
    seasons: dict[int, Kinds] = attrs.field(factory=dict)
    _history: History = attrs.field(factory=History)
    _before_run: int = 0  # postings of the runs before the present one
    _opened: dict[Start, int] = attrs.field(factory=dict)  # by start of a phase: how many events there were

    def take(self, record: Record, event: Event) -> None:
        """Write down an event that has just been applied."""
        command = _name_of(record)
        data = msgspec.json.encode(_without_raters(event)).decode()
        time = datetime.fromtimestamp(record.at_ms / 1000, UTC).isoformat(timespec="milliseconds")
        where: list[Cell] = [record.seq, time, record.season, record.phase, record.actor, record.by]
        self.events.append([*where, record.member, command, event.type, data, 0])
        self.belongs.append([self.state.game.season, self.state.game.phase])
        match event:
            case PhaseOpened(season, phase):
                self._opened[season, phase] = len(self.events)
            case Rewound(season, phase):
                self._undo((season, phase))
            case SeasonRecapped(season, _, figures, opened):
                self.figures[season] = {**figures, **opened}
                self.seasons[season] = self.state.history.seasons[season]
            case ChoiceMade(seat, by_default=True):
                self._decide(seat, "default")
            case _:
                pass
        self._post(record.seq, is_new=isinstance(event, RunBegan))

    def count_decision(self, record: Record) -> None:
        """Count who decided a command for its seat; what is said or asked beside the game decides nothing."""
        if record.actor and _name_of(record) not in BESIDE:
            self._decide(record.actor, record.by)

    def _decide(self, seat: int, by: str) -> None:
        self.decisions.setdefault(seat, Counter())[by] += 1

    def _undo(self, start: Start) -> None:
        for row in self.events[self._opened[start] : -1]:
            row[_UNDONE] = 1
        kept, run = self.state.all(Figures), self.state.find(CurrentRun)
        first = run.first_season if run else 1
        self.figures = {season: found for season, found in self.figures.items() if season in kept or season < first}
        self.seasons = {season: kinds for season, kinds in self.seasons.items() if season in self.figures}

    def _post(self, seq: int, *, is_new: bool) -> None:
        """Add the postings that are new in the run history, and drop those that a rewind has taken out of it."""
        history = self.state.history
        if history is not self._history:
            self._history = history
            self._before_run = len(self.postings) if is_new else self._before_run
            del self.postings[self._before_run + len(history.postings) :]
        for season, phase, posting in history.postings[len(self.postings) - self._before_run :]:
            self.postings.append([seq, season, phase, posting.source, posting.target, posting.amount, posting.reason])


def has_ended(records: Sequence[Record]) -> bool:
    """Return whether an end stands in a log; of one in which none does, nothing need be gone through."""
    return any(_ENDED in record.events for record in reversed(records))


def has_begun(records: Sequence[Record]) -> bool:
    """Return whether the game of a log has left its lobby."""
    return any(_STARTED in record.events for record in records)


def finished_room(row: RoomRow, records: Sequence[Record]) -> FinishedRoom:
    """Return a room's game as its log tells it, gone through from the start: it takes a while.

    Raises:
        NotOver: the game is not over.
        UnknownEvent: the log was written by rules that are not here.
    """
    if not has_ended(records):
        raise NotOver(row.room)
    finished = FinishedRoom(row, in_lobby(row, scenario_of(row)))
    for record in records:
        finished.count_decision(record)
    for record, event in apply_log(finished.state, records, rewinds(records)):
        finished.take(record, event)
    if finished.state.game.status != "over":
        raise NotOver(row.room)
    return finished


def with_programs(
    finished: FinishedRoom, records: Sequence[Record], programs: AbstractSet[tuple[int, int]]
) -> FinishedRoom:
    """Return a room in which what programs decided that sat at a seat was decided by a bot, and by no person.

    Args:
        finished: the room.
        records: its log.
        programs: who said so, by seat and number.
    """
    decisions = {seat: Counter(counts) for seat, counts in finished.decisions.items()}
    for record in records:
        is_decision = record.by == "person" and _name_of(record) not in BESIDE
        if is_decision and (record.actor, record.member) in programs:
            decisions[record.actor] += Counter({"bot": 1})
            decisions[record.actor] -= Counter({"person": 1})
    events = [_by_bot(row) if _is_programs(row, programs) else row for row in finished.events]
    return attrs.evolve(finished, events=events, decisions=decisions)


def _by_bot(event: list[Cell]) -> list[Cell]:
    return ["bot" if place == _BY_PLACE else cell for place, cell in enumerate(event)]


def _is_programs(event: list[Cell], programs: AbstractSet[tuple[int, int]]) -> bool:
    return event[_BY_PLACE] == "person" and (event[_SEAT], event[_MEMBER]) in programs


def tables(
    finished: FinishedRoom,
    names: Mapping[int, str] | None = None,
    *,
    keeps_seed: bool = False,
    chosen: Sequence[str] = (),
) -> list[Table]:
    """Return the tables of a finished room.

    Args:
        finished: the room.
        names: of the people at each seat, where they were asked for.
        keeps_seed: its end does not open the seed, so neither may what was dealt tell it.
        chosen: the choices by which its rules differ from the scenario's; without any there is no table of them.
    """
    figures: list[list[Cell]] = [
        [season, name, value, scale_of(name)]
        for season, found in finished.figures.items()
        for name, value in found.items()
    ]
    events = [_closed(row) for row in finished.events] if keeps_seed else finished.events
    return [
        _seats(finished, names),
        Table("figures", ("season", "figure", "value", "scale"), figures),
        Table("postings", _POSTINGS, finished.postings),
        Table("decisions", _DECISIONS, list(_decided(finished.events))),
        Table(
            "events",
            (*_EVENTS, *_BELONGS),
            [[*row, *place] for row, place in zip(events, finished.belongs, strict=True)],
        ),
        *([Table("chosen", ("choice",), [[name] for name in chosen])] if chosen else []),
    ]


def answers_table(answers: Sequence[Mapping[str, Any]], names: Mapping[int, str] | None) -> Table:
    """Return a row for each answer that somebody gave beside the game.

    Args:
        answers: as `answers_of` has them.
        names: of the people at each seat; without them own words are left out too, since they may name somebody.
    """
    named = ("name", "text") if names is not None else ()
    rows: list[list[Cell]] = [
        [
            *(one["season"], one["question"], int(one["seat"]), one["kind"], one["choice"]),
            *([names.get(int(one["seat"]), ""), one["text"]] if names is not None else []),
        ]
        for one in answers
    ]
    return Table("answers", ("season", "question", "seat", "kind", "choice", *named), rows)


def _decided(events: Sequence[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield a row for each command that decided something for a seat, with how long after the phase's opening."""
    opened = ""
    last: Cell = 0
    for seq, time, season, phase, actor, by, member, command, event, _, undone in events:
        if event == PhaseOpened.type:
            opened = str(time)
        elif actor and seq != last and command not in BESIDE:
            last = seq
            after = datetime.fromisoformat(str(time)) - datetime.fromisoformat(opened or str(time))
            yield [seq, season, phase, actor, member, by, command, after // timedelta(milliseconds=1), undone]


def _closed(event: list[Cell]) -> list[Cell]:
    return ["" if place == _DATA else cell for place, cell in enumerate(event)]


def _seats(finished: FinishedRoom, names: Mapping[int, str] | None) -> Table:
    """Return a row for each seat: what it was, what it reached in which parts, and who decided for it how often."""
    state = finished.state
    scores = state.all(Score)
    parts = list(dict.fromkeys(name for score in scores.values() for name in score.parts))
    named = ("name",) if names is not None else ()
    columns = ("seat", *named, "role", "type", "aim", "score", "place", *_COMPARED, *(f"part_{part}" for part in parts))
    rows: list[list[Cell]] = []
    for seat in state.all(Seat).values():
        score = scores.get(seat.id) or Score(seat.id)
        own: list[Cell] = [names.get(seat.id, "")] if names is not None else []
        counts, compared = finished.decisions.get(seat.id, Counter()), state.find(Comparison, seat.id)
        rows.append(
            [
                *(seat.id, *own, seat.role, *_kind_and_aim(state, seat.id), score.final, score.place, score.par),
                *((compared.better_than, compared.among_best) if compared else (None, None)),
                *(score.parts.get(part) for part in parts),
                *(counts[by] for by in _BY),
            ]
        )
    return Table("seats", (*columns, *(f"decided_by_{by}" for by in _BY)), rows)


def _kind_and_aim(state: State, seat: int) -> tuple[str, str]:
    maker, investor = state.find(Maker, seat), state.find(Investor, seat)
    if maker is not None:
        return maker.background, maker.ambition
    return (investor.type, " ".join(investor.thesis_sectors)) if investor is not None else ("", "")


def debrief(finished: FinishedRoom) -> Tree:
    """Return the debrief of a finished room with every figure, and the story of each seat; the seed is not in it."""
    state, row = finished.state, finished.row
    table = table_of(state)
    return {
        "room": row.room,
        "scenario": state.game.scenario,
        "version": row.version,
        "commitment": state.game.commitment,
        "seat": {str(seat.id): {"role": seat.role} for seat in state.all(Seat).values()},
        **{kind: table[kind] for kind in _PUBLIC if kind in table},
        "figures": {str(season): dict(found) for season, found in finished.figures.items()},
        "story": {key: story for seat in state.seats() for key, story in hand_of(state, seat).get("story", {}).items()},
    }


def _without_raters(event: Event) -> Tree:
    """Return an event's fields; of single ratings the scores alone, without who gave them and to whom."""
    match event:
        case RatingsGiven(season, ratings, means):
            return {"season": season, "scores": sorted(given.score for given in ratings), "means": means}
        case ChoiceMade(command="rate"):
            return {"command": event.command, "by_default": event.by_default}
        case _:
            return event_data(event)


def _name_of(record: Record) -> str:
    return msgspec.json.decode(record.command, type=_Command).name


class _Command(msgspec.Struct):
    name: str
