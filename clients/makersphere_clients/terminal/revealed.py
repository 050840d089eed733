"""How much of the ranking is open: after the end a host reveals it on the wall, and sees all of it before.

Answers from what the table says is opened; where no host leads, everything is open at once.
"""

from __future__ import annotations

import math
from typing import Final

from makersphere_clients.terminal.view import View
from makersphere_protocol.messages import Args

__all__ = ["ALL", "is_open", "is_whole", "roles_open", "waits"]

_RANKING: Final = "ranking"
_LAST_STEP: Final = 2  # makers, investors, operators
ALL: Final[Args] = {"scene": _RANKING, "step": _LAST_STEP, "curtain": False}  # of `host.show`


def roles_open(view: View) -> float:
    """Return the number of roles whose result this chair may see, in the wall's order; infinite: all of it."""
    return math.inf if view.you.kind == "host" else _revealed(view)


def is_open(view: View) -> bool:
    """Return whether nothing is kept back from this chair."""
    return roles_open(view) == math.inf


def waits(view: View) -> bool:
    """Return whether people wait for a host to reveal more of the ranking; a sealed what-if has none."""
    return _revealed(view) < math.inf and not view.single("room").get("sealed")


def _revealed(view: View) -> float:
    shown = view.single("show")
    opened = int(shown.get("opened", 0))
    return math.inf if opened > _LAST_STEP or view.status != "over" or not _is_led(view) else opened


def is_whole(view: View) -> bool:
    """Return whether all seasons were played to their ends; what ended early is held against no standard games."""
    game = view.single("game")
    return int(game.get("season", 0)) >= int(game.get("seasons", 0)) and not _is_cut(view)


def _is_led(view: View) -> bool:
    """Return whether a host closes the phases, has put something on the wall, or ended the game within a season."""
    return view.single("room").get("pace") == "host" or bool(view.single("show")) or _is_cut(view)


def _is_cut(view: View) -> bool:
    return "recap" in view.single("module") and not view.find("figures", view.single("game").get("season", 1))
