"""What a room shows: the game's own table and hands, overlaid with what is no event of the game.

Answers how table and hands stand now, and what has changed since it was last asked, as merge patches. Secrets are
dropped by the rules' `views.py` alone; this file adds names, presence, the clock, and what a seat may do. What a seat
may do is worked out when its hand or the phase has changed. When only the table has changed, it is worked out once a
second, for some seats at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, Protocol

import attrs

from makersphere_protocol.patches import squash
from makersphere_rules import engine
from makersphere_rules.forms import Args, Form, Start
from makersphere_rules.seen.views import Views, merge_patch, ordered
from makersphere_rules.state import State
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.shown.form_schemas import legal_tree

__all__ = ["Changes", "Overlay", "RoomView", "beside_hand"]

STALE_MS: Final = 1_000
STALE_AT_ONCE: Final = 40  # seats, so that a large room never holds the loop for long

Tree = dict[str, Any]
_STORY: Final = "story"  # the kind by which a hand tells of a game that is over
_SEAT_ONLY: Final = {"seat"}  # kinds of the table on which no bound rests


class Overlay(Protocol):
    """Where a room's view finds what is no event of the game."""

    @property
    def dirty(self) -> Dirty:
        """Return which parts have changed since they were shown; the view clears them when it shows them."""
        ...

    @property
    def counts(self) -> Tree:
        """Return what is counted of the game itself, which moves with it."""
        ...

    def table(self) -> Tree:
        """Return what lies over the game's table."""
        ...

    def hand(self, view: int) -> Tree:
        """Return what lies over a seat's hand; for the view of the hosts, their whole hand."""
        ...

    def own_story(self, seat: int, told: Tree) -> Tree:
        """Return what of a seat's stories, by their key, is told to its people: what was in their time."""
        ...

    def commands(self) -> Mapping[str, Form]:
        """Return what every seat may do beside the game."""
        ...

    def is_watching(self, seat: int) -> bool:
        """Return whether the people of a seat look on, so that they may do nothing in the game."""
        ...


@attrs.define(eq=False)
class Changes:
    """What has changed: merge patches for the table and, by view, for hands."""

    table: Tree
    hands: dict[int, Tree]


