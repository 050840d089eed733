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

from makersphere_rules.core_kinds import CurrentRun
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
_PARTS: Final = ("capital", "shares", "work")  # of a venture: by seat, parts of a whole
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
    withheld = withheld_seats(state, private)
    ventures = _Ventures(found, state, withheld)

    def others(table: Table) -> Table:
        seat = table.columns.index("seat")
        return _rows(table, lambda row: row[seat] not in withheld)

    ways: dict[str, Callable[[Table], Table]] = {
        "seats": lambda table: _seats(table, withheld),
        "figures": _as_it_is,
        "chosen": _as_it_is,
        "postings": ventures.postings,
        "decisions": others,
        "ventures": ventures.ventures,
        "holdings": ventures.holdings,
        "deals": ventures.deals,
        "seasons": others,
        "events": lambda table: _blank(others(table), "data") if withheld else table,
        "phases": lambda table: ventures.phases(others(table)),
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
        key: _of_venture(each, withheld)
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


def _of_venture(tree: Tree, withheld: Withheld) -> Tree:
    """Return a venture of the debrief; parts of a whole would tell what is missing, so one of them hides them all."""
    shared = [name for name in _PARTS if not withheld.isdisjoint(map(int, tree.get(name, {})))]
    place = ["space"] if tree.get("space") in withheld else []
    return _without(tree, withheld, *shared, *place)


class _Ventures:
    """The tables that tell of ventures, of a room in which somebody has not agreed."""

    def __init__(self, found: Sequence[Table], state: State, withheld: Withheld) -> None:
        """See in which ventures they have a part, by run and number."""
        tables = {table.name: table for table in found}
        run = state.find(CurrentRun)
        self._run = run.number if run is not None else 1
        self._withheld = withheld
        self._runs = {season: run for run, season in _cells(tables.get("seasons"), "run", "season")}
        last = [((self._run, one.id), one) for one in state.all(Venture).values()]
        self._led: set[Row] = {key for key, one in last if not withheld.isdisjoint((one.lead, *one.cofounders))}
        self._shared: set[Row] = {
            key for key, one in last if not withheld.isdisjoint((*one.shares, *one.capital, *one.work))
        }
        for number, venture, lead, cofounders in _cells(tables.get("ventures"), "run", "venture", "lead", "cofounders"):
            if not withheld.isdisjoint(map(int, f"{lead} {cofounders}".split())):
                self._led.add((number, venture))
            elif withheld and number != self._run:
                self._shared.add((number, venture))  # nobody knows any more who worked in it
        sorts = ("maker", "investor", "operator", "escrow", *state.scenario.accounts)  # a module's may be by seat
        self._accounts = {f"{sort}:{seat}" for seat in withheld for sort in sorts}

    def ventures(self, table: Table) -> Table:
        """Return the ventures that none of them leads; sums that they gave a part of and their space are blank."""
        run, venture, space = (table.columns.index(name) for name in ("run", "venture", "space"))
        sums = {table.columns.index(name) for name in ("capital", "hours")}

        def told(row: Row) -> list[Cell]:
            hidden = sums if (row[run], row[venture]) in self._shared else set()
            hidden = hidden | ({space} if row[space] in self._withheld else set())
            return [None if place in hidden else cell for place, cell in enumerate(row)]

        kept = _rows(table, lambda row: (row[run], row[venture]) not in self._led)
        return attrs.evolve(kept, rows=[told(row) for row in kept.rows])

    def holdings(self, table: Table) -> Table:
        """Return the holders of ventures in which none of them has a part: what is missing would be theirs."""
        run, venture = (table.columns.index(name) for name in ("run", "venture"))
        hidden = self._led | self._shared
        return _rows(table, lambda row: (row[run], row[venture]) not in hidden)

    def deals(self, table: Table) -> Table:
        """Return the deals that are not theirs."""
        run, venture, maker, investor = (table.columns.index(name) for name in ("run", "venture", "maker", "investor"))
        return _rows(
            table,
            lambda row: (
                (row[run], row[venture]) not in self._led and self._withheld.isdisjoint({row[maker], row[investor]})
            ),
        )

    def postings(self, table: Table) -> Table:
        """Return the postings that move nothing of theirs."""
        season, source, target = (table.columns.index(name) for name in ("season", "source", "target"))
        return _rows(
            table,
            lambda row: not any(self._is_hidden(str(row[place]), row[season]) for place in (source, target)),
        )

    def phases(self, table: Table) -> Table:
        """Return the numbers at the ends of phases without what they say of others who have not agreed."""
        season, kind, key, figure, value = (
            table.columns.index(name) for name in ("season", "kind", "id", "figure", "value")
        )
        others = {f"{name}.{seat}" for name in _OF_OTHERS for seat in self._withheld}

        def is_kept(row: Row) -> bool:
            name = str(row[figure])
            if row[figure] in others or (name.startswith("ties.") and self._withheld):  # a tie's value is a seat
                return False
            if row[kind] != "venture":
                return True
            of = self._key(row[key], row[season])
            is_part = name.partition(".")[0] in _PARTS and of in self._shared
            return of not in self._led and not is_part and not (name == "space" and row[value] in self._withheld)

        return _rows(table, is_kept)

    def _key(self, venture: Cell, season: Cell) -> tuple[Cell, Cell]:
        return self._runs.get(season, self._run), int(str(venture))

    def _is_hidden(self, account: str, season: Cell) -> bool:
        sort, _, number = account.partition(":")
        return account in self._accounts or (sort == "venture" and self._key(number, season) in self._led)


def _cells(table: Table | None, *columns: str) -> Iterator[list[Cell]]:
    """Yield some cells of each row."""
    places = [table.columns.index(name) for name in columns] if table is not None else []
    for row in table.rows if table is not None else ():
        yield [row[place] for place in places]
