"""The wild card in appraisal: one venture or one badge of one's own space is spared, and the card is used up."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.shared_steps.eliminator import spareable
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.verdicts import Danger
from makersphere_rules.entity import Entity
from makersphere_rules.forms import OneOf
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.bottom_share import BottomShare
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.threshold import Threshold
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, ANGEL, FUND, OLGA, PETE = 1, 2, 3, 4, 5, 6
CHOOSING = [Threshold(), BottomShare()]


def lay(*more: Entity, module: RuleModule | None = None) -> Table:
    """Lay a table of two pilots that sold too little, one at each of two spaces, each with an idle badge holder."""
    return given(
        maker(ANN),
        maker(BO),
        investor(ANGEL, badges=(OLGA,)),
        investor(FUND, badges=(PETE,)),
        space(OLGA),
        space(PETE),
        pilot(1, ANN, OLGA),
        pilot(2, BO, PETE),
        *more,
        modules=[Appraisal(), module or Threshold()],
        credits={"operator:5": 100, "operator:6": 100},
        season=2,
    ).open()


def pilot(number: int, lead: int, place: int, sales: int = 24) -> Venture:
    """Return a born pilot that sold nearly the 25 that it must."""
    made = venture(number, lead, space=place, stage=2, born=True, capital={FUND: 60})
    return attrs.evolve(made, shares={lead: 7000, FUND: 3000}, sales=sales)


def test_each_space_spares_its_own() -> None:
    """Two cards, two ventures."""
    table = lay().act(OLGA, "wild_card", {"venture": 1}).act(PETE, "wild_card", {"venture": 2}).close()
    assert [found.closed for found in table.found(Venture)] == ["", ""]
    assert [found.wild_card_used for found in table.found(Space)] == [True, True]


def test_who_is_spared_goes_on_as_it_was() -> None:
    """Desk, shares, capital and team stay; nothing is paid out or left to the commons."""
    table = lay().act(OLGA, "wild_card", {"venture": 1})
    before = table.one(Venture, 1)
    assert table.close().one(Venture, 1) == before
    assert table.one(Space, OLGA).commons == 0


def test_the_last_name_stands_and_one_card_spares_one() -> None:
    """First the venture, then the badge: the venture goes, the badge stays."""
    low = attrs.evolve(space(OLGA), appraisal_bar=20)  # within the reach of a card
    table = lay(low).act(OLGA, "wild_card", {"venture": 1}).act(OLGA, "wild_card", {"seat": ANGEL}).close()
    assert table.one(Venture, 1).closed == "unsold"
    assert table.one(Investor, ANGEL).badges == (OLGA,)
    assert table.one(Investor, FUND).badges == ()


@pytest.mark.parametrize("module", CHOOSING, ids=lambda module: module.name)
def test_it_never_spares_from_insolvency_and_is_not_used_by_trying(module: RuleModule) -> None:
    """Whoever decides who goes, a debt is not forgiven by a card."""
    broke = attrs.evolve(pilot(1, ANN, OLGA), insolvent=True)
    table = lay(broke, module=module)
    table.act(OLGA, "wild_card", {"venture": 1}).refused("bad_args", "venture")
    table.close()
    assert table.one(Venture, 1).closed == "insolvent"
    assert not table.one(Space, OLGA).wild_card_used


def test_a_venture_that_left_is_not_spared_by_its_old_space() -> None:
    """A card for a tenant counts at the tenant's space alone; without it the pilot goes."""
    table = lay(attrs.evolve(pilot(1, ANN, OLGA), space=0)).act(PETE, "wild_card", {"venture": 2}).close()
    assert [found.closed for found in table.found(Venture)] == ["unsold", ""]


def test_a_card_spares_the_tenant_in_danger_that_sold_most() -> None:
    """An operator says whether it spares, and not whom: a friend that sold less goes."""
    table = lay(pilot(1, ANN, OLGA, sales=20), pilot(2, BO, OLGA, sales=21))
    table.act(OLGA, "wild_card", {"venture": 1}).refused("bad_args", "venture")
    table.act(OLGA, "wild_card", {"venture": 2}).close()
    assert [found.closed for found in table.found(Venture)] == ["unsold", ""]


def test_a_card_spares_nobody_who_sold_less_than_three_quarters_of_its_bar() -> None:
    """Of 25 that is 18.75: with 18 it goes, with 19 it may stay."""
    assert not lay(pilot(1, ANN, OLGA, sales=18)).form(OLGA, "wild_card").fields.get("venture")
    table = lay(pilot(1, ANN, OLGA, sales=19)).act(OLGA, "wild_card", {"venture": 1}).close()
    assert table.one(Venture, 1).closed == ""


@pytest.mark.parametrize("module", CHOOSING, ids=lambda module: module.name)
def test_whom_a_card_may_spare_follows_from_what_is_hashed(module: RuleModule) -> None:
    """What was told of the danger is no part of the state's hash, and the form does not read it."""
    other = attrs.evolve(pilot(2, BO, OLGA), sales=30)
    table = lay(other, module=module)
    offered = table.form(OLGA, "wild_card")
    assert offered.fields["venture"] == OneOf((max(one.id for one in spareable(table.state, OLGA)),))
    for told in table.found(Danger):
        table.state.remove(Danger, told.venture)
    assert table.form(OLGA, "wild_card") == offered


def test_bad_cards_change_nothing() -> None:
    """Both, neither, another's tenant or badge holder, oneself, wrong types, roles and phases; a card that is used."""
    table = lay()
    refuses_bad_values(table, OLGA, "wild_card", {"venture": 1})
    refuses_bad_values(table, OLGA, "wild_card", {"seat": ANGEL})
    refuses(table, OLGA, "wild_card", {}, "rule", "one_of_two")
    refuses(table, OLGA, "wild_card", {"venture": 1, "seat": ANGEL}, "rule", "one_of_two")
    for args in ({"venture": 2}, {"venture": 3}, {"seat": FUND}, {"seat": ANN}, {"seat": OLGA}):
        refuses(table, OLGA, "wild_card", args, "bad_args")
    for seat in (ANN, ANGEL):
        refuses(table, seat, "wild_card", {"venture": 1}, "not_your_role")
    used = lay(attrs.evolve(space(OLGA), wild_card_used=True))
    refuses(used, OLGA, "wild_card", {"venture": 1}, "rule", "wild_card_used")
    early = given(maker(ANN), space(OLGA), venture(1, ANN, space=OLGA), modules=[Market()])
    refuses(early, OLGA, "wild_card", {"venture": 1}, "unknown_command")
