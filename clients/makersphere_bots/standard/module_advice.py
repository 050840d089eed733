"""What rule modules of other people advise the standard bot to send in their own phase.

Answers the moves that the modules of a phase advise a seat to make, or that none of them has any advice. A module is
found as the game finds it, through the entry point group `makersphere.rules`; where its package is not installed, as on
another machine than the server's, it has none. It is shown what the seat sees. A package that cannot be loaded is
passed over: whoever plays or looks it over is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from makersphere_bots.legal import Form
from makersphere_bots.policy import Move, View, fitting

__all__ = ["advised", "forget"]

_ENTRY_POINTS: Final = "makersphere.rules"
_SHIPPED: Final = "makersphere_rules."  # whose `advise` is that of the base, which has none
Advises = Callable[[View, Mapping[str, Form]], Iterable[Move]]


@cache
def _advisers() -> Mapping[str, Advises]:
    """Return what gives advice, by rule module."""
    found: dict[str, Advises] = {}
    for entry in entry_points(group=_ENTRY_POINTS):
        with suppress(Exception):
            module = entry.load()()
            if not type(module).advise.__module__.startswith(_SHIPPED):
                found[module.name] = module.advise
    return found


def advised(view: View, legal: Mapping[str, Form]) -> list[Move] | None:
    """Return what the open phase's modules advise, as far as it may be sent now; None where none of them has advice."""
    known = _advisers()
    if not known:
        return None
    played = view.table.get("module", {})
    giving = [known[name] for name in known if name in played and played[name]["phase"] == view.phase]
    if not giving:
        return None
    return [fitting((name, dict(args)), legal) for give in giving for name, args in give(view, legal) if name in legal]


def forget() -> None:
    """Forget which packages there are, where others have been installed since."""
    _advisers.cache_clear()
