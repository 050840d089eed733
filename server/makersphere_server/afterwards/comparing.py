"""A what-if room beside the room that it came from: one start, two endings.

Answers by which rules and by which decisions they differ from the fork's start on, and both tables as far as figures,
scores and curves go, so that a page draws them on one scale. Decisions are counted by season and role, and those of the
fork's first season are listed one by one, for hosts alone (`comparisons.py`). Nothing that is still sealed is told:
decisions come when both games are over. Single ratings never do.
Source: the contract's "Over HTTP"; docs/adr/0013-runs-rewind-and-fork.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.messages import BESIDE
from makersphere_rules.events import PhaseOpened, Rewound
from makersphere_rules.kit.beginnings import beginnings
from makersphere_rules.runs import CHANGED
from makersphere_rules.scenario import module_tree
from makersphere_rules.seen.views import ordered, table_of
from makersphere_rules.state import State
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.forked import by_path
from makersphere_server.room.model.log.timeline import Start, apply_log, in_lobby, rewinds
from makersphere_server.room.model.ranking import is_cut
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["compared"]

Tree = dict[str, Any]
_SHOWN: Final[tuple[str, ...]] = ("game", "run", "seat", "figures", "score", "space", "result")
_OF_DEBRIEF: Final = ("run", "name", "first_season", "last_season", "curves")
_NO_DECISION: Final = BESIDE | {"ready"}
_NEVER_TOLD: Final = "rate"  # a single rating
_MOST_TOLD: Final = 60
_Choice = tuple[int, str, int, str]  # season, phase, seat, command


class _Command(msgspec.Struct):
    name: str
    args: Tree = {}


@attrs.define
class _Side:
    """One of the two rooms, gone through.

    Attributes:
        state: where its log leads.
        choices: what was last chosen, by season, phase, seat and command, from the fork's start on.
    """

    row: RoomRow
    state: State
    choices: dict[_Choice, Tree] = attrs.field(factory=dict)

    @property
    def is_over(self) -> bool:
        return self.state.game.status == "over"


def compared(
    origin: tuple[RoomRow, Sequence[Record]], fork: tuple[RoomRow, Sequence[Record]]
) -> tuple[Tree, frozenset[str]]:
    """Return how a fork differs from its origin and what a page draws of both, and which was ended within a season.

    It takes a while.

    Args:
        origin: the room that was forked, with its log.
        fork: the room that goes on from it, with its own.

    Raises:
        UnknownEvent: a log was written by rules that are not here.
    """
    copied = _copied(origin[1], fork[1])
    start, ours = _gone_through(*fork, copied)
    _, theirs = _gone_through(*origin, copied)
    found: Tree = {
        "start": {"season": start[0], "phase": start[1]},
        "rules": _rules(theirs.row, ours.row, start),
        "origin": _shown(theirs),
        "fork": _shown(ours),
    }
    if theirs.is_over and ours.is_over:
        found["decisions"] = _decisions(theirs, ours)
        found["first"] = _first(theirs, ours, start[0])
    sides = (("origin", theirs), ("fork", ours))
    return found, frozenset(name for name, side in sides if side.is_over and is_cut(side.state))


def _copied(origin: Sequence[Record], fork: Sequence[Record]) -> int:
    """Return how many records a fork has from its origin."""
    pairs = zip(origin, fork, strict=False)
    alike = (one.at_ms == other.at_ms and one.events == other.events for one, other in pairs)
    return sum(1 for _ in takewhile(bool, alike))


def _gone_through(row: RoomRow, records: Sequence[Record], copied: int) -> tuple[Start, _Side]:
    """Return where a log stands after the records that both have, and where it leads."""
    side = _Side(row, in_lobby(row, scenario_of(row)))
    start: Start = (0, "")
    opened: list[tuple[Start, int]] = []  # of each phase: how many choices there were
    before = 0
    for record, event in apply_log(side.state, records, rewinds(records)):
        if isinstance(event, PhaseOpened):
            opened.append(((event.season, event.phase), len(side.choices)))
        elif isinstance(event, Rewound):
            _take_back(side, opened, (event.season, event.phase))
        if record.seq <= copied:
            start = (side.state.game.season, side.state.game.phase)
        elif record.seq != before:
            before = record.seq
            _note(side, record)
    return start, side


def _note(side: _Side, record: Record) -> None:
    command = msgspec.json.decode(record.command, type=_Command)
    if record.actor and command.name not in _NO_DECISION:
        side.choices.pop(key := (record.season, record.phase, record.actor, command.name), None)
        side.choices[key] = command.args


def _take_back(side: _Side, opened: list[tuple[Start, int]], start: Start) -> None:
    """Forget what was chosen in the phases that a rewind took back."""
    while opened and opened[-1][0] != start:
        opened.pop()
    if opened:
        side.choices = dict(list(side.choices.items())[: opened[-1][1]])


def _shown(side: _Side) -> Tree:
    table = table_of(side.state)
    shown = {kind: table[kind] for kind in _SHOWN if kind in table}
    told = {key: {field: one[field] for field in _OF_DEBRIEF if field in one} for key, one in _debriefs(table)}
    found: Tree = {"room": side.row.room, "table": ordered({**shown, **({"debrief": told} if told else {})})}
    if side.is_over:
        game = side.state.game
        found["ended"] = {"season": game.season, "phase": side.state.scenario.phases[game.phase_number].name}
    return found


def _debriefs(table: Tree) -> list[tuple[str, Tree]]:
    return list(table.get("debrief", {}).items())


def _rules(origin: RoomRow, fork: RoomRow, start: Start) -> list[Tree]:
    """Return the rules that a fork was founded with, each with what the origin plays by; `from` a later season."""
    table = msgspec.json.decode(fork.scenario).get(CHANGED) or {}
    scenario = scenario_of(origin)
    modules = {phase.name: [module.name for module in phase.modules] for phase in scenario.phases}
    played = {**module_tree(scenario), "modules": modules}
    rules = scenario_of(fork).changed
    seasons = {one.path: one.season for one in beginnings(rules, scenario, start)} if rules else {}
    told: list[Tree] = []
    for path, value in by_path(table):
        was, season = _at(played, path), seasons.get(path, start[0])
        told.append({"path": path, "is": value, **({} if was is None else {"was": was})})
        if season > start[0]:
            told[-1]["from"] = season
    return told


def _at(tree: Any, path: str) -> Any:  # noqa: ANN401  (JSON)
    for name in path.split("."):
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def _decisions(origin: _Side, fork: _Side) -> Tree:
    """Return by season and role how many decisions each room has of its own, and how many are alike."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for key in origin.choices.keys() | fork.choices.keys():
        season, _, seat, _ = key
        counts = found.setdefault(str(season), {}).setdefault(
            _role(seat, fork, origin), {"origin": 0, "fork": 0, "alike": 0}
        )
        counts["origin"] += key in origin.choices
        counts["fork"] += key in fork.choices
        counts["alike"] += key in origin.choices and origin.choices[key] == fork.choices.get(key)
    return ordered(found)


def _role(seat: int, *sides: _Side) -> str:
    """Return a seat's role where there is that seat: who came late to one room has none in the other; "": nowhere."""
    return next((side.state.role(seat) for side in sides if seat in side.state.seats()), "")


def _first(origin: _Side, fork: _Side, season: int) -> list[Tree]:
    """Return the decisions of the fork's first season that differ, in the order of its phases and seats."""
    phases = [phase.name for phase in fork.state.scenario.phases]
    keys = {key for key in origin.choices.keys() | fork.choices.keys() if key[0] == season and key[3] != _NEVER_TOLD}
    differing = [key for key in keys if origin.choices.get(key) != fork.choices.get(key)]
    differing.sort(key=lambda key: (phases.index(key[1]) if key[1] in phases else -1, *key[2:]))
    return [
        {
            "phase": key[1],
            "seat": key[2],
            "command": key[3],
            **({"origin": origin.choices[key]} if key in origin.choices else {}),
            **({"fork": fork.choices[key]} if key in fork.choices else {}),
        }
        for key in differing[:_MOST_TOLD]
    ]
