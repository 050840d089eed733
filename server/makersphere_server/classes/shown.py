"""What a class shows: to everybody its tables at a glance, to its hosts its people and who needs them as well.

Answers trees as the wire has them. Nothing here names a person to anybody but the hosts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_server.classes.at_tables import PASSED_ON
from makersphere_server.classes.book import BESIDE_EACH_OTHER, ClassBook, Person, Table
from makersphere_server.classes.commands import CLASS_COMMANDS
from makersphere_server.room.commands.host.table import what_may
from makersphere_server.room.model.people.hosts import chairs_tree, reaches
from makersphere_server.room.room import Room

__all__ = ["Shown", "look"]

Tree = dict[str, Any]

_FOR_THE_SERVER: Final = frozenset({"seats_here", "at", "phase_number", "step"})
_FOR_HOSTS: Final = ("asks", "lost")


@attrs.frozen
class Shown:
    """What is shown now: the table of a class, and its hosts' hand."""

    table: Tree
    hand: Tree


def look(
    book: ClassBook,
    opened: Callable[[str], Room | None],
    state_of: Callable[[str], str],
    chairs_here: Sequence[int],
    waiting: int = 0,
) -> Shown:
    """Return what a class shows now.

    Args:
        book: the class.
        opened: returns a room that is in memory.
        state_of: returns how a room stands in the store, or "" where it is gone.
        chairs_here: the numbers of the hosts of the class who are connected to it.
        waiting: how many wait for a place at a table, as far as that is known.
    """
    rooms = {number: opened(table.room) for number, table in book.tables.items()}
    glances = {number: room.glance() for number, room in rooms.items() if room is not None}
    here = {number: frozenset(glance["seats_here"]) for number, glance in glances.items()}
    dealt = Counter(person.table for person in book)
    tables = {
        str(number): _table(table, glances.get(number), state_of(table.room), dealt[number])
        for number, table in book.tables.items()
    }
    about: Tree = {
        "code": book.code,
        "name": book.settings.name,
        "language": book.settings.language,
        "scenario": book.settings.scenario,
        "size": book.settings.size,
        "people": len(book),
    }
    if book.in_step:
        about["in_step"] = True
    if book.shown in book.tables:
        about["wall"] = book.shown
    elif book.shown == BESIDE_EACH_OTHER:
        about["compare"] = True
    people = {str(person.number): _person(person, here.get(person.table, frozenset())) for person in book}
    hand: Tree = {
        "person": people,
        "class": {"hosts": len(book.hosts), "hosts_here": len(chairs_here), "grouping": attrs.asdict(book.grouping)},
        "chair": chairs_tree(book.hosts, chairs_here, _may_send),
    }
    if waiting:
        hand["class"]["waiting"] = waiting
    removed = {str(person.number): {"name": person.name} for person in book.removed}
    hand |= {name: told for name, told in (("tables", _in_need(glances)), ("removed", removed)) if told}
    return Shown({"class": about, "tables": tables}, hand)


def _may_send(rank: str) -> list[str]:
    """Return what hosts of a rank may send at all: commands of the class, and those that it passes on to its tables."""
    passed_on = [name for name in what_may(rank) if name in PASSED_ON]
    return passed_on + [name for name, command in CLASS_COMMANDS.items() if reaches(rank, command.least)]


def _table(table: Table, glance: Mapping[str, Any] | None, state: str, dealt: int) -> Tree:
    """Return a table's line; one that is in nobody's use stands as the store has it."""
    tree: Tree = {"room": table.room, "dealt": dealt, "places": table.seats}
    if table.game > 1:
        tree["game"] = table.game
    if table.own_rules:
        tree["own_rules"] = True
    if glance is not None:
        return tree | {name: value for name, value in glance.items() if name not in {*_FOR_THE_SERVER, *_FOR_HOSTS}}
    return tree | {"status": "over" if state == "over" else "asleep" if state == "open" else state or "gone"}


def _in_need(glances: Mapping[int, Mapping[str, Any]]) -> Tree:
    """Return by table how many wait for a host there and how many say that they are lost, where any do."""
    found: Tree = {}
    for number, glance in glances.items():
        if told := {name: glance[name] for name in _FOR_HOSTS if glance.get(name)}:
            found[str(number)] = told
    return found


def _person(person: Person, here: frozenset[int]) -> Tree:
    tree: Tree = {"name": person.name}
    if person.table:
        tree["table"] = person.table
    if person.seat:
        tree["seat"] = person.seat
    if person.seat and person.called:
        tree["called"] = person.called
    if person.seat and person.seat in here:
        tree["here"] = True
    if person.is_listed:
        tree["listed"] = True
    if person.mark:
        tree["mark"] = person.mark
    if person.wants:
        tree["wants"] = person.wants
    return tree
