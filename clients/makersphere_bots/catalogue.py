"""The policies by name, for commands and options that name one.

- `random`, `standard`, the characters `cautious`, `greedy` and `shrewd`, `forgetful`, and `lookahead`;
- `ready` and `yellow`: who only presses buttons;
- `standard-X`: the standard bot that never does X, where X may be a path of an operator, and `only-PATH`: whose
  operator builds on one path alone;
- the naive policies of `naive/`: the standard bot with one idea of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from makersphere_bots import restricted
from makersphere_bots.button_pressing import MainButton, OnlyReady
from makersphere_bots.characters import CAUTIOUS, GREEDY, SHREWD, Character
from makersphere_bots.forgetful import Forgetful
from makersphere_bots.lookahead import Lookahead
from makersphere_bots.naive import NAIVE, Bent, Naive
from makersphere_bots.policy import Policy
from makersphere_bots.random_moves import Random
from makersphere_bots.restricted import Restricted, Restriction
from makersphere_bots.standard import Standard
from makersphere_bots.standard.printed_values import PATHS

__all__ = ["PLAYERS", "POLICIES", "RESTRICTED", "policy"]

FORGOTTEN: Final = 50  # turns of a hundred that a forgetful bot lets pass

PLAYERS: Final[dict[str, Callable[[], Policy]]] = {
    "standard": Standard,
    "random": Random,
    "cautious": partial(Character, CAUTIOUS),
    "greedy": partial(Character, GREEDY),
    "shrewd": partial(Character, SHREWD),
    "forgetful": lambda: Forgetful(Standard(), FORGOTTEN),
    "lookahead": Lookahead,
    "ready": OnlyReady,
    "yellow": MainButton,
}


def _without(restriction: Restriction) -> Callable[[], Policy]:
    return lambda: Restricted(Standard(), restriction)


def _bent(naive: Naive) -> Callable[[], Policy]:
    return lambda: Bent(Standard(), naive)


def _other_paths(path: str) -> tuple[str, ...]:
    return tuple(other for other in PATHS if other != path)


RESTRICTED: Final[dict[str, Callable[[], Policy]]] = {
    "standard-exchange": _without(restricted.EXCHANGING),
    "standard-rate": _without(restricted.RATING),
    "standard-look": _without(restricted.LOOKING),
    "standard-see": _without(restricted.SEEING),
    "standard-deliver": _without(restricted.DELIVERING),
    "standard-clinic": _without(restricted.CLINICS),
    "standard-ask": _without(restricted.ASKING),
    "standard-levels": _without(restricted.LEVELS),
    "standard-capital": _without(restricted.CAPITAL),
    "standard-hours": _without(restricted.HOURS),
    "standard-deals": _without(restricted.DEALS),
    "standard-gate": _without(restricted.GATE),
    "standard-introduce": _without(restricted.INTRODUCING),
    "standard-workshop": _without(restricted.WORKSHOP),
    "standard-grant": _without(restricted.GRANTS),
    "standard-wild-card": _without(restricted.WILD_CARD),
    **{f"standard-{path}": partial(Standard, _other_paths(path)) for path in PATHS},
    **{f"only-{path}": partial(Standard, (path,)) for path in PATHS},
}
POLICIES: Final = {**PLAYERS, **RESTRICTED, **{name: _bent(naive) for name, naive in NAIVE.items()}}


def policy(name: str) -> Policy:
    """Return a policy by name.

    Raises:
        KeyError: there is no such policy; `POLICIES` lists them.
    """
    return POLICIES[name]()
