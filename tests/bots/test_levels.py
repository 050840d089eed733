"""The levels of a room's bots: each stands for a policy."""

from __future__ import annotations

import pytest

from makersphere_bots.catalogue import policy
from makersphere_bots.levels import LEVELS, NORMAL, of_level
from makersphere_bots.lookahead.simulator import LooksAhead
from makersphere_protocol import messages


def test_every_level_stands_for_a_policy_that_looks_nowhere() -> None:
    """A room cannot wait for one that plays games on; without a word a room's bots are the standard ones."""
    assert not any(isinstance(of_level(level), LooksAhead) for level in LEVELS)
    assert type(of_level(NORMAL)) is type(policy("standard"))
    with pytest.raises(KeyError):
        of_level("godlike")


def test_the_levels_are_those_that_the_contract_names() -> None:
    """Whatever level a room may be opened with, there is a policy that plays at it."""
    assert tuple(LEVELS) == messages.LEVELS
    assert NORMAL == messages.NORMAL
