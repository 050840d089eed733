"""Policies and plots by name for playtests: those of the catalogues, and other people's as `package.module:Name`."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from importlib import import_module
from typing import Any

from makersphere_bots.catalogue import POLICIES, policy
from makersphere_bots.plots import PLOTS, Plot
from makersphere_bots.policy import Policy

__all__ = ["UnknownPolicy", "player", "plot"]


class UnknownPolicy(Exception):
    """There is no such policy, or no such plot.

    Attributes:
        name: what was asked for.
        near: the known name that is nearest, or "".
        why: what went wrong with a policy or plot of one's own, or "".
    """

    def __init__(self, name: str, why: str = "", known: Collection[str] = POLICIES.keys()) -> None:
        """Look for what may have been meant."""
        super().__init__(name)
        self.name = name
        self.why = why
        near = difflib.get_close_matches(name, list(known), 1)
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
        found: Policy = _named(module, attribute)()
    except Exception as error:  # somebody else's code: whatever it raises is said
        raise UnknownPolicy(name, f"{type(error).__name__}: {error}") from error
    if not callable(getattr(found, "choose", None)):
        raise UnknownPolicy(name, "no `choose(view, legal, rng)`")
    return found


def plot(name: str) -> Plot:
    """Return a plot by name, or the object that `package.module:NAME` names.

    Raises:
        UnknownPolicy: no plot has that name, or what has it is none.
    """
    if name in PLOTS:
        return PLOTS[name]
    module, _, attribute = name.partition(":")
    if not attribute:
        raise UnknownPolicy(name, known=PLOTS.keys())
    try:
        found = _named(module, attribute)
    except Exception as error:  # somebody else's code: whatever it raises is said
        raise UnknownPolicy(name, f"{type(error).__name__}: {error}", PLOTS.keys()) from error
    if not isinstance(found, Plot):
        raise UnknownPolicy(name, "no `Plot`", PLOTS.keys())
    return found


def _named(module: str, attribute: str) -> Any:  # noqa: ANN401  (somebody else's)
    return getattr(import_module(module), attribute)
