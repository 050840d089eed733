"""The rulebook's "A season in numbers", from the state after matching to the last credit, share and index."""

from __future__ import annotations

from typing import Final

import attrs
import pytest

from makersphere_rules.ecosystem.figures.service import Efficiency, Service
from makersphere_rules.ecosystem.figures.stock_counts import Stocks
from makersphere_rules.ecosystem.table.agreements import Clinic, Deal, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Sector, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Figures, Rating, Score
from makersphere_rules.entity import Entity
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.modules.market import Market
from makersphere_rules.modules.recap import Recap
from makersphere_rules.modules.threshold import Threshold
from makersphere_rules.modules.waterfall import Waterfall
from makersphere_rules.scenario_building import build
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C
from tests.rules.table import Printed, Table, given, investor, maker, space, venture

SEASON: Final = 3
AFTER_MATCHING: Final = {
    "maker:1": 26,
    "maker:2": 27,
    "maker:3": 40,
    "investor:4": 78,
    "investor:5": 89,
    "operator:6": 32,
    "venture:1": 58,
    "venture:2": 60,
}
DICE: Final[dict[tuple[str, int | str, int], int]] = {
    ("roll", A, 0): 5,
    ("roll", A, 1): 3,
    ("roll", B, 0): 3,
    ("roll", B, 1): 1,
    ("roll", C, 0): 6,
    ("roll", C, 1): 1,
}
PHASES: Final[dict[str, list[RuleModule]]] = {
    "matching": [],
    "incubation": [Incubation()],
    "market": [Market(), Waterfall()],
    "appraisal": [Appraisal(), Threshold()],
    "recap": [Recap()],
}
MODULES: Final = [module for modules in PHASES.values() for module in modules]


def deal(
    number: int, investor_: int, venture_: int, *, hours: int = 0, shares: int = 0, fee: int = 0, round_: int = 0
) -> Deal:
    """Return a deal of the example; one with a round is a package of the clearinghouse, the other brings 60 credits."""
    source, money = ("package", 0) if round_ else ("sheet", 60)
    lead = {A: ANN, B: BO, C: CHEN}[venture_]
    return Deal(number, SEASON, investor_, venture_, lead, money, hours, shares, fee, source, round_)


def matched() -> list[Entity]:
    """Return Harbour as it stands when matching has closed."""
    b = venture(
        B,
        BO,
        space=OLGA,
        stage=1,
        born=True,
        tracks=(21, 16, 10),
        sector="energy",
        shares={BO: 6790, IVY: 3210},
        capital={IVY: 60},
    )
    c = venture(C, CHEN, space=OLGA, tracks=(0, 3, 0), sector="food", appeal=5, shares={CHEN: 9700, IVY: 300})
    return [
        maker(ANN, (7, 5, 4), spirit=6, hours=9, background="scientist", ties=(BO,)),
        maker(BO, (6, 6, 5), spirit=8, hours=8, ties=(ANN, CHEN)),
        maker(CHEN, (4, 5, 6), spirit=5, hours=9, background="senior_manager", ties=(BO,)),
        attrs.evolve(investor(IVY, "fund", "business", badges=(OLGA,), hours=0), clinic_used=True),
        attrs.evolve(investor(MAX, "professional", "technology", badges=(OLGA,), hours=0), clinic_used=True),
        attrs.evolve(space(OLGA, community=1, resources=2, integration=1, stations=3), spirit_bonus=1),
        venture(
            A,
            ANN,
            space=OLGA,
            stage=2,
            born=True,
            tracks=(41, 33, 27),
            appeal=4,
            shares={ANN: 6790, IVY: 3210},
            capital={IVY: 60},
        ),
        attrs.evolve(b, founded=SEASON - 1),
        attrs.evolve(c, founded=SEASON),
        Stocks(SEASON, {"given": 50, "exchange": 4, "clinic": 2}, {"founding": 41 + 33 + 27 + 21 + 16 + 10 + 3}),
        *agreed(),
    ]


def agreed() -> list[Entity]:
    """Return demand, pairs, clinics and deals as they stand when matching has closed."""
    return [
        Sector("health", 250, 250),
        Sector("energy", 264, 264),
        Sector("food", 264, 264),
        Pair(ANN, IVY, trust=True),
        Pair(BO, MAX, introduced=SEASON),
        Pair(BO, IVY, introduced=SEASON),
        Pair(CHEN, IVY, introduced=SEASON),
        Pair(CHEN, MAX, introduced=SEASON),
        Clinic(SEASON, MAX, BO, B),
        Clinic(SEASON, IVY, CHEN, C),
        deal(1, IVY, B, shares=3000),
        deal(2, IVY, A, hours=4, shares=300, round_=1),
        deal(3, MAX, B, hours=4, fee=7, round_=1),
        deal(4, MAX, C, hours=3, fee=7, round_=1),
        deal(5, IVY, B, hours=4, shares=300, round_=2),
        deal(6, IVY, C, hours=3, shares=300, round_=2),
    ]


