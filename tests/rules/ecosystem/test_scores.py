"""Final scores and standings, each part worked by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs
import pytest

from makersphere_protocol.texts import catalogue, languages
from makersphere_rules.ecosystem.figures import scores
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Maker, Venture, World
from makersphere_rules.ecosystem.table.ratings import Forecast, Score
from makersphere_rules.entity import Entity
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.modules.world import SeasonBegan
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, FUND, OLGA = 1, 2, 3, 4
ROLES = ("maker", "investor", "operator")


class Ending(RuleModule):
    """Gives the final scores when the phase closes."""

    name = "ending"
    events = scores.EVENTS

    def close(self, draft: Draft) -> None:
        """Count."""
        scores.finish(draft)


def lay(*more: Entity, credits_: Mapping[str, int] | None = None, ambition: str = "") -> Table:
    """Lay a table: Ann leads a born venture (100 credits, profit 20; 6,000 to 4,000 with the fund), Bo is free."""
    fund = attrs.evolve(investor(FUND, "fund"), start_credits=230, best_appraisals={1: 90, 2: 71}, thesis_points=18)
    return given(
        attrs.evolve(maker(ANN, spirit=7), ambition=ambition),
        maker(BO, spirit=3),
        fund,
        attrs.evolve(space(OLGA), vitalities=(50, 61)),
        attrs.evolve(born(), profit=20),
        *more,
        modules=[Ending()],
        credits={
            "venture:1": 100,
            "maker:1": 30,
            "maker:2": 9,
            "investor:3": 150,
            "operator:4": 80,
            **(credits_ or {}),
        },
    )


def born(**more: object) -> Venture:
    """Return a born venture of Ann's."""
    made = venture(1, ANN, stage=1, born=True, shares={ANN: 6000, FUND: 4000}, capital={FUND: 60})
    return attrs.evolve(made, **more)  # type: ignore[arg-type]


def parts(table: Table, seat: int) -> Mapping[str, int]:
    """Return the parts of a seat's final score."""
    return table.close().one(Score, seat).parts


# -- makers


def test_a_maker_counts_credits_shares_and_spirit() -> None:
    """100 + 3 x 20 = 160 by shares: 96 for Ann; 30 credits; 4 x 7 spirit."""
    assert parts(lay(), ANN) == {"credits": 30, "shares": 96, "spirit": 28, "ambition": 0, "forecasts": 0}


def test_from_the_season_on_until_its_market_ventures_count_without_profit() -> None:
    """As whoever ends a game reads: last season's profit is off the boards as a season opens."""
    counted = dict(parts(lay(), ANN))
    table = lay(World())
    SeasonBegan((ANN, BO, FUND, OLGA)).apply(table.state)
    opened = parts(table, ANN)
    assert counted["shares"] == (100 + 3 * 20) * 6 // 10
    assert opened["shares"] == 100 - 60, "what the fund's capital leaves of the credits"
    assert {**opened, "shares": 0} == {**counted, "shares": 0}


def test_the_credits_of_an_unborn_venture_go_to_its_lead() -> None:
    """All 100 that its own team and the space put in, and nothing by shares."""
    table = lay(born(born=False, capital={}))
    assert parts(table, ANN)["credits"] == 130
    assert table.one(Score, ANN).parts["shares"] == 0
    assert table.one(Score, FUND).parts["shares"] == 0


def test_a_closed_venture_is_worth_nothing() -> None:
    """It holds no credits and no shares any more."""
    gone = venture(2, BO, shares={BO: 10_000})
    table = lay(attrs.evolve(gone, closed="unsold", shares={}, capital={}, born=True, profit=50))
    assert parts(table, BO)["shares"] == 0


