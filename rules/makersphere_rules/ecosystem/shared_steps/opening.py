"""What an operator may expect of a season on some terms: who likely comes in, and what the treasury then holds.

Answers with whole numbers of what the operator's own seat knows: of others what everybody saw when the last phase
closed. It says *about*: appeals count as middling, those who may pass knock at every space alike, and each tenant pays
its rent. No rule reads it. Never draws, and reads nothing that anybody else has sealed.
Source: the rulebook's "1. Policy" and "2. Admission".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from makersphere_rules.ecosystem.formulas.pitch import pitch_score
from makersphere_rules.ecosystem.formulas.spirit import spirit_bonuses
from makersphere_rules.ecosystem.shared_steps.elimination import AppraisalParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import treasury_of
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.entity import changed
from makersphere_rules.forms import Args, whole
from makersphere_rules.state import State

__all__ = ["expected"]

_MIDDLING_LOOK: Final = (1, 6)  # as of an appeal of which nothing is known
_MIDDLING_DIFFICULTY: Final = 7  # of an idea that nobody has shown yet


def expected(state: State, seat: int, terms: Args, costs: Mapping[str, int]) -> dict[str, int]:
    """Return what a season on some terms may come to.

    Args:
        state: the game, in a phase in which terms are set.
        seat: the operator.
        terms: `rent`, `maker_bar` and `investor_bar`.
        costs: what the next level of each path costs, as far as there is one.

    Returns:
        Of the makers without a desk (`of`) so many `pass` the bar, and `come` to this space; from a bar of `fewer_at`
        on fewer do. With the desk that the next level of the community brings `come_community` come. So many
        `investors` there are, and `reach` their bar. The treasury holds so much `now`, and `treasury` after the season;
        if the next level of a path is bought, what stands under the path's name, and what that costs under
        `cost_community` …
    """
    space, spaces = state.one(Space, seat), len(state.all(Space))
    scores = sorted(_likely_scores(state, seat), reverse=True)
    passing = [score for score in scores if score >= whole(terms, "maker_bar")]
    investors = [state.as_settled(Investor, number) for number in state.all(Investor)]
    known = [one for one in investors if one is not None]
    reach = sum(one.credential >= whole(terms, "investor_bar") or seat in one.badges for one in known)
    tenants = len(tenancy.ventures_at(state, seat))
    knock = -(-len(passing) // spaces)

    def stay(board: Space) -> int:
        return tenants + min(knock, max(0, tenancy.desks(state, board) - tenants))

    used, now = stay(space), state.balance(treasury_of(seat))
    with_desk = stay(changed(space, community=space.community + 1))
    rent, badges = whole(terms, "rent"), _badge_price(state) * -(-reach // spaces)
    after = {count: now + badges + _of_desks(state, rent, count) for count in (used, with_desk)}
    more = {path: after[with_desk if path == "community" else used] - cost for path, cost in costs.items()}
    found = {"of": len(scores), "pass": len(passing), "come": used - tenants, "tenants": tenants}
    if "community" in costs:
        found["come_community"] = with_desk - tenants
    found |= {"investors": len(known), "reach": reach, "now": now, "treasury": after[used], **more}
    found |= {f"cost_{path}": cost for path, cost in costs.items()}
    return {**found, "fewer_at": passing[-1] + 1} if passing else found


def _likely_scores(state: State, seat: int) -> Iterator[int]:
    """Yield what the pitch of each maker without a desk scores here if its idea is middling."""
    bonus = spirit_bonuses(state, settled=True).get(seat, 0)
    for number in state.all(Maker):
        maker = state.as_settled(Maker, number)
        venture = state.as_settled(Venture, maker.venture) if maker is not None and maker.venture else None
        if maker is None or (venture is not None and (venture.space != GARAGE or venture.lead != maker.seat)):
            continue
        difficulty = venture.difficulty if venture is not None else _MIDDLING_DIFFICULTY
        yield pitch_score(maker.skills, difficulty, _MIDDLING_LOOK, bonus)


def _of_desks(state: State, rent: int, used: int) -> int:
    """Return what so many tenants bring in a season, less its upkeep."""
    modules = state.scenario.modules
    pays = rent if tenancy.is_rent_paid(state) else 0
    found = next((module for module in modules if module.part == "elimination" and module.params), None)
    params = state.scenario.params(found.params) if found is not None and found.params is not None else None
    if not isinstance(params, AppraisalParams):
        return pays * used
    return (pays - params.upkeep_station) * used - params.upkeep


def _badge_price(state: State) -> int:
    """Return what a badge costs in a season, where a module sells any."""
    types = [module.params for module in state.scenario.modules if module.params is not None]
    sold: Iterator[Any] = (state.scenario.params(kind) for kind in types)
    return next((int(params.badge_price) for params in sold if hasattr(params, "badge_price")), 0)
