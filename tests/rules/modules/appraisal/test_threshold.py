"""Threshold: who goes and why, what an investor's appraisal is made of, receivership."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest

from makersphere_rules.ecosystem.figures.service import Service
from makersphere_rules.ecosystem.formulas.investor_appraisal import Marked, Marks, score
from makersphere_rules.ecosystem.table.agreements import Clinic, Deal, Idleness, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.threshold import Threshold, ThresholdParams, sales_bar
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, ANGEL, FUND, OLGA = 1, 2, 3, 4, 5
SEASON = 2


def old(number: int, lead: int, **more: object) -> Venture:
    """Return a venture of the first season at the space; it is born unless said otherwise."""
    made = venture(number, lead, space=OLGA, born=True)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]


def deal(number: int, seat: int, venture_: int, **terms: int) -> Deal:
    """Return a deal of this season."""
    lead = {1: ANN, 2: BO}[venture_]
    return attrs.evolve(Deal(number, SEASON, seat, venture_, lead), **terms)  # type: ignore[arg-type]


def lay(*more: Entity, credits_: Mapping[str, int] | None = None, season: int = SEASON) -> Table:
    """Lay a table: two makers, two investors with a badge, a space with 100 credits."""
    return given(
        maker(ANN),
        maker(BO, background="scientist"),
        investor(ANGEL, badges=(OLGA,)),
        investor(FUND, "fund", badges=(OLGA,)),
        space(OLGA),
        *more,
        modules=[Appraisal(), Threshold()],
        credits={"operator:5": 100, **(credits_ or {})},
        season=season,
    )


def reason(found: Venture, **more: object) -> str:
    """Close and return why venture 1 went, or ""."""
    table = lay(attrs.evolve(found, **more))  # type: ignore[arg-type]
    return table.close().one(Venture, 1).closed


# -- ventures


@pytest.mark.parametrize(
    ("stage", "sales", "expected"),
    [(2, 24, "unsold"), (2, 25, ""), (3, 89, "unsold"), (3, 90, ""), (1, 0, ""), (0, 0, "")],
)
def test_pilots_and_products_have_to_sell(stage: int, sales: int, expected: str) -> None:
    """A pilot 25, a product 90; what is not on the market need not."""
    assert reason(old(1, ANN), stage=stage, sales=sales) == expected


def bars(makers: int, bar_makers: int = 0) -> list[int | None]:
    """Return what a prototype, a pilot and a product have to sell where 60 and 90 are printed."""
    params = ThresholdParams(pilot_bar=60, product_bar=90, bar_makers=bar_makers)
    return [sales_bar(old(1, ANN, stage=stage), params, makers) for stage in (1, 2, 3)]


@pytest.mark.parametrize(("makers", "pilot", "product"), [(1, 24, 36), (3, 36, 54), (6, 54, 81), (7, 60, 90)])
def test_the_sales_bars_are_lower_in_a_small_room(makers: int, pilot: int, product: int) -> None:
    """60 and 90 are meant for 7 makers; under it x (makers + 3) div 10."""
    assert bars(makers, bar_makers=7) == [None, pilot, product]


@pytest.mark.parametrize(("makers", "pilot", "product"), [(8, 62, 93), (11, 67, 101), (18, 73, 110), (36, 79, 118)])
def test_the_sales_bars_are_higher_in_a_large_room(makers: int, pilot: int, product: int) -> None:
    """Above 7 makers x 10 makers div 7 (makers + 3): what the same good sells more."""
    assert bars(makers, bar_makers=7) == [None, pilot, product]


@pytest.mark.parametrize("makers", [1, 7, 40])
def test_the_sales_bars_are_alike_in_any_room_unless_a_scenario_says_otherwise(makers: int) -> None:
    """60 and 90 are whole."""
    assert bars(makers) == [None, 60, 90]


@pytest.mark.parametrize(("founded", "born", "expected"), [(1, False, "unfunded"), (2, False, ""), (1, True, "")])
def test_who_is_not_born_by_the_end_of_its_second_season_goes(
    founded: int,
    born: bool,  # noqa: FBT001  (a column of the table above)
    expected: str,
) -> None:
    """The season of founding counts as the first."""
    assert reason(old(1, ANN), founded=founded, born=born) == expected


def test_who_was_spared_as_unfunded_is_in_danger_again_a_season_later() -> None:
    """The bar holds from the second season on, not in the second alone."""
    assert lay(old(1, ANN, born=False), season=3).close().one(Venture, 1).closed == "unfunded"


def test_the_first_reason_that_holds_is_reported() -> None:
    """Insolvent before unfunded before unsold."""
    assert reason(old(1, ANN), insolvent=True, born=False, stage=2) == "insolvent"
    assert reason(old(1, ANN), born=False, stage=2) == "unfunded"


def test_an_eliminated_maker_is_free_and_richer_in_experience() -> None:
    """Its desk is empty: upkeep is 20 alone, clearing 10."""
    table = lay(merciful(), old(1, ANN, born=False)).close()
    assert table.one(Maker, ANN).venture == 0
    assert table.one(Maker, ANN).skills == (5, 4, 4)
    assert table.balance("operator:5") == 100 - 10 - 20
    closed = next(line for line in table.told() if line.text == "venture_closed")
    assert closed.values == {"venture": 1, "reason": "unfunded"}


# -- the wild card


def test_a_wild_card_spares_a_venture_but_never_from_insolvency() -> None:
    """Unsold: spared; insolvent: gone, and no card helps."""
    table = lay(old(1, ANN, stage=2, sales=24)).open().act(OLGA, "wild_card", {"venture": 1}).close()
    assert table.one(Venture, 1).closed == ""
    assert table.one(Space, OLGA).wild_card_used
    lost = lay(old(1, ANN, insolvent=True)).open()
    lost.act(OLGA, "wild_card", {"venture": 1}).refused("bad_args", "venture").close()
    assert lost.one(Venture, 1).closed == "insolvent"
    assert not lost.one(Space, OLGA).wild_card_used


def test_a_wild_card_spares_a_badge() -> None:
    """Both score 10 of 20; the one named keeps its badge."""
    table = lay(attrs.evolve(space(OLGA), appraisal_bar=20)).act(OLGA, "wild_card", {"seat": FUND}).close()
    assert table.one(Investor, ANGEL).badges == ()
    assert table.one(Investor, FUND).badges == (OLGA,)
    assert [line.text for line in table.told() if "spared" in line.text] == ["badge_spared"]


def test_a_wild_card_spares_no_badge_far_below_the_bar() -> None:
    """10 of 21, 11 points, are too many: no bar takes all badges but a friend's."""
    table = lay(attrs.evolve(space(OLGA), appraisal_bar=21)).act(OLGA, "wild_card", {"seat": FUND}).close()
    assert table.one(Investor, FUND).badges == ()
    assert not table.one(Space, OLGA).wild_card_used