def after_matching() -> Table:
    """Lay the table, and close matching so that incubation opens."""
    laid = given(
        *matched(),
        modules=MODULES,
        phase="matching",
        season=SEASON,
        credits=AFTER_MATCHING,
        draws=DICE,
    )
    source = {
        "name": "test",
        "seasons": 4,
        "modules": ["world"],
        "incubation": {"workshop_venture": 10},  # the example gives one venture ten hours
        "phase": [{"name": name, "modules": [module.name for module in modules]} for name, modules in PHASES.items()],
    }
    registry = {module.name: module for module in [Printed(), *MODULES]}
    laid.state.scenario = build(source, registry)
    return Table(laid.state).close()


def incubated() -> Table:
    """Play step 5: what the example says of plans and workshop, the rest by default."""
    table = after_matching()
    table.when(ANN, "plan", technology=1, customers=4, business=0, day_job=4)
    table.when(BO, "plan", technology=0, customers=8, business=0, day_job=0)
    table.when(CHEN, "plan", technology=5, customers=4, business=0, day_job=0)
    table.when(CHEN, "put_in", credits=10)
    table.when(OLGA, "workshop", venture=A, track="customers", hours=10)
    return table.close()


def sold() -> Table:
    """Play step 6, all by default."""
    return incubated().close()


def appraised() -> Table:
    """Play step 7: the ratings of the example, the rest by default."""
    table = sold()
    ratings = [(ANN, IVY, 5), (CHEN, IVY, 5), (BO, IVY, 4), (BO, MAX, 4), (CHEN, MAX, 4)]
    for rater, rated, score in ratings:
        table.act(rater, "rate", {"seat": rated, "score": score})
    return table.close()


def balances(table: Table) -> list[int]:
    """Return the balances in the order of the example's columns."""
    names = [*(f"maker:{seat}" for seat in (ANN, BO, CHEN)), "investor:4", "investor:5", "operator:6"]
    return [table.balance(name) for name in (*names, "venture:1", "venture:2", "venture:3")]


def test_incubation_brings_the_printed_tracks_and_stages() -> None:
    """Step 5: 42/59/37 and a product, 31/28/20 and a miss, 15/9/8 and a prototype: who was introduced is trusted."""
    table = incubated()
    a, b, c = table.found(Venture)
    assert (a.tracks, b.tracks, c.tracks) == ((42, 59, 37), (31, 28, 20), (15, 9, 8))
    assert (a.stage, b.stage, c.stage) == (3, 1, 1)
    assert (a.misses, b.misses, c.misses) == (0, 2, 0)
    assert a.roll == {"dice": 8, "spirit": 1, "help": 2, "misses": 0, "needed": 10}
    assert b.roll == {"dice": 4, "spirit": 1, "help": 3, "misses": 0, "needed": 9}
    assert c.roll == {"dice": 7, "spirit": 1, "help": 3, "misses": 0, "needed": 8}
    assert (a.materials, b.materials, c.materials) == (14, 8, 3)
    assert [table.one(Maker, seat).spirit for seat in (ANN, BO, CHEN)] == [7, 8, 6]
    assert balances(table) == [34, 27, 30, 78, 89, 72, 44, 52, 7]


def test_packages_are_measured_before_anybody_works() -> None:
    """Offered 11 + 7 + 10 hours; packages 18 + 12 + 6 + 6 + 3 = 45 of best 36; efficiency 18 of 36 hidden."""
    table = after_matching()
    assert table.one(Service, OLGA) == Service(OLGA, 28, 10, 45, 36)
    assert table.one(Service, OLGA).fit == 100
    found = table.one(Efficiency, SEASON)
    # appeal x (2 + fit): A-Ivy 4 x 6, B-Max 3 x 3, C-Max 5 x 6 in round 1; best: A-Ivy, B-Ivy 3 x 6, C-Max
    assert (found.value, found.best, found.share) == (24 + 9 + 30, 24 + 18 + 30, 87)
    assert "efficiency': {'3': {'season': 3}}" in table.public()


def test_market_pays_out_to_the_last_credit() -> None:
    """Step 6: sales 133; goods 39, wage 8, rent 12, tax 7, profit 67: reserve 20, dividends 32 and 15."""
    table = sold()
    a, b, c = table.found(Venture)
    assert (a.sales, a.profit, a.price, a.reserve) == (133, 67, "fair", 30)
    assert (b.sales, c.sales) == (0, 0)
    assert not any(found.insolvent or found.rent_unpaid for found in (a, b, c))
    assert balances(table) == [74, 27, 18, 93, 103, 108, 64, 33, 0]
    fees = [(found.delivered, found.fee_due, found.fee_paid) for found in table.found(Deal)]
    assert fees == [(0, 0, 0), (4, 0, 0), (4, 7, 7), (3, 7, 7), (4, 0, 0), (3, 0, 0)]


