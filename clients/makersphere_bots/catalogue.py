"""The policies by name, for commands and options that name one.

- `random`, `standard`, the characters `cautious`, `greedy` and `shrewd`, `forgetful`, and `lookahead`;
- `standard-X`: the standard bot that never does X, and `only-PATH`: whose operator builds on one path alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from makersphere_bots import restricted
from makersphere_bots.characters import CAUTIOUS, GREEDY, SHREWD, Character
from makersphere_bots.forgetful import Forgetful
from makersphere_bots.lookahead import Lookahead
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
}


def _without(restriction: Restriction) -> Callable[[], Policy]:
    return lambda: Restricted(Standard(), restriction)


RESTRICTED: Final[dict[str, Callable[[], Policy]]] = {
    "standard-exchange": _without(restricted.EXCHANGING),
    "standard-rate": _without(restricted.RATING),
    "standard-look": _without(restricted.LOOKING),
    "standard-see": _without(restricted.SEEING),
    "standard-deliver": _without(restricted.DELIVERING),
    "standard-clinic": _without(restricted.CLINICS),
    "standard-ask": _without(restricted.ASKING),
    "standard-levels": _without(restricted.LEVELS),
    **{f"only-{path}": partial(Standard, (path,)) for path in PATHS},
}
POLICIES: Final = {**PLAYERS, **RESTRICTED}


def policy(name: str) -> Policy:
    """Return a policy by name.

    Raises:
        KeyError: there is no such policy; `POLICIES` lists them.
    """
    return POLICIES[name]()