def test_a_card_that_was_not_needed_is_not_used() -> None:
    """The venture sells: no card is offered for it, and nobody hears of one."""
    table = lay(old(1, ANN, stage=2, sales=30)).open()
    table.act(OLGA, "wild_card", {"venture": 1}).refused("bad_args", "venture").close()
    assert not table.one(Space, OLGA).wild_card_used


# -- investors


def measures(table: Table, seat: int) -> tuple[int, ...]:
    """Return served, growth, rating and competition of an investor."""
    found = next(event for event in table.events if event.type == "appraised" and getattr(event, "investor", 0) == seat)
    return tuple(getattr(found, "measures", ()))


def test_the_four_measures_of_an_appraisal() -> None:
    """Two deals (one with capital in it), one clinic: 4 points; one venture moved up; ratings 4 and 2; one bid lost."""
    table = lay(
        old(1, ANN, moved_up=True, capital={ANGEL: 60}, shares={ANN: 7000, ANGEL: 3000}),
        old(2, BO),
        deal(1, ANGEL, 1, credits=60),
        deal(2, ANGEL, 2, hours=4, delivered=2),
        Clinic(SEASON, ANGEL, BO, 2),
        Pair(ANN, ANGEL, lost=SEASON),
        Pair(BO, ANGEL, lost=SEASON - 1),
    ).close()
    # served 4 x 30 = 120 -> 100; growth 50; rating 20 x (4 + 2) div 2; competition 100 x (4 + 1) div 6
    assert measures(table, ANGEL) == (100, 50, 60, 83)
    assert table.one(Investor, ANGEL).appraisal == (300 + 150 + 120 + 166) // 10
    assert table.one(Investor, ANGEL).badges == (OLGA,)


def test_a_promise_that_is_not_half_kept_counts_against_the_investor() -> None:
    """Two deals kept, one broken: 1 point; the step up of the venture that was let down counts as no growth."""
    worked = {"materials": 10, "moved_up": True}
    table = lay(
        old(1, ANN, **worked),
        old(2, BO, **worked),
        deal(1, ANGEL, 1, hours=4, delivered=4),
        deal(2, ANGEL, 1, hours=4, delivered=2),
        deal(3, ANGEL, 2, hours=4, delivered=1),
    ).close()
    assert measures(table, ANGEL)[:2] == (30, 50)


