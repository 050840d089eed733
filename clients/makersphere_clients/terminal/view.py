"""The room as this chair sees it: the table with the own hand laid over it.

Answers what an entity is now. A view reads the mirror's trees and copies only what it joins. It knows the few things
that hold for every game of makers, investors and operators, and never a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from makersphere_clients.mirror import Mirror
from makersphere_protocol.messages import Tree, You

__all__ = ["Fields", "View", "view_of"]

Fields = Mapping[str, Any]
_NOTHING: Final[Fields] = {}
GARAGE: Final = "garage"
# a date in milliseconds is nothing to type, questions and a person's file are not shown here, and what erases for ever
# needs the console's word of what goes with it
_ON_THE_CONSOLE_ALONE: Final = frozenset(
    {"host.answer", "host.end_at", "host.erase_person", "host.export_person", "host.off_wall"}
)


@attrs.frozen
class View:
    """Table and hand, and the chair that sees them."""

    table: Tree
    hand: Tree
    you: You

    # -- any game

    def find(self, kind: str, key: int | str) -> Fields:
        """Return an entity, the hand's fields over the table's; empty where there is none."""
        on_table, in_hand = (_entity(tree, kind, str(key)) for tree in (self.table, self.hand))
        return {**on_table, **in_hand} if on_table and in_hand else on_table or in_hand

    def all(self, kind: str) -> list[Fields]:
        """Return all entities of a kind, in the order of their keys."""
        keys: dict[str, None] = {}
        for tree in (self.table, self.hand):
            found = tree.get(kind)
            if isinstance(found, dict):
                keys.update(dict.fromkeys(key for key, value in found.items() if isinstance(value, dict)))
        return [self.find(kind, key) for key in sorted(keys, key=_order)]

    def single(self, kind: str) -> Fields:
        """Return the one entity of a kind; empty where there is none."""
        found = self.table.get(kind)
        return found if isinstance(found, dict) else _NOTHING

    @property
    def status(self) -> str:
        """Return `lobby`, `running` or `over`."""
        return str(self.single("game").get("status", ""))

    @property
    def phase(self) -> str:
        """Return the present phase."""
        return str(self.single("game").get("phase") or "lobby")

    @property
    def season(self) -> int:
        """Return the present season's number within its run, from 1."""
        return self.in_run(int(self.single("game").get("season", 0)))

    @property
    def seasons(self) -> int:
        """Return how many seasons this run has."""
        return self.in_run(int(self.single("game").get("seasons", 0)))

    def in_run(self, season: int) -> int:
        """Return a season's number as people count it, from 1 in each run."""
        return season - int(self.single("run").get("first_season", 1)) + 1

    @property
    def legal(self) -> dict[str, Any]:
        """Return the commands that are offered here now, of hosts by rank, each with its JSON Schema."""
        found = self.hand.get("legal")
        legal = found if isinstance(found, dict) else {}
        may = self.hand.get("chair", {}).get(str(self.you.member), {}).get("may")
        return {
            name: form
            for name, form in legal.items()
            if name not in _ON_THE_CONSOLE_ALONE and (may is None or name in may)
        }

    # -- one's own

    @property
    def me(self) -> Fields:
        """Return one's own seat."""
        return self.find("seat", self.you.seat) if self.you.seat else _NOTHING

    @property
    def role(self) -> str:
        """Return the own role now, which a host may have changed; `host` or `watcher` without a seat."""
        return str(self.me.get("role") or self.you.role or self.you.kind)

    @property
    def is_ready(self) -> bool:
        """Return whether the room does not wait for this seat."""
        return bool(self.me.get("ready")) and not self.me.get("asked")

    def balance(self, name: str) -> int | None:
        """Return the credits of an account, as far as they are seen."""
        found = self.find("account", name).get("balance")
        return int(found) if found is not None else None

    @property
    def venture(self) -> Fields:
        """Return the living venture that this seat leads or works in."""
        found = self.find("venture", self.find("maker", self.you.seat).get("venture", 0))
        return _NOTHING if found.get("closed") else found

    def place_of(self, maker: int) -> int:
        """Return the space that a maker sits in, 0 for the garage."""
        return int(self.find("venture", self.find("maker", maker).get("venture", 0)).get("space", 0) or 0)

    def modules(self, phase: str) -> list[str]:
        """Return the rule modules that a phase is played by."""
        return [name for name, fields in self.single("module").items() if fields.get("phase") == phase]


def view_of(mirror: Mirror) -> View:
    """Return the view of a mirror's room."""
    return View(mirror.table, mirror.hand, mirror.you)


def _entity(tree: Tree, kind: str, key: str) -> Fields:
    entities = tree.get(kind)
    found = entities.get(key) if isinstance(entities, dict) else None
    return found if isinstance(found, dict) else _NOTHING


def _order(key: str) -> tuple[int, int, str]:
    return (0, int(key), "") if key.isdecimal() else (1, 0, key)
