"""Winding up: preference, what is left by shares, clearing, commons, and what the team learns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from makersphere_rules.ecosystem.shared_steps.winding_up import VentureClosed, wind_up
from makersphere_rules.ecosystem.table.entities import Maker, Space, Venture
from makersphere_rules.module import Draft, RuleModule
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, MATE, ANGEL, FUND, HOUSE = 1, 2, 3, 4, 5
TRACKS: Final = (9, 6, 5)


class Closing(RuleModule):
    """Closes venture 1 when the phase closes."""

    name = "closing"
    events = (VentureClosed,)
    by_lead = False

    def close(self, draft: Draft) -> None:
        """Wind it up."""
        reason = "closed" if self.by_lead else "unsold"
        found = draft.state.one(Venture, 1)
        draft.emit(wind_up(draft.state, found, reason, by_lead=self.by_lead))


class ClosingByLead(Closing):
    """The same, by its lead."""

    by_lead = True


def closed(
    has: int, capital: Mapping[int, int], *, module: RuleModule | None = None, place: int = HOUSE, lead_has: int = 0
) -> Table:
    """Wind up a venture of a lead (6,000 shares), a co-founder (1,000), an angel (2,000) and a fund (1,000)."""
    shares = {LEAD: 6000, MATE: 1000, ANGEL: 2000, FUND: 1000}
    return given(
        maker(LEAD, (4, 3, 3)),
        maker(MATE, (10, 10, 10)),
        investor(ANGEL),
        investor(FUND, "fund"),
        attrs.evolve(space(HOUSE), commons=2),
        venture(1, LEAD, space=place, tracks=TRACKS, cofounders=(MATE,), shares=shares, capital=capital),
        modules=[module or Closing()],
        credits={"venture:1": has, "maker:1": lead_has, "operator:5": 25},
    ).close()


def paid(table: Table) -> list[int]:
    """Return what the four holders have."""
    return [table.balance(name) for name in ("maker:1", "maker:2", "investor:3", "investor:4")]


def test_capital_is_paid_back_first_and_the_rest_goes_by_shares() -> None:
    """200 credits, 60 and 90 paid in: 150 back, 50 by shares 6:1:2:1."""
    table = closed(200, {ANGEL: 60, FUND: 90})
    assert paid(table) == [30, 5, 60 + 10, 90 + 5]
    assert table.balance("venture:1") == 0


def test_what_is_short_is_split_by_capital() -> None:
    """50 credits for 60 and 90: 20 and 30, nothing by shares."""
    assert paid(closed(50, {ANGEL: 60, FUND: 90})) == [0, 0, 20, 30]


def test_the_split_of_a_short_preference_uses_largest_remainders() -> None:
    """10 credits for 60 and 30: 6 2/3 and 3 1/3, so 7 and 3."""
    assert paid(closed(10, {ANGEL: 60, FUND: 30})) == [0, 0, 7, 3]


def liquidated(has: int, capital: Mapping[int, int], shares: Mapping[int, int]) -> list[int]:
    """Return what founder, first and second round get of a venture that is wound up with so many credits."""
    return paid(
        given(
            maker(LEAD),
            maker(MATE),
            investor(ANGEL),
            investor(FUND, "fund"),
            venture(1, LEAD, shares=shares, capital=capital),
            modules=[Closing()],
            credits={"venture:1": has},
        ).close()
    )


def test_a_published_liquidation_with_one_round() -> None:
    """5 million for a third of the company, 1x and participating (here a credit is 10,000 dollars).

    Sold for 15 million: 5 + a third of 10 = 8.3 for the round, 6.7 for the founders; for 30 million: 13.3 and 16.7.
    Feld and Mendelson 2011, "Venture Deals", liquidation preference.
    """
    round_, table = {ANGEL: 500}, {LEAD: 6667, ANGEL: 3333}
    assert liquidated(1500, round_, table) == [667, 0, 833, 0]
    assert liquidated(3000, round_, table) == [1667, 0, 1333, 0]


def test_a_published_liquidation_with_two_rounds_that_falls_short() -> None:
    """5 and 20 million were paid in, 15 are there: side by side the rounds get 20 and 80 per cent, 3 and 12.

    Feld and Mendelson 2011, "Venture Deals", liquidation preference (pari passu).
    """
    assert liquidated(1500, {ANGEL: 500, FUND: 2000}, {LEAD: 4000, ANGEL: 2000, FUND: 4000}) == [0, 0, 300, 1200]


def test_the_space_pays_for_clearing_and_gets_half_of_each_track() -> None:
    """10 to suppliers; 9 div 2 + 6 div 2 + 5 div 2 = 9 points join the 2 in the commons."""
    table = closed(0, {})
    assert table.balance("operator:5") == 15
    assert table.balance("suppliers") == 10
    assert table.one(Space, HOUSE).commons == 2 + 4 + 3 + 2


def test_in_the_garage_nobody_clears_and_nothing_is_left_to_others() -> None:
    """No posting for clearing, commons as they were."""
    table = closed(0, {}, place=0)
    assert table.balance("suppliers") == 0
    assert table.one(Space, HOUSE).commons == 2


def test_the_team_is_free_and_learns_in_its_lowest_skill() -> None:
    """Equal: technology, network, business; skills end at 10."""
    table = closed(0, {})
    lead, mate = table.one(Maker, LEAD), table.one(Maker, MATE)
    assert (lead.venture, lead.skills) == (0, (4, 4, 3))
    assert (mate.venture, mate.skills) == (0, (10, 10, 10))


def test_shares_and_preferences_end_and_the_story_stays() -> None:
    """The venture is closed with reason and season, and holds nothing for anybody."""
    found = closed(0, {ANGEL: 60}).one(Venture, 1)
    assert (found.closed, found.closed_season, found.shares, found.capital) == ("unsold", 1, {}, {})
    assert found.lead == LEAD


def test_a_lead_that_closes_learns_nothing_and_pays_the_clearing() -> None:
    """The space pays nothing; its commons grow all the same."""
    table = closed(0, {}, module=ClosingByLead(), lead_has=30)
    assert table.balance("maker:1") == 20
    assert table.balance("operator:5") == 25
    assert table.one(Maker, LEAD).skills == (4, 3, 3)
    assert table.one(Space, HOUSE).commons == 11


def test_a_lead_pays_the_clearing_as_far_as_it_can() -> None:
    """It has 3 and gets 6 of 10 credits by shares: 9 go to suppliers, nobody pays the tenth."""
    table = closed(10, {}, module=ClosingByLead(), lead_has=3)
    assert table.balance("maker:1") == 0
    assert table.balance("suppliers") == 9