def test_promises_count_for_nothing_less_than_nothing() -> None:
    """Whoever keeps none has served nobody: 0."""
    table = lay(old(1, ANN, materials=10), deal(1, ANGEL, 1, hours=4, delivered=0)).close()
    assert measures(table, ANGEL)[:2] == (0, 0)


def test_nobody_is_blamed_where_no_work_was_possible() -> None:
    """A venture that could not pay its materials takes no hours."""
    table = lay(old(1, ANN, materials=0), deal(1, ANGEL, 1, hours=4, delivered=0)).close()
    assert measures(table, ANGEL)[0] == 30


@pytest.mark.parametrize(("season", "is_out"), [(SEASON, True), (SEASON - 1, False)])
def test_an_idle_co_founder_loses_place_and_shares(season: int, is_out: bool) -> None:  # noqa: FBT001  (a column)
    """What it held is the lead's again; an idle season long ago is forgiven."""
    team = old(1, ANN, cofounders=(BO,), shares={ANN: 8800, BO: 1200})
    table = lay(team, attrs.evolve(maker(BO), venture=1), Idleness(BO, season, 1)).close()
    found = table.one(Venture, 1)
    assert ("team_left" in [event.type for event in table.events]) is is_out
    if is_out:
        assert (found.cofounders, found.shares, table.one(Maker, BO).venture) == ((), {ANN: 10_000}, 0)
    else:
        assert (found.cofounders, found.shares, table.one(Maker, BO).venture) == ((BO,), {ANN: 8800, BO: 1200}, 1)


def test_a_clinic_serves_its_venture() -> None:
    """One point, and the venture's step up counts as growth."""
    table = lay(old(1, ANN, moved_up=True), Clinic(SEASON, FUND, ANN, 1)).close()
    assert measures(table, FUND) == (30, 50, 50, 0)


def test_who_did_nothing_has_the_rating_alone() -> None:
    """50 for no rating, nothing else: 2 x 50 div 10 = 10; under 34 the badge is lost."""
    table = lay().close()
    found = table.one(Investor, FUND)
    assert (found.appraisal, found.badges, found.lost_badges) == (10, (), {OLGA: SEASON})
    assert (found.appraisals, found.best_appraisals) == ((10,), {SEASON: 10})


def test_a_score_at_the_bar_keeps_the_badge() -> None:
    """10 at a bar of 10 stays, at a bar of 11 goes."""
    for bar, kept in ((10, (OLGA,)), (11, ())):
        table = lay(attrs.evolve(space(OLGA), appraisal_bar=bar)).close()
        assert table.one(Investor, FUND).badges == kept


def test_ventures_elsewhere_count_for_competition_alone() -> None:
    """A deal in the garage: won 1, lost 0."""
    table = lay(attrs.evolve(old(1, ANN, moved_up=True), space=0), deal(1, ANGEL, 1, hours=4, delivered=4)).close()
    assert measures(table, ANGEL) == (0, 0, 50, 100)


def test_capital_counts_though_the_venture_is_wound_up_in_the_same_close() -> None:
    """What was served is read before anything is closed: 2 points."""
    table = lay(
        old(1, ANN, stage=2, capital={ANGEL: 60}, shares={ANN: 7000, ANGEL: 3000}), deal(1, ANGEL, 1, credits=60)
    ).close()
    assert table.one(Venture, 1).closed == "unsold"
    assert measures(table, ANGEL)[0] == 60


def test_the_best_appraisal_of_a_season_is_kept_over_several_badges() -> None:
    """Two badges, two appraisals, one best."""
    other = 6
    table = lay(
        space(other),
        investor(ANGEL, badges=(OLGA, other)),
        old(1, ANN),
        deal(1, ANGEL, 1, hours=4, delivered=4),
        credits_={"operator:6": 100},
    ).close()
    found = table.one(Investor, ANGEL)
    # at Olga's 30, 0, 80, 100: 9 + 0 + 16 + 20 = 45; elsewhere 0, 0, 50, 100: 30
    assert found.appraisals == (45, 30)
    assert (found.best_appraisals, found.badges) == ({SEASON: 45}, (OLGA,))


def test_competition_is_won_and_half_of_what_was_at_stake() -> None:
    """100 x (2 won + lost) div (2 x (won + lost)): 1 to 0 is 100, 1 to 1 is 75, 0 to 2 is 50, nothing is 0."""
    marked = Marked(won={1: 1, 2: 1}, lost={2: 1, 3: 2})
    assert [marked.competition(seat) for seat in (1, 2, 3, 4)] == [100, 75, 50, 0]


def test_a_score_weighs_the_measures() -> None:
    """The rulebook's Ivy: 300 + 300 + 186 + 200 = 986 div 10."""
    marks = Marks(points=8, ventures={1: True, 3: True}, ratings={1: 5, 2: 4, 3: 5})
    assert marks.measures(30, 50, 100) == (100, 100, 93, 100)
    assert score((100, 100, 93, 100), (3, 3, 2, 2)) == 98
    assert score((90, 50, 80, 100), (3, 3, 2, 2)) == 78