@pytest.mark.parametrize(
    ("ambition", "points"), [("control", 7 * 6000 // 1000), ("wealth", (126 - 50) * 3 // 10), ("craft", 50 // 7)]
)
def test_the_three_ambitions(ambition: str, points: int) -> None:
    """6,000 shares: 42; wealth 30 + 96: 22; a prototype: 7."""
    assert parts(lay(ambition=ambition), ANN)["ambition"] == points


def test_control_needs_a_born_venture_of_ones_own() -> None:
    """Unborn: 0; as a co-founder: 0."""
    assert parts(lay(born(born=False), ambition="control"), ANN)["ambition"] == 0
    mate = born(lead=BO, cofounders=(ANN,))
    assert parts(lay(mate, attrs.evolve(maker(ANN, venture=1), ambition="control")), ANN)["ambition"] == 0


@pytest.mark.parametrize(("credits_", "points"), [(0, 0), (49, 0), (54, 1), (300, 50)])
def test_wealth_is_kept_within_0_and_50(credits_: int, points: int) -> None:
    """Clamp((w - 50) x 3 div 10)."""
    rich = attrs.evolve(maker(BO), ambition="wealth")
    assert parts(lay(rich, credits_={"maker:2": credits_}), BO)["ambition"] == points


@pytest.mark.parametrize(("stage", "points"), [(0, 0), (1, 7), (2, 14 + 9), (3, 21 + 9)])
def test_craft_counts_the_stage_and_from_the_pilot_on_the_quality(stage: int, points: int) -> None:
    """Tracks of 98 in all are quality 9; a co-founder's craft counts like a lead's."""
    made = born(stage=stage, tracks=(42, 30, 26))
    assert parts(lay(made, ambition="craft"), ANN)["ambition"] == points
    mate = attrs.evolve(maker(BO, venture=1), ambition="craft")
    assert parts(lay(attrs.evolve(made, cofounders=(BO,)), mate), BO)["ambition"] == points


# -- investors and operators


def test_an_investor_counts_gain_thesis_and_service() -> None:
    """150 - 230 + 64 + 18 + 161 div 4 = 42."""
    table = lay().close()
    found = table.one(Score, FUND)
    assert found.parts == {"base": -230, "credits": 150, "shares": 64, "service": 40, "thesis": 18, "forecasts": 0}
    assert found.final == 42


def test_what_is_set_aside_still_counts() -> None:
    """A host may end the game in the middle of matching."""
    assert parts(lay(credits_={"escrow:3": 25}), FUND)["credits"] == 175


def test_an_operator_counts_a_third_of_its_treasury_and_the_vitality_above_forty() -> None:
    """80 div 3 + 10 x (111 div 2 - 40) = 26 + 150; a dead space takes nothing away."""
    table = lay().close()
    assert table.one(Score, OLGA).parts == {"treasury": 26, "vitality": 150, "forecasts": 0}
    assert table.one(Score, OLGA).final == 176
    assert parts(lay(attrs.evolve(space(OLGA), vitalities=(39, 20))), OLGA)["vitality"] == 0


# -- forecasts and places


def test_forecasts_count_2_for_each_season_in_which_the_right_venture_was_named() -> None:
    """Venture 1 sells most; Bo named it twice, the fund once and another once."""
    told = [Forecast(1, BO, 1), Forecast(2, BO, 1), Forecast(1, FUND, 1), Forecast(2, FUND, 2)]
    table = lay(born(sales=30), venture(2, BO), *told).close()
    assert [table.one(Score, seat).parts["forecasts"] for seat in (ANN, BO, FUND, OLGA)] == [0, 4, 2, 0]


def test_of_equal_sales_the_better_lot_sold_most_and_of_none_nobody() -> None:
    """Bo's lot is better."""
    second = attrs.evolve(venture(2, BO), sales=30)
    table = lay(born(sales=30), second).put(World(lots=(BO, ANN, FUND, OLGA)))
    assert scores.best_seller(table.state) == 2
    assert scores.best_seller(lay().state) == 0


def test_a_venture_closed_in_the_last_season_may_have_sold_most_one_closed_before_not() -> None:
    """Old sales stay written on closed ventures; they are no longer this season's."""
    gone = attrs.evolve(venture(2, BO), sales=30, closed="unsold", closed_season=1, shares={}, capital={})
    assert scores.best_seller(lay(gone).state) == 2
    assert scores.best_seller(lay(attrs.evolve(gone, closed_season=0)).state) == 0


def test_equal_scores_share_the_place_within_a_role() -> None:
    """Two firsts and a third."""
    assert [scores.place_of(mine, [9, 9, 4]) for mine in (9, 4)] == [1, 3]
    table = lay().close()
    assert [table.one(Score, seat).place for seat in (ANN, BO, FUND, OLGA)] == [1, 2, 1, 1]
    assert [line.values["place"] for line in table.told() if line.text == "score"] == [1, 2, 1, 1]


# -- standings


def test_a_standing_leaves_out_all_that_is_secret() -> None:
    """No thesis, no ambition, no forecasts."""
    table = lay(born(sales=30, profit=20), Forecast(1, BO, 1), Forecast(1, FUND, 1), ambition="control")
    before = scores.standings(scores.Books(table.state))
    assert before[ANN] == 30 + 96 + 28
    assert before[BO] == 9 + 12
    assert before[FUND] == 150 - 230 + 64 + 40
    assert before[OLGA] == 176
    secret = [
        attrs.evolve(table.one(Maker, ANN), ambition="wealth"),
        Forecast(1, BO, 2),
        attrs.evolve(investor(FUND, "fund"), start_credits=230, best_appraisals={1: 90, 2: 71}),
    ]
    assert scores.standings(scores.Books(table.put(*secret).state)) == before


def test_a_standing_and_the_end_count_shares_alike() -> None:
    """What a recap shows is what the end counts, but for what was secret."""
    table = lay(born(profit=0))
    standing = scores.standings(scores.Books(table.state))
    table.close()
    for seat, secret in ((ANN, "ambition"), (BO, "ambition"), (FUND, "thesis")):
        score = table.one(Score, seat)
        assert score.final is not None
        assert standing[seat] == score.final - score.parts[secret] - score.parts["forecasts"]


# -- capital comes back first


@pytest.mark.parametrize(
    ("value", "fund", "ann"), [(0, 60, 0), (59, 60, 0), (100, 60, 40), (150, 60, 90), (160, 64, 96), (1000, 400, 600)]
)
def test_capital_comes_back_first(value: int, fund: int, ann: int) -> None:
    """60 paid for 4,000 of 10,000 shares: at least 60 for the fund, and for Ann what that leaves of the value."""
    table = lay(born(profit=0), credits_={"venture:1": value})
    assert (parts(table, FUND)["shares"], table.one(Score, ANN).parts["shares"]) == (fund, ann)


def test_what_came_back_by_fees_does_not_come_back_twice() -> None:
    """60 paid, 12 and 8 had in fees from the same venture, 9 from another: 40 of an empty venture."""
    fees = [Deal(n, 1, FUND, v, ANN, hours=4, fee_due=f, fee_paid=f) for n, v, f in ((1, 1, 12), (2, 1, 8), (3, 2, 9))]
    assert parts(lay(born(profit=0), *fees, credits_={"venture:1": 0}), FUND)["shares"] == 40


def test_what_capital_leaves_is_split_among_the_others_by_shares() -> None:
    """Of 100 the fund, with 1,000 shares, has 60; 6,000 and 3,000 shares without capital make 27 and 13 of the rest."""
    shares = {ANN: 6000, BO: 3000, FUND: 1000}
    assert scores.holdings(100, shares, {FUND: 60}) == {FUND: 60, ANN: 27, BO: 13}


def test_capital_without_shares_comes_back_too() -> None:
    """Who has swapped its shares away has still paid."""
    assert scores.holdings(100, {ANN: 10_000}, {FUND: 60}) == {FUND: 60, ANN: 40}


def test_capital_comes_back_first_where_a_birth_never_came() -> None:
    """30 paid into a venture that was never born and has 100 left: 30, and 70 for its lead."""
    table = lay(born(born=False, capital={FUND: 30}))
    assert parts(table, FUND)["shares"] == 30
    assert table.one(Score, ANN).parts["credits"] == 30 + 70


def test_capital_in_a_closed_venture_is_gone() -> None:
    """What its winding-up left has been paid."""
    table = lay(born(closed="unsold", shares={}, capital={}), credits_={"venture:1": 0})
    assert parts(table, FUND)["shares"] == 0


def test_capital_comes_back_venture_by_venture() -> None:
    """60 paid for what is worth 64, 30 paid for what is worth nothing: 64 + 30."""
    second = venture(2, BO, born=True, shares={BO: 9000, FUND: 1000}, capital={FUND: 30})
    assert parts(lay(second), FUND)["shares"] == 64 + 30


@pytest.mark.parametrize("language", languages())
def test_what_players_read_of_points_has_the_numbers_of_the_rules(language: str) -> None:
    """A weight that changes changes the sentence, too."""
    told = catalogue(language)
    numbers = {who: [int(n) for n in re.findall("[0-9]+", told[f"ui.manual.points.{who}"])] for who in ("all", *ROLES)}
    rules = scores._FORECAST_POINTS, scores._PROFIT_TIMES, scores._SPIRIT_TIMES
    assert (*numbers["all"], *numbers["maker"]) == rules
    vitality = [scores._VITALITY_TIMES, scores._VITALITY_FREE]
    assert sorted(numbers["operator"]) == vitality
    assert sorted(map(int, re.findall("[0-9]+", told["word.vitality"]))) == vitality
    assert numbers["investor"] == []
    assert (scores._SERVICE_DIV, scores._TREASURY_DIV) == (4, 3), "a quarter, a third"
