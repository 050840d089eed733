"""What a room shows: the game's own table and hands, overlaid with what is no event of the game.

Answers what table and hands look like now and what has changed since the last look, as merge patches.
Secrets are dropped by the rules' `views.py` alone; this file adds names, presence, the clock, and what a
seat may do. What a seat may do is worked out when its hand or the phase has changed, and once a second,
for some seats at a time, when only the table has.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, Protocol

import attrs

from makersphere_protocol.patches import squash
from makersphere_rules import engine
from makersphere_rules.forms import Args, Form
from makersphere_rules.seen.views import Views, merge_patch, ordered
from makersphere_rules.state import State
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.shown.form_schemas import legal_tree

__all__ = ["Overlay", "RoomView", "Shown", "beside_hand"]

STALE_MS: Final = 1_000
STALE_AT_ONCE: Final = 40  # seats, so that a large room never holds the loop for long

Tree = dict[str, Any]
_SEAT_ONLY: Final = {"seat"}  # kinds of the table on which no bound rests


class Overlay(Protocol):
    """Where the board finds what is no event of the game."""

    @property
    def dirty(self) -> Dirty:
        """Return what has changed; the board resets it."""
        ...

    def table(self) -> Tree:
        """Return what lies over the game's table."""
        ...

    def hand(self, view: int) -> Tree:
        """Return what lies over a hand; for hosts it is the whole hand."""
        ...

    def commands(self) -> Mapping[str, Form]:
        """Return what every seat may do beside the game."""
        ...


@attrs.define(eq=False)
class Shown:
    """What one look has found: merge patches for the table and, by view, for hands."""

    table: Tree
    hands: dict[int, Tree]


class RoomView:
    """Table and hands of one room as they were last shown."""

    def __init__(self, state: State, overlay: Overlay) -> None:
        """Look at everything once."""
        self._state = state
        self._overlay = overlay
        self._views = Views(state)
        self._over_table = overlay.table()
        self._over_hands: dict[int, Tree] = {HOST: overlay.hand(HOST)}
        self._said: dict[int, _Beside] = {}  # what the trees beside the hands were made of
        self._stale: dict[int, None] = {}  # seats to be looked at from `_stale_at` on, some at a time
        self._stale_at = 0
        self._is_behind = False  # the table has changed since
        self._phase = self._where()
        overlay.dirty.table = False

    def _where(self) -> tuple[str, int, str]:
        game = self._state.game
        return game.status, game.season, game.phase

    # -- everything

    def table(self) -> Tree:
        """Return the whole table as it was last shown."""
        return _over(self._views.table, self._over_table)

    def hand(self, view: int) -> Tree:
        """Return a whole hand; from now on its changes are shown."""
        if view == HOST:
            return self._over_hands[HOST]
        game_hand = self._views.hand(view)
        if view not in self._over_hands:
            self._said[view] = said = _beside(self._state, self._overlay, view)
            self._over_hands[view] = _beside_tree(view, said)
        return {**ordered(game_hand), **self._over_hands[view]}

    def game_hand(self, seat: int) -> Tree:
        """Return the part of a hand that is the game's."""
        return self._views.hand(seat)

    # -- changes

    def look(self, now_ms: int) -> Shown:
        """Return what has changed since the last look."""
        changes = self._views.refresh()
        table, hands = changes.table, {seat: patch for seat, patch in changes.hands.items() if seat > 0}
        where = self._where()
        moved, self._phase = where != self._phase, where
        if not table.keys() <= _SEAT_ONLY:
            self._is_behind = True
        self._grow_stale(now_ms)
        if moved or self._overlay.dirty.table:
            table = self._look_at_overlay(table, hands)
        due = set(islice(self._stale, STALE_AT_ONCE)) if now_ms >= self._stale_at else set()
        due |= hands.keys() | self._overlay.dirty.hands
        self._overlay.dirty.hands.clear()
        for seat in [seat for seat in self._over_hands if seat != HOST and (moved or seat in due)]:
            self._look_at_extras(seat, hands)
        return Shown(table, {view: patch for view, patch in hands.items() if view in self._over_hands})

    @property
    def wants_look_at(self) -> int | None:
        """Return when to look again although nothing happens, on the monotonic clock in ms."""
        return self._stale_at if self._stale or self._is_behind else None

    def _grow_stale(self, now_ms: int) -> None:
        """Count all seats as stale where the table has changed; while they are looked at, that waits for the rest."""
        if self._is_behind and (not self._stale or now_ms < self._stale_at):
            if not self._stale:
                self._stale_at = now_ms + STALE_MS
            self._stale = {seat: None for seat in self._over_hands if seat != HOST}
            self._is_behind = False

    def _look_at_overlay(self, table: Tree, hands: dict[int, Tree]) -> Tree:
        self._overlay.dirty.table = False
        over = self._overlay.table()
        patch = merge_patch(self._over_table, over)
        self._over_table = over
        host = self._overlay.hand(HOST)
        host_patch = merge_patch(self._over_hands[HOST], host)
        self._over_hands[HOST] = host
        if host_patch:
            hands[HOST] = host_patch
        return _joined(table, patch)

    def _look_at_extras(self, seat: int, hands: dict[int, Tree]) -> None:
        self._stale.pop(seat, None)
        said = _beside(self._state, self._overlay, seat)
        if said == self._said[seat]:
            return  # most often: a tree and its comparison cost many times what this does
        self._said[seat] = said
        extras = _beside_tree(seat, said)
        patch = merge_patch(self._over_hands[seat], extras)
        self._over_hands[seat] = extras
        if patch:
            hands[seat] = _joined(hands.get(seat, {}), patch)


_Beside = tuple[dict[str, Form], dict[str, Args], Tree]  # what a seat may do, what is done for it, what lies over it


def _beside(state: State, overlay: Overlay, seat: int) -> _Beside:
    forms = {**engine.legal(state, seat), **overlay.commands()}
    return forms, engine.defaults(state, seat), overlay.hand(seat)


def _beside_tree(seat: int, said: _Beside) -> Tree:
    forms, defaults, over = said
    return {"id": seat, **legal_tree(forms), "default": {name: dict(args) for name, args in defaults.items()}, **over}


def beside_hand(state: State, overlay: Overlay, seat: int) -> Tree:
    """Return what a hand holds beside the game's own: what the seat may do, what is done for it, what lies over it."""
    return _beside_tree(seat, _beside(state, overlay, seat))


def _joined(first: Tree, second: Tree) -> Tree:
    """Return one patch of two that say nothing about the same field."""
    found = squash([first, second])
    return found[0] if found else {}


def _over(tree: Mapping[str, Any], overlay: Mapping[str, Any]) -> Tree:
    shown = dict(tree)
    for kind, value in overlay.items():
        below = shown.get(kind)
        both = isinstance(below, dict) and isinstance(value, dict)
        shown[kind] = _over(below, value) if both and below is not None else value
    return shown
