"""The ecosystem's figures of a season: what the debrief draws and playtests compare.

`season_figures` returns by name what is on the table, `opened_figures` what opens at the end; whole numbers all:

- `density`, `centralisation` (per cent), `ties` (pairs), `spirit` (tenths of a point): of all makers in the
  room. Freeman 1978.
- `shannon` (thousandths of a bit), `diversity` (its evenness, per cent): of makers over the six backgrounds.
  Shannon 1948; Pielou 1966.
- `trust` (pairs), `deals`, `packages`, `lost_bids` (counts); `search_credits`, `look_credits` (credits);
  `search_per_deal` (tenths of a credit for each deal), `competition` (tenths of a bid for each deal).
- `hours_offered_K`, `hours_used_K` (hours) for each kind K of investor and the workshop: at the start of
  matching, and delivered or given.
- `gini_makers`, `gini_investors` (per cent): of credits and shares. Gini 1912.
- `community_S`, `resources_S`, `integration_S`, `vitality_S` (1 to 100) for each space S.
- births, deaths, survival and turnover in `life.py`, the energy of each level in `energy.py`,
  shares in `stocks.py`.
- at the end: `integration_value`, `integration_best` (match value of the first round's packages, and of the
  best assignment), `integration_efficiency` (per cent; Kuhn 1955), `blocking_pairs` (count; Gale and Shapley
  1962); entry rates; the stocks of hours and progress.

Source: the rulebook's "Where the rules come from", last column. A table of all: `docs/figures.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from makersphere_rules.ecosystem.figures.clearing_record import CLINIC_HOURS
from makersphere_rules.ecosystem.figures.energy import energy, spent
from makersphere_rules.ecosystem.figures.life import entry_rates, metabolism, survival, turnover
from makersphere_rules.ecosystem.figures.scores import Books, wealth
from makersphere_rules.ecosystem.figures.service import PACKAGE, Efficiency, Service
from makersphere_rules.ecosystem.figures.stocks import hours_stock, progress_stock, shares_stock
from makersphere_rules.ecosystem.formulas import indices
from makersphere_rules.ecosystem.formulas.logarithms import entropy, evenness
from makersphere_rules.ecosystem.table.agreements import Pair
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space
from makersphere_rules.ecosystem.table.season_agreements import season_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, INVESTOR, KINDS, MAKER
from makersphere_rules.state import State

__all__ = ["WORKSHOP", "gini", "opened_figures", "scale_of", "season_figures"]

WORKSHOP: Final = "workshop"
_TENTHS: Final = 10
_SCALES: Final = {"spirit": 10, "search_per_deal": 10, "competition": 10, "shannon": 1_000, "survival_age": 1_000}

Values = dict[str, int]


def scale_of(figure: str) -> int:
    """Return how many of a figure make one of what people read: 10 for tenths, 1,000 for thousandths, else 1."""
    return _SCALES.get(figure.rstrip("0123456789").rstrip("_"), 1)


def season_figures(books: Books) -> Values:
    """Return the figures on the table of the season that is ending, after its appraisal."""
    state = books.state
    return {
        **network(state),
        **integration(state),
        **hours(state),
        **metabolism(state),
        **survival(state),
        **turnover(state),
        **shares_stock(state),
        "gini_makers": gini(wealth(books, MAKER)),
        "gini_investors": gini(wealth(books, INVESTOR)),
        **spaces(state),
        **energy(state),
    }


def opened_figures(state: State) -> Values:
    """Return the figures of the season that is ending which open at the end."""
    found = state.find(Efficiency, state.game.season) or Efficiency(state.game.season)
    return {
        "integration_value": found.value,
        "integration_best": found.best,
        "integration_efficiency": found.share,
        "blocking_pairs": found.blocking,
        **entry_rates(state),
        **hours_stock(state),
        **progress_stock(state),
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
    backgrounds = Counter(maker.background for maker in makers).values()
    return {
        "density": indices.density(ties),
        "centralisation": indices.centralisation(ties),
        "shannon": entropy(backgrounds),
        "diversity": evenness(backgrounds, len(BACKGROUNDS)),
        "spirit": indices.mean(_TENTHS * sum(maker.spirit for maker in makers), len(makers)),
        "ties": sum(ties) // 2,
    }


def integration(state: State) -> Values:
    """Return how makers and resources found each other, and what the search cost."""
    season = state.game.season
    deals = season_deals(state)
    pairs = state.all(Pair).values()
    lost = sum(pair.lost == season for pair in pairs)
    search = spent(state, "search")
    return {
        "deals": len(deals),
        "packages": sum(deal.source == PACKAGE for deal in deals),
        "lost_bids": lost,
        "trust": sum(pair.trust for pair in pairs),
        "search_credits": search,
        "look_credits": spent(state, "look"),
        "search_per_deal": indices.mean(_TENTHS * search, len(deals)),
        "competition": indices.mean(_TENTHS * (len(deals) + lost), len(deals)),
    }


def hours(state: State) -> Values:
    """Return hours offered and used by kind of investor, and of all workshops."""
    offered, used = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    investors = state.all(Investor)
    for investor in investors.values():
        spent = CLINIC_HOURS * investor.clinic_used
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


def spaces(state: State) -> Values:
    """Return the indices of each space."""
    found: Values = {}
    for space in state.all(Space).values():
        found[f"community_{space.id}"] = space.community_index
        found[f"resources_{space.id}"] = space.resources_index
        found[f"integration_{space.id}"] = space.integration_index
        found[f"vitality_{space.id}"] = space.vitality
    return found