class RoomView:
    """Table and hands of one room as they were last shown."""

    def __init__(self, state: State, overlay: Overlay, *, is_sealed: bool = False) -> None:
        """Show the whole room as it stands now; of one that is sealed, the end opens nothing."""
        self._state = state
        self._overlay = overlay
        self._views = Views(state, is_sealed=is_sealed)
        self._over_table = overlay.table()
        self._over_hands: dict[int, Tree] = {HOST: overlay.hand(HOST)}
        self._beside: dict[int, _Beside] = {}  # what the trees beside the hands were made of
        self._stale: dict[int, None] = {}  # seats that are worked out anew from `_stale_at` on, some at a time
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
        """Return a whole hand; from now on its changes are among the changes."""
        if view == HOST:
            return self._over_hands[HOST]
        game_hand = self._views.hand(view)
        if view not in self._over_hands:
            self._beside[view] = beside = _beside(self._state, self._overlay, view)
            self._over_hands[view] = _beside_tree(view, beside)
        return {**ordered(self._as_theirs(view, game_hand)), **self._over_hands[view]}

    def _as_theirs(self, seat: int, tree: Tree) -> Tree:
        """Return the game's part of a hand, or of what has changed of it, with its people's own story alone."""
        changed = tree.get(_STORY)
        if not changed:
            return tree
        whole = self._views.hand(seat)[_STORY]
        told = {key: whole[key] for key, story in changed.items() if story is not None}
        return {**tree, _STORY: {**changed, **self._overlay.own_story(seat, told)}}

    @property
    def followed(self) -> tuple[int, ...]:
        """Return whose hands are among the changes: they have been asked for."""
        return tuple(self._over_hands)

    def game_hand(self, seat: int) -> Tree:
        """Return the part of a hand that is the game's."""
        return self._views.hand(seat)

    # -- changes

    def changes(self, now_ms: int) -> Changes:
        """Return what has changed since the last call.

        Args:
            now_ms: the monotonic clock, in milliseconds.
        """
        in_game = self._views.refresh()
        table = in_game.table
        hands = {seat: self._as_theirs(seat, patch) for seat, patch in in_game.hands.items() if seat > 0}
        where = self._where()
        moved, self._phase = where != self._phase, where
        if not table.keys() <= _SEAT_ONLY:
            self._is_behind = True
        self._grow_stale(now_ms)
        if moved or self._overlay.dirty.table or self._overlay.counts != self._over_table.get("on_the_way", {}):
            table = self._with_overlay(table, hands)
        due = set(islice(self._stale, STALE_AT_ONCE)) if now_ms >= self._stale_at else set()
        due |= hands.keys() | self._overlay.dirty.hands
        self._overlay.dirty.hands.clear()
        for seat in [seat for seat in self._over_hands if seat != HOST and (moved or seat in due)]:
            self._add_what_lies_beside(seat, hands)
        return Changes(table, {view: patch for view, patch in hands.items() if view in self._over_hands})

    @property
    def due_at_ms(self) -> int | None:
        """Return when to ask for changes although nothing happens, on the monotonic clock; None: not at all."""
        return self._stale_at if self._stale or self._is_behind else None

    def _grow_stale(self, now_ms: int) -> None:
        """Count all seats as stale where the table has changed, once those that are stale already are done."""
        if self._is_behind and (not self._stale or now_ms < self._stale_at):
            if not self._stale:
                self._stale_at = now_ms + STALE_MS
            self._stale = {seat: None for seat in self._over_hands if seat != HOST}
            self._is_behind = False

    def _with_overlay(self, table: Tree, hands: dict[int, Tree]) -> Tree:
        """Return the table's patch joined with the overlay's, and add the patch of the hosts' hand to `hands`."""
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

    def _add_what_lies_beside(self, seat: int, hands: dict[int, Tree]) -> None:
        """Add to a hand's patch what has changed beside the game's own part of it."""
        self._stale.pop(seat, None)
        beside = _beside(self._state, self._overlay, seat)
        if beside == self._beside[seat]:
            return  # most often: a tree and its comparison cost many times what this does
        self._beside[seat] = beside
        tree = _beside_tree(seat, beside)
        patch = merge_patch(self._over_hands[seat], tree)
        self._over_hands[seat] = tree
        if patch:
            hands[seat] = _joined(hands.get(seat, {}), patch)


_Starts = dict[str, tuple[Start, ...]]
_Beside = tuple[dict[str, Form], _Starts, dict[str, Args], Tree]  # may be done, begins with, is done for it, lies over


def _beside(state: State, overlay: Overlay, seat: int) -> _Beside:
    own = {} if overlay.is_watching(seat) else engine.legal(state, seat)
    starts = engine.starts(state, seat, own)
    return {**own, **overlay.commands()}, starts, engine.defaults(state, seat), overlay.hand(seat)


def _beside_tree(seat: int, beside: _Beside) -> Tree:
    forms, starts, defaults, over = beside
    done = {name: dict(args) for name, args in defaults.items()}
    return {"id": seat, **legal_tree(forms, starts), "default": done, **over}


def beside_hand(state: State, overlay: Overlay, seat: int) -> Tree:
    """Return what a hand holds beside the game's own: what the seat may do, what is done for it, what lies over it."""
    return _beside_tree(seat, _beside(state, overlay, seat))


def _joined(first: Tree, second: Tree) -> Tree:
    """Return two patches as one; they say nothing about the same field."""
    found = squash([first, second])
    return found[0] if found else {}


def _over(tree: Mapping[str, Any], overlay: Mapping[str, Any]) -> Tree:
    shown = dict(tree)
    for kind, value in overlay.items():
        below = shown.get(kind)
        both = isinstance(below, dict) and isinstance(value, dict)
        shown[kind] = _over(below, value) if both and below is not None else value
    return shown
