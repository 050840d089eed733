"""The name of a space: it is known by the lowest bars that it has ever had, by a shut door, and by a dear rent.

Who opens its doors wide, or lets badges stand whatever they did, is taken for no better later, when the bars are high
and everybody is inside. The points by which its lowest bars lie under the printed ones, all three together, take off
vitality in every season; each credit of rent above a fair one counts like some points. In their season the points by
which the two bars of entry lie above the printed ones count too, since nobody knocks at a shut door; the appraisal bar
does not, since whom it keeps out is what it does. Never draws, and reads nothing secret.
Source: the account's entry bars on both sides ("only ideas with market value", "evaluation and score") and its cheap
desks.
"""

from __future__ import annotations

from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.entity import Entity, settled
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["Standards", "name", "standards"]


@frozen
class Standards(Entity):
    """The lowest bars that a space has had so far."""

    space: int = settled(key=True)
    maker_bar: int = settled()
    investor_bar: int = settled()
    appraisal_bar: int = settled()


def standards(state: State, space: Space) -> Standards:
    """Return the lowest bars of a space, this season's among them."""
    before = state.find(Standards, space.id)
    now = Standards(space.id, space.maker_bar, space.investor_bar, space.appraisal_bar)
    if before is None:
        return now
    return Standards(
        space.id,
        min(before.maker_bar, now.maker_bar),
        min(before.investor_bar, now.investor_bar),
        min(before.appraisal_bar, now.appraisal_bar),
    )


def name(state: State, space: Space, lowest: Standards, *, per: int, fair_rent: int, dear: int) -> int:
    """Return what its name takes off a space's vitality, 0 or more.

    Args:
        state: the game.
        space: the space.
        lowest: its lowest bars.
        per: how many points take 1 off.
        fair_rent: the highest rent in credits that weighs nothing.
        dear: how many points each credit above it weighs.
    """
    printed = world(state)
    open_doors = (
        max(0, printed.maker_bar - lowest.maker_bar)
        + max(0, printed.investor_bar - lowest.investor_bar)
        + max(0, printed.appraisal_bar - lowest.appraisal_bar)
    )
    shut_doors = max(0, space.maker_bar - printed.maker_bar) + max(0, space.investor_bar - printed.investor_bar)
    return (open_doors + shut_doors + dear * max(0, space.rent - fair_rent)) // per
