"""The ecosystem's figures of a season: what the debrief draws and playtests compare.

`season_figures` returns them by name, each a whole number:

- `density`, `centralisation`, `diversity` (per cent), `spirit` (tenths of a point): of all makers in the room.
  Freeman 1978; Shannon 1948 and Pielou 1966 over the six backgrounds.
- `ties`, `trust` (pairs), `deals`, `packages`, `lost_bids` (counts); `search_credits`, `look_credits` (credits);
  `search_per_deal` (tenths of a credit for each deal).
- `hours_offered_K`, `hours_used_K` (hours) for each kind K of investor and the workshop: at the start of
  matching, and delivered or given.
- `founded`, `births`, `moved_up`, `products` and, for each reason R, `exits_R` (ventures this season);
  `living`, `stations_used`, `badges`, `badges_lost` (counts).
- `gini_makers`, `gini_investors` (per cent): of credits and shares. Gini 1912.
- `community_S`, `resources_S`, `integration_S`, `vitality_S` (1 to 100) for each space S.
- the energy of each level, in `figures_energy.py`.

Integration efficiency rests on secrets: it is the entity `efficiency` and opens at the end.
Source: the rulebook's "Where the rules come from", last column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from makersphere_rules.ecosystem import indices, places
from makersphere_rules.ecosystem.agreements import Pair
from makersphere_rules.ecosystem.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.figures_energy import energy, moved
from makersphere_rules.ecosystem.logs import evenness
from makersphere_rules.ecosystem.params import world
from makersphere_rules.ecosystem.scores import wealth
from makersphere_rules.ecosystem.season import season_deals
from makersphere_rules.ecosystem.service import PACKAGE, Service
from makersphere_rules.ecosystem.verdicts import Figures
from makersphere_rules.ecosystem.words import BACKGROUNDS, GARAGE, INVESTOR, KINDS, MAKER, PRODUCT
from makersphere_rules.state import State

__all__ = ["EXITS", "WORKSHOP", "gini", "season_figures"]

EXITS: Final = ("insolvent", "unfunded", "unsold", "bottom", "closed")
WORKSHOP: Final = "workshop"
_TENTHS: Final = 10
_CLINIC_HOURS: Final = 1

Values = dict[str, int]


def season_figures(state: State) -> Values:
    """Return all figures of the season that is ending, after its appraisal."""
    return {
        **network(state),
        **integration(state),
        **hours(state),
        **metabolism(state),
        "gini_makers": gini(wealth(state, MAKER)),
        "gini_investors": gini(wealth(state, INVESTOR)),
        **spaces(state),
        **energy(state),
    }


def gini(amounts: Sequence[int]) -> int:
    """Return the Gini coefficient in per cent: 0 when all have the same, near 100 when one has all (Gini 1912)."""
    n, total = len(amounts), sum(amounts)
    if total <= 0:
        return 0
    weighted = sum((2 * rank - n - 1) * amount for rank, amount in enumerate(sorted(amounts), 1))
    return 100 * weighted // (n * total)


def network(state: State) -> Values:
    """Return how all makers of the room are joined by ties, how diverse and how lively they are."""
    makers = state.all(Maker).values()
    seats = [maker.seat for maker in makers]
    ties = indices.degrees(seats, {maker.seat: maker.ties for maker in makers})
    present = [maker.background for maker in makers]
    return {
        "density": indices.density(ties),
        "centralisation": indices.centralisation(ties),
        "diversity": evenness((present.count(name) for name in BACKGROUNDS), len(BACKGROUNDS)),
        "spirit": indices.mean(_TENTHS * sum(maker.spirit for maker in makers), len(makers)),
        "ties": sum(ties) // 2,
    }


def integration(state: State) -> Values:
    """Return how makers and resources found each other, and what the search cost."""
    season = state.game.season
    deals = season_deals(state)
    pairs = state.all(Pair).values()
    search = moved(state, "search")
    return {
        "deals": len(deals),
        "packages": sum(deal.source == PACKAGE for deal in deals),
        "lost_bids": sum(pair.lost == season for pair in pairs),
        "trust": sum(pair.trust for pair in pairs),
        "search_credits": search,
        "look_credits": moved(state, "look"),
        "search_per_deal": indices.mean(_TENTHS * search, len(deals)),
    }


def hours(state: State) -> Values:
    """Return hours offered and used by kind of investor, and of all workshops."""
    offered, used = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    investors = state.all(Investor)
    for investor in investors.values():
        spent = _CLINIC_HOURS * investor.clinic_used
        offered[investor.type] += world(state).kind(investor.type).hours - spent
    for deal in season_deals(state):
        used[investors[deal.investor].type] += deal.delivered
    given = sum(space.workshop_used for space in state.all(Space).values())
    return {
        **{f"hours_offered_{kind}": count for kind, count in offered.items()},
        f"hours_offered_{WORKSHOP}": sum(service.workshop for service in state.all(Service).values()),
        **{f"hours_used_{kind}": count for kind, count in used.items()},
        f"hours_used_{WORKSHOP}": given,
    }


def metabolism(state: State) -> Values:
    """Return what came, was born, rose and went this season."""
    season = state.game.season
    ventures = state.all(Venture).values()
    present = [venture for venture in ventures if venture.closed_season in (0, season)]
    rose = [venture for venture in present if venture.moved_up]
    born_before = sum(found.values.get("births", 0) for found in state.all(Figures).values() if found.season < season)
    gone = [venture.closed for venture in present if venture.closed]
    investors = state.all(Investor).values()
    return {
        "founded": sum(venture.founded == season for venture in ventures),
        "births": sum(venture.born for venture in ventures) - born_before,
        "moved_up": len(rose),
        "products": sum(venture.stage == PRODUCT for venture in rose),
        "living": len(present) - len(gone),
        "stations_used": sum(venture.space != GARAGE for venture in places.living(state)),
        "badges": sum(len(investor.badges) for investor in investors),
        "badges_lost": sum(lost == season for investor in investors for lost in investor.lost_badges.values()),
        **{f"exits_{reason}": gone.count(reason) for reason in EXITS},
    }


def spaces(state: State) -> Values:
    """Return the indices of each space."""
    found: Values = {}
    for space in state.all(Space).values():
        found[f"community_{space.id}"] = space.community_index
        found[f"resources_{space.id}"] = space.resources_index
        found[f"integration_{space.id}"] = space.integration_index
        found[f"vitality_{space.id}"] = space.vitality
    return found
