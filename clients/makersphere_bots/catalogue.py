"""The policies by name, for commands and options that name one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from makersphere_bots.policy import Policy
from makersphere_bots.random_moves import Random
from makersphere_bots.standard import Standard

__all__ = ["POLICIES", "policy"]

POLICIES: Final[dict[str, Callable[[], Policy]]] = {"random": Random, "standard": Standard}


def policy(name: str) -> Policy:
    """Return a policy by name.

    Raises:
        KeyError: there is no such policy; `POLICIES` lists them.
    """
    return POLICIES[name]()
