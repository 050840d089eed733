"""Policies by name for playtests: those of the catalogue, and anybody's own as `package.module:Name`."""

from __future__ import annotations

import difflib
from importlib import import_module

from makersphere_bots.catalogue import POLICIES, policy
from makersphere_bots.policy import Policy

__all__ = ["UnknownPolicy", "player"]


class UnknownPolicy(Exception):
    """There is no such policy.

    Attributes:
        name: what was asked for.
        near: the known name that is nearest, or "".
    """

    def __init__(self, name: str) -> None:
        """Look for what may have been meant."""
        super().__init__(name)
        self.name = name
        near = difflib.get_close_matches(name, list(POLICIES), 1)
        self.near = near[0] if near else ""


def player(name: str) -> Policy:
    """Return a policy by name, or one that is made by calling what `package.module:Name` names.

    Raises:
        UnknownPolicy: there is none.
    """
    if name in POLICIES:
        return policy(name)
    module, _, attribute = name.partition(":")
    if not attribute:
        raise UnknownPolicy(name)
    try:
        found: Policy = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, ValueError) as error:
        raise UnknownPolicy(name) from error
    return found