def test_appraisal_of_both_investors() -> None:
    """Step 7: Ivy 98, Max 78, and nothing is eliminated."""
    table = appraised()
    assert table.one(Investor, IVY).appraisals == (98,)
    assert table.one(Investor, MAX).appraisals == (78,)
    assert table.one(Investor, IVY).best_appraisals == {SEASON: 98}
    assert [found.closed for found in table.found(Venture)] == ["", "", ""]
    assert [seat for seat in (IVY, MAX) if not table.one(Investor, seat).badges] == []
    event = next(event for event in table.events if event.type == "appraised")
    assert getattr(event, "measures", None) == (100, 100, 93, 100)


def test_trust_of_five_pairs() -> None:
    """Ivy and Max gave 4 to all they dealt with, and got 4 or 5: every pair but Ann and Max."""
    table = appraised()
    trusted = {(pair.maker, pair.investor) for pair in table.found(Pair) if pair.trust}
    assert trusted == {(ANN, IVY), (BO, IVY), (CHEN, IVY), (BO, MAX), (CHEN, MAX)}
    assert table.one(Rating, f"{SEASON}:{IVY}:{ANN}").score == 4


def test_indices_and_vitality() -> None:
    """Community 59, resources 82, integration 83, vitality 73."""
    board = appraised().one(Space, OLGA)
    assert board.community_index == 59
    assert board.resources_index == 82
    assert board.integration_index == 83
    assert board.vitality == 73
    assert board.vitalities == (73,)


def test_end_balances_and_books() -> None:
    """The row "end", the sum 485, and what the world outside gave and got from here on."""
    before, table = after_matching(), appraised()
    assert balances(table) == [74, 27, 18, 93, 103, 73, 64, 33, 0]
    assert sum(balances(table)) == 485
    world = [table.balance(name) - before.balance(name) for name in ("consumers", "government", "suppliers")]
    assert world == [-133 - 8, -40 + 7, 25 + 39 + 35]


def test_recap_shows_standings_and_figures() -> None:
    """Standings come from the table alone; the figures repeat the example's numbers."""
    table = appraised()
    figures = table.one(Figures, SEASON).values
    assert figures["vitality_6"] == 73
    assert (figures["deals"], figures["packages"], figures["moved_up"], figures["products"]) == (6, 5, 2, 1)
    assert (figures["hours_used_fund"], figures["hours_used_workshop"]) == (11, 10)
    assert figures["density"] == 66
    assert (figures["shares_all"], figures["shares_investors"]) == (30_000, 3210 + 3210 + 300)
    assert figures["energy_in"] == 133 + 8 + 40
    # Ann: 74 credits, 6,790 of 10,000 of 64 + 3 x 67, spirit 7
    assert table.one(Score, ANN).standings == (74 + 180 + 28,)
    # Ivy: 93; A is worth 85 to her, in B (born, 33 credits) her 60 count, C is not born; 98 div 4
    assert table.one(Score, IVY).standings == (93 + 85 + 60 + 24,)
    # Olga: 73 div 3 + 10 x (73 - 40)
    assert table.one(Score, OLGA).standings == (24 + 330,)
    assert "'standings': [354]" in table.public()


def test_the_stocks_of_hours_and_progress_balance() -> None:
    """Of 30 + 20 + 10 hours all are used: 4 exchanges, 2 clinics, 18 delivered, 22 + 4 worked, 10 of the workshop."""
    opened = appraised().one(Figures, SEASON).opened
    assert [opened[f"hours_{what}"] for what in ("given", "used", "lent", "lost")] == [60, 60, 0, 0]
    assert (opened["hours_for_work"], opened["hours_for_day_job"]) == (5 + 8 + 9, 4)
    assert opened["progress_investors"] == 10 + (10 + 10) + (8 + 8)
    assert (opened["progress_makers"], opened["progress_workshop"]) == (6 + 1 + 12 + 7 + 6, 20)
    assert (opened["progress_all"], opened["progress_closed"]) == (46 + 32 + 20 + 151, 0)


@pytest.mark.parametrize("seat", [ANN, IVY])
def test_nobody_hears_a_single_rating(seat: int) -> None:
    """What is told of ratings is trust and appraisals, never who gave what."""
    told = {line.text for line in appraised().told(seat)}
    assert "trust_began" in told
    assert not [text for text in told if "rating" in text]
