"""The tables of a class beside each other, and beside those of earlier classes and of bots: what a page shows of them.

Answers one tree: the figures of every table on one scale, what usually happens, means of classes with their intervals,
which table lies apart from the others (`makersphere_rules.compared.apart`), in which rules a table differs from most
tables of its class, and what its people did more often or less. Never names a person, so it stands when names are
erased; counts decisions and shows none. Tables are held against each other that played as many seasons of the same
scenario; the others are shown beside. Games of bots were measured whole and by the rules as shipped: what was played
otherwise is not held against them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from statistics import fmean, median, stdev
from typing import Any, Final

import attrs

from makersphere_protocol.messages import BESIDE
from makersphere_rules.compared.apart import FEWEST, distances, named
from makersphere_rules.compared.bots_spread import BotsSpread, bots_spread
from makersphere_rules.compared.figures import BOUNDS, COMPARED, Reading, figures_of
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.modules.par import Par
from makersphere_rules.scenario import Scenario, module_tree
from makersphere_rules.shipped import scenario
from makersphere_rules.state import Seat
from makersphere_server.afterwards.export_tables import FinishedRoom
from makersphere_server.room.commands.founded_rules import scenario_of

__all__ = ["Group", "PlayedTable", "compared", "played_table", "rules_of"]

Tree = dict[str, Any]
Act = tuple[str, str]  # a role and a command

_UNTOLD: Final = BESIDE | {"ready", "rate", "start", "close", ""}
_MOST_ACTS: Final = 3  # that are told of a table
_FAR: Final = 4.0  # a command is told of from here on: of twenty alike tables hardly one has any
_MOST_RULES: Final = 12
# the 97.5 % point of Student's t by degrees of freedom, from 1; of more the last one counts (a little too wide)
_T: Final = (
    *(12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26),
    *(2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10),
)


@attrs.frozen
class PlayedTable:
    """A finished table.

    Attributes:
        scenario: its name.
        seasons: that were counted.
        readings: its figures by name; empty where there are none.
        rules: it was played by, by path.
        chosen: the names of the choices among them.
        decided: how much was decided by people, bots and defaults.
        acts: how often each role sent each command, for each of its seats and seasons; with the number of these.
        number: of the table in its class; 0: a room beside it.
        game: of the class's games the one that it was played in; 0: a room beside it.
    """

    room: str
    scenario: str
    seats: int
    seasons: int
    readings: Mapping[str, Reading]
    rules: Mapping[str, Any] = attrs.field(repr=False)
    chosen: tuple[str, ...]
    decided: Mapping[str, int]
    acts: Mapping[Act, tuple[int, int]] = attrs.field(repr=False)
    number: int = 0
    game: int = 0

    @property
    def even(self) -> dict[str, float]:
        """Return the figures on their even scales."""
        return {name: one.even for name, one in self.readings.items()}


@attrs.frozen
class Group:
    """The tables of one class, or of one of its games, or one room by itself.

    Attributes:
        game: which of the class's games it is, where it has several and this is one of them; else 0.
    """

    code: str
    name: str
    tables: tuple[PlayedTable, ...]
    game: int = 0


def played_table(finished: FinishedRoom, chosen: Sequence[str]) -> PlayedTable:
    """Return what is compared of a finished room."""
    state, played = finished.state, scenario_of(finished.row)
    seasons = len(state.all(Figures))
    decided: Counter[str] = Counter()
    for counts in finished.decisions.values():
        decided.update(counts)
    return PlayedTable(
        room=finished.row.room,
        scenario=played.name,
        seats=len(state.all(Seat)),
        seasons=seasons,
        readings=figures_of(state),
        rules=rules_of(played),
        chosen=tuple(chosen),
        decided={by: decided[by] for by in ("person", "bot", "default")},
        acts=_acts(finished, max(seasons, 1)),
    )


def rules_of(played: Scenario) -> Tree:
    """Return the rules that tables are compared by, by path."""
    tree = {name: table for name, table in module_tree(played).items() if name != Par.name}
    modules = {phase.name: [module.name for module in phase.modules] for phase in played.phases}
    return dict(_flat({**tree, "modules": modules}))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _acts(finished: FinishedRoom, seasons: int) -> dict[Act, tuple[int, int]]:
    roles = {seat.id: seat.role for seat in finished.state.all(Seat).values()}
    seats = Counter(roles.values())
    sent = {
        (seq, roles[int(seat)], str(command))
        for seq, _, _, _, seat, _, _, command, _, _, undone in finished.events
        if seat and not undone and command not in _UNTOLD and int(seat) in roles
    }
    counts = Counter((role, command) for _, role, command in sent)
    return {act: (count, seats[act[0]] * seasons) for act, count in counts.items()}


def compared(own: Group, others: Sequence[Group]) -> Tree:
    """Return the tables of a class beside each other, and beside those of other classes and rooms."""
    tables = [table for table in own.tables if table.readings]
    alike, usual_rules = _comparable(tables), _usual_rules(own.tables, tables)
    unmeasured = _unmeasured(alike)
    bots = bots_spread(alike[0].scenario) if alike and not unmeasured else None
    seats = fmean(table.seats for table in alike) if alike else 0
    names = bots is not None and bots.names
    can_name = names and len(alike) >= FEWEST
    told = _told_apart(alike, seats, bots) if bots is not None and can_name else {}
    found: Tree = {
        "figures": list(COMPARED),
        "tables": [{**_table(table, tables, usual_rules), **told.get(table.number, {})} for table in own.tables],
        "named": _named(alike, seats, bots) if bots is not None and names else [],
        "can_name": can_name,
        "not_measured": unmeasured or ("naming" if bots is not None and not names else ""),
        "groups": [column for group in (own, *others) for column in _columns(group, alike)],
    }
    if own.game:
        found["game"] = own.game
    if unmeasured == "seasons":
        found["lengths"] = [alike[0].seasons, scenario(alike[0].scenario).seasons]
    if bots is not None:
        near = bots.nearest(seats)
        usual = {name: [round(value, 2) for value in three] for name, three in near.usual.items()}
        found["usual"] = {"games": near.games, "seats": near.seats, "figures": usual}
    return found


def _unmeasured(alike: Sequence[PlayedTable]) -> str:
    """Return why no games of bots are there to hold tables of a kind against: whole games, by rules as shipped.

    Returns:
        "scenario": it was never measured; "seasons": these are shorter or longer games; "rules": most of these tables
        were played by another value of some rule; empty: they are there.
    """
    if not alike:
        return ""
    name, seasons = _kind(alike[0])
    if bots_spread(name) is None:
        return "scenario"
    shipped = scenario(name)
    if seasons != shipped.seasons:
        return "seasons"
    measured = rules_of(shipped)
    is_most = len(alike) / 2
    for path in sorted(set(measured).union(*(table.rules for table in alike))):
        if sum(str(table.rules.get(path)) != str(measured.get(path)) for table in alike) > is_most:
            return "rules"
    return ""


def _comparable(tables: Sequence[PlayedTable]) -> list[PlayedTable]:
    """Return the tables that most others are like in scenario and seasons."""
    most = Counter(map(_kind, tables)).most_common(1)
    return [table for table in tables if _kind(table) == most[0][0]]


def _kind(table: PlayedTable) -> tuple[str, int]:
    """Return what tables must have alike to be held against each other."""
    return table.scenario, table.seasons


def _told_apart(alike: Sequence[PlayedTable], seats: float, bots: BotsSpread) -> dict[int, Tree]:
    found = distances([table.even for table in alike], bots.spread(seats))
    return {
        table.number: {"apart": {name: round(one, 2) for name, one in each.items()}}
        for table, each in zip(alike, found, strict=True)
    }


def _named(alike: Sequence[PlayedTable], seats: float, bots: BotsSpread) -> list[Tree]:
    one = named([table.even for table in alike], seats, bots)
    if one is None:
        return []
    return [{"table": alike[one.table].number, "figure": one.figure, "distance": round(one.distance, 2)}]


def _table(table: PlayedTable, beside: Sequence[PlayedTable], usual_rules: Tree) -> Tree:
    tree: Tree = {
        "table": table.number,
        "game": table.game,
        "room": table.room,
        "scenario": table.scenario,
        "seats": table.seats,
        "seasons": table.seasons,
        "decided": dict(table.decided),
        "figures": _values(table),
    }
    others = [other for other in beside if other is not table and _kind(other) == _kind(table)]
    told = {"chosen": list(table.chosen), "rules": _rules(table, usual_rules), "did": _did(table, others)}
    return tree | {name: value for name, value in told.items() if value}


def _values(table: PlayedTable) -> dict[str, float]:
    return {name: round(one.value, 2) for name, one in table.readings.items()}


def _usual_rules(tables: Sequence[PlayedTable], beside: Sequence[PlayedTable]) -> Tree:
    """Return by path of any table, in order, what most were played by of those that have figures."""
    usual: Tree = {}
    for path in sorted(set[str]().union(*(table.rules for table in tables))) if beside else ():
        values = [table.rules.get(path) for table in beside]
        most = Counter(map(str, values)).most_common(1)[0][0]
        usual[path] = next(value for value in values if str(value) == most)
    return usual


def _rules(table: PlayedTable, usual: Tree) -> list[Tree]:
    """Return in which rules a table differs from most tables of its class."""
    differing = [
        {"path": path, "is": table.rules.get(path), "usual": most}
        for path, most in usual.items()
        if str(table.rules.get(path)) != str(most)
    ]
    return differing[:_MOST_RULES]


def _did(table: PlayedTable, others: Sequence[PlayedTable]) -> list[Tree]:
    """Return what a role did far more or less often than at the others of its kind, the furthest first."""
    found = []
    for role, command in sorted(set(table.acts).union(*(other.acts for other in others))) if len(others) > 1 else ():
        count, of = table.acts.get((role, command), (0, 0))
        elsewhere = [other.acts.get((role, command), (0, 1)) for other in others]
        each = median(number / among for number, among in elsewhere)
        of = of or max(among for _, among in elsewhere)
        far = _root(count) - _root(each * of)
        if abs(far) >= _FAR:
            told = {"role": role, "command": command, "each": round(count / of, 2), "others": round(each, 2)}
            found.append((abs(far), told))
    found.sort(key=lambda one: (-one[0], one[1]["command"]))
    return [told for _, told in found[:_MOST_ACTS]]


def _root(count: float) -> float:
    """Return a count on a scale where chance spreads it by about 1 (Freeman and Tukey 1950)."""
    return sqrt(count) + sqrt(count + 1)


def _columns(group: Group, alike: Sequence[PlayedTable]) -> list[Tree]:
    """Return a class's means, for each kind of tables by itself; those of the kind that others are held against first.

    Args:
        group: whose means they are.
        alike: the tables of that kind in the class that is looked at.
    """
    tables = [table for table in group.tables if table.readings]
    first = _kind(alike[0]) if alike else None
    kinds = sorted(dict(Counter(map(_kind, tables)).most_common()), key=lambda kind: kind != first)
    of_kinds = [[table for table in tables if _kind(table) == kind] for kind in kinds]
    return [_column(group, of_kind, alike) for of_kind in of_kinds] or [_column(group, [], alike)]


def _column(group: Group, tables: Sequence[PlayedTable], alike: Sequence[PlayedTable]) -> Tree:
    """Return the means of tables of one kind, with 95 % intervals where there are three or more."""
    name, seasons = _kind(tables[0]) if tables else ("", 0)
    figures = {name: _interval(name, [table.readings[name].value for table in tables]) for name in COMPARED if tables}
    found: Tree = {"code": group.code, "name": group.name, "tables": len(tables), "scenario": name, "seasons": seasons}
    if tables and alike and name == alike[0].scenario:
        usual = _usual_rules([*alike, *tables], alike)
        most = attrs.evolve(tables[0], rules=_usual_rules([*alike, *tables], tables))
        if rules := _rules(most, usual):
            found["rules"] = rules
    return {**found, "figures": figures}


def _interval(figure: str, values: Sequence[float]) -> list[float]:
    """Return a figure's mean, and the ends of its interval where there are values enough: no further than it can be."""
    mean = fmean(values)
    if len(values) < FEWEST:
        return [round(mean, 2)]
    wide = _T[min(len(values) - 2, len(_T) - 1)] * stdev(values) / sqrt(len(values))
    least, most = BOUNDS[figure]
    low, high = max(mean - wide, min(least, *values)), min(mean + wide, max(most, *values))
    return [round(mean, 2), round(low, 2), round(high, 2)]