# -- operators


def merciful() -> Space:
    """Return the space with a bar that takes nobody's badge."""
    return attrs.evolve(space(OLGA), appraisal_bar=0)


def test_upkeep_is_20_and_5_for_each_desk_in_use() -> None:
    """Two ventures: 30."""
    assert lay(merciful(), old(1, ANN), old(2, BO)).close().balance("operator:5") == 70


def test_each_badge_that_is_taken_back_costs_30_more() -> None:
    """Two idle investors at the printed bar: 60."""
    assert lay().close().balance("operator:5") == 100 - 20 - 60


def test_a_treasury_below_zero_is_paid_up_and_each_path_loses_a_level() -> None:
    """22 credits for 25: the government pays 3; desks follow the community level, none in use is lost."""
    house = attrs.evolve(space(OLGA, community=1, resources=0, integration=3), stations=3, appraisal_bar=0)
    table = lay(house, old(1, ANN), credits_={"operator:5": 22}).close()
    found = table.one(Space, OLGA)
    assert table.balance("operator:5") == 0
    assert found.receivership
    assert (found.community, found.resources, found.integration) == (0, 0, 2)
    assert found.stations == 2
    assert "receivership" in [line.text for line in table.told()]


def test_a_treasury_of_exactly_0_is_no_receivership() -> None:
    """25 for 25."""
    table = lay(merciful(), old(1, ANN), credits_={"operator:5": 25}).close()
    assert not table.one(Space, OLGA).receivership


def test_clearing_can_bring_a_treasury_down() -> None:
    """15 credits: 10 for clearing and 20 upkeep leave 15 for the government to pay."""
    table = lay(merciful(), old(1, ANN, born=False), credits_={"operator:5": 15}).close()
    assert table.one(Space, OLGA).receivership
    assert table.balance("operator:5") == 0


# -- indices as things stand then


def test_indices_count_who_is_still_there() -> None:
    """One of two ventures is eliminated: one tenant left, one badge holder with an appraisal of 45."""
    table = lay(
        attrs.evolve(space(OLGA), workshop_used=2),
        Service(OLGA, 10, 2, 6, 12),
        old(1, ANN, moved_up=True),
        old(2, BO, born=False),
        maker(ANN, spirit=8, ties=(BO,)),
        maker(BO, spirit=2, ties=(ANN,)),
        deal(1, ANGEL, 1, hours=4, delivered=4),
    ).close()
    found = table.one(Space, OLGA)
    # community: 0 + 0 + 0 + 80 div 4; the tie to Bo is one to a stranger now
    assert found.community_index == 20
    # angel 4 and workshop 2 of 10 hours: H = log 6 - (4 x 2,000 + 2 x 1,000) div 6 = 2,584 - 1,666 = 918,
    # evenness 91,800 div 2,584 = 35; used 60; Ann's venture: 30, 50, 80, 100 -> 60
    assert found.resources_index == (35 + 60 + 60) // 3
    # moved 1 of 1, fit 6 of 12, trust of Ann and the angel began with 4 and 4
    assert found.integration_index == (100 + 50 + 100) // 3
    # 20 x 51 x 83 = 84,660, cube root 43
    assert (found.vitality, found.vitalities) == (43, (43,))


def test_receivership_halves_this_seasons_vitality() -> None:
    """An empty house of 1, 1, 1 stays at 1; a lively one falls to the half."""
    lively = [
        Service(OLGA, 10, 2, 12, 12),
        attrs.evolve(space(OLGA), workshop_used=2),
        old(1, ANN, moved_up=True),
        maker(ANN, spirit=8),
        deal(1, ANGEL, 1, hours=4, delivered=4),
    ]
    rich = lay(*lively).close().one(Space, OLGA)
    poor = lay(*lively, credits_={"operator:5": 5}).close().one(Space, OLGA)
    assert poor.vitality == rich.vitality // 2


def test_a_space_hears_its_tenants() -> None:
    """Two fives (of Ann and the angel, the fund says 3): (13 - 9) div 3 = 1 more."""
    lively = [Service(OLGA, 10, 2, 12, 12), old(1, ANN, moved_up=True), deal(1, ANGEL, 1, hours=4, delivered=4)]
    silent = lay(*lively).close().one(Space, OLGA).vitality
    table = lay(*lively)
    for seat in (ANN, ANGEL):
        table.act(seat, "rate", {"seat": OLGA, "score": 5})
    assert table.close().one(Space, OLGA).vitality == silent + 1
