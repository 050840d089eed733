"""Policies by name for playtests: those of the catalogue, and policies of other people as `package.module:Name`."""

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
        why: what went wrong with a policy of one's own, or "".
    """

    def __init__(self, name: str, why: str = "") -> None:
        """Look for what may have been meant."""
        super().__init__(name)
        self.name = name
        self.why = why
        near = difflib.get_close_matches(name, list(POLICIES), 1)
        self.near = near[0] if near else ""


def player(name: str) -> Policy:
    """Return a policy by name; the object that `package.module:Name` names is called to make one.

    Raises:
        UnknownPolicy: no policy has that name, or it can't be made, or it has no `choose`.
    """
    if name in POLICIES:
        return policy(name)
    module, _, attribute = name.partition(":")
    if not attribute:
        raise UnknownPolicy(name)
    try:
        found: Policy = getattr(import_module(module), attribute)()
    except Exception as error:  # somebody else's code: whatever it raises is said
        raise UnknownPolicy(name, f"{type(error).__name__}: {error}") from error
    if not callable(getattr(found, "choose", None)):
        raise UnknownPolicy(name, "no `choose(view, legal, rng)`")
    return found
