"""What leaves the server of a room whose people were asked for their consent: of who has not said yes, nothing.

Answers the tables and the debrief without those seats. A table that is not named here is left out as soon as anybody
has not said yes, and so is a part of the debrief: a new one has to be thought of. What stays of such a seat is its
number, its role and that it is `no`; figures stand for the whole room and stay. Pages of the class, and who took
part, are the lesson's own: there such a person has no name and no own words for others, and stays in the gradebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.state import State
from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.consents import Consents
from makersphere_server.room.model.people.seats import SEAT_KEY, Seats
from makersphere_server.room.model.room_settings import RoomSettings

__all__ = ["debrief_with_consent", "tables_with_consent", "withheld_seats"]

Tree = dict[str, Any]
Row = Sequence[Cell]
Withheld = frozenset[int]

_BY_SEAT: Final = ("score", "comparison", "maker", "investor", "space", "forecast")
_OF_OTHERS: Final = ("capital", "given", "places", "scores", "shares", "work")  # of a venture, a story, a run: by seat
# of all; not the dice, from which what was dealt to anybody could be drawn again
_WHOLE: Final = ("room", "scenario", "version", "commitment", "figures", "chosen", "bookmark")


def withheld_seats(state: State, private: Mapping[str, bytes]) -> Withheld:
    """Return the seats of which nothing may leave: none where people were not asked, each of which nobody knows."""
    if not RoomSettings.stored(private).consent:
        return frozenset()
    lost = frozenset(seat for seat in state.seats() if f"{SEAT_KEY}{seat}" not in private)
    return lost | Consents.stored(private).withheld(Seats(state.seats(), private, Dirty()))


def tables_with_consent(found: Sequence[Table], state: State, private: Mapping[str, bytes]) -> list[Table]:
    """Return the tables of a room as they may leave; with a column that says who has agreed, where all were asked."""
    if not RoomSettings.stored(private).consent:
        return list(found)
    withheld, ventures = withheld_seats(state, private), state.all(Venture)
    hidden = {
        f"venture:{one.id}" for one in ventures.values() if not withheld.isdisjoint((one.lead, *one.cofounders))
    } | {f"{sort}:{seat}" for seat in withheld for sort in ("maker", "investor", "operator", "escrow")}

    def posted(table: Table) -> Table:
        places = [table.columns.index(name) for name in ("source", "target")]
        return _rows(table, lambda row: hidden.isdisjoint({str(row[place]) for place in places}))

    def others(table: Table) -> Table:
        seat = table.columns.index("seat")
        return _rows(table, lambda row: row[seat] not in withheld)

    of_theirs = frozenset(each for table in found if table.name == "ventures" for each in _led_by(table, withheld))

    def open_ventures(table: Table) -> Table:
        return _of_ventures(table, of_theirs, withheld)

    ways: dict[str, Callable[[Table], Table]] = {
        "seats": lambda table: _seats(table, withheld),
        "figures": _as_it_is,
        "chosen": _as_it_is,
        "postings": posted,
        "decisions": others,
        "ventures": open_ventures,
        "holdings": open_ventures,
        "deals": open_ventures,
        "seasons": others,
        "events": lambda table: _blank(others(table), "data") if withheld else table,
        "phases": lambda table: _phases(others(table), hidden, withheld),
        "answers": others,
        "bookmarks": lambda table: _blank(table, "word") if withheld else table,
        "why": others,
        "host_commands": others,
    }
    return [ways[table.name](table) for table in found if table.name in ways or not withheld]


def debrief_with_consent(tree: Tree, state: State, private: Mapping[str, bytes]) -> Tree:
    """Return the debrief of a room as it may leave."""
    withheld = withheld_seats(state, private)
    if not withheld:
        return tree
    kept: Tree = {name: tree[name] for name in _WHOLE if name in tree}
    seats = {seat: {**each, "consent": "no" if int(seat) in withheld else "yes"} for seat, each in tree["seat"].items()}
    ventures = {
        key: _without(each, withheld)
        for key, each in tree.get("venture", {}).items()
        if withheld.isdisjoint((each.get("lead", 0), *each.get("cofounders", ())))
    }
    by_seat: Tree = {
        kind: {key: _without(each, withheld) for key, each in tree[kind].items() if int(key) not in withheld}
        for kind in _BY_SEAT
        if kind in tree and all(str(key).isdecimal() for key in tree[kind])
    }
    runs = {run: _without(each, withheld) for run, each in tree.get("result", {}).items()}
    story = {
        key: _without(each, withheld, "turning")  # moments name others in many ways
        for key, each in tree["story"].items()
        if int(key.rpartition(":")[2]) not in withheld
    }
    answers = [each for each in tree["answers"] if int(each["seat"]) not in withheld]
    told = {"seat": seats, "venture": ventures, **by_seat, "result": runs, "story": story, "answers": answers}
    return kept | {name: part for name, part in told.items() if part or name != "result"}


def _as_it_is(table: Table) -> Table:
    return table


def _rows(table: Table, is_kept: Callable[[Row], bool]) -> Table:
    return attrs.evolve(table, rows=[row for row in table.rows if is_kept(row)])


def _led_by(ventures: Table, withheld: Withheld) -> Iterator[tuple[Cell, ...]]:
    """Yield run and number of each venture of which somebody who has not agreed leads or founded a part."""
    run, venture, lead, cofounders = (ventures.columns.index(name) for name in ("run", "venture", "lead", "cofounders"))
    for row in ventures.rows:
        if not withheld.isdisjoint(map(int, f"{row[lead]} {row[cofounders]}".split())):
            yield row[run], row[venture]


def _of_ventures(table: Table, hidden: frozenset[tuple[Cell, ...]], withheld: Withheld) -> Table:
    """Return what is told of ventures, without those that are hidden and without seats that have not agreed."""
    venture = [table.columns.index(name) for name in ("run", "venture")]
    people = [table.columns.index(name) for name in ("seat", "maker", "investor") if name in table.columns]

    def is_kept(row: Row) -> bool:
        is_open = tuple(row[place] for place in venture) not in hidden
        return is_open and all(row[place] not in withheld for place in people)

    return _rows(table, is_kept)


def _blank(table: Table, column: str) -> Table:
    if column not in table.columns:
        return table
    at = table.columns.index(column)
    return attrs.evolve(
        table, rows=[["" if place == at else cell for place, cell in enumerate(row)] for row in table.rows]
    )


def _seats(table: Table, withheld: Withheld) -> Table:
    """Return the seats with whether they agreed; of who did not, the number and the role alone."""
    seat, shown = table.columns.index("seat"), {table.columns.index(name) for name in ("seat", "role")}
    rows: list[list[Cell]] = [
        [*row, "yes"]
        if row[seat] not in withheld
        else [*(row[n] if n in shown else None for n in range(len(row))), "no"]
        for row in table.rows
    ]
    return Table(table.name, (*table.columns, "consent"), rows)


def _without(tree: Tree, withheld: Withheld, *names: str) -> Tree:
    """Return a tree without some of its parts, and without what it says of seats that have not agreed."""

    def kept(name: str, value: Any) -> Any:  # noqa: ANN401  (whatever a tree has)
        if name == "ties":
            return [seat for seat in value if int(seat) not in withheld]
        if name in _OF_OTHERS and isinstance(value, Mapping):
            return {seat: each for seat, each in value.items() if int(seat) not in withheld}
        return value

    return {name: kept(name, value) for name, value in tree.items() if name not in names}


def _phases(table: Table, hidden: set[str], withheld: Withheld) -> Table:
    """Return the numbers at the ends of phases without what they say of others who have not agreed."""
    kind, key, figure = (table.columns.index(name) for name in ("kind", "id", "figure"))
    others = {f"{name}.{seat}" for name in _OF_OTHERS for seat in withheld}

    def is_kept(row: Row) -> bool:
        is_venture = row[kind] == "venture"
        is_hidden = f"venture:{row[key]}" in hidden or row[figure] in others
        is_tie = str(row[figure]).startswith("ties.") and bool(withheld)  # a tie's value is a seat
        return not (is_venture and is_hidden) and not is_tie

    return _rows(table, is_kept)
