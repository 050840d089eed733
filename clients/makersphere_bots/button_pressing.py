"""The policies `ready` and `yellow`: a phone in the hand of somebody who does not play.

`ready` says that it is ready, and nothing else. `yellow` presses the screen's main button each time, and touches
nothing above it. What counts for either is what the close of a phase does for a seat that says nothing, so that their
scores tell what a game gives for being there.

Source: the web client's main button (`clients/web/src/seat/question/screen.tsx`): it sends what was touched, then what
the screen itself adds, then that the seat is ready. The one screen that adds something is that of the idea cards.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, Tree, View

__all__ = ["MainButton", "OnlyReady"]


class OnlyReady:
    """Is ready, whatever it is asked."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return that the seat is ready."""
        return [READY]


class MainButton:
    """Presses the main button of each screen, with what the screen holds already."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what the main button sends: the idea that is marked, and that the seat is ready."""
        if "keep_idea" not in legal or f"{view.seat}:keep_idea:" in view.hand.get("choice", {}):
            return [READY]
        marked = max(view.hand["idea"].values(), key=_promise)
        return [("keep_idea", {"card": marked["number"]}), READY]


def _promise(idea: Tree) -> tuple[int, int]:
    """Return by what the close chooses an idea for a seat that says nothing, which is the one that is marked."""
    return 6 * (idea["lo"] + idea["hi"]) - 4 * idea["difficulty"], -idea["number"]
