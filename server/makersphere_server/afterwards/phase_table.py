"""What each seat had at the end of each phase, as a table: one row a number, for whoever follows seats through a game.

Answers the numbers of what is a seat's own (maker, investor, space, the ventures that it leads, its accounts, its
points so far) just before each phase closed, with everything that was decided and nothing that came of it: the stops
of the replay. Each row says whether everybody saw the number then, or the seat alone; where the seat knew better than
the table did, as of credits that it had just spent under seal, there are both. Phases that a rewind took back are not
in it. Ratings are of no kind that is told, so nobody reads who gave which.
Source: the contract's "Over HTTP".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from makersphere_rules.seen.views import hand_of, table_of
from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.afterwards.replaying import Stop, replayed_stops
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["phases_table"]

Tree = Mapping[str, Any]

_COLUMNS: Final = ("season", "phase", "seat", "seen", "kind", "id", "figure", "value")
_SEEN: Final = _COLUMNS.index("seen")
_OWNER: Final = {"venture": "lead", "account": "seat"}  # the field that names the seat, where the id does not
_KINDS: Final = ("maker", "investor", "space", "venture", "account", "standing")
_OTHER_COLUMNS: Final = ("seat", "id", "lead", "season")


def phases_table(row: RoomRow, records: Sequence[Record], *, keeps_hands: bool = False) -> Table:
    """Return the numbers of each seat at the end of each phase; the log is gone through once, which takes a while.

    Args:
        row: the room, whose game is over.
        records: its log.
        keeps_hands: what a seat alone saw is left out, since another game goes on from the same hands.

    Raises:
        NotOver: the game is not over.
        UnknownEvent: the log was written by rules that are not here.
    """
    stops = replayed_stops(row, records).stops
    rows = (cells for stop in stops for cells in _at_stop(stop))
    return Table("phases", _COLUMNS, [cells for cells in rows if not keeps_hands or cells[_SEEN] == "all"])


def _at_stop(stop: Stop) -> Iterator[list[Cell]]:
    table = table_of(stop.state)
    for seat in stop.state.seats():
        hand = hand_of(stop.state, seat)
        for kind in _KINDS:
            public, own = table.get(kind, {}), hand.get(kind, {})
            for key in {**public, **own}:
                shown, alone = public.get(key, {}), own.get(key, {})
                if _owner(kind, key, {**shown, **alone}) == seat:
                    seen, own_numbers = dict(_numbers(shown)), dict(_numbers(alone))
                    where = (stop.season, stop.phase, seat)
                    yield from ([*where, "all", kind, key, *each] for each in seen.items())
                    differing = own_numbers.items() - seen.items()
                    yield from ([*where, "seat", kind, key, *each] for each in own_numbers.items() if each in differing)


def _owner(kind: str, key: str, fields: Tree) -> int:
    return int(fields.get(_OWNER[kind], 0) if kind in _OWNER else key)


def _numbers(fields: Tree) -> Iterator[tuple[str, int]]:
    """Yield each whole number of an entity; those of a list are counted from 1, and a yes is 1."""
    for name, value in fields.items():
        if name in _OTHER_COLUMNS:
            continue
        if isinstance(value, int):
            yield name, int(value)
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", int(each)) for key, each in value.items() if isinstance(each, int))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from ((f"{name}.{place}", int(each)) for place, each in enumerate(value, 1) if isinstance(each, int))
