"""What lies over the game's table and hands: names, presence, clock, rule modules, dice, own entries, the host's hand.

None of it is an event of the game, so none of it is in the hash or the chain; entries add up what events moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from makersphere_bots.levels import NORMAL
from makersphere_rules.forms import Form
from makersphere_rules.ledger import Entries
from makersphere_rules.scenario import Scenario, module_tree
from makersphere_server.beside import FORMS
from makersphere_server.board import Dirty
from makersphere_server.devices import takes_devices
from makersphere_server.feed import HOST
from makersphere_server.host_forms import host_hand
from makersphere_server.screen import Screen
from makersphere_server.sitting import Sitting

__all__ = ["RoomOverlay"]

_PAIR: Final = "pair"
_WITHOUT_DEVICES: Final = {name: form for name, form in FORMS.items() if name != _PAIR}
_BEFORE_THE_START: Final = {_PAIR: FORMS[_PAIR]}

Tree = dict[str, Any]


class RoomOverlay:
    """The overlay of one sitting."""

    def __init__(self, sitting: Sitting) -> None:
        """Lie over a sitting."""
        self._sitting = sitting
        self._played: Scenario | None = None
        self._module_tree: Tree = {}

    @property
    def dirty(self) -> Dirty:
        """Return what has changed."""
        return self._sitting.dirty

    def table(self) -> Tree:
        """Return what lies over the game's table."""
        sitting = self._sitting
        row = sitting.row
        tree: Tree = {
            "seat": {str(place.seat): place.tree() for place in sitting.seats},
            "room": {"language": sitting.settings.language, "seed_chosen": row.seed_chosen},
            "module": self._modules(),
        }
        if sitting.settings.pace != "self":
            tree["room"]["pace"] = sitting.settings.pace
        if sitting.settings.bots != NORMAL:
            tree["room"]["bots"] = sitting.settings.bots
        if sitting.locked:
            tree["room"]["locked"] = True
        if sitting.screen != Screen():
            tree["show"] = sitting.screen.tree()
        if sitting.clock_tree:
            tree["clock"] = sitting.clock_tree
        if sitting.settings.origin:
            tree["room"]["origin"] = sitting.settings.origin
        if sitting.state.game.status == "over" and not sitting.settings.keeps_seed:
            tree["dice"] = {"seed": row.seed.hex(), "nonce": row.nonce.hex()}
        return tree

    def _modules(self) -> Tree:
        """Return the rule modules of the present run; another run may have others."""
        scenario = self._sitting.state.scenario
        if scenario is not self._played:
            self._played, self._module_tree = scenario, module_tree(scenario)
        return self._module_tree

    def hand(self, view: int) -> Tree:
        """Return what lies over a hand."""
        if view == HOST:
            return host_hand(self._sitting)
        sitting = self._sitting
        tree = _money(sitting.state.entries.get(view, {}))
        things = sitting.devices.tree(view)
        if things:
            tree["device"] = things
        extra = sitting.timer.extra_ms.get(view, 0)
        if extra and "deadline" in sitting.clock_tree:
            tree["clock"] = {"deadline": sitting.clock_tree["deadline"] + extra}
        return tree

    def commands(self) -> Mapping[str, Form]:
        """Return what every seat may do beside the game: said while it runs, of things before it too; always taken."""
        status, has_things = self._sitting.state.game.status, takes_devices(self._sitting)
        if status == "running":
            return FORMS if has_things else _WITHOUT_DEVICES
        return _BEFORE_THE_START if status == "lobby" and has_things else {}


def _money(entries: Entries) -> Tree:
    """Return what a seat's purse took in and gave out, by season, reason and the other account."""
    lines = {
        f"{season}:{reason}:{other}": {"season": season, "reason": reason, "other": other, "amount": amount}
        for (season, reason, other), amount in entries.items()
        if amount
    }
    return {"entry": lines} if lines else {}
