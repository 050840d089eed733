"""Metabolism in figures: what came, was born, rose and went; how long ventures live; how resources change hands.

Of ventures this season: `founded`, `births`, `moved_up`, `products`, `living` at its end, `deaths` and, for each
reason R, `exits_R`.
`survival_age_A` (thousandths): the part of ventures that outlive their Ath season, over all seasons so far;
`at_risk_age_A`, `deaths_age_A` and `censored_age_A` are its table. Founding counts as a season; whatever closes is a
death, whoever still lives is censored at its age. The product-limit estimate S(A) = product of (n - d) / n,
deaths before losses at the same age (Kaplan and Meier 1958, section 2), in exact fractions, rounded down.
Of badges: `badges` at the season's end, `badges_won`, `badges_given_back`, `badges_lost`; `turnover` (per cent) =
100 (won + given back + lost) div (badges before + badges after), the relative turnover of an island's species
(Diamond 1969).
Open at the end, since they tell who was turned away: `pitches`, `admitted`, `entry_rate_makers` (per cent
admitted); `applications`, `entry_rate_investors` (per cent of applications that won a badge).
Source: the rulebook's "Where the rules come from", metabolism of makers and of resources.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from makersphere_rules.ecosystem.figures.admissions_counted import EntryCounts
from makersphere_rules.ecosystem.formulas.indices import per_cent
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, PRODUCT
from makersphere_rules.state import State

__all__ = ["EXITS", "Age", "entry_rates", "life_table", "metabolism", "survival", "turnover"]

EXITS: Final = ("insolvent", "unfunded", "unsold", "bottom", "closed")
_THOUSANDTHS: Final = 1000

Values = dict[str, int]


@attrs.frozen
class Age:
    """A row of a life table: how many reached an age, died at it, were lost sight of at it; S is after its deaths."""

    age: int
    at_risk: int
    deaths: int
    censored: int
    survival: Fraction


def life_table(lives: Iterable[tuple[int, bool]]) -> list[Age]:
    """Return the product-limit estimate, a row for each age at which somebody died or was lost (Kaplan and Meier 1958).

    Args:
        lives: for each individual the age at which it was last seen, and whether it died then.
    """
    seen = list(lives)
    rows: list[Age] = []
    at_risk, survival = len(seen), Fraction(1)
    for age in sorted({age for age, _ in seen}):
        deaths = sum(last == age and died for last, died in seen)
        censored = sum(last == age and not died for last, died in seen)
        if deaths:
            survival *= Fraction(at_risk - deaths, at_risk)
        rows.append(Age(age, at_risk, deaths, censored, survival))
        at_risk -= deaths + censored
    return rows


def survival(state: State) -> Values:
    """Return the survival curve of all ventures so far, in seasons of age."""
    season = state.game.season
    ventures = state.all(Venture).values()
    lives = [((one.closed_season or season) - one.founded + 1, bool(one.closed)) for one in ventures]
    found: Values = {}
    for row in life_table(lives):
        found[f"survival_age_{row.age}"] = _THOUSANDTHS * row.survival.numerator // row.survival.denominator
        found[f"at_risk_age_{row.age}"] = row.at_risk
        found[f"deaths_age_{row.age}"] = row.deaths
        found[f"censored_age_{row.age}"] = row.censored
    return found


def metabolism(state: State) -> Values:
    """Return what came, was born, rose and went this season."""
    season = state.game.season
    ventures = state.all(Venture).values()
    present = [venture for venture in ventures if venture.closed_season in (0, season)]
    rose = [venture for venture in present if venture.moved_up]
    gone = [venture.closed for venture in present if venture.closed]
    return {
        "founded": sum(venture.founded == season for venture in ventures),
        "births": sum(venture.born for venture in ventures) - _births_before(state),
        "moved_up": len(rose),
        "products": sum(venture.stage == PRODUCT for venture in rose),
        "living": len(present) - len(gone),
        "stations_used": sum(venture.space != GARAGE for venture in tenancy.living(state)),
        "deaths": len(gone),
        **{f"exits_{reason}": gone.count(reason) for reason in EXITS},
    }


def _births_before(state: State) -> int:
    """Return the births of the seasons that have been recapped; those of earlier runs are off the table."""
    return sum(found.values.get("births", 0) for found in state.all(Figures).values())


def turnover(state: State) -> Values:
    """Return how badges changed hands this season."""
    season = state.game.season
    investors = state.all(Investor).values()
    entries = state.find(EntryCounts, season) or EntryCounts(season)
    earlier = state.find(Figures, season - 1)
    before = earlier.values.get("badges", 0) if earlier else 0
    after = sum(len(investor.badges) for investor in investors)
    lost = sum(gone == season for investor in investors for gone in investor.lost_badges.values())
    return {
        "badges": after,
        "badges_won": entries.won,
        "badges_given_back": entries.given_back,
        "badges_lost": lost,
        "turnover": per_cent(entries.won + entries.given_back + lost, before + after),
    }


def entry_rates(state: State) -> Values:
    """Return how many asked to enter this season, and how many in a hundred were let in."""
    entries = state.find(EntryCounts, state.game.season) or EntryCounts(state.game.season)
    return {
        "pitches": entries.pitches,
        "admitted": entries.admitted,
        "entry_rate_makers": per_cent(entries.admitted, entries.pitches),
        "applications": entries.applications,
        "entry_rate_investors": per_cent(entries.won, entries.applications),
    }
