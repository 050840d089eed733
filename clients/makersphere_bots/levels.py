"""How strong the bots of a room are: three words that a teacher understands, and the policy that each stands for.

How well a level plays is measured, not promised. No level looks ahead, so that no bot keeps a room waiting.
"""

from __future__ import annotations

from typing import Final

from makersphere_bots.catalogue import policy
from makersphere_bots.policy import Policy

__all__ = ["LEVELS", "NORMAL", "of_level"]

NORMAL: Final = "normal"
LEVELS: Final = {"easy": "forgetful", NORMAL: "standard", "hard": "shrewd"}


def of_level(level: str) -> Policy:
    """Return the policy that plays at a level.

    Raises:
        KeyError: there is no such level; `LEVELS` lists them.
    """
    return policy(LEVELS[level])
