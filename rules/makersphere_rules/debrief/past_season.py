"""A season that has been counted, as the table retells it while the next ones are played.

Answers which ties were made in it, and its energy picture; both are what the debrief says of it at the end. All of it
is public when a season is over: ties, deals, sales and balances are on the table, and the picture is their sums.
Never says who lent, swapped or trusted.
Source: the rulebook's "Where the rules come from" (energy Sankey, network picture) and "Who sees what".
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.debrief.energy import season_credits
from makersphere_rules.debrief.network import new_ties
from makersphere_rules.debrief.past import Past
from makersphere_rules.entity import Entity, table
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["PastSeason", "past_season"]


@frozen
class PastSeason(Entity, kind="past", retold=True):
    """What moved in a season: `ties` by pair, the lower seat first; `energy` in credits, by `FROM>TO`."""

    season: int = table(key=True)
    ties: Mapping[str, int] = table(factory=dict)
    energy: Mapping[str, int] = table(factory=dict)


def past_season(state: State) -> PastSeason:
    """Return the season that has just been counted."""
    past, season = Past(state), state.game.season
    return PastSeason(season, new_ties(past)[season], season_credits(past, season))
